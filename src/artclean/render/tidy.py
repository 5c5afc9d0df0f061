"""A dump, cleaned in its own format: the Unicode stage, then the lines, until nothing changes."""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from artclean.article.ledger import line_edits
from artclean.model import Edit, LabelledLine, Repaired, Tidied
from artclean.text.edits import apply_edits, compose
from artclean.text.holds import Hold
from artclean.text.protect import holds_of, mask, unmask

if TYPE_CHECKING:
    from artclean.text.decode import Decoded

Repair = Callable[[str], Repaired]
"""The Unicode stage, all options set."""

Label = Callable[[str], Sequence[LabelledLine]]
"""What each line of a repaired text is, all options set: one for each piece between ``\\n``."""

# Labels depend on neighbours, so taking lines out can change those of the rest. Of 6,646 dumps,
# real and altered, nearly all settle in two rounds and every one in four, the last of which finds
# nothing. One that has not settled by the eighth is not worth the risk; and one that loses as many
# lines in the fourth round, or later, as in the round before would take a round for each line.
ROUNDS: Final = 8
PATIENCE: Final = 4

UNSETTLED: Final = "does not settle: left as it is"

# In Markdown these are the writer's own words for a character, and `&lt;b>` is not `<b>`.
_REFERENCE: Final = re.compile(r"&(?:#\w+|\w+);")


def read(text_or_bytes: str | bytes, encoding: str) -> "Decoded":
    """A dump as it was written down, with nothing repaired."""
    from artclean.text.decode import Decoded, decode

    if isinstance(text_or_bytes, str):
        return Decoded(text_or_bytes, "utf-8")
    return decode(text_or_bytes, encoding)


def tidy_text(
    text: str,
    repair: Repair,
    label: Label,
    warnings: tuple[str, ...] = (),
    *,
    markdown: bool = False,
) -> Tidied:
    """A decoded dump, tidied; tidying the result again changes nothing.

    A text that never comes to rest is given back as it came, with a warning. ``warnings`` of
    those who decoded it come first.
    """
    ledger: list[Edit] = []
    said: tuple[str, ...] | None = None
    tidied = text
    taken = 0
    for number in range(1, ROUNDS + 1):
        edits, repair_said = _one_round(tidied, repair, label, markdown=markdown)
        said = (*warnings, *repair_said) if said is None else said
        if not edits:
            return Tidied(tidied, tuple(ledger), said)
        if number >= PATIENCE and len(edits) >= taken:
            break
        taken = len(edits)
        tidied = apply_edits(tidied, edits)
        ledger = compose(ledger, edits)
    return Tidied(text, (), (*(said or ()), UNSETTLED))


def _one_round(
    text: str, repair: Repair, label: Label, *, markdown: bool
) -> tuple[list[Edit], tuple[str, ...]]:
    """The edits of one pass over a text, and what the Unicode stage had to say."""
    masked = mask(text, markdown=markdown)
    repaired = repair(masked.text)
    repairs: Sequence[Edit] = repaired.edits
    if markdown:
        repairs = [edit for edit in repairs if not _REFERENCE.search(edit.before)]
    shown = apply_edits(masked.text, repairs) if repairs else masked.text
    removals = _line_edits(shown, masked.token, label, markdown=markdown)
    edits = compose(repairs, removals) if repairs else removals
    return unmask(edits, masked, text), repaired.warnings


def _line_edits(text: str, token: str, label: Label, *, markdown: bool) -> list[Edit]:
    lines = text.split("\n")
    if not markdown and not token:
        return line_edits(label(text), lines)
    holds = [
        max(hold, Hold.KEPT) if line == token else hold
        for line, hold in zip(lines, holds_of(lines, markdown=markdown), strict=True)
    ]
    return line_edits(label(_words(lines, token, markdown)), lines, holds, markdown=markdown)


def _words(lines: Sequence[str], token: str, markdown: bool) -> str:
    """What the lines say, for the labels: without marks of Markdown, and blank where masked."""
    if markdown:
        from artclean.text.markdown import markdown_words

        return "\n".join("" if line == token else markdown_words(line) for line in lines)
    return "\n".join("" if line == token else line for line in lines)
