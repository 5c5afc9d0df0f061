"""A line as words, numbers and marks, each with a letter: what timestamp templates are read on.

The letters of a line without its loose marks and loose words are its *shape*: "Thứ sáu,
31/5/2024, 16:52 (GMT+7)" has the shape ``W1/1/41:1Z``.
"""

import re
from typing import Final, NamedTuple

# Numbers: one or two digits, a year from 1900 to 2099, any other.
SHORT: Final = "1"
YEAR: Final = "4"
OTHER_NUMBER: Final = "0"
NUMBERS: Final = SHORT + YEAR + OTHER_NUMBER
# Marks that may stand between the parts of a moment, and any other mark.
MARKS: Final = "-/.,:|()[]\"'*@•>"
OTHER_MARK: Final = "~"
# Words: without a meaning, loose ("ngày", "lúc"), a mark of minutes, a unit of time.
WORD: Final = "x"
LOOSE: Final = "b"
MINUTE_MARK: Final = "p"
UNIT: Final = "U"
# 20240603T070500+0700, for dateutil; a zone with its number.
ISO: Final = "I"
ZONE: Final = "Z"

_LETTER_OF_MARK: Final = {
    **{mark: mark for mark in MARKS},
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("·●∙▪■◆‧・", "•"),
    **dict.fromkeys("│┃¦｜∣ǀ", "|"),
    **dict.fromkeys("：∶", ":"),
    **dict.fromkeys("，、", ","),
    **dict.fromkeys("“”„″", '"'),
    **dict.fromkeys("»›→", ">"),
    **dict.fromkeys("‘’′`´", "'"),
    "／": "/",
    "（": "(",
    "）": ")",
}

_KNOWN: Final = {
    **_LETTER_OF_MARK,
    **dict.fromkeys(map(str, range(100)), SHORT),
    **dict.fromkeys((f"0{digit}" for digit in range(10)), SHORT),
    **dict.fromkeys(map(str, range(1900, 2100)), YEAR),
}
_BARE_ZONES: Final = frozenset(("GMT", "UTC", "gmt", "utc", "Gmt"))

_LEXER: Final = re.compile(
    r"\s*+(?:"  # possessive: a run of spaces is tried once
    # 20190802T153400+0700, 2019-W31-5T15:34: forms that only crawlers write
    r"(?:[0-9]{8}|[0-9]{4}-W[0-9]{2}-[1-7])T[0-9]{2}:?[0-9]{2}(?::?[0-9]{2})?"
    r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?(?!\w)"
    # a zone with its number: GMT+7, UTC +07:00, +0700, -05:00 behind an hour
    r"|(?:GMT|UTC|gmt|utc|Gmt)\s?[+-]\s?[0-9]{1,2}(?::?[0-9]{2})?(?![0-9])"
    r"|(?:GMT|UTC)\s?[0-9]{1,2}(?=\s?[)\]])"  # "(GMT 7)": a plus sign that was lost on the way
    r"|(?:GMT|UTC|gmt|utc|Gmt)(?!\w)"
    r"|\+(?:0?[0-9]|1[0-4])(?::?[0-5][0-9])?(?![0-9])"
    r"|(?<=:[0-9]{2})-(?:0[0-9]|1[0-2]):?[0-5][0-9](?![0-9])"
    # the year of "21 Tháng Ba 20254:08", where the hour is glued to it
    r"|(?:19|20)[0-9]{2}(?=[0-9]{1,2}[:h][0-9]{2})"
    # the fraction of a second
    r"|(?<=:[0-9]{2})\.(?:[0-9]{6,7}|[0-9]{3}|0)(?![0-9])"
    r"|[0-9]+"
    r"|[^\W\d_]+"
    r"|\S)"
)


class Tokens(NamedTuple):
    """The tokens of a line, as four lists of one length: letters, folded words, spans."""

    letters: list[str]
    words: list[str]
    starts: list[int]
    ends: list[int]


def tokens(text: str) -> Tokens:
    """Cut a line into tokens.

    >>> tokens("Thời sựThứ 6, 15h34").words
    ['thời', 'sự', 'thứ', '6', ',', '15', 'h', '34']
    """
    found = Tokens([], [], [], [])
    letters, words, starts, ends = found
    end = 0
    # Without spaces at the end, every run of spaces has a token behind it: linear.
    for piece in _LEXER.findall(text.rstrip()):
        end += len(piece)
        word = piece.lstrip()
        start = end - len(word)
        letter = _KNOWN.get(word)
        if letter is None:
            letter = _letter(word)
            cut = _glued(word) if letter == WORD else 0
            if cut:
                letters.append(WORD)
                words.append(word[:cut].casefold())
                starts.append(start)
                start += cut
                ends.append(start)
                word = word[cut:]
            word = word.casefold()
        letters.append(letter)
        words.append(word)
        starts.append(start)
        ends.append(end)
    return found


def _letter(word: str) -> str:
    """The letter of a token that is neither a known token nor a phrase of the table."""
    first = word[0]
    if "0" <= first <= "9":
        return OTHER_NUMBER if word.isdecimal() else ISO
    if len(word) == 1:
        return WORD if first.isalpha() else OTHER_MARK
    if first in "+-.":  # a zone; the fraction of a second counts as little as "phút"
        return MINUTE_MARK if first == "." else ZONE
    if word[:3] in _BARE_ZONES and (len(word) == 3 or "0" <= word[-1] <= "9"):
        return ZONE
    return WORD


def _glued(word: str) -> int:
    """Where a second word begins in one that blocks of a page were glued to: "sựThứ"."""
    if word.islower() or word[1:].islower() or word.isupper():
        return 0
    return max((i for i in range(1, len(word)) if word[i].isupper()), default=0)


def joined(phrase: str) -> str:
    """A phrase as tokens with a space between.

    >>> joined("Pub_Date")
    'pub _ date'
    """
    if phrase.islower() and phrase.replace(" ", "").isalpha():
        return phrase  # the lexer would find nothing else
    return " ".join(tokens(phrase).words)


def shape_of(letters: list[str]) -> tuple[str, list[int]]:
    """The shape of a line, and the token of each of its letters.

    Loose words fall out, and marks too, but for the one that parts two numbers.

    >>> shape_of(list("W,1/1/4,1:1(Z)"))[0]
    'W1/1/41:1Z'
    """
    shape: list[str] = []
    kept: list[int] = []
    last = len(letters) - 1
    for i, letter in enumerate(letters):
        if letter in MARKS:
            if letter not in "/-.|:" or not 0 < i < last:
                continue
            if letters[i - 1] not in NUMBERS or letters[i + 1] not in NUMBERS:
                continue
            letter = ":" if letter == ":" else "/"
        elif letter in (LOOSE, MINUTE_MARK):
            continue
        kept.append(i)
        shape.append(letter)
    return "".join(shape), kept
