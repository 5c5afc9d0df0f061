"""Letters that look like Vietnamese ones, and are others. Each is judged by its word."""

import re
from unicodedata import normalize

from artclean.text.gate import VIETNAMESE
from artclean.text.rewrite import Rewrite
from artclean.text.syllables import is_attested

# A word with its marks. U+FFFD belongs to it: of a word with a hole nothing is guessed.
_WORD = r"(?:[^\W\d_]|[\u0300-\u036f\ufffd])+"

_ETH = str.maketrans("ÐðƉɖ", "ĐđĐđ")
_ETHS = frozenset("ÐðƉɖ")

# Cyrillic and Greek letters whose shape is that of a Latin one.
_LOOKALIKES = dict(
    zip(
        "аеосрхуіѕјАВЕКМНОРСТХІЅЈοΟΑΒΕΗΙΚΜΝΡΤΧΥΖν",
        "aeocpxyisjABEKMHOPCTXISJoOABEHIKMNPTXYZv",
        strict=True,
    )
)
_NOT_FOREIGN = "[^\u0370-\u03ff\u0400-\u052f]"

_LIGATURES = frozenset("\ufb00\ufb01\ufb02\ufb03\ufb04")


def find_eth(text: str, odd: frozenset[str]) -> Rewrite | None:
    """Icelandic Ð ð, African Ɖ ɖ in place of Đ đ."""
    if odd.isdisjoint(_ETHS):
        return None
    vietnamese = VIETNAMESE.search(text) is not None

    def replace(match: re.Match[str]) -> str:
        word = match.group()
        if _ETHS.isdisjoint(word):
            return word
        better = word.translate(_ETH)
        # HÐND among Vietnamese words; Ðắk, which is no syllable of Vietnamese but has its letters.
        if (
            is_attested(better)
            or (vietnamese and better.isupper() and "\ufffd" not in word)
            or (word[0] in _ETHS and VIETNAMESE.search(word, 1) and "\ufffd" not in word)
        ):
            return better
        return word

    return Rewrite("letter", re.compile(_WORD), replace)


def find_lookalikes(text: str, odd: frozenset[str]) -> Rewrite | None:
    """Cyrillic and Greek letters inside Latin words: ``сủa`` with a Cyrillic с."""
    if odd.isdisjoint(_LOOKALIKES):
        return None
    return Rewrite("letter", re.compile(_WORD), _in_one_script)


def _in_one_script(match: re.Match[str]) -> str:
    word = match.group()
    foreign = re.sub(_NOT_FOREIGN, "", word)
    latin = len(word) - len(foreign)
    if not foreign or not latin or "\ufffd" in word or not _LOOKALIKES.keys() >= set(foreign):
        return word
    better = normalize("NFC", "".join(_LOOKALIKES.get(c, c) for c in word))
    if is_attested(better) or (latin >= 3 and len(foreign) <= 2):
        return better
    return word


def find_dotless_i(text: str, odd: frozenset[str]) -> Rewrite | None:
    """Dotless ı, as old PDF and TeX files have it for i; Turkish keeps its own."""
    if "ı" not in odd or not odd.isdisjoint("şğİ") or not VIETNAMESE.search(_dotted(text)):
        return None
    words = [word for word in re.findall(_WORD, text) if "ı" in word and word != "ı"]
    known = sum(is_attested(_dotted(word)) for word in words)
    if not known or 2 * known < len(words):
        return None

    def replace(match: re.Match[str]) -> str:
        word = match.group()
        return _dotted(word) if "ı" in word and "\ufffd" not in word else word

    return Rewrite("letter", re.compile(_WORD), replace)


def _dotted(word: str) -> str:
    return normalize("NFC", word.replace("ı", "i"))


def find_ligatures(text: str, odd: frozenset[str]) -> Rewrite | None:
    """The ligatures ff, fi, fl, ffi, ffl of typesetters."""
    if odd.isdisjoint(_LIGATURES):
        return None
    pattern = re.compile("[\ufb00-\ufb04]")
    return Rewrite("ligature", pattern, lambda match: normalize("NFKC", match.group()))
