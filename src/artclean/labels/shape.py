"""The outer shape of a line: where a sentence ends, what is a list, a table or verse."""

import re
from typing import Final

from artclean.language.schema import Language

# A sentence may close with a quotation mark or a bracket behind its stop.
ENDS: Final = (".", "!", "?", "…", ":", ";")
_CLOSERS: Final = "\"'”’)]» \t\xa0"
_LIST: Final = re.compile(r"[-–—+•*●▪■◦✓→]\s*\S|\(?\d{1,3}[.)/]\s|[a-zđ][.)]\s|\|")
_TABLE: Final = re.compile(r"\||\t|\S {3,}\S")
_DIGIT: Final = re.compile(r"\d")
# Verse of six and eight syllables, free verse, songs; measured in characters.
LONGEST_VERSE: Final = 64


def ends_sentence(text: str) -> bool:
    """Whether the line closes a sentence.

    >>> ends_sentence("“Chúng tôi sẽ về.”"), ends_sentence("Trao đổi với")
    (True, False)
    """
    return text.rstrip(_CLOSERS).endswith(ENDS) or text.endswith(ENDS)


# A sub-heading is at most this long, in characters, and what stands below it at least so long.
# A dropped link leaves less behind: the words that it was on.
LONGEST_CLOSE: Final = 60
SHORTEST_BELOW: Final = 80


def hangs(text: str, language: Language, below: str = "") -> bool:
    """Whether the line ends with a word that no sentence ends with: "trao đổi với".

    Some of these words close sub-headings too ("Việc cần làm trong năm tới"): they do where a
    whole sentence stands ``below``.
    """
    words = text[-24:].casefold().split()
    if not words:
        return False
    last, two = words[-1], " ".join(words[-2:])
    if last not in language.hanging and two not in language.hanging:
        return False
    may_close = last in language.may_close or two in language.may_close
    return not (
        may_close
        and len(text) <= LONGEST_CLOSE
        and len(below) >= SHORTEST_BELOW
        and ends_sentence(below)
        and not below[0].islower()
    )


def is_list_item(text: str) -> bool:
    """A line that opens with a list's mark or number."""
    return _LIST.match(text) is not None


def is_table_row(text: str) -> bool:
    """A line of cells: bars, tabs, wide gaps, or hardly anything but digits."""
    # Characters are found many times faster than patterns, and most lines have none of these.
    if ("|" in text or "\t" in text or "   " in text) and _TABLE.search(text.strip("| ")):
        return True
    digits = len(_DIGIT.findall(text))
    return digits * 3 > len(text) and digits > sum(map(str.isalpha, text))


def is_verse_line(text: str) -> bool:
    """A short line that does not close like a sentence of prose."""
    return 0 < len(text) <= LONGEST_VERSE and not text.endswith((".", ":", ";"))


def is_headline(text: str) -> bool:
    """A line written like a headline: some words, a capital first, no stop behind.

    >>> is_headline("Xã vùng cao mở thêm hai lớp mầm non"), is_headline("Ông nói.")
    (True, False)
    """
    if not 12 <= len(text) <= 160 or (
        text.endswith((".", ":", ";", ",")) and not text.endswith("...")
    ):
        return False
    start = text.lstrip("\"'“‘([*-–• ")
    return bool(start) and (start[0].isupper() or start[0].isdigit()) and text.count(" ") >= 2
