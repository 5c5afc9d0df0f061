"""How Western programs show the bytes 80 to FF, which other programs then take for letters."""

from functools import cache

from artclean.text.gate import is_vietnamese, odd_characters

# cp1252 at 80 to 9F; the five bytes that it leaves undefined stand for themselves.
CP1252 = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ"

LATIN_1 = "".join(map(chr, range(0x80, 0x100)))
GLYPHS = CP1252 + LATIN_1[0x20:]

# 80 to BF, which go on with a letter of UTF-8, never begin one.
CONTINUATIONS = frozenset(CP1252 + LATIN_1[:0x40])


@cache
def odd_glyphs() -> frozenset[str]:
    """The glyphs that a clean text does not have: where none is, no byte was misread.

    The no-break space, which many texts have, does not count; `gate.has_split_letter` looks at it.
    """
    return odd_characters(GLYPHS + LATIN_1) - {"\xa0"}


def is_odd_line(line: str) -> bool:
    """Whether a line of a Vietnamese text is in an old encoding, or foreign."""
    return not (line.isascii() or is_vietnamese(line) or odd_glyphs().isdisjoint(line))


def as_glyphs(data: bytes) -> str:
    """Bytes as cp1252 shows them, each as one character; none is unreadable."""
    return data.decode("latin-1").translate(_TO_CP1252)


_TO_CP1252 = {0x80 + i: sign for i, sign in enumerate(CP1252)}


@cache
def of_cp1258() -> dict[int, str]:
    """The bytes of cp1258 that are others in cp1252, and their letters and marks."""
    letters = {}
    for code, glyph in enumerate(GLYPHS, 0x80):
        letter = bytes([code]).decode("cp1258", "ignore")
        if letter and letter != glyph:
            letters[code] = letter
    return letters
