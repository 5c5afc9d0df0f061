"""Whether a text was misread at all: asked before the tables that can tell what it was.

The tables and their patterns cost five milliseconds to load, and nine of ten odd texts are not
misread: they have an ampersand, an arrow, a degree sign.
"""

import re

from artclean.text.decode import utf_16_of
from artclean.text.gate import VIETNAMESE, has_split_letter
from artclean.text.glyphs import odd_glyphs
from artclean.text.rewrite import Rewrite


def find_utf_16(text: str, odd: frozenset[str]) -> Rewrite | None:
    """UTF-16 that was read byte by byte, so that a NUL stands behind every letter."""
    if "\0" not in odd or max(text) > "\xff":
        return None
    codec = utf_16_of(text.encode("latin-1"))
    if codec is None:
        return None
    read = text.encode("latin-1").decode(codec, "replace")
    return Rewrite("mojibake", re.compile(".+", re.DOTALL), lambda _: read)


def find_mojibake(text: str, odd: frozenset[str]) -> Rewrite | None:
    """UTF-8 that was read as cp1252, cp1258, Latin-1 or Mac Roman."""
    split = "\xa0" in odd and has_split_letter(text)
    if odd.isdisjoint(odd_glyphs()) and "√" not in odd and not split:
        return None
    from artclean.text.mojibake import find_misread_utf_8

    return find_misread_utf_8(text, odd)


def find_legacy(text: str, odd: frozenset[str]) -> Rewrite | None:
    """TCVN3, VNI and other old encodings that were read as Latin-1 or cp1252."""
    if text.isascii() or (odd.isdisjoint(odd_glyphs()) and VIETNAMESE.search(text)):
        return None
    from artclean.text.legacy import find_misread_lines

    return find_misread_lines(text)


def find_lost_capitals(text: str, odd: frozenset[str]) -> Rewrite | None:
    """The capitals that a text in TCVN3 had in its fonts only."""
    from artclean.text.legacy import with_capitals

    return Rewrite("capitals", re.compile("[^\n]+"), lambda match: with_capitals(match.group()))
