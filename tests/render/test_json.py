"""The article as JSON: what went in comes out, on one line that no reader breaks."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from artclean.model import Article, Block, Edit, Label, LabelledLine
from artclean.render.json import dump, record, to_json, trace_of
from render.articles import article, articles

# In the order of the contract.
KEYS = (
    "schema id title lead section published updated authors agency publisher tags captions text"
    " blocks language encoding warnings"
)
# Rendering asks nothing of an article's size; half of the usual examples do.
few = settings(max_examples=settings().max_examples // 2)


def plain(value: object) -> object:
    """A value as JSON gives it back: tuples are lists."""
    return json.loads(json.dumps(value))


@few
@given(articles(), st.text(max_size=20))
def test_what_went_in_comes_out(made: Article, name: str) -> None:
    for indent in (False, True):
        printed = to_json(made, id=name, indent=indent)
        assert json.loads(printed) == plain(record(made, name))
        assert list(json.loads(printed)) == KEYS.split()


@few
@given(articles())
def test_both_ways_to_write_it_agree(made: Article) -> None:
    """A line is put together by hand, for speed; the dictionary is what it must say."""
    assert to_json(made) == dump(record(made))


@few
@given(articles())
def test_one_line_for_every_reader(made: Article) -> None:
    """``str.splitlines`` and some readers of JSON Lines break at more than ``\\n``."""
    assert len(to_json(made).splitlines()) <= 1


@few
@given(articles(), st.dictionaries(st.text(max_size=8), st.text(max_size=8), min_size=1))
def test_other_keys_of_the_record_come_last(made: Article, extra: dict[str, str]) -> None:
    for indent in (False, True):
        found = json.loads(to_json(made, extra=extra, indent=indent))
        assert found["extra"] == extra
        assert list(found) == [*KEYS.split(), "extra"]


def test_vietnamese_stays_readable() -> None:
    assert '"title": "Nước về"' in to_json(article(title="Nước về"))


def test_captions_have_a_credit_other_blocks_none() -> None:
    blocks = (Block("lead", "Nước về.", (1, 1)), Block("caption", "Kênh", (2, 3), None))
    found = json.loads(to_json(article(blocks=blocks)))["blocks"]
    assert found == [
        {"kind": "lead", "text": "Nước về.", "lines": [1, 1]},
        {"kind": "caption", "text": "Kênh", "credit": None, "lines": [2, 3]},
    ]


def test_an_empty_article() -> None:
    found = json.loads(to_json(article()))
    assert (found["schema"], found["id"], found["text"]) == (1, "-", "")
    assert all(found[key] is None for key in ("title", "lead", "published", "agency"))
    assert all(found[key] == [] for key in ("authors", "tags", "captions", "blocks", "warnings"))


def test_the_trace_is_lines_and_ledger() -> None:
    lines = [LabelledLine(1, Label.TITLE, "first-line", "Nước về")]
    edits = [Edit(0, 2, "junk", ". ", "")]
    found = json.loads(to_json(article(), trace=trace_of(lines, edits)))
    assert found["lines"] == [
        {"line": 1, "label": "title", "rule": "first-line", "text": "Nước về"}
    ]
    assert found["ledger"] == [{"start": 0, "end": 2, "rule": "junk", "before": ". ", "after": ""}]


def test_a_changed_article_is_written_as_it_is() -> None:
    blocks = (Block("lead", "Nước về.", (1, 1)),)
    made = article(blocks=blocks)._replace(text="Nước đã về.", lead="Nước đã về.")
    assert json.loads(to_json(made)) == plain(record(made))


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_no_numbers_that_json_does_not_know(value: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        dump({"a": value})
