"""The loop of tidy, with a Unicode stage and labels of its own, so that every turn can be seen."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artclean.model import Edit, Label, LabelledLine, Repaired
from artclean.render.tidy import PATIENCE, UNSETTLED, tidy_text
from artclean.text.edits import apply_edits, undo_edits


def repair(text: str) -> Repaired:
    """No-break spaces become spaces, soft hyphens go, and U+2028 ends a line."""
    edits = [
        Edit(
            found.start(),
            found.end(),
            "space",
            found[0],
            {"\xa0": " ", "\xad": ""}.get(found[0], "\n"),
        )
        for found in re.finditer("[\xa0\xad\u2028]", text)
    ]
    return Repaired(apply_edits(text, edits), "utf-8", tuple(edits), ("one",) if edits else ())


def label(text: str) -> list[LabelledLine]:
    """A full stop is junk; "x" after junk, or at the end, is boilerplate; a second line repeats."""
    labelled: list[LabelledLine] = []
    seen: set[str] = set()
    for number, line in enumerate(text.split("\n"), start=1):
        before = labelled[-1].label if labelled else Label.BLANK
        if not line.strip():
            found = Label.BLANK
        elif line.strip() == ".":
            found = Label.JUNK
        elif line.strip() == "x" and before in (Label.JUNK, Label.BLANK):
            found = Label.BOILERPLATE
        elif line in seen and len(line) > 5:
            found = Label.REPEAT
        else:
            found = Label.PARAGRAPH
        seen.add(line)
        labelled.append(LabelledLine(number, found, "rule", line))
    return labelled


def tidied(text: str, *, markdown: bool = False) -> str:
    """The tidied text, after the two promises have been checked."""
    once = tidy_text(text, repair, label, markdown=markdown)
    assert apply_edits(text, once.ledger) == once.text
    assert undo_edits(once.text, once.ledger) == text
    again = tidy_text(once.text, repair, label, markdown=markdown)
    assert (again.text, again.ledger) == (once.text, ())
    return once.text


def test_the_ledger_counts_in_the_input() -> None:
    assert tidy_text("a\xa0b\n.\nc", repair, label).ledger == (
        Edit(1, 2, "space", "\xa0", " "),
        Edit(4, 6, "junk:rule", ".\n", ""),
    )


def test_a_removal_that_uncovers_another_is_followed_up() -> None:
    # "x" is boilerplate only once the line above it has gone and a blank one stands there.
    assert tidied("a\n\n.\nx\nb") == "a\n\nb"
    assert tidied("a\n\nx\nx\nx\nb") == "a\n\nb"


def test_what_never_settles_stays_as_it_came() -> None:
    text = "a\n\n" + "x\n" * 40 + "b"
    left = tidy_text(text, repair, label)
    assert (left.text, left.ledger, left.warnings) == (text, (), (UNSETTLED,))
    assert tidy_text(left.text, repair, label) == left


def test_what_comes_no_nearer_to_rest_is_given_up() -> None:
    asked: list[str] = []

    def counted(text: str) -> list[LabelledLine]:
        asked.append(text)
        return label(text)

    tidy_text("a\n\n" + "x\n" * 4000 + "b", repair, counted)
    assert len(asked) == PATIENCE


def test_warnings_are_those_of_the_input() -> None:
    assert tidy_text("a\xa0b", repair, label).warnings == ("one",)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("final", [True, False])
def test_line_endings_are_kept(ending: str, final: bool) -> None:
    text = ending.join(["a ", "", "", ".", "b\u2028c"]) + ending * final
    assert tidied(text) == ending.join(["a", "", "b", "c"]) + ending * final


def test_the_rules_name_what_happened_whatever_the_line_ending() -> None:
    rules = [edit.rule for edit in tidy_text("a \r\n.\r\nb\xad\nc\r\n", repair, label).ledger]
    assert rules == ["space:trailing", "junk:rule", "space", "line-ending:mixed"]


OFF = "<!-- artclean: off -->\n.\n.\n\n\n\xa0a \r\n<!-- artclean: on -->\n"


@pytest.mark.parametrize("markdown", [True, False])
def test_a_span_that_is_switched_off_stays(markdown: bool) -> None:
    assert tidied(f"a\n.\n{OFF}.\n\nb\n", markdown=markdown) == f"a\n{OFF}\nb\n"


FRONT = '---\ntitle: "a" \n\n\n.\nx: \xa0\n---\n'


def test_front_matter_stays_to_the_byte() -> None:
    assert tidied(f"{FRONT}\n\n.\nb\n", markdown=True) == f"{FRONT}\nb\n"
    assert tidied("+++\na = 1 \n+++\n\n\nb", markdown=True) == "+++\na = 1 \n+++\n\nb"


def test_front_matter_is_not_a_thing_of_plain_text() -> None:
    assert tidied("---\na \n---\n") == "---\na\n---\n"


KEPT = [
    "```\n.\n\n\n. \n```\n",
    "<div>\n.\n</div>\n",
    "- x\n- x\n",
    "| a |\n|---|\n| a |\n| a |\n",
    "    .\n",
    "![cầu Mới](a.jpg)\n\n![cầu Mới](b.jpg)\n",
    "[tin khác](a)\n[tin khác](a)\n",
    "a\n\n&lt;b&gt;&nbsp;\n",
]


@pytest.mark.parametrize("text", KEPT)
def test_markdown_stays_markdown(text: str) -> None:
    assert tidied(text, markdown=True) == text


def test_the_words_of_a_picture_and_again_under_it() -> None:
    picture = "![Cầu Mới lúc bình minh](cau.jpg)\n"
    assert tidied(f"{picture}\n*Cầu Mới lúc bình minh*\n\nb\n", markdown=True) == f"{picture}\nb\n"


def test_what_is_structure_is_repaired_all_the_same() -> None:
    assert tidied("# a\xa0b \n\n- c\xa0d\n", markdown=True) == "# a b\n\n- c d\n"


pieces = st.sampled_from(
    [
        "a",
        "x",
        ".",
        " ",
        "\xa0",
        "\xad",
        "\u2028",
        "\n",
        "\r\n",
        "\r",
        "\n\n",
        "cầu Mới",
        "artclean0",
        "\n<!-- artclean: off -->\n",
        "\n<!-- artclean: on -->\n",
    ]
)
structure = st.sampled_from(
    ["\n---\n", "\n```\n", "- ", "  ", "    ", "\n> ", "# ", "|", "![a](b)", "<div>", "*", "&lt;"]
)


@given(st.lists(pieces).map("".join))
def test_promises_hold_for_any_text(text: str) -> None:
    tidied(text)


@given(st.lists(pieces | structure).map("".join))
def test_promises_hold_for_any_markdown(text: str) -> None:
    tidied(text, markdown=True)
