"""The table of --explain: all lines, in colours, and nothing in it commands the terminal."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import artclean
from artclean.article.ledger import GOES
from artclean.model import Label, LabelledLine
from artclean.pipeline import explain
from artclean.run.explain import COLOURS, REASONS, explanation_table, reason_of_rule
from run_tidy.dumps import dump


def lines_of(text: str) -> list[LabelledLine]:
    return [LabelledLine(1, Label.PARAGRAPH, "story", text)]


def test_every_label_has_a_colour() -> None:
    assert set(COLOURS) == set(Label)


def test_every_line_is_there() -> None:
    lines = explain(dump(3))
    table = explanation_table(lines, colour=False, width=10_000)
    for line in lines:
        assert re.search(rf"^ *{line.line} +{line.label} ", table, re.MULTILINE)
    assert "\x1b" not in table


@pytest.mark.parametrize("label", Label)
def test_what_goes_is_struck_through(label: Label) -> None:
    table = explanation_table([LabelledLine(7, label, "x", "abc")], colour=True, width=80)
    (before,) = re.findall("\x1b\\[([0-9;]*)mabc", table) or [""]
    assert ("9" in before.split(";")) == (label in GOES)


@pytest.mark.parametrize(
    "text", ["[/b]", "[link=file:///etc]x[/link]", ":moneybag:", "a\\", "[red]"]
)
def test_markup_is_text(text: str) -> None:
    assert text in explanation_table(lines_of(text), colour=True, width=200)


@given(st.text(max_size=40), st.booleans(), st.integers(20, 200))
def test_nothing_commands_the_terminal(text: str, colour: bool, width: int) -> None:
    table = explanation_table(lines_of(text), colour=colour, width=width)
    bare = re.sub("\x1b\\[[0-9;]*m", "", table).replace("\n", "")
    assert "\x1b" not in bare
    assert all(c.isprintable() or c in "\u00a0\u2002\u2003\u2009\u202f\u3000" for c in bare)


def test_reasons_are_of_rules_that_there_are() -> None:
    folder = Path(artclean.__file__).parent
    files = [*folder.glob("labels/*.py"), *folder.glob("language/*.toml")]
    source = "".join(path.read_text("utf-8") for path in files)
    assert [rule for rule in REASONS if f'"{rule}"' not in source] == []


def test_reasons_are_short() -> None:
    assert all(len(reason) < 60 for reason in REASONS.values())
    assert reason_of_rule("key-lead")
    assert reason_of_rule("hour-date") == ""
