"""Timestamp templates as a tree of shapes.

A template such as ``{weekday}, {d}/{m}/{yyyy}[, {HH}:{MM}]`` has a shape for every way to keep
or drop its parts in brackets. All shapes of all templates stand in one tree, letter by letter:
finding a moment is a walk, and there is no pattern to compile and none that could back-track.
"""

import re
from collections.abc import Container, Iterator, Mapping
from typing import NamedTuple

from artclean.errors import TableError
from artclean.language.tokens import ISO, NUMBERS, SHORT, UNIT, WORD, YEAR, ZONE, tokens

# Fields that are words, with their letters; the names of the table's lists.
WORD_FIELDS = {
    "weekday": "W",
    "month": "M",
    "half": "A",
    "zone": ZONE,
    "unit": UNIT,
    "ago": "G",
    "since": "S",
    "day": "D",
    "now": "Y",
}
_FIELDS = {
    **dict.fromkeys(("d", "m", "yy", "HH", "MM", "SS", "n"), SHORT),
    "yyyy": YEAR,
    "iso": ISO,
    **WORD_FIELDS,
}
_DATE = frozenset(("d", "m", "yy", "yyyy"))
_CLOCK = frozenset((("HH", "MM"), ("MM", "SS")))
# Letters for the words that templates spell out.
SPELLED = "BCEFHJKLNOPQRTVX"


class Row(NamedTuple):
    """A row of the table: a template, an example that it reads, and who prints it so."""

    name: str
    template: str
    example: str
    seen_in: str


class Node:
    """A place in the tree: where each letter leads, and the row whose shape ends here."""

    __slots__ = ("fields", "next", "row")

    def __init__(self) -> None:
        self.next: dict[str, Node] = {}
        self.row: Row | None = None
        self.fields: tuple[tuple[str, int], ...] = ()


class Piece(NamedTuple):
    """A piece of a template: a field, a word, marks, or a bracket ("open", "close")."""

    kind: str
    text: str


class Words(NamedTuple):
    """What the words of templates mean: a letter each, or marks of an hour or a month."""

    spelled: Mapping[str, str]
    hour_marks: Container[str]
    month_marks: Container[str]


_TEMPLATE = re.compile(r"\{(?P<field>\w+)\}|(?P<open>\[)|(?P<close>\])|(?P<literal>[^{}\[\]]+)")


def pieces_of(row: Row, table: str) -> list[Piece]:
    """The pieces of a template. Raises `TableError` where it is none."""
    pieces: list[Piece] = []
    depth = end = 0
    for match in _TEMPLATE.finditer(row.template):
        if match.start() != end:
            break
        end = match.end()
        kind = match.lastgroup or ""
        text = match[kind]
        if kind == "literal":
            letters, words, _, _ = tokens(text)
            pieces.extend(
                Piece("word" if letter == WORD else "marks", word)
                for letter, word in zip(letters, words, strict=True)
            )
            continue
        if kind == "field" and text not in _FIELDS:
            raise TableError(table, row.name, f"no such field: {{{text}}}")
        depth += (kind == "open") - (kind == "close")
        if depth < 0:
            break
        pieces.append(Piece(kind, text))
    if end != len(row.template) or depth:
        raise TableError(table, row.name, f"brackets or braces do not match: {row.template}")
    if not any(piece.kind == "field" for piece in pieces):
        raise TableError(table, row.name, "a template without a field")
    return pieces


def plant(root: Node, row: Row, pieces: list[Piece], words: Words) -> None:
    """Add the shapes of a row to the tree; a shape that stands there already keeps its row."""
    front = _grow({_Last(): [_Spot(root)]}, iter(pieces), words)
    for spots in front.values():
        for node, _, fields in spots:
            if node.row is None:
                node.row, node.fields = row, fields


class _Last(NamedTuple):
    """What a template had last: a field, the marks behind it, a word for "month"."""

    field: str = ""
    marks: str = ""
    month: bool = False


class _Spot(NamedTuple):
    """How far a template has grown in the tree, and where its fields stand."""

    node: Node
    depth: int = 0
    fields: tuple[tuple[str, int], ...] = ()

    def grown(self, letters: str, name: str = "") -> "_Spot":
        node, depth, fields = self
        for letter in letters:
            following = node.next.get(letter)
            if following is None:
                following = node.next[letter] = Node()
            node = following
        depth += len(letters)
        return _Spot(node, depth, (*fields, (name, depth - 1)) if name else fields)


# The spots of a template that has optional parts, by what stands before them.
_Front = dict[_Last, list[_Spot]]


def _grow(front: _Front, pieces: Iterator[Piece], words: Words) -> _Front:
    """Every spot that a template leads to from ``front``, its optional parts kept or dropped."""
    for kind, text in pieces:
        if kind == "close":
            break
        grown: _Front = {}
        if kind == "open":
            grown = _grow(front, pieces, words)
            for last, spots in front.items():
                grown[last] = grown.get(last, []) + spots
        elif kind == "field":
            for last, spots in front.items():
                name = "month" if text == "m" and last.month else text
                letter = _FIELDS[name]
                grown.setdefault(_Last(name), []).extend(
                    spot.grown(mark + letter, name)
                    for mark in _between(last, name)
                    for spot in spots
                )
        elif kind == "word" and text in words.spelled:
            letter = words.spelled[text]
            grown[_Last()] = [spot.grown(letter) for many in front.values() for spot in many]
        else:
            month = text in words.month_marks
            if kind == "word":
                text = ":" if text in words.hour_marks else ""
            for (name, marks, _), spots in front.items():
                grown[_Last(name, marks + text, month)] = spots
        front = grown
    return front


def _between(last: _Last, name: str) -> tuple[str, ...]:
    """What may stand between two fields in a shape.

    Between two numbers it is tight inside a date and inside a clock, and any mark or none
    elsewhere; nothing else counts.
    """
    if not last.field or _FIELDS[last.field] not in NUMBERS or _FIELDS[name] not in NUMBERS:
        return ("",)
    if last.field in _DATE and name in _DATE and last.marks in ("/", "-", "."):
        return ("/",)
    if (last.field, name) in _CLOCK and last.marks == ":":
        return (":",)
    return ("", "/", ":")
