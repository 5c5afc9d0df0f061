"""The shipped schema: all that the command writes is valid, and what it must not write is not."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from artclean import __file__ as package
from artclean.model import Article, Label
from artclean.pipeline import clean, explain, tidy
from artclean.render.json import record, to_json, trace_of
from render.articles import articles

SCHEMA = json.loads((Path(package).parent / "render/schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.txt"))
GOOD: dict[str, Any] = {
    "schema": 1,
    "id": "a.txt",
    "title": "Nước về",
    "lead": "Nước về.",
    "section": None,
    "published": "2019-08-02T15:34:00+07:00",
    "updated": None,
    "authors": ["Duy Tiến"],
    "agency": None,
    "publisher": None,
    "tags": [],
    "captions": [{"text": "A", "credit": None}],
    "text": "Nước về.",
    "blocks": [{"kind": "lead", "text": "Nước về.", "lines": [1, 1]}],
    "language": "vi",
    "encoding": "utf-8",
    "warnings": [],
}
# Rendering asks nothing of an article's size; half of the usual examples do.
few = settings(max_examples=settings().max_examples // 2)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_it_knows_every_label_and_every_key() -> None:
    assert SCHEMA["$defs"]["label"]["enum"] == [str(label) for label in Label]
    keys = list(record(clean("")))
    assert SCHEMA["$defs"]["article"]["required"] == keys
    properties = SCHEMA["$defs"]["article"]["properties"]
    assert list(properties) == [*keys, "lines", "ledger", "extra"]


def test_there_are_samples() -> None:
    assert len(SAMPLES) >= 20


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_valid(path: Path) -> None:
    dump = path.read_bytes()
    trace = trace_of(explain(dump), tidy(dump).ledger)
    VALIDATOR.validate(json.loads(to_json(clean(dump), id=str(path))))
    VALIDATOR.validate(json.loads(to_json(clean(dump), trace=trace, extra={"url": None})))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_golden_is_valid(path: Path) -> None:
    VALIDATOR.validate(json.loads(path.with_suffix(".json").read_text(encoding="utf-8")))


@few
@given(articles())
def test_any_article_is_valid(made: Article) -> None:
    VALIDATOR.validate(json.loads(to_json(made)))


@pytest.mark.parametrize(
    "error",
    [{"id": "7", "error": "no text"}, {"id": "-:2", "error": "no JSON"}],
)
def test_a_record_that_could_not_be_read_is_valid(error: dict[str, object]) -> None:
    VALIDATOR.validate(error)


def changed(**fields: object) -> dict[str, Any]:
    return GOOD | fields


BAD: dict[str, object] = {
    "nothing": {},
    "an error without its reason": {"id": "7", "error": ""},
    "an error of a record whose id was not written as a string": {"id": 7, "error": "no text"},
    "an id that is no string": changed(id=7),
    "an id that is null": changed(id=None),
    "an error without a record": {"error": "no text"},
    "both": GOOD | {"error": "no text"},
    "another version": changed(schema=2),
    "an unknown key": changed(author="Duy Tiến"),
    "an empty title": changed(title=""),
    "a title of another type": changed(title=["Nước về"]),
    "a date as people write it": changed(published="02/08/2019"),
    "an hour without seconds": changed(published="2019-08-02T15:34"),
    "authors as one string": changed(authors="Duy Tiến"),
    "an author twice": changed(authors=["Duy Tiến", "Duy Tiến"]),
    "an empty tag": changed(tags=[""]),
    "a caption without its credit": changed(captions=[{"text": "A"}]),
    "a block of an unknown kind": changed(blocks=[{"kind": "aside", "text": "A", "lines": [1, 1]}]),
    "a block without lines": changed(blocks=[{"kind": "lead", "text": "A"}]),
    "line 0": changed(blocks=[{"kind": "lead", "text": "A", "lines": [0, 1]}]),
    "one line number": changed(blocks=[{"kind": "lead", "text": "A", "lines": [1]}]),
    "a long language": changed(language="Vietnamese"),
    "no text": {key: value for key, value in GOOD.items() if key != "text"},
    "an unknown label": changed(lines=[{"line": 1, "label": "ad", "rule": "a", "text": ""}]),
    "half an edit": changed(ledger=[{"start": 0, "end": 1, "rule": "junk"}]),
}


def test_the_good_one_is_good() -> None:
    VALIDATOR.validate(GOOD)


@pytest.mark.parametrize("value", BAD.values(), ids=BAD)
def test_a_bad_one_is_not_valid(value: object) -> None:
    assert not VALIDATOR.is_valid(value)


def test_moments_are_those_that_python_reads() -> None:
    from datetime import date, datetime

    pattern = re.compile(SCHEMA["$defs"]["moment"]["pattern"])
    for moment in ("2019-08-02T15:34:00+07:00", "2019-08-02T15:34:00.5Z"):
        assert pattern.search(moment)
        assert datetime.fromisoformat(moment)
    assert pattern.search("2019-08-02")
    assert date.fromisoformat("2019-08-02")
