"""UTF-8 that was read as cp1252, cp1258, Latin-1 or Mac Roman, once or again."""

import re
from functools import cache, partial
from typing import NamedTuple
from unicodedata import normalize

from artclean.text.characters import CP1252
from artclean.text.gate import SAFE
from artclean.text.rewrite import Rewrite
from artclean.text.syllables import is_attested

# What UTF-8 of Vietnamese text may decode to: Latin letters, Vietnamese marks, punctuation,
# signs of money, emoji, and what a second reading needs. Else nâ­­ng would become a triangle.
_PLAUSIBLE = re.compile(
    "[\x80-\u017f\u0192\u01a0\u01a1\u01af\u01b0\u02c6\u02dc"
    "\u0300-\u0303\u0306\u0309\u031b\u0323\u1ea0-\u1ef9"
    "\u2010-\u2044\u20ab\u20ac\u2122\u2190-\u2193\u2260\u2264\u2265\u25a0-\u26ff\u2700-\u27bf"
    "\ufe0f\ufeff\ufffd\U0001f300-\U0001faff]"
)
_WORD = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f])+")
_ODD = re.compile(f"[^&{SAFE}]")


class View(NamedTuple):
    """A wrong reading of bytes: which sign stands for which byte, and what UTF-8 looks like."""

    codes: dict[str, int]
    sequence: re.Pattern[str]
    run: re.Pattern[str]


def _view(codes: dict[str, int]) -> View:
    def between(first: int, last: int) -> str:
        return (
            "[" + "".join(re.escape(s) for s, code in codes.items() if first <= code <= last) + "]"
        )

    more = between(0x80, 0xBF)
    two, three, four = between(0xC2, 0xDF), between(0xE0, 0xEF), between(0xF0, 0xF4)
    sequence = f"{two}{more}|{three}{more}{more}|{four}{more}{more}{more}"
    return View(codes, re.compile(sequence), re.compile(f"(?:{sequence})+"))


@cache
def windows() -> View:
    """cp1252, cp1258 and Latin-1 in one: where they differ, they use different characters."""
    codes = {chr(code): code for code in range(0x80, 0x100)}
    codes |= {sign: 0x80 + i for i, sign in enumerate(CP1252)}
    for code in range(0xC0, 0x100):
        sign = bytes([code]).decode("cp1258", "ignore")
        if sign:
            codes.setdefault(sign, code)
    return _view(codes)


@cache
def macintosh() -> View:
    """Mac Roman."""
    return _view({bytes([code]).decode("mac_roman"): code for code in range(0x80, 0x100)})


def find_mojibake(text: str, odd: frozenset[str]) -> Rewrite | None:
    """Lines in which UTF-8 was misread; each is judged by the words that come out.

    A sequence of letters and quotes that a clean text may have as well ("ĐÃ”") is no evidence.
    """
    for name, view in (("windows", windows), ("macintosh", macintosh)):
        if name == "macintosh" and "√" not in odd:  # its reading of C3, without which no à, ê, ô
            return None
        if _is_evident(view(), text):
            lines = re.compile("[^\n]+")
            fix = partial(_line_decoded, view())
            if any(fix(match) != match.group() for match in lines.finditer(text)):
                return Rewrite("mojibake", lines, fix)
    return None


def _is_evident(view: View, text: str) -> bool:
    return any(_ODD.search(match.group()) for match in view.run.finditer(text))


def _line_decoded(view: View, match: re.Match[str]) -> str:
    line = match.group()
    if not _is_evident(view, line):
        return line
    decoded = view.run.sub(partial(_run_decoded, view), line)
    old_words = set(_WORD.findall(line))
    new_words = [
        word
        for word in _WORD.findall(normalize("NFC", decoded))
        if not word.isascii() and word not in old_words
    ]
    known = sum(map(is_attested, new_words))
    return decoded if 4 * known >= 3 * len(new_words) else line


def _run_decoded(view: View, match: re.Match[str]) -> str:
    """A run of misread bytes as text; what was damaged twice is read twice."""
    run = match.group()
    for _ in range(4):
        again = view.sequence.sub(partial(_decoded, view), run)
        if again == run:
            break
        run = again
    return run


def _decoded(view: View, match: re.Match[str]) -> str:
    sequence = match.group()
    character = bytes(view.codes[sign] for sign in sequence).decode("utf-8", "ignore")
    return character if _PLAUSIBLE.fullmatch(character) else sequence
