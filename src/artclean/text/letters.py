"""Letters that look like Vietnamese ones, and are others. Each is judged by its word."""

import re
from unicodedata import normalize

from artclean.text.gate import is_vietnamese
from artclean.text.kinds import ETHS, LATIN_LETTERS, LOOKALIKES
from artclean.text.rewrite import Rewrite
from artclean.text.syllables import is_attested

# A word with its marks. U+FFFD belongs to it: of a word with a hole nothing is guessed.
_WORD = r"(?:[^\W\d_]|[\u0300-\u036f\ufffd])+"

_ETH = str.maketrans(ETHS, "ĐđĐđ")
_ETHS = frozenset(ETHS)

_LATIN = dict(zip(LOOKALIKES, LATIN_LETTERS, strict=True))
_NOT_FOREIGN = "[^\u0370-\u03ff\u0400-\u052f]"


def find_eth(text: str, odd: frozenset[str]) -> Rewrite | None:
    """Icelandic Ð ð, African Ɖ ɖ in place of Đ đ."""
    vietnamese = is_vietnamese(text)

    def replace(match: re.Match[str]) -> str:
        word = match.group()
        if _ETHS.isdisjoint(word):
            return word
        better = word.translate(_ETH)
        # HÐND among Vietnamese words; Ðắk, which is no syllable of Vietnamese but has its letters.
        if (
            is_attested(better)
            or (vietnamese and better.isupper() and "\ufffd" not in word)
            or (word[0] in _ETHS and is_vietnamese(word[1:]) and "\ufffd" not in word)
        ):
            return better
        return word

    return Rewrite("letter", re.compile(_WORD), replace)


def find_lookalikes(text: str, odd: frozenset[str]) -> Rewrite | None:
    """Cyrillic and Greek letters inside Latin words: ``сủa`` with a Cyrillic с."""
    return Rewrite("letter", re.compile(_WORD), _in_one_script)


def _in_one_script(match: re.Match[str]) -> str:
    word = match.group()
    foreign = re.sub(_NOT_FOREIGN, "", word)
    latin = len(word) - len(foreign)
    if not foreign or not latin or "\ufffd" in word or not _LATIN.keys() >= set(foreign):
        return word
    better = normalize("NFC", "".join(_LATIN.get(c, c) for c in word))
    if is_attested(better) or (latin >= 3 and len(foreign) <= 2):
        return better
    return word


def find_dotless_i(text: str, odd: frozenset[str]) -> Rewrite | None:
    """Dotless ı, as old PDF and TeX files have it for i; Turkish keeps its own."""
    if not odd.isdisjoint("şğİ") or not is_vietnamese(_dotted(text)):
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
    pattern = re.compile("[\ufb00-\ufb04]")
    return Rewrite("ligature", pattern, lambda match: normalize("NFKC", match.group()))
