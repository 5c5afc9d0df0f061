"""Combining marks that NFC leaves apart from their letters, and those that strayed."""

import re
from unicodedata import normalize

from artclean.text.kinds import TONES
from artclean.text.rewrite import Rewrite
from artclean.text.syllables import (
    SHAPES,
    is_attested,
    place_tone,
    possible,
    split_tone,
)

_LETTER = r"[^\W\d_]"
# A whole word. Whoever looks for something behind it lets the words without it match too, and
# leaves them as they are: a search that starts over at each letter behind a mark is quadratic.
_WORD = rf"((?>(?:{_LETTER}[\u0300-\u036f]*)+))"


def find_marks(text: str, odd: frozenset[str]) -> Rewrite | None:
    """Marks that NFC leaves apart, because they are doubled or in the wrong order."""
    clusters = re.compile(rf"{_LETTER}[\u0300-\u036f]+")
    return Rewrite("mark", clusters, _one_letter)


def _one_letter(match: re.Match[str]) -> str:
    """The cluster as one Vietnamese letter, if it is one: the vowel, its shape, its tone.

    What has two tones (Yoruba ẹ̀), two shapes (Jarai ơ̆) or other marks (x̄) stays as it is.
    """
    apart = normalize("NFD", match.group())
    base, marks = apart[0], apart[1:]
    shapes = {mark for mark in marks if mark in SHAPES}
    tones = {mark for mark in marks if mark in TONES}
    vowel = base in "aeiouyAEIOUY"
    if not vowel or len(shapes) > 1 or len(tones) > 1 or not shapes | tones >= {*marks}:
        return match.group()
    letter = normalize("NFC", base + "".join(shapes) + "".join(tones))
    return letter if len(letter) == 1 else match.group()


def find_strayed_tones(text: str, odd: frozenset[str]) -> Rewrite | None:
    """Tones that slipped behind the next space: ``thi ̣trường``, ``Hoa ̀ng``."""
    if not re.search(rf"{_LETTER} [{TONES}]", text):
        return None
    strayed = re.compile(rf"{_WORD}(?: ([{TONES}])(?=((?>{_LETTER}*))(?!\ufffd)))?")
    return Rewrite("strayed-mark", strayed, _tone_put_back)


def _tone_put_back(match: re.Match[str]) -> str:
    word, tone, rest = match.groups()
    if tone is None:
        return match.group()
    toned = normalize("NFC", word + tone)
    if rest and not is_attested(rest) and is_attested(toned + rest):
        return toned
    if not is_attested(toned) and word.lower() in possible():
        toned = place_tone(word, tone, "old")  # cua ̉ is của
    if is_attested(toned):
        return toned + " " if rest else toned
    return match.group()


def find_escaped_tones(text: str, odd: frozenset[str]) -> Rewrite | None:
    """A ``%3b`` that an editor left inside a word: ``nghiê%3ḅp``, ``triê%3bụ``."""
    if not re.search("%3[bBḅḄ]", text):
        return None
    broken = re.compile(rf"{_WORD}(?:%3([bBḅḄ])((?>{_LETTER}*))(?!\ufffd))?")
    return Rewrite("escaped-mark", broken, _word_rejoined)


def _word_rejoined(match: re.Match[str]) -> str:
    word, escape, rest = match.groups()
    if escape is None:
        return match.group()
    _, tone = split_tone(escape + rest)
    toneless = word + split_tone(rest)[0]
    if len(tone) == 1 and toneless.lower() in possible():
        toned = place_tone(toneless, tone, "old")
        if is_attested(toned):
            return toned
    return match.group()
