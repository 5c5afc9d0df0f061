"""Edits of a text: applied, undone, and two passes made into one.

A list of edits is *in order* when each starts where the one before it ends, or later. All
functions here take such lists and give such lists, in time linear in what they are given.
"""

from collections.abc import Iterable, Iterator, Sequence

from artclean.model import Edit


def apply_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text after the edits. Raises ``ValueError`` if one of them does not fit it.

    >>> apply_edits("a\\xa0b", [Edit(1, 2, "space", "\\xa0", " ")])
    'a b'
    """
    pieces: list[str] = []
    done = 0
    for edit in edits:
        if edit.start < done or text[edit.start : edit.end] != edit.before:
            raise ValueError(f"{edit} does not fit the text")
        pieces += text[done : edit.start], edit.after
        done = edit.end
    pieces.append(text[done:])
    return "".join(pieces)


def undo_edits(text: str, edits: Iterable[Edit]) -> str:
    """The text before the edits, from the text after them. Raises ``ValueError`` as above.

    >>> undo_edits("a b", [Edit(1, 2, "space", "\\xa0", " ")])
    'a\\xa0b'
    """
    return apply_edits(text, _inverted(edits))


def compose(first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    """The edits of two passes as one list, relative to the text before the first pass.

    ``second`` counts characters of the text that ``first`` left. Edits that meet in that text
    become one. It bears the later rule where the later edit covers the earlier one, since that
    had the last word, and else both names: ``mojibake+nfc``. What the second pass puts back as
    it was is no edit any more.

    >>> entity = [Edit(1, 7, "entity", "&nbsp;", "\\xa0")]
    >>> compose(entity, [Edit(1, 2, "space", "\\xa0", " ")])
    [Edit(start=1, end=7, rule='space', before='&nbsp;', after=' ')]
    """
    if not first or not second:
        return [*first, *second]
    composed: list[Edit] = []
    grown = 0  # characters that the first pass has added so far
    for back, forth in _clusters(list(_inverted(first)), second):
        if len(back) + len(forth) == 1:  # nearly all: nothing meets it
            edit = (back or forth)[0]
            before, after = (edit.after, edit.before) if back else (edit.before, edit.after)
            at = edit.start - grown
            if before != after:
                composed.append(Edit(at, at + len(before), edit.rule, before, after))
            grown += len(edit.before) - len(before)
            continue
        start = min(edits[0].start for edits in (back, forth) if edits)
        between = _text_under(back, forth)
        before = apply_edits(between, _moved(back, -start))
        after = apply_edits(between, _moved(forth, -start))
        if before != after:
            at = start - grown
            rule = _rule(back, forth, len(between))
            composed.append(Edit(at, at + len(before), rule, before, after))
        grown += len(between) - len(before)
    return composed


def _inverted(edits: Iterable[Edit]) -> Iterator[Edit]:
    """The edits that lead back, relative to the text after the edits."""
    grown = 0
    for start, _, rule, before, after in edits:
        yield Edit(start + grown, start + grown + len(after), rule, after, before)
        grown += len(after) - len(before)


def _moved(edits: Iterable[Edit], by: int) -> Iterator[Edit]:
    return (edit._replace(start=edit.start + by, end=edit.end + by) for edit in edits)


def _clusters(
    left: Sequence[Edit], right: Sequence[Edit]
) -> Iterator[tuple[Sequence[Edit], Sequence[Edit]]]:
    """Two lists over the same text, cut into the smallest pieces that do not meet each other."""
    i = j = 0
    while i < len(left) or j < len(right):
        first_i, first_j = i, j
        if j == len(right) or (i < len(left) and left[i].start <= right[j].start):
            i += 1
        else:
            j += 1
        # An edit can only meet edits of the other list, and of those the last one suffices.
        while True:
            if i < len(left) and j > first_j and _meet(left[i], right[j - 1]):
                i += 1
            elif j < len(right) and i > first_i and _meet(left[i - 1], right[j]):
                j += 1
            else:
                break
        yield left[first_i:i], right[first_j:j]


def _meet(one: Edit, other: Edit) -> bool:
    """Whether they share a character, or one of them is a point that touches the other."""
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def _text_under(back: Sequence[Edit], forth: Sequence[Edit]) -> str:
    """What stands between the passes where a cluster lies: their ``before`` leave no gap."""
    edits = sorted([*back, *forth])
    pieces: list[str] = []
    known = edits[0].start
    for edit in edits:
        if edit.end > known:
            pieces.append(edit.before[known - edit.start :])
            known = edit.end
    return "".join(pieces)


def _rule(back: Sequence[Edit], forth: Sequence[Edit], length: int) -> str:
    covered = 0 < length == sum(len(edit.before) for edit in forth)
    edits = forth if covered else (*back, *forth)
    return "+".join(dict.fromkeys(edit.rule for edit in edits))
