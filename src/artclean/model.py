"""The values that the stages hand on. All of them are frozen; none knows how it is made."""

from enum import StrEnum
from typing import NamedTuple


class Label(StrEnum):
    """What a line of a dump is."""

    TITLE = "title"
    KICKER = "kicker"
    TIMESTAMP = "timestamp"
    LEAD = "lead"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    CAPTION = "caption"
    REPEAT = "repeat"
    BYLINE = "byline"
    AGENCY = "agency"
    TAGS = "tags"
    RELATED = "related"
    BOILERPLATE = "boilerplate"
    JUNK = "junk"
    BLANK = "blank"


class Edit(NamedTuple):
    """One change of a text: ``before`` stood at ``text[start:end]``, ``after`` stands there now.

    ``start`` and ``end`` count characters of the text as it was decoded, before any repair.
    """

    start: int
    end: int
    rule: str
    before: str
    after: str


class LabelledLine(NamedTuple):
    """A line (counted from 1), what it is, and the name of the rule that decided."""

    line: int
    label: Label
    rule: str
    text: str


class Repaired(NamedTuple):
    """A text after the Unicode stage.

    ``encoding`` is what the bytes were, or, of a text, the encoding that it was misread from
    (``utf-8`` where nothing was misread).
    """

    text: str
    encoding: str
    edits: tuple[Edit, ...]
    warnings: tuple[str, ...]


class Tidied(NamedTuple):
    """A dump, cleaned in its own format, and the receipt for every change."""

    text: str
    ledger: tuple[Edit, ...]
    warnings: tuple[str, ...]


class Caption(NamedTuple):
    """A picture's words and its photographer or source."""

    text: str
    credit: str | None = None


class Block(NamedTuple):
    """A piece of the article; ``lines`` are the first and last line of the dump it came from."""

    kind: str
    text: str
    lines: tuple[int, int]
    credit: str | None = None


class Article(NamedTuple):
    """A clean article. A field that the dump does not give is ``None`` or empty, never a guess.

    ``published`` and ``updated`` are ISO 8601, to the minute with an offset, or a date alone.
    """

    title: str | None
    lead: str | None
    section: str | None
    published: str | None
    updated: str | None
    authors: tuple[str, ...]
    agency: str | None
    publisher: str | None
    tags: tuple[str, ...]
    captions: tuple[Caption, ...]
    text: str
    blocks: tuple[Block, ...]
    language: str
    encoding: str
    warnings: tuple[str, ...]
