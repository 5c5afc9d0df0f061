"""What must stay is put out of sight and comes back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artclean.model import Edit
from artclean.text.edits import apply_edits, undo_edits
from artclean.text.holds import Hold
from artclean.text.protect import holds_of, mask, unmask

ENDINGS = [
    ("a\nb\r\nc\n", "\n"),
    ("a\r\nb\nc\r\n", "\r\n"),
    ("a\r\nb\n", "\r\n"),  # a tie: the first
    ("a\nb\r\n", "\n"),
    ("a\rb\rc\n", "\r"),
    ("a", "\n"),
    ("a\r\n\r\nb", "\r\n"),
    ("a\r\r\nb", "\r"),
]


@pytest.mark.parametrize(("text", "ending"), ENDINGS)
def test_the_usual_ending_wins(text: str, ending: str) -> None:
    masked = mask(text)
    assert "\r" not in masked.text
    after = apply_edits(text, unmask([], masked, text))
    assert after.replace(ending, "|").count("|") == masked.text.count("\n")
    assert masked.text == after.replace(ending, "\n")


def test_a_span_that_is_switched_off() -> None:
    text = "a\n<!-- artclean: off -->\n.\r\n,\n<!-- artclean: on -->\nb\n"
    masked = mask(text)
    assert masked.text == "a\nartclean0\nb\n"
    edits = unmask([Edit(0, 1, "x", "a", "A"), Edit(12, 13, "x", "b", "")], masked, text)
    assert apply_edits(text, edits) == text.replace("a\n", "A\n", 1).replace("b\n", "\n")


def test_an_edit_of_a_span_is_not_carried_over() -> None:
    text = "<!-- artclean: off -->\na"
    masked = mask(text)
    assert unmask([Edit(0, 9, "x", masked.text, "")], masked, text) == []


def test_the_line_that_stands_for_a_span_is_unlike_any_other() -> None:
    masked = mask("artclean0\n<!-- artclean: off -->\n")
    assert masked.text == "artclean0\nartclean1\n"


def test_without_an_end_a_span_goes_to_the_end() -> None:
    assert holds_of(["<!-- artclean: off -->", "a", ""]) == [Hold.VERBATIM] * 3


def test_on_and_off_again() -> None:
    off, on = "<!-- artclean: off -->", "  <!--artclean:on-->"
    assert holds_of([off, on, "a", off, "b", on, "c"]) == [
        Hold.VERBATIM,
        Hold.VERBATIM,
        Hold.OPEN,
        Hold.VERBATIM,
        Hold.VERBATIM,
        Hold.VERBATIM,
        Hold.OPEN,
    ]


lines = st.sampled_from(
    ["a", "", "b c", "<!-- artclean: off -->", "<!-- artclean: on -->", "artclean0", "```", "---"]
)
texts = st.lists(st.tuples(lines, st.sampled_from(["\n", "\r\n", "\r"]))).map(
    lambda rows: "".join(line + ending for line, ending in rows)
)


steps = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3), st.text("x\n", max_size=2)))


@given(texts, st.booleans(), steps)
def test_edits_are_carried_over(
    text: str, markdown: bool, steps: list[tuple[int, int, str]]
) -> None:
    """Both ways they replay, and a span that is held verbatim stands in the result."""
    masked = mask(text, markdown=markdown)
    edits: list[Edit] = []
    at = 0
    for gap, length, after in steps:
        start = at + gap
        at = start + length
        if at <= len(masked.text):
            edits.append(Edit(start, at, "x", masked.text[start:at], after))
    carried = unmask(edits, masked, text)
    tidied = apply_edits(text, carried)
    assert undo_edits(tidied, carried) == text
    found = 0
    for span in (swap.before for swap in masked.swaps if swap.rule == masked.token):
        found = tidied.index(span, found) + len(span)
