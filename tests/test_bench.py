"""The bars for hand-labelled dumps, where those lie beside the repository.

`benchmarks/accuracy.py` holds the bars and measures; here each figure is a row of its own.
"""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
PROGRAM = ROOT / "benchmarks" / "accuracy.py"
needs_dumps = pytest.mark.skipif(
    not (SHARED / "bench" / "score.py").exists(),
    reason="the labelled dumps (../shared/bench) are not part of the repository",
)

FIELDS = ("title", "time", "authors", "agency")
WHOLE = (
    *("missing", "kept", "extra", "verbatim", "blocks", "lead"),
    *("captions", "captions_ok", "credit"),
    *(name for field in FIELDS for name in (field, f"{field}_invented")),
)
ROWS = [
    *((of, name) for of in ("dev", "provincial") for name in WHOLE),
    *(("lines", kind) for kind in ("timestamp", "byline", "caption")),
]


def measure(*arguments: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, str(PROGRAM), *arguments],
        capture_output=True,
        cwd=ROOT,
        timeout=300,
        check=False,
    )


@cache
def measured() -> dict[tuple[str, str], dict[str, Any]]:
    done = measure("--json")
    assert done.returncode in (0, 1), done.stderr.decode()
    return {(figure["of"], figure["name"]): figure for figure in json.loads(done.stdout)}


@needs_dumps
@pytest.mark.parametrize(("of", "name"), ROWS)
def test_figure_holds_its_bar(of: str, name: str) -> None:
    figure = measured()[of, name]
    assert figure["holds"], f"{figure['value']}, not {figure['bar']}"


@needs_dumps
def test_every_figure_with_a_bar_is_a_row() -> None:
    assert {place for place, figure in measured().items() if figure["bar"]} == set(ROWS)


def test_without_the_dumps_it_says_so(tmp_path: Path) -> None:
    done = measure("--shared", str(tmp_path))
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"not part of the repository" in done.stderr
