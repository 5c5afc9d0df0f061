"""The benchmark of speed: its dumps, its tables and plots, and that it still runs."""

import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree

import pytest

ROOT = Path(__file__).parents[1]
PROGRAM = ROOT / "benchmarks" / "speed.py"


@pytest.fixture(scope="module")
def speed() -> ModuleType:
    import importlib

    sys.path.insert(0, str(PROGRAM.parent))
    try:
        return importlib.import_module("speed")
    finally:
        sys.path.remove(str(PROGRAM.parent))


def test_made_dumps_are_the_same_each_time_and_no_two_alike(speed: ModuleType) -> None:
    dumps = list(speed.made(60))
    assert dumps == list(speed.made(60))
    assert len(set(dumps)) == 60


@pytest.mark.parametrize("shape", ["paragraphs", "short lines", "one line"])
def test_a_shape_has_the_size_that_was_asked_for(speed: ModuleType, shape: str) -> None:
    text = speed.SHAPES[shape](20_000)
    assert 19_000 <= len(text.encode()) <= 22_000
    assert (text.count("\n") == 0) == (shape == "one line")
    assert (max(map(len, text.split("\n"))) < 60) == (shape == "short lines")


def test_a_stream_has_as_many_records_as_were_asked_for(speed: ModuleType) -> None:
    lines = b"".join(speed.records(250)).split(b"\n")
    assert len(lines) == 251
    assert all(json.loads(line)["text"] for line in lines[:-1])


FOUND: dict[str, Any] = {
    "documents": {
        "samples": [
            {
                "name": name,
                "peer": name == "ftfy",
                "microseconds": [10.0 * times, 9.0, 11.0],
                "documents_a_second": 1234.0,
                "megabytes_a_second": 3.21,
                "times_floor": times,
                "peak_megabytes": 20.0,
            }
            for name, times in (("floor", 1.0), ("clean <to> JSON", 4.5), ("ftfy", 45.0))
        ]
    },
    "size": [
        {"shape": "one line", "bytes": 10**n, "clean": 10.0 ** (n - 7), "tidy": 1.0, "peak": 2e7}
        for n in (3, 4, 5)
    ]
    + [{"shape": "one line", "bytes": 10**6, "given_up": 40.0}],
    "number": [{"documents": 100, "seconds": 0.5, "peak_megabytes": 20.0}],
}


def test_tables(speed: ModuleType) -> None:
    tables = speed.tables(FOUND, markdown=True)
    assert list(tables) == ["documents-samples", "size", "number"]
    rows = tables["documents-samples"].split("\n")
    assert rows[3] == "| clean <to> JSON | 45.0 (9–11.0) | 1,234 | 3.21 | 4.50 | 20.0 |"
    assert {row.count("|") for row in rows} == {7}
    assert "more than 40,000" in tables["size"]


def test_plots_are_well_formed_and_have_a_dark_side(speed: ModuleType) -> None:
    plots = speed.plots(FOUND)
    assert set(plots) >= {"speed-samples.svg", "speed-size.svg", "speed-number.svg"}
    for drawn in plots.values():
        ElementTree.fromstring(drawn)
        assert "prefers-color-scheme: dark" in drawn
    assert "clean &lt;to&gt; JSON" in plots["speed-samples.svg"]


def test_only_marked_places_of_a_document_are_filled(speed: ModuleType) -> None:
    text = "a\n<!-- speed: one -->\nold\n<!-- /speed -->\nb\n<!-- speed: two -->\n<!-- /speed -->"
    filled = speed.filled(text, {"one": "new", "none": "lost"})
    assert filled == text.replace("old", "new")


MACHINE: dict[str, Any] = {
    "compiled": False,
    "cores": 2,
    "day": "2026-11-25",
    "load": [0.5],
    "processor": "x86_64",
    "python": "3.11.7",
    "system": "Linux",
    "versions": {"artclean": "0.1.0", "ftfy": "6.3.1"},
}


@pytest.mark.parametrize(
    ("compiled", "filled", "left"),
    [
        (
            False,
            ("machine", "documents-samples"),
            ("compiled-machine", "compiled-documents-samples"),
        ),
        (
            True,
            ("compiled-machine", "compiled-documents-samples"),
            ("machine", "documents-samples"),
        ),
    ],
)
def test_each_build_fills_its_own_tables(
    speed: ModuleType,
    tmp_path: Path,
    compiled: bool,
    filled: tuple[str, ...],
    left: tuple[str, ...],
) -> None:
    document = tmp_path / "performance.md"
    places = [f"<!-- speed: {name} -->\nold\n<!-- /speed -->" for name in (*filled, *left)]
    document.write_text("![](speed-samples.svg)\n" + "\n".join(places), encoding="utf-8")
    speed.write_docs({**FOUND, "machine": {**MACHINE, "compiled": compiled}}, tmp_path)
    text = document.read_text(encoding="utf-8")
    assert [name for name in (*filled, *left) if f"speed: {name} -->\nold" in text] == list(left)
    assert ("artclean 0.1.0 (compiled), ftfy 6.3.1." in text) == compiled
    assert (tmp_path / "speed-samples.svg").exists() != compiled


def test_the_document_has_a_place_for_every_table() -> None:
    text = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
    plain = ("machine", "documents-samples", "documents-provincial", "start", "size")
    for name in (*plain, *(f"compiled-{name}" for name in plain[:-1])):
        assert f"<!-- speed: {name} -->" in text


@pytest.mark.slow
def test_the_program_runs(tmp_path: Path) -> None:
    figures = tmp_path / "figures.json"
    arguments = ["--rounds", "2", "--documents", "1000", "--largest", "10000", "--quiet"]
    subprocess.run(
        [sys.executable, PROGRAM, *arguments, "--json", figures, "--plot", tmp_path],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    found = json.loads(figures.read_text(encoding="utf-8"))
    by_name = {row["name"]: row for row in found["documents"]["samples"]}
    assert by_name[next(iter(by_name))]["times_floor"] == 1
    assert by_name["clean to JSON"]["times_floor"] > 1
    assert found["number"][-1]["documents"] == 1000
    assert {file.suffix for file in tmp_path.iterdir()} == {".json", ".svg"}
