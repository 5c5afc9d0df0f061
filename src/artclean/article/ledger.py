"""What goes from a dump and what stays: labelled lines -> edits.

An edit of a line is named ``label:rule``: ``boilerplate:share-bar``. Edits of characters come
from the Unicode stage and bear its names, without a colon.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from artclean.labels.members import (
    BLANK,
    BOILERPLATE,
    CAPTION,
    JUNK,
    RELATED,
    REPEAT,
)
from artclean.model import Edit, LabelledLine
from artclean.text.holds import Hold

# Of a story or of what is known about it, nothing goes.
GOES: Final = frozenset({JUNK, BOILERPLATE, RELATED, REPEAT})

# What may stand at the end of a line without being seen: no line ending is among them.
SPACES: Final = (
    " \t\v\f\r\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u202f\u205f\u3000"
)

_WORD: Final = re.compile(r"\w+")


def line_edits(
    labelled: Sequence[LabelledLine],
    lines: Sequence[str],
    holds: Sequence[Hold] | None = None,
    *,
    markdown: bool = False,
) -> list[Edit]:
    """The edits that take out what has no place in an article, and put white space in order.

    ``lines`` are those of the text split at ``\\n``, and ``labelled`` what each of them is; no
    ``holds`` means that all lines are open. Offsets count characters of the text. A line that
    goes takes its line ending along, so the last line has one afterwards if it had one before.

    >>> from artclean.labels.members import TITLE
    >>> title = LabelledLine(1, TITLE, "first-line", "Tin")
    >>> dot = LabelledLine(2, JUNK, "no-words", ".")
    >>> for edit in line_edits([title, dot], ["Tin ", "."]):
    ...     print(edit.start, edit.end, edit.rule, repr(edit.before))
    3 4 space:trailing ' '
    4 6 junk:no-words '\\n.'
    """
    ended = len(lines) > 1 and lines[-1] == ""
    count = len(lines) - ended
    holds = holds or [Hold.OPEN] * len(lines)
    reasons = _reasons(labelled, lines[:count], holds)
    last = max((n for n, reason in enumerate(reasons) if not reason), default=-1)
    edits: list[Edit] = []
    start = 0
    for number, (line, reason) in enumerate(zip(lines[:count], reasons, strict=True)):
        end = start + len(line)
        if not reason:
            bare = _bare(line, lines[number + 1 : number + 2], markdown=markdown)
            if bare != line and holds[number] is not Hold.VERBATIM:
                edits.append(Edit(start + len(bare), end, "space:trailing", line[len(bare) :], ""))
        elif ended or number < last or last < 0:
            closing = "\n" if number < len(lines) - 1 else ""
            if line or closing:
                edits.append(Edit(start, end + len(closing), reason, line + closing, ""))
        else:
            edits.append(Edit(start - 1, end, reason, "\n" + line, ""))
        start = end + 1
    return edits


def _bare(line: str, following: Sequence[str], *, markdown: bool) -> str:
    """A line without white space at its end. Two spaces before another line of Markdown stay.

    They are a line break there; at the end of a paragraph they mean nothing.
    """
    bare = line.rstrip(SPACES)
    if markdown and bare and line.endswith("  ") and "".join(following).strip(SPACES):
        return bare + "  "
    return bare


def _reasons(
    labelled: Sequence[LabelledLine], lines: Sequence[str], holds: Sequence[Hold]
) -> list[str]:
    """Why each line goes; empty where it stays."""
    reasons = [
        f"{line.label}:{line.rule}" if line.label in GOES and hold is Hold.OPEN else ""
        for line, hold, _ in zip(labelled, holds, lines, strict=False)
    ]
    written = [bool(line.strip(SPACES)) for line in lines]
    if REPEAT in {line.label for line in labelled}:
        _keep_what_says_more(labelled, lines, holds, reasons)
    if not any(there and not reason for there, reason in zip(written, reasons, strict=True)):
        # An empty file helps nobody: where nothing would be left, everything stays.
        reasons = [""] * len(lines)
    _thin_blanks(written, holds, reasons)
    return reasons


def _keep_what_says_more(
    labelled: Sequence[LabelledLine],
    lines: Sequence[str],
    holds: Sequence[Hold],
    reasons: list[str],
) -> None:
    """Keeps a repeat that has words which no line above it has, such as a photographer's name.

    Where it says all that a caption shortly above it says, the caption goes instead.
    """
    said: set[str] = set()  # lines that stay, to the letter
    unread: list[int] = []  # those of them whose words nobody has asked for
    known: set[str] = set()
    captions: list[tuple[int, list[str]]] = []
    for number, (line, text) in enumerate(zip(labelled, lines, strict=False)):
        if reasons[number] and line.label is REPEAT and text not in said:
            for place in unread:
                words = _WORD.findall(lines[place].casefold())
                known.update(words, _pairs(words))
                if labelled[place].label is CAPTION and holds[place] is Hold.OPEN:
                    captions.append((place, words))
            unread.clear()
            words = _WORD.findall(text.casefold())
            if not _is_known(words, known):
                # The copies of one picture's words stand near each other.
                shorter = next((n for n, old in captions[-3:] if old == words[: len(old)]), None)
                if shorter is not None:
                    reasons[shorter] = reasons[number]
                reasons[number] = ""
        if not reasons[number]:
            said.add(text)
            unread.append(number)


def _pairs(words: Sequence[str]) -> list[str]:
    return [f"{one} {other}" for one, other in pairwise(words)]


def _is_known(words: Sequence[str], known: set[str]) -> bool:
    """Whether words stand in this order above, in one piece or in two long ones.

    Two, because photo stories glue the title to a caption. Long, because a photographer's name
    that is also in the story must not pass for the second.
    """
    if len(words) < 2:
        return known.issuperset(words)
    new = [n for n, pair in enumerate(_pairs(words), start=1) if pair not in known]
    return not new or (len(new) == 1 and 6 <= new[0] <= len(words) - 6)


def _thin_blanks(written: Sequence[bool], holds: Sequence[Hold], reasons: list[str]) -> None:
    """Lets one blank line stay between two lines that stay, and none at either end."""
    stays = [n for n, reason in enumerate(reasons) if written[n] and not reason]
    first, last = (stays[0], stays[-1]) if stays else (len(written), -1)
    after_blank = False
    for number, there in enumerate(written):
        if reasons[number]:
            continue
        if not there and holds[number] is not Hold.VERBATIM:
            if number < first:
                reasons[number] = f"{BLANK}:start"
            elif number > last:
                reasons[number] = f"{BLANK}:end"
            elif after_blank:
                reasons[number] = f"{BLANK}:run"
        after_blank = not there
