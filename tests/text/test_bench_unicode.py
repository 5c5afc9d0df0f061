"""The Unicode stage on the cases that lie beside the repository, where they do."""

import json
from base64 import b64decode
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from artclean.text.decode import decode
from artclean.text.edits import apply_edits, undo_edits
from artclean.text.repair import repair, repair_report

SHARED = Path(__file__).parents[2].parent / "shared" / "bench"
pytestmark = pytest.mark.skipif(
    not (SHARED / "unicode").is_dir(), reason="the cases of ../shared/bench are not here"
)


@cache
def records() -> list[dict[str, Any]]:
    files = sorted((SHARED / "unicode").glob("*.jsonl"))
    assert len(files) > 10
    return [record for file in files for record in read_lines(file)]


def read_lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line]


def given(record: dict[str, Any]) -> str | bytes:
    if "input_b64" in record:
        return b64decode(record["input_b64"])
    text: str = record["input"]
    return text


def option(record: dict[str, Any]) -> dict[str, str]:
    return dict([record["option"].split("=")]) if record.get("option") else {}


def exact(record: dict[str, Any]) -> bool:
    report = repair_report(given(record), **option(record))
    if "expected_encoding" in record:
        return bool(report.encoding == record["expected_encoding"])
    return bool(report.text == record["expected"])


def test_default_kinds() -> None:
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for record in records():
        if not record.get("optional") and not record.get("option"):
            total[record["kind"]] += 1
            right[record["kind"]] += exact(record)
    assert sum(right.values()) >= 0.995 * sum(total.values())
    assert [kind for kind in total if right[kind] < 0.97 * total[kind]] == []
    negative = [kind for kind in total if kind.startswith("neg_")]
    assert len(negative) > 30
    assert [kind for kind in negative if right[kind] < total[kind]] == []
    assert right["doc_encoding"] == total["doc_encoding"]


def test_options_do_their_work_and_nothing_without_them() -> None:
    by_kind = defaultdict(list)
    for record in records():
        if record.get("option"):
            by_kind[record["kind"]].append(exact(record))
            assert repair(record["input"]) == normalize("NFC", record["input"])
    assert by_kind
    for kind, answers in by_kind.items():
        assert sum(answers) >= 0.995 * len(answers), kind


@pytest.mark.parametrize("style", ["new", "old"])
def test_foreign_text_stays_with_every_option_on(style: str) -> None:
    foreign = [
        record["input"]
        for record in records()
        if record["kind"].startswith("neg_")
        and not record["kind"].startswith(("neg_vi", "neg_names_minority"))
    ]
    assert len(foreign) > 100
    changed = [text for text in foreign if repair(text, tone_style=style) != normalize("NFC", text)]
    assert changed == []


def test_every_case_is_repaired_once_and_replays() -> None:
    for record in records():
        data, settings = given(record), option(record)
        report = repair_report(data, **settings)
        assert repair(report.text, **settings) == report.text
        before = decode(data).text if isinstance(data, bytes) else data
        assert apply_edits(before, report.edits) == report.text
        assert undo_edits(report.text, report.edits) == before


def test_real_dumps_change_by_little() -> None:
    """NFC, no-break spaces, two zero-width spaces: that is all that the 385 dumps need."""
    rules: Counter[str] = Counter()
    for name in ("dev", "provincial"):
        for record in read_lines(SHARED / f"{name}.jsonl"):
            report = repair_report(record["raw"])
            rules.update(edit.rule for edit in report.edits)
            assert report.encoding == "utf-8"
            assert report.warnings == ()
    assert rules.keys() <= {"nfc", "space", "invisible"}
    assert rules["invisible"] == 1
