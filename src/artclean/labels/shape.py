"""The outer shape of a line: where a sentence ends, what is a list, a table or verse."""

import re

from artclean.language.schema import Language

# A sentence may close with a quotation mark or a bracket behind its stop.
ENDS = (".", "!", "?", "…", ":", ";")
_CLOSERS = "\"'”’)]» \t\xa0"
_LIST = re.compile(r"[-–—+•*●▪■◦✓→]\s*\S|\(?\d{1,3}[.)/]\s|[a-zđ][.)]\s|\|")
_TABLE = re.compile(r"\||\t|\S {3,}\S")
# Verse of six and eight syllables, free verse, songs; measured in characters.
LONGEST_VERSE = 64


def ends_sentence(text: str) -> bool:
    """Whether the line closes a sentence.

    >>> ends_sentence("“Chúng tôi sẽ về.”"), ends_sentence("Trao đổi với")
    (True, False)
    """
    return text.rstrip(_CLOSERS).endswith(ENDS) or text.endswith(ENDS)


def hangs(text: str, language: Language) -> bool:
    """Whether the line ends with a word that no sentence ends with: "trao đổi với"."""
    words = text[-24:].casefold().split()
    return bool(words) and (
        words[-1] in language.hanging or " ".join(words[-2:]) in language.hanging
    )


def is_list_item(text: str) -> bool:
    """A line that opens with a list's mark or number."""
    return _LIST.match(text) is not None


def is_table_row(text: str) -> bool:
    """A line of cells: bars, tabs, wide gaps, or hardly anything but digits."""
    if _TABLE.search(text.strip("| ")):
        return True
    digits = sum(map(str.isdigit, text))
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
