"""Vietnamese syllables: which exist, how they are built, where the tone stands."""

import re
from functools import cache, lru_cache
from typing import Literal
from unicodedata import normalize

from artclean.text.kinds import TONES
from artclean.text.tables import read_table

SHAPES = "\u0302\u0306\u031b"  # circumflex, breve, horn

_TONE = f"[{TONES}]"
_SHAPED = "ăâêôơư"
_VOWELS = "aeiouy" + _SHAPED


@cache
def attested() -> frozenset[str]:
    """The forms met in newspapers, lower case, NFC, in either style of the tone."""
    return frozenset(read_table("syllables.txt")["syllables"])


def is_attested(word: str) -> bool:
    """Whether a word, NFC and of any case, is one syllable that newspapers print.

    Every guess of this package asks here: the grammar alone would also take "noé" and "dốs".

    >>> is_attested("Người"), is_attested("Raúl")
    (True, False)
    """
    return word.lower() in attested()


@cache
def possible() -> frozenset[str]:
    """Every syllable of the grammar, without its tone."""
    table = read_table("grammar.txt")
    whole = set(table["irregular"])
    for rime in table["rimes"]:
        place = "front" if rime[0] in "eêiy" else "back"
        whole.update(onset + rime for onset in ["", *table[f"onsets-before-{place}-vowels"]])
    for onset in ("qu", "gi"):
        whole.update(onset + rime for rime in table[f"rimes-after-{onset}"])
    return frozenset(whole)


def split_tone(word: str) -> tuple[str, str]:
    """A word without its tones, and the tones it had.

    >>> split_tone("Người")[0], len(split_tone("Người")[1])
    ('Ngươi', 1)
    """
    apart = normalize("NFD", word)
    return normalize("NFC", re.sub(_TONE, "", apart)), "".join(re.findall(_TONE, apart))


def place_tone(toneless: str, tone: str, style: Literal["old", "new"]) -> str:
    """A syllable of the grammar with its tone on the right letter.

    On the letter with a shape, the last if there are two (ươ); else on the second of three
    vowels, or of two before a consonant; else on the first. Open oa, oe, uy are the matter of
    style: old ``hòa``, new ``hoà``.

    >>> place_tone("Hoa", "\\u0300", "old"), place_tone("Hoa", "\\u0300", "new")
    ('Hòa', 'Hoà')
    """
    letters = toneless.lower()
    start = 2 if letters[:2] in ("qu", "gi") and letters[2:3] in tuple(_VOWELS) else 0
    while start < len(letters) and letters[start] not in _VOWELS:
        start += 1
    end = start
    while end < len(letters) and letters[end] in _VOWELS:
        end += 1
    vowels = letters[start:end]
    if any(vowel in _SHAPED for vowel in vowels):
        at = start + max(vowels.rfind(vowel) for vowel in _SHAPED)
    elif len(vowels) == 2 and end == len(letters):
        at = start + (style == "new" and vowels in ("oa", "oe", "uy"))
    else:
        at = start + (len(vowels) > 1)
    return toneless[:at] + normalize("NFC", toneless[at : at + 1] + tone) + toneless[at + 1 :]


@lru_cache(maxsize=1 << 13)
def in_style(word: str, style: Literal["old", "new"], *, misplaced: bool = True) -> str:
    """A word with its tone where the style wants it; what is no attested syllable stays.

    ``misplaced`` says whether tones that stand where no style has them are moved too.

    >>> in_style("thúy", "new"), in_style("thuý", "old"), in_style("cuả", "new")
    ('thuý', 'thúy', 'của')
    >>> in_style("Raúl", "old"), in_style("Noé", "old")
    ('Raúl', 'Noé')
    """
    toneless, tone = split_tone(word)
    if len(tone) != 1 or toneless.lower() not in possible():
        return word
    # A mark that no letter takes up ("P\u0300") leaves more characters than letters.
    if len(toneless) != len(word):
        return word
    bearer = next(plain for toned, plain in zip(word, toneless, strict=True) if toned != plain)
    if bearer.lower() not in _VOWELS:  # Polish ć, Spanish ñ
        return word
    styles = {which: place_tone(toneless, tone, which) for which in ("old", "new")}
    if not any(map(is_attested, styles.values())) or not (misplaced or word in styles.values()):
        return word
    return styles[style]
