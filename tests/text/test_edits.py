"""Edits: what they do to a text, and that two passes can be told as one."""

from itertools import pairwise

import pytest
from clock import outgrows
from hypothesis import given
from hypothesis import strategies as st

from artclean.model import Edit
from artclean.text.edits import apply_edits, compose, undo_edits


@st.composite
def edits_of(draw: st.DrawFn, text: str, rule: str = "rule") -> list[Edit]:
    """Any edits of a text in order: replacements, deletions, insertions, also side by side."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    edits: list[Edit] = []
    for start, end in zip(cuts[::2], cuts[1::2], strict=False):
        after = draw(st.text("xyz", max_size=3))
        same_point = edits and start == end == edits[-1].end == edits[-1].start
        if not same_point and text[start:end] != after:
            edits.append(Edit(start, end, rule, text[start:end], after))
    return edits


@st.composite
def two_passes(draw: st.DrawFn) -> tuple[str, list[Edit], list[Edit]]:
    text = draw(st.text("abc", max_size=12))
    first = draw(edits_of(text, "one"))
    return text, first, draw(edits_of(apply_edits(text, first), "two"))


def replaces(start: int, before: str, after: str, rule: str) -> Edit:
    return Edit(start, start + len(before), rule, before, after)


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ([], [], []),
        ([replaces(0, "a", "b", "one")], [], [replaces(0, "a", "b", "one")]),
        ([], [replaces(0, "a", "b", "two")], [replaces(0, "a", "b", "two")]),
        # far apart: the second is moved back to where it stood in the first text
        (
            [replaces(0, "&amp;", "&", "one")],
            [replaces(5, "x", "y", "two")],
            [replaces(0, "&amp;", "&", "one"), replaces(9, "x", "y", "two")],
        ),
        # side by side, they stay two
        (
            [replaces(0, "ab", "x", "one")],
            [replaces(1, "c", "z", "two")],
            [replaces(0, "ab", "x", "one"), replaces(2, "c", "z", "two")],
        ),
        # the later covers the earlier
        (
            [replaces(2, "\xa0", " ", "one")],
            [replaces(0, "ab cd", "", "two")],
            [replaces(0, "ab\xa0cd", "", "two")],
        ),
        # they only overlap
        (
            [replaces(0, "abc", "xyz", "one")],
            [replaces(2, "zd", "!", "two")],
            [replaces(0, "abcd", "xy!", "one+two")],
        ),
        # several of the first in one of the second, and the other way round
        (
            [replaces(0, "a", "x", "one"), replaces(2, "c", "z", "one")],
            [replaces(0, "xbz", "?", "two")],
            [replaces(0, "abc", "?", "two")],
        ),
        (
            [replaces(0, "a", "xyz", "one")],
            [replaces(0, "x", "1", "two"), replaces(2, "z", "3", "two")],
            [replaces(0, "a", "1y3", "one+two")],
        ),
        # a change and its reverse are no change
        ([replaces(0, "a", "x", "one")], [replaces(0, "x", "a", "two")], []),
        # what was put in and taken out again was never there
        ([replaces(1, "", "x", "one")], [replaces(1, "x", "", "two")], []),
        # an insertion where something was deleted
        (
            [replaces(1, "b", "", "one")],
            [replaces(1, "", "x", "two")],
            [replaces(1, "b", "x", "one+two")],
        ),
    ],
)
def test_compose(first: list[Edit], second: list[Edit], whole: list[Edit]) -> None:
    assert compose(first, second) == whole


@given(two_passes())
def test_one_list_does_what_two_do(case: tuple[str, list[Edit], list[Edit]]) -> None:
    text, first, second = case
    between = apply_edits(text, first)
    after = apply_edits(between, second)
    whole = compose(first, second)
    assert apply_edits(text, whole) == after
    assert undo_edits(after, whole) == text
    assert undo_edits(after, second) == between
    assert all(one.end <= next_.start for one, next_ in pairwise(whole))
    assert all(edit.before != edit.after for edit in whole)
    assert {part for edit in whole for part in edit.rule.split("+")} <= {"one", "two"}


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(0, 1, "r", "b", "c")],  # another text
        [Edit(0, 2, "r", "ab", ""), Edit(1, 3, "r", "bc", "")],  # overlapping
        [Edit(2, 3, "r", "c", ""), Edit(0, 1, "r", "a", "")],  # out of order
        [Edit(3, 4, "r", "d", "")],  # behind the end
    ],
)
def test_edits_that_do_not_fit_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="does not fit"):
        apply_edits("abc", edits)


def test_composing_is_linear() -> None:
    def composed(n: int) -> None:
        first = [Edit(i, i + 1, "one", "a", "bb") for i in range(n)]
        second = [Edit(2 * i + 1, 2 * i + 3, "two", "bb", "c") for i in range(n - 1)]
        assert len(compose(first, second)) == 1

    assert not outgrows(lambda: composed(4_000), lambda: composed(16_000), 4 * 1.6, 0.01)
