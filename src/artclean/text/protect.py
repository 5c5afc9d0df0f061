"""What of a dump must stay as it is: spans that their author has fenced off, and Markdown.

The stages behind see a masked text: a line of its own stands for each such span, and every line
ends in ``\\n``. Their edits are then carried over to the text itself.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import count, groupby
from re import split
from typing import NamedTuple

from artclean.model import Edit
from artclean.text.edits import apply_edits
from artclean.text.holds import Hold, switches

MIXED = "line-ending:mixed"


def holds_of(lines: Sequence[str], *, markdown: bool = False) -> list[Hold]:
    """One hold for each line; the lines come without their endings.

    >>> [hold.name for hold in holds_of(["a", "<!-- artclean: off -->", ".", "b"])]
    ['OPEN', 'VERBATIM', 'VERBATIM', 'VERBATIM']
    >>> [hold.name for hold in holds_of(["# Title", "", "Chia sẻ"], markdown=True)]
    ['KEPT', 'OPEN', 'OPEN']
    """
    if markdown:
        from artclean.text.markdown import markdown_holds  # two dozen patterns, only for these

        return markdown_holds(lines)
    return [Hold.VERBATIM if off else Hold.OPEN for off in _switched_off(lines)]


def _switched_off(lines: Sequence[str]) -> Iterator[bool]:
    off = False
    for line in lines:
        off = off or switches(line, "off")
        yield off
        off = off and not switches(line, "on")


class Masked(NamedTuple):
    """A text as the stages behind see it, and what of it was replaced."""

    text: str
    token: str  # the line that stands for a span; empty where there is none
    ending: str  # the line ending that most lines have; of two, the one that comes first
    swaps: tuple[Edit, ...]  # spans, and endings that are not ``\\n`` or not the usual one


def mask(text: str, *, markdown: bool = False) -> Masked:
    """Puts what must not be touched out of sight.

    >>> mask("a\\r\\n<!-- artclean: off -->\\r\\n.\\r\\n").text
    'a\\nartclean0\\n'
    """
    if not markdown and "\r" not in text and "artclean:" not in text:
        return Masked(text, "", "\n", ())
    lines, endings = _split(text)
    usual = _usual(endings)
    holds = holds_of(lines, markdown=markdown)
    token = _token(text) if Hold.VERBATIM in holds else ""
    swaps: list[Edit] = []
    at = 0
    for verbatim, group in groupby(
        zip(lines, endings, holds, strict=True), lambda row: row[2] is Hold.VERBATIM
    ):
        start = at
        for line, ending, _ in group:
            at += len(line) + len(ending)
            if not verbatim and ending and not ending == usual == "\n":
                swaps.append(Edit(at - len(ending), at, MIXED, ending, "\n"))
        if verbatim:
            swaps.append(Edit(start, at, token, text[start:at], token + "\n" * bool(ending)))
    return Masked(apply_edits(text, swaps), token, usual, tuple(swaps))


def _split(text: str) -> tuple[list[str], list[str]]:
    """The lines of a text without their endings, and their endings; the last may be empty."""
    pieces = split(r"(\r\n|\r|\n)", text)
    lines, endings = pieces[::2], [*pieces[1::2], ""]
    if lines[-1] == "":
        del lines[-1], endings[-1]
    return lines, endings


def _usual(endings: Iterable[str]) -> str:
    counts = Counter(ending for ending in endings if ending)
    return max(counts, key=counts.__getitem__, default="\n")


def _token(text: str) -> str:
    # A word in ASCII letters is the least that the Unicode stage can be interested in.
    return next(token for n in count() if (token := f"artclean{n}") not in text)


def unmask(edits: Iterable[Edit], masked: Masked, text: str) -> list[Edit]:
    """Edits of the masked text as edits of the text that it was made from.

    Unusual line endings that are still there become the usual one.
    """
    if not masked.swaps:
        return list(edits)
    carried: list[Edit] = []
    swaps = masked.swaps
    done = 0  # swaps that lie behind us
    grown = 0  # how much longer the text is than the masked one, up to here
    for edit in edits:
        while (
            done < len(swaps) and swaps[done].start - grown + len(swaps[done].after) <= edit.start
        ):
            carried += _usual_ending(swaps[done], masked.ending)
            grown += _gain(swaps[done])
            done += 1
        within, gained = done, grown
        while within < len(swaps) and swaps[within].start - gained < edit.end:
            gained += _gain(swaps[within])
            within += 1
        if any(swap.rule == masked.token for swap in swaps[done:within]):
            continue  # no stage has a reason to touch the line that stands for a span
        start, end = edit.start + grown, edit.end + gained
        done, grown = within, gained
        after = edit.after.replace("\n", masked.ending)
        if after != text[start:end]:
            carried.append(Edit(start, end, edit.rule, text[start:end], after))
    for swap in swaps[done:]:
        carried += _usual_ending(swap, masked.ending)
    return carried


def _gain(swap: Edit) -> int:
    return len(swap.before) - len(swap.after)


def _usual_ending(swap: Edit, usual: str) -> list[Edit]:
    return [swap._replace(after=usual)] if swap.rule == MIXED and swap.before != usual else []
