"""UTF-8 that was read as cp1252, cp1258, Latin-1 or Mac Roman, once or again; UTF-16 too."""

import re
from functools import cache
from typing import NamedTuple
from unicodedata import normalize

from artclean.text.decode import utf_16_of
from artclean.text.gate import odd_characters
from artclean.text.glyphs import CP1252, LATIN_1, of_cp1258
from artclean.text.rewrite import Rewrite
from artclean.text.syllables import is_attested

# What UTF-8 of Vietnamese text may decode to: Latin letters, Vietnamese marks, punctuation,
# signs of money, emoji, and what a second reading needs. Else nâ­­ng would become a triangle.
_PLAUSIBLE = (
    "[\x80-\u017f\u0192\u01a0\u01a1\u01af\u01b0\u02c6\u02dc"
    "\u0300-\u0303\u0306\u0309\u031b\u0323\u1ea0-\u1ef9"
    "\u2010-\u2044\u20ab\u20ac\u2122\u2190-\u2193\u2260\u2264\u2265\u25a0-\u26ff\u2700-\u27bf"
    "\ufe0f\ufeff\ufffd\U0001f300-\U0001faff]"
)
# What is left of a letter whose last byte became a space or was dropped. To guess it is not ours.
_BROKEN = "[ÃÄÅÆ](?=[ .,;:!?)]|$)|á[º»]"
_WORD = r"(?:[^\W\d_]|[\u0300-\u036f])+"


class View(NamedTuple):
    """A wrong reading of bytes: which sign stands for which byte, and how UTF-8 looks in it."""

    codes: dict[str, int]
    begin: re.Pattern[str]  # of a sequence, or of something that only looks so
    sequence: re.Pattern[str]
    run: re.Pattern[str]

    def is_evident(self, text: str) -> bool:
        """Whether UTF-8 was misread, and nobody meant what stands there.

        Letters and quotes that a clean text may have as well ("ĐÃ”") are no evidence.
        """
        for begin in self.begin.finditer(text):
            sequence = self.sequence.match(text, begin.start())
            if sequence and odd_characters(sequence.group()):
                return True
        return False

    def read(self, text: str) -> str:
        """The text with what looks like UTF-8 decoded; what was damaged twice is read twice."""
        return self.run.sub(self._read_run, text)

    def _read_run(self, match: re.Match[str]) -> str:
        run = match.group()
        for _ in range(4):
            again = self.sequence.sub(self._read_sequence, run)
            if again == run:
                break
            run = again
        return run

    def _read_sequence(self, match: re.Match[str]) -> str:
        sequence = match.group()
        character = bytes(self.codes[sign] for sign in sequence).decode("utf-8", "ignore")
        return character if re.fullmatch(_PLAUSIBLE, character) else sequence


def _view(codes: dict[str, int]) -> View:
    def between(first: int, last: int) -> str:
        return "".join(re.escape(sign) for sign, code in codes.items() if first <= code <= last)

    more = f"[{between(0x80, 0xBF)}]"
    two, three, four = between(0xC2, 0xDF), between(0xE0, 0xEF), between(0xF0, 0xF4)
    sequence = f"[{two}]{more}|[{three}]{more}{more}|[{four}]{more}{more}{more}"
    return View(
        codes,
        # A pattern that begins with a set is searched ten times faster than alternatives.
        begin=re.compile(f"[{two}{three}{four}]{more}"),
        sequence=re.compile(sequence),
        run=re.compile(f"(?:{sequence})+"),
    )


@cache
def windows() -> View:
    """cp1252, cp1258 and Latin-1 in one: where they differ, they use different characters."""
    codes = {sign: code for code, sign in enumerate(LATIN_1, 0x80)}
    codes |= {sign: code for code, sign in enumerate(CP1252, 0x80)}
    codes |= {letter: code for code, letter in of_cp1258().items()}
    return _view(codes)


@cache
def macintosh() -> View:
    """Mac Roman."""
    signs = bytes(range(0x80, 0x100)).decode("mac_roman")
    return _view({sign: code for code, sign in enumerate(signs, 0x80)})


def find_utf_16(text: str, odd: frozenset[str]) -> Rewrite | None:
    """UTF-16 that was read byte by byte, so that a NUL stands behind every letter."""
    codec = utf_16_of(text.encode("latin-1")) if max(text) <= "\xff" else None
    if codec is None:
        return None
    read = text.encode("latin-1").decode(codec, "replace")
    return Rewrite("mojibake", re.compile(".+", re.DOTALL), lambda _: read)


def find_misread_utf_8(text: str, odd: frozenset[str]) -> Rewrite | None:
    """Lines in which UTF-8 was misread, once the words that come out say that it was."""
    if "√" in odd and (rewrite := _find_misread_as(macintosh(), text)):  # C3, as in à, ê, ô
        return rewrite
    return _find_misread_as(windows(), text)


def _find_misread_as(view: View, text: str) -> Rewrite | None:
    if not view.is_evident(text):
        return None
    lines = [line for line in text.split("\n") if view.is_evident(line)]
    decoded = {line: view.read(line) for line in lines}
    known = {line: _known_words(line, read) for line, read in decoded.items()}
    # Names of other languages are taken along where the rest of the document is sure.
    sure = _suffices(*map(sum, zip(*known.values(), strict=True)))
    good = {line: read for line, read in decoded.items() if sure or _suffices(*known[line])}
    if not good:
        return None
    broken = len(re.findall(_BROKEN, "\n".join(good.values())))
    return Rewrite(
        "mojibake",
        re.compile("[^\n]+"),
        lambda match: good.get(match.group(), match.group()),
        warnings=(f"{broken} misread letters have lost a byte",) if broken else (),
    )


def _known_words(misread: str, read: str) -> tuple[int, int]:
    """Of the words that a reading makes: how many are syllables, how many there are."""
    old = set(re.findall(_WORD, misread))
    new = [
        word
        for word in re.findall(_WORD, normalize("NFC", read))
        if not word.isascii() and word not in old
    ]
    return sum(map(is_attested, new)), len(new)


def _suffices(known: int, words: int) -> bool:
    return 4 * known >= 3 * words
