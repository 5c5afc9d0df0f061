"""Whether a text was misread at all: asked before the tables that can tell what it was.

The tables and their patterns cost six milliseconds to load, and nine of ten odd texts are not
misread: they have an ampersand, an arrow, a degree sign.
"""

from typing import TYPE_CHECKING

from artclean.text.gate import has_split_letter, is_vietnamese
from artclean.text.glyphs import CONTINUATIONS, is_odd_line, odd_glyphs

if TYPE_CHECKING:
    from artclean.text.rewrite import Rewrite

# What `find_mojibake` asks for in another way, or what is no byte of a letter.
_ELSEWHERE = frozenset("\xa0").union(map(chr, range(0x80)))


def find_mojibake(text: str, odd: frozenset[str]) -> "Rewrite | None":
    """UTF-8 that was read as cp1252, cp1258, Latin-1 or Mac Roman."""
    split = "\xa0" in odd and has_split_letter(text)
    if "√" not in odd and not split:
        if odd.isdisjoint(odd_glyphs()):
            return None
        if not any(_may_be_in_utf_8(sign, text) for sign in odd - _ELSEWHERE):
            return None
    from artclean.text.mojibake import find_misread_utf_8

    return find_misread_utf_8(text, odd)


def _may_be_in_utf_8(sign: str, text: str) -> bool:
    """Whether a sign stands beside another one that could be a byte of the same letter.

    That is behind it, or in front of it if this one goes on with a letter: the two of "m²" and
    of "å" in "Ståle" are ASCII. (The no-break space stands beside much; `has_split_letter` asks
    for it.)
    """
    goes_on = sign in CONTINUATIONS
    at = text.find(sign)
    while at >= 0:
        beside = text[max(at - 1, 0) : at] if goes_on else text[at + 1 : at + 2]
        if not beside.isascii():
            return True
        at = text.find(sign, at + 1)
    return False


def find_legacy(text: str, odd: frozenset[str]) -> "Rewrite | None":
    """TCVN3, VNI and other old encodings that were read as Latin-1 or cp1252."""
    if text.isascii():
        return None
    if is_vietnamese(text) and (
        odd.isdisjoint(odd_glyphs()) or not any(map(is_odd_line, text.split("\n")))
    ):
        return None
    from artclean.text.legacy import find_misread_lines

    return find_misread_lines(text)
