"""A line on its way to its label."""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from artclean.labels.members import (
    BLANK,
    HEADING,
    JUNK,
    LEAD,
    PARAGRAPH,
)
from artclean.language.schema import Language
from artclean.model import Label


class Line:
    """What stands on one line of the dump, or on several that a hard wrap had cut.

    ``first`` and ``last`` count lines of the dump from 1. ``value`` is what the deciding rule
    read (a `Caption`, a `Byline`, a `Stamp`, …), so that nobody matches the same text again.

    The one value that changes on its way: `revise` writes verdicts into it. Its fields are read
    hundreds of times a document, and slots are three times as fast to read as a tuple's names.
    """

    __slots__ = ("first", "label", "last", "rule", "text", "value")

    def __init__(
        self, first: int, last: int, text: str, label: Label, rule: str, value: object = None
    ) -> None:
        self.first = first
        self.last = last
        self.text = text
        self.label = label
        self.rule = rule
        self.value = value

    def __repr__(self) -> str:
        return (
            f"Line({self.first}, {self.last}, {self.text!r}, {self.label!r}, {self.rule!r}, "
            f"{self.value!r})"
        )


Revision = tuple[int, Label, str, object]
"""A neighbour's verdict: the line at this place is something else after all.

Its place, its label, the rule, and what the rule read. No class: ten are made a document.
"""

Lines = Sequence[Line]
Reviser = Callable[[Lines, Language], Iterable[Revision]]

# Lines without words, over which the eye passes when it looks for a neighbour. Blank lines are
# not in the list at all: a gap in the numbers tells of them.
SILENT: Final = frozenset((BLANK, JUNK))
# Labels whose words are the story's.
STORY: Final = frozenset((LEAD, PARAGRAPH, HEADING))


def touch(above: Line, below: Line) -> bool:
    """Whether no blank line stands between two lines."""
    return above.last + 1 == below.first


def first_story(lines: Lines) -> int:
    """The place of the first line of story, or the number of lines."""
    return next((k for k, line in enumerate(lines) if line.label in STORY), len(lines))


def revise(lines: Lines, revisions: Iterable[Revision]) -> None:
    """Write ``revisions`` into ``lines``."""
    for index, label, rule, value in revisions:
        line = lines[index]
        line.label = label
        line.rule = rule
        line.value = value
