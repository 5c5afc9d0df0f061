"""How well the labels are right on hand-labelled dumps: one table, against the bars.

    python benchmarks/accuracy.py              the table
    python benchmarks/accuracy.py --json       the same as one JSON object
    python benchmarks/accuracy.py --show 5     ... and what is wrong, up to 5 notes a document

The dumps and the scoring programs lie in ``../shared`` beside the repository (``bench/score.py``,
``bench/score_lines.py``); ``--shared`` names another folder. They belong to newspapers and are not
part of the repository: without them this says so and ends with status 2. The status is 1 where a
figure misses its bar.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
SETS = ("dev", "provincial")
FIELDS = ("title", "time", "authors", "agency")

# The least of a figure, as a share; of the figures below, the most. `score.py --help` says what
# each of them means. A bar of None is one document, whatever its share is.
LEAST: dict[str, tuple[float | None, float | None]] = {
    "kept": (0.998, 1.0),
    "verbatim": (0.998, 1.0),
    "blocks": (0.98, 1.0),
    "lead": (0.98, 1.0),
    "captions": (0.97, 0.99),
    "captions_ok": (0.97, 0.995),
    "credit": (0.97, 0.97),
    "title": (1.0, 1.0),
    "time": (1.0, 1.0),
    "authors": (None, 0.995),
    "agency": (None, 0.995),
}
MOST: dict[str, tuple[float | None, float | None]] = {
    "extra": (0.003, 0.0005),
    "missing": (0, 0),
    **{f"{field}_invented": (None, 0.005) for field in FIELDS},
}
LINES = {"timestamp": 0.97, "byline": 0.96, "caption": 0.95}
# A share is printed with four digits.
ROUNDING = 0.00005


class Figure(NamedTuple):
    """A figure of one set of dumps, its bar, and whether it holds."""

    of: str
    name: str
    value: float
    bar: str
    holds: bool


def asked(cases: list[dict[str, dict[str, object]]], field: str) -> int:
    """How many documents of a set give a field."""
    keys = ("published", "updated") if field == "time" else (field,)
    return sum(any(case["gold"].get(key) for key in keys) for case in cases)


def figures(of: str, shared: Path, show: int) -> Iterator[Figure]:
    """The figures of a set of whole dumps, by ``score.py``."""
    gold, score = shared / "bench" / f"{of}.jsonl", shared / "bench" / "score.py"
    inputs = _run(sys.executable, score, gold, "--inputs")
    outputs = _run(sys.executable, "-m", "artclean", "--from", "jsonl", given=inputs)
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
        file.write(outputs)
        file.flush()
        scored = _run(sys.executable, score, gold, file.name, "--json", "--show", show)
    summary: dict[str, float] = json.loads(scored)
    cases = [json.loads(line) for line in gold.read_text(encoding="utf-8").split("\n") if line]
    for name, value in summary.items():
        field = name.removesuffix("_invented")
        places = asked(cases, field) if field in FIELDS else len(cases)
        if name in LEAST:
            bar = LEAST[name][SETS.index(of)]
            least = 1 - 1 / max(places, 1) if bar is None else bar
            yield Figure(of, name, value, f">= {least:.4f}", value >= least - ROUNDING)
        elif name in MOST:
            bar = MOST[name][SETS.index(of)]
            most = 1 / max(len(cases) - places, 1) if bar is None else bar
            yield Figure(of, name, value, f"<= {most:.4f}", value <= most + ROUNDING)
        else:
            yield Figure(of, name, value, "", True)


def lines(shared: Path, show: int) -> Iterator[Figure]:
    """Single lines, each in a neutral dump, by ``score_lines.py``."""
    command = Path(sys.executable).with_name("artclean")
    score, facts = shared / "bench" / "score_lines.py", shared / "facts" / "lines.jsonl"
    # Its status speaks of bars of its own.
    printed = _run(sys.executable, score, command, facts, *["--show"][:show], may_fail=True)
    *notes, summary = printed.decode().rstrip("\n").split("\n")
    print(*notes, sep="\n", end="\n" if notes else "", file=sys.stderr)
    for name, right, whole in re.findall(r"(\w+) (\d+)/(\d+) =", summary):
        value = int(right) / int(whole)
        yield Figure("lines", name, round(value, 4), f">= {LINES[name]}", value >= LINES[name])


def measure(shared: Path = SHARED, show: int = 0) -> list[Figure]:
    """All figures; raises `FileNotFoundError` where there is nothing to measure with."""
    for name in ("bench/score.py", "bench/score_lines.py", "facts/lines.jsonl"):
        if not (shared / name).exists():
            raise FileNotFoundError(shared / name)
    return [
        *(figure for name in SETS for figure in figures(name, shared, show)),
        *lines(shared, show),
    ]


def table(found: list[Figure]) -> str:
    """The figures in columns, a mark on those that miss their bar."""
    rows = [f"{'':18}{'figure':>10}  bar"]
    for of in dict.fromkeys(figure.of for figure in found):
        rows += ["", of]
        for figure in found:
            if figure.of == of:
                mark = "" if figure.holds else "   <-- misses"
                rows.append(f"  {figure.name:16}{figure.value:>10.5g}  {figure.bar}{mark}".rstrip())
    return "\n".join(rows)


def _run(*command: object, given: bytes = b"", may_fail: bool = False) -> bytes:
    done = subprocess.run(
        list(map(str, command)), input=given, stdout=subprocess.PIPE, check=not may_fail
    )
    return done.stdout


def main() -> int:
    """Print the table; 1 if a figure misses its bar, 2 without anything to measure with."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--shared", type=Path, default=SHARED, metavar="FOLDER")
    parser.add_argument("--show", type=int, default=0, metavar="N")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    try:
        found = measure(options.shared, options.show)
    except FileNotFoundError as missing:
        print(
            f"accuracy: no {missing}: the labelled dumps are not part of the repository;"
            " --shared names the folder that holds bench/ and facts/",
            file=sys.stderr,
        )
        return 2
    if options.json:
        print(json.dumps([figure._asdict() for figure in found]))
    else:
        print(table(found))
    return int(not all(figure.holds for figure in found))


if __name__ == "__main__":
    sys.exit(main())
