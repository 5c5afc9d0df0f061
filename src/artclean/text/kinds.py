"""Kinds of odd characters: each calls for a pass, which is not even loaded where none stands.

Sets of ranges are written as in a pattern: ``\\x80-\\x9f``.
"""

# What nobody means: controls, the soft hyphen, the word joiner, the byte order mark.
NEVER = "\x00-\x08\x0e-\x1f\x7f\xad\u2060\ufeff"
# These have a use, but not among Latin letters: zero-width space and joiners, marks and
# brackets of direction, the Mongolian vowel separator.
ZERO_WIDTH = "\u180e\u200b-\u200d"
DIRECTION = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# What ends a line elsewhere.
SEPARATORS = "\v\f\u2028\u2029"

TONES = "\u0300\u0301\u0303\u0309\u0323"  # huyền, sắc, ngã, hỏi, nặng

# Icelandic and African letters that look like Đ đ.
ETHS = "ÐðƉɖ"
# Cyrillic and Greek letters whose shape is that of a Latin one, and these.
LOOKALIKES = "аеосрхуіѕјАВЕКМНОРСТХІЅЈοΟΑΒΕΗΙΚΜΝΡΤΧΥΖν"
LATIN_LETTERS = "aeocpxyisjABEKMHOPCTXISJoOABEHIKMNPTXYZv"


def span(ranges: str) -> frozenset[str]:
    """The characters of a set.

    >>> sorted(span("a-cx"))
    ['a', 'b', 'c', 'x']
    """
    found = set(ranges)
    while "-" in ranges:
        before, _, ranges = ranges.partition("-")
        found.update(map(chr, range(ord(before[-1]), ord(ranges[0]))))
    return frozenset(found - {"-"})


INVISIBLE = span(NEVER + ZERO_WIDTH + DIRECTION)
MARKS = span("\u0300-\u036f")
SPACES = span("\xa0\u1680\u2000-\u200a\u202f\u205f")
LIGATURES = span("\ufb00-\ufb04")
C1 = span("\x80-\x9f")
