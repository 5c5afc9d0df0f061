"""What cleaning costs, against reading alone and against other tools: tables and plots.

    python benchmarks/speed.py                    everything, in about two minutes
    python benchmarks/speed.py --only start       one part: start, number, jobs, size, documents
    python benchmarks/speed.py --docs docs        ... and write it into docs/performance.md

The floor is: read the bytes, decode UTF-8, compose (NFC), dump JSON, one document after the other
in one process. All subjects of a part take turns in one run (A B C A B C ...), so that whatever
else the machine does hits each of them. Time is CPU time: of this process, or of the processes
that were started. A ratio is the median of the ratios of single rounds; brackets hold the
quartiles. Peak memory is that of a process that does nothing else. Cyclic garbage is collected
between the turns and not within, as the command itself does.

Dumps are the repository's samples, varied; and ``../shared/bench/provincial.jsonl`` where that
lies beside the repository. Peers take part if they are installed: ``pip install ftfy trafilatura
lxml_html_clean underthesea datatrove`` into an environment that has artclean too. In one that has
the compiled build, ``--docs`` fills the tables whose names begin with ``compiled-``.
"""

import argparse
import gc
import json
import os
import platform
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles
from typing import Any, NamedTuple
from unicodedata import normalize

from charts import Bar, bars, curves

ROOT = Path(__file__).resolve().parents[1]
PROVINCIAL = ROOT.parent / "shared" / "bench" / "provincial.jsonl"
PARTS = ("start", "number", "jobs", "size", "documents")
# A subject that needs more seconds for all dumps than this takes its turn in every third round.
SLOW = 0.4
# A single document that needs more seconds than this is given up, and larger ones are not tried.
PATIENCE = 40.0
# What would make Python start otherwise than for others: without compiled modules, for one.
UNUSUAL = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONPATH", "PYTHONDEVMODE")
MOST_TWICE = 20_000  # documents that are worked off by one process, then by two
MAXRSS = 1 if sys.platform == "darwin" else 1024  # bytes: the unit in which systems tell a peak
MADE = 210  # dumps that are made of the samples
SEED = 20190802

Row = dict[str, Any]
Run = Callable[[bytes], object]


# ---------------------------------------------------------------- dumps


def samples() -> list[str]:
    return [path.read_bytes().decode("utf-8-sig") for path in sorted(ROOT.glob("samples/*.txt"))]


def varied(dump: str, chance: random.Random) -> str:
    """The dump with other sentences: words of long lines change their places, all else stays."""
    lines = []
    for line in dump.split("\n"):
        words = line.split(" ")
        if len(words) > 12:
            inner = words[1:-1]
            chance.shuffle(inner)
            line = " ".join((words[0], *inner, words[-1]))
        lines.append(line)
    return "\n".join(lines)


def made(count: int) -> Iterator[bytes]:
    """``count`` different dumps in the shapes of the samples."""
    chance = random.Random(SEED)
    return (varied(dump, chance).encode() for dump in islice(cycle(samples()), count))


def provincial() -> list[bytes]:
    with PROVINCIAL.open(encoding="utf-8") as file:
        return [json.loads(line)["raw"].encode() for line in file]


def sets() -> dict[str, list[bytes]]:
    found = {"samples": list(made(MADE))}
    if PROVINCIAL.exists():
        found["provincial"] = provincial()
    return found


def paragraphs(size: int) -> str:
    """One article of ``size`` bytes: a head, then paragraphs, none of them twice."""
    chance = random.Random(SEED)
    words = [word for dump in samples() for line in dump.split("\n") for word in line.split(" ")]
    words = [word for word in words if word.isalpha() and word.islower()]
    lines = ["Xã Đông Hồ mở hội sen", "Cập nhật lúc 15:34, Thứ Sáu, 02/08/2019 (GMT+7)"]
    grown = 0
    while grown < size:
        sentence = " ".join(chance.choices(words, k=chance.randint(30, 70)))
        lines.append(f"{sentence.capitalize()}.")
        grown += len(sentence.encode()) + 3
    return "\n\n".join([*lines, "Duy Tiến"])


def short_lines(size: int) -> str:
    """As many lines of a few words: each is asked everything that a line can be asked."""
    return re.sub(r"((?:\S+ ){5}\S+) ", r"\1\n", paragraphs(size))


def one_line(size: int) -> str:
    return " ".join(paragraphs(size).split())


SHAPES = {"paragraphs": paragraphs, "short lines": short_lines, "one line": one_line}


# ---------------------------------------------------------------- what is measured on documents


class Subject(NamedTuple):
    """Something that is done to each dump.

    ``load`` imports what it needs and gives the function; ``prepare`` makes its input of a dump,
    outside the measured time. A peer names its ``package``.
    """

    name: str
    load: Callable[[], Run]
    prepare: Callable[[bytes], bytes] = bytes
    package: str = ""


def _floor() -> Run:
    return lambda data: json.dumps(
        {"id": "-", "text": normalize("NFC", data.decode())}, ensure_ascii=False
    )


def _decode_and_compose() -> Run:
    return lambda data: normalize("NFC", data.decode())


def _repair() -> Run:
    from artclean import repair

    return repair


def _to_json() -> Run:
    from artclean import clean, to_json

    return lambda data: to_json(clean(data))


def _to_markdown() -> Run:
    from artclean import clean, to_markdown

    return lambda data: to_markdown(clean(data))


def _tidy() -> Run:
    from artclean import tidy

    return tidy


def _ftfy() -> Run:
    from ftfy import fix_text

    return lambda data: fix_text(data.decode())


def _trafilatura() -> Run:
    from trafilatura import extract

    return lambda data: extract(data.decode(), output_format="json", with_metadata=True)


def _underthesea() -> Run:
    from underthesea import text_normalize

    return lambda data: text_normalize(data.decode())


def _datatrove() -> Run:
    from datatrove.pipeline.formatters import FTFYFormatter

    formatter = FTFYFormatter()
    return lambda data: formatter.format(data.decode())


def _repaired(data: bytes) -> bytes:
    from artclean import repair

    return repair(data).encode()


def page(data: bytes) -> bytes:
    """The dump as the plainest page: trafilatura reads nothing else."""
    from html import escape

    lines = [escape(line) for line in data.decode().split("\n") if line.strip()]
    body = "\n".join(f"<p>{line}</p>" for line in lines[1:])
    return (
        f"<html><head><title>{lines[0]}</title></head>"
        f"<body><article><h1>{lines[0]}</h1>\n{body}</article></body></html>"
    ).encode()


FLOOR = "floor: read, decode, NFC, JSON"
SUBJECTS = (
    Subject(FLOOR, _floor),
    Subject("decode, NFC (repaired text)", _decode_and_compose, _repaired),
    Subject("repair (repaired text)", _repair, _repaired),
    Subject("repair", _repair),
    Subject("clean to JSON", _to_json),
    Subject("clean to Markdown", _to_markdown),
    Subject("tidy with ledger", _tidy),
    Subject("datatrove FTFYFormatter", _datatrove, package="datatrove"),
    Subject("ftfy", _ftfy, package="ftfy"),
    Subject("underthesea text_normalize", _underthesea, package="underthesea"),
    Subject("trafilatura with metadata", _trafilatura, page, package="trafilatura"),
)


def is_there(package: str) -> bool:
    """Whether a peer is installed; that is not asked by importing it, which may take seconds."""
    return not package or bool(installed(package))


def is_compiled() -> bool:
    """Whether the artclean of this environment is the compiled build; nothing is loaded for it."""
    spec = find_spec("artclean.labels.label")
    return spec is not None and not str(spec.origin).endswith(".py")


def installed(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


class Batch(NamedTuple):
    """The inputs of a subject behind each other in a file, read one by one like any other."""

    path: Path
    lengths: list[int]

    def work_off(self, run: Run) -> float:
        """CPU seconds for all of them."""
        with self.path.open("rb") as file:
            start = time.process_time()
            for length in self.lengths:
                run(file.read(length))
            return time.process_time() - start


def batch(inputs: Sequence[bytes], path: Path) -> Batch:
    path.write_bytes(b"".join(inputs))
    return Batch(path, list(map(len, inputs)))


def measure_documents(rounds: int, folder: Path) -> Iterator[tuple[str, list[Row]]]:
    """Each set of dumps, and a row for each subject."""
    for name, dumps in sets().items():
        yield name, _take_turns(name, dumps, rounds, folder)


def _take_turns(name: str, dumps: list[bytes], rounds: int, folder: Path) -> list[Row]:
    there = [subject for subject in SUBJECTS if is_there(subject.package)]
    runs: list[tuple[Subject, Run, Batch]] = []
    for number, subject in enumerate(there):
        inputs = batch([subject.prepare(dump) for dump in dumps], folder / f"{name}-{number}")
        runs.append((subject, subject.load(), inputs))
    seconds: dict[str, list[float]] = {subject.name: [] for subject in there}
    against: dict[str, list[float]] = {subject.name: [] for subject in there}
    slow: set[str] = set()
    for subject, run, inputs in runs:  # the first time compiles what is compiled but once
        if inputs.work_off(run) > SLOW:
            slow.add(subject.name)
    for number in range(rounds):
        floor = 0.0
        for subject, run, inputs in runs:
            if subject.name in slow and number % 3:
                continue
            gc.collect()
            spent = inputs.work_off(run)
            floor = spent if subject.name == FLOOR else floor
            seconds[subject.name].append(spent)
            against[subject.name].append(spent / floor)
    size = sum(map(len, dumps))
    return [
        {
            "name": subject.name,
            "peer": bool(subject.package),
            "microseconds": _spread([1e6 * spent / len(dumps) for spent in seconds[subject.name]]),
            "documents_a_second": len(dumps) / median(seconds[subject.name]),
            "megabytes_a_second": size / 1e6 / median(seconds[subject.name]),
            "times_floor": median(against[subject.name]),
            "rounds": len(seconds[subject.name]),
            "peak_megabytes": _peak_of(name, subject.name),
        }
        for subject in there
    ]


def _spread(values: Sequence[float]) -> list[float]:
    """Median, lower and upper quartile."""
    if len(values) < 2:
        return [values[0]] * 3
    low, _, high = quantiles(values, n=4, method="inclusive")
    return [median(values), low, high]


def _peak_of(name: str, subject: str) -> float | None:
    done = _child("peak", name, subject)
    return done["peak"] / 1e6 if done else None


def child_peak(name: str, wanted: str) -> Row:
    """In a process of its own: a subject over a set of dumps, then the most that it has held."""
    subject = next(subject for subject in SUBJECTS if subject.name == wanted)
    inputs = [subject.prepare(dump) for dump in sets()[name]]
    run = subject.load()
    for data in inputs:
        run(data)
    return {"peak": peak_memory()}


def peak_memory() -> int:
    """The most memory that this process has held, in bytes.

    Not what `resource` says where Linux tells better: a process that was started from a larger one
    bears the peak of its parent there.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii")
        return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) * 1024  # type: ignore[index]
    except (OSError, TypeError):
        import resource

        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * MAXRSS


def _child(*arguments: str, patience: float | None = None) -> Row | None:
    """What this program says about one thing in a process of its own; None if it takes too long."""
    command = [sys.executable, __file__, "--child", *arguments]
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, timeout=patience, check=True)
    except subprocess.TimeoutExpired:
        return None
    answer: Row = json.loads(done.stdout)
    return answer


# ---------------------------------------------------------------- one document, larger and larger


def measure_size(largest: int) -> list[Row]:
    """Time and memory of documents from 1 kB to ``largest`` bytes, in three shapes."""
    rows: list[Row] = []
    for shape in SHAPES:
        size = 1000
        while size <= largest:
            row = _child("size", shape, str(size), patience=PATIENCE)
            if row is None:
                rows.append({"shape": shape, "bytes": size, "given_up": PATIENCE})
                break
            rows.append(row)
            size *= 10
    return rows


def child_size(shape: str, size: str) -> Row:
    from artclean import clean, tidy, to_json

    data = SHAPES[shape](int(size)).encode()
    row: Row = {"shape": shape, "bytes": len(data)}
    row["clean"] = _seconds(lambda: to_json(clean(data)))
    row["peak"] = peak_memory()
    row["tidy"] = _seconds(lambda: tidy(data))
    return row


def _seconds(run: Callable[[], object]) -> float:
    """The median of up to five runs, after one that compiles what is compiled but once."""
    start = time.process_time()
    run()
    first = time.process_time() - start
    if first > 2:
        return first
    times = []
    for _ in range(5):
        gc.collect()
        start = time.process_time()
        run()
        times.append(time.process_time() - start)
    return median(times)


# ---------------------------------------------------------------- whole processes


class Spent(NamedTuple):
    """What a process has used: seconds of CPU and of the clock on the wall, bytes of memory.

    Of the memory the system says at least what this process, which started it, holds: some 20 MB.
    """

    cpu: float
    wall: float
    peak: int


def command() -> list[str]:
    """How artclean is started here."""
    beside = Path(sys.executable).with_name("artclean")
    if beside.exists():
        return [str(beside)]
    found = shutil.which("artclean")
    return [found] if found else [sys.executable, "-m", "artclean"]


def started(arguments: Sequence[str], given: Path | Iterable[bytes], output: Path) -> Spent:
    """Start a process, give it its input, and ask the system what it has used."""
    stream = None if isinstance(given, Path) else given
    with output.open("wb") as into:
        start = time.perf_counter()
        if isinstance(given, Path):
            with given.open("rb") as file:
                process = subprocess.Popen(arguments, stdin=file, stdout=into)
        else:
            process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=into)
        if stream is not None:
            assert process.stdin is not None
            for piece in stream:
                process.stdin.write(piece)
            process.stdin.close()
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"speed: {' '.join(arguments)} ended with status {process.returncode}")
    return Spent(used.ru_utime + used.ru_stime, wall, used.ru_maxrss * MAXRSS)


BASE = 'python -c "import click"'


def measure_start(rounds: int, folder: Path) -> list[Row]:
    """Whole processes, as they are started for one dump."""
    # What a dump needs is loaded for it: the plainest sample, one of a provincial paper with "m²"
    # in it (an odd sign, so that the repair looks closer), and one with a Norwegian "å" and a zone.
    bare, dump, foreign = (
        ROOT / "samples" / f"{name}.txt" for name in ("bare", "provincial", "vnexpress")
    )
    web = folder / "dump.html"
    web.write_bytes(page(dump.read_bytes()))
    python, own = [sys.executable, "-c"], command()
    beside = Path(sys.executable).with_name
    commands: dict[str, tuple[list[str], Path, str]] = {
        "python -c pass": ([*python, "pass"], dump, ""),
        BASE: ([*python, "import click"], dump, ""),
        'python -c "import click, regex"': ([*python, "import click, regex"], dump, ""),
        "artclean --version": ([*own, "--version"], dump, ""),
        "artclean < bare.txt": (own, bare, ""),
        "artclean < provincial.txt": (own, dump, ""),
        "artclean < vnexpress.txt": (own, foreign, ""),
        "artclean --to md < provincial.txt": ([*own, "--to", "md"], dump, ""),
        "artclean --check provincial.txt": (
            [*own, "--check", "--exit-zero", str(dump)],
            dump,
            "",
        ),
        "ftfy < provincial.txt": ([str(beside("ftfy"))], dump, "ftfy"),
        "trafilatura < page": ([str(beside("trafilatura"))], web, "trafilatura"),
        "import underthesea": ([*python, "import underthesea"], dump, "underthesea"),
        "import datatrove's formatter": (
            [*python, "from datatrove.pipeline.formatters import FTFYFormatter"],
            dump,
            "datatrove",
        ),
    }
    there = {name: row for name, row in commands.items() if is_there(row[2])}
    spent: dict[str, list[Spent]] = {name: [] for name in there}
    against: dict[str, list[float]] = {name: [] for name in there}
    sink = Path(os.devnull)
    slow = {
        name
        for name, (arguments, given, _) in there.items()
        if started(arguments, given, sink).cpu > SLOW
    }
    for number in range(rounds):
        base = 0.0
        for name, (arguments, given, _) in there.items():
            if name in slow and number % 3:
                continue
            used = started(arguments, given, sink)
            base = used.cpu if name == BASE else base
            spent[name].append(used)
            if base:
                against[name].append(used.cpu / base)
    pass_ms, click_ms = (
        median(used.cpu for used in spent[name]) for name in ("python -c pass", BASE)
    )
    against["python -c pass"] = [pass_ms / click_ms]
    return [
        {
            "name": name,
            "peer": bool(there[name][2]),
            "milliseconds": _spread([1000 * used.cpu for used in spent[name]]),
            "wall_milliseconds": 1000 * median(used.wall for used in spent[name]),
            "times_click": median(against[name]),
        }
        for name in there
    ]


def records(count: int) -> Iterator[bytes]:
    """``count`` records of JSON Lines, in pieces of up to a hundred."""
    dumps = [dump.decode() for dump in made(100)]
    lines = [json.dumps({"id": n, "text": text}).encode() + b"\n" for n, text in enumerate(dumps)]
    whole = b"".join(lines)
    for _ in range(count // len(lines)):
        yield whole
    yield b"".join(lines[: count % len(lines)])


def measure_number(most: int) -> list[Row]:
    """A stream of 100 documents and more, up to ``most``, through one process."""
    rows: list[Row] = []
    arguments = [*command(), "--from", "jsonl", "-j", "1"]
    count = 100
    while count <= most:
        used = started(arguments, records(count), Path(os.devnull))
        rows.append({"documents": count, "seconds": used.cpu, "peak_megabytes": used.peak / 1e6})
        count *= 10
    return rows


def measure_jobs(count: int, folder: Path) -> list[Row]:
    """The same file of ``count`` records with one process and with two: time on the wall."""
    given = folder / "records.jsonl"
    with given.open("wb") as file:
        file.writelines(records(count))
    spent: dict[int, list[Spent]] = {1: [], 2: []}
    for _ in range(3):
        for jobs, used in spent.items():
            arguments = [*command(), "--from", "jsonl", "-j", str(jobs)]
            used.append(started(arguments, given, Path(os.devnull)))
    one = median(used.wall for used in spent[1])
    ratios = [
        alone.wall / together.wall for alone, together in zip(spent[1], spent[2], strict=True)
    ]
    return [
        {
            "jobs": jobs,
            "documents": count,
            "wall_seconds": median(each.wall for each in used),
            "cpu_seconds": median(each.cpu for each in used),
            "times_one": 1.0 if jobs == 1 else median(ratios),
            "documents_a_second": count / (one if jobs == 1 else median(e.wall for e in used)),
        }
        for jobs, used in spent.items()
    ]


# ---------------------------------------------------------------- tables and plots


def table(head: Sequence[str], rows: Iterable[Sequence[str]], markdown: bool) -> str:
    """A table; its first column is words, all others are numbers."""
    lines = [list(head), *map(list, rows)]
    if markdown:
        lines.insert(1, ["---", *(["---:"] * (len(head) - 1))])
        return "\n".join(f"| {' | '.join(line)} |" for line in lines)
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _number(value: float) -> str:
    """Three digits that count.

    >>> _number(1234.5), _number(12.345), _number(0.0123)
    ('1,234', '12.3', '0.0123')
    """
    if value >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if value < 10 else f"{value:.1f}"


def _with_spread(values: Sequence[float]) -> str:
    middle, low, high = map(_number, values)
    return f"{middle} ({low}–{high})"


def tables(found: Mapping[str, Any], markdown: bool) -> dict[str, str]:
    """By name: the tables of all parts that were measured."""
    done: dict[str, str] = {}
    for name, rows in found.get("documents", {}).items():
        done[f"documents-{name}"] = table(
            ("", "µs a document", "documents/s", "MB/s", "× floor", "peak MB"),
            (
                (
                    row["name"],
                    _with_spread(row["microseconds"]),
                    _number(row["documents_a_second"]),
                    _number(row["megabytes_a_second"]),
                    f"{row['times_floor']:.2f}",
                    _number(row["peak_megabytes"]) if row["peak_megabytes"] else "",
                )
                for row in rows
            ),
            markdown,
        )
    if "start" in found:
        done["start"] = table(
            ("", "CPU ms", "wall ms", "× import click"),
            (
                (
                    row["name"],
                    _with_spread(row["milliseconds"]),
                    _number(row["wall_milliseconds"]),
                    f"{row['times_click']:.2f}",
                )
                for row in found["start"]
            ),
            markdown,
        )
    if "size" in found:
        done["size"] = table(
            ("one document", "bytes", "clean, ms", "µs/kB", "tidy, ms", "µs/kB", "peak MB"),
            map(_size_row, found["size"]),
            markdown,
        )
    if "number" in found:
        done["number"] = table(
            ("documents", "CPU s", "µs a document", "peak MB"),
            (
                (
                    f"{row['documents']:,}",
                    _number(row["seconds"]),
                    _number(1e6 * row["seconds"] / row["documents"]),
                    _number(row["peak_megabytes"]),
                )
                for row in found["number"]
            ),
            markdown,
        )
    if "jobs" in found:
        done["jobs"] = table(
            ("processes", "wall s", "CPU s", "documents/s", "× one"),
            (
                (
                    str(row["jobs"]),
                    _number(row["wall_seconds"]),
                    _number(row["cpu_seconds"]),
                    _number(row["documents_a_second"]),
                    f"{row['times_one']:.2f}",
                )
                for row in found["jobs"]
            ),
            markdown,
        )
    return done


def _size_row(row: Row) -> Sequence[str]:
    size = f"{row['bytes']:,}"
    if "given_up" in row:
        return (row["shape"], size, f"more than {row['given_up'] * 1000:,.0f}", "", "", "", "")
    times = [
        text
        for name in ("clean", "tidy")
        for text in (_number(1000 * row[name]), _number(1e9 * row[name] / row["bytes"]))
    ]
    return (row["shape"], size, *times, _number(row["peak"] / 1e6))


def plots(found: Mapping[str, Any]) -> dict[str, str]:
    """By file name: the plots of all parts that were measured."""
    done: dict[str, str] = {}
    for name, rows in found.get("documents", {}).items():
        done[f"speed-{name}.svg"] = bars(
            f"CPU time a document, as a multiple of the floor ({name})",
            [
                Bar(row["name"], row["times_floor"], f"{row['times_floor']:.1f} ×", not row["peer"])
                for row in rows
            ],
        )
    if "start" in found:
        done["speed-start.svg"] = bars(
            "CPU time of a whole process, in milliseconds",
            [
                Bar(
                    row["name"],
                    row["milliseconds"][0],
                    f"{row['milliseconds'][0]:.0f} ms",
                    row["name"].startswith("artclean"),
                )
                for row in found["start"]
            ],
        )
    if "size" in found:
        lines: dict[str, list[tuple[float, float]]] = {}
        memory: dict[str, list[tuple[float, float]]] = {}
        for row in found["size"]:
            if "given_up" not in row:
                lines.setdefault(row["shape"], []).append((row["bytes"], row["clean"]))
                memory.setdefault(row["shape"], []).append((row["bytes"], row["peak"] / 1e6))
        done["speed-size.svg"] = curves("Time for one document", "bytes", lines, "CPU seconds")
        done["speed-size-memory.svg"] = curves(
            "Memory for one document", "bytes", memory, "peak MB of the process"
        )
    if "number" in found:
        rows = found["number"]
        done["speed-number.svg"] = curves(
            "A stream of documents through one process",
            "documents",
            {
                "CPU seconds": [(row["documents"], row["seconds"]) for row in rows],
                "peak MB": [(row["documents"], row["peak_megabytes"]) for row in rows],
            },
            "seconds; megabytes",
        )
    return done


def filled(text: str, blocks: Mapping[str, str]) -> str:
    """A document with the blocks between ``<!-- speed: NAME -->`` and ``<!-- /speed -->`` anew."""
    for name, block in blocks.items():
        mark = f"<!-- speed: {name} -->"
        if mark not in text:
            continue
        before, _, rest = text.partition(mark)
        _, _, after = rest.partition("<!-- /speed -->")
        text = f"{before}{mark}\n{block}\n<!-- /speed -->{after}"
    return text


def machine() -> Row:
    """What the figures hang on, in general words."""
    return {
        "python": platform.python_version(),
        "system": platform.system(),
        "processor": platform.machine(),
        "cores": len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count(),
        "load": [round(load, 2) for load in os.getloadavg()],
        "day": time.strftime("%Y-%m-%d"),
        "compiled": is_compiled(),
        "versions": {
            name: installed(name)
            for name in ("artclean", "ftfy", "trafilatura", "underthesea", "datatrove")
            if installed(name)
        },
    }


def said_of(here: Mapping[str, Any]) -> str:
    """One sentence about the machine."""
    versions = ", ".join(
        f"{name} {number}{' (compiled)' if name == 'artclean' and here['compiled'] else ''}"
        for name, number in here["versions"].items()
    )
    before, after = here["load"][0], here.get("load_after", here["load"])[0]
    return (
        f"Measured on {here['day']}: {here['cores']} cores, {here['system']} {here['processor']}, "
        f"load {before} when it began and {after} when it ended; "
        f"Python {here['python']}, {versions}."
    )


# ---------------------------------------------------------------- the program


def measure(parts: Sequence[str], options: argparse.Namespace) -> dict[str, Any]:
    """Every part that was asked for.

    Whole processes come first: what the system says of a process that was started from a large
    one is too much.
    """
    found: dict[str, Any] = {"machine": machine()}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for part in PARTS:
            if part not in parts:
                continue
            start = time.perf_counter()
            if part == "start":
                found[part] = measure_start(options.rounds, folder)
            elif part == "number":
                found[part] = measure_number(options.documents)
            elif part == "jobs":
                found[part] = measure_jobs(
                    min(max(options.documents // 2, 100), MOST_TWICE), folder
                )
            elif part == "size":
                found[part] = measure_size(options.largest)
            else:
                found[part] = dict(measure_documents(options.rounds, folder))
            if not options.quiet:
                print(f"({part}: {time.perf_counter() - start:.0f} s)", file=sys.stderr)
    found["machine"]["load_after"] = [round(load, 2) for load in os.getloadavg()]
    return found


def draw(found: Mapping[str, Any], folder: Path, shown: str | None = None) -> None:
    """Write the plots, or only those whose names stand in a text."""
    for file, drawn in plots(found).items():
        if shown is None or file in shown:
            (folder / file).write_text(drawn, encoding="utf-8")


def write_docs(found: Mapping[str, Any], folder: Path) -> None:
    """Fill the tables of ``performance.md`` and draw the plots that it shows."""
    document = folder / "performance.md"
    text = document.read_text(encoding="utf-8")
    blocks = tables(found, markdown=True)
    if "documents" in found:  # a part that is measured apart does not speak for the others
        blocks["machine"] = said_of(found["machine"])
    if found["machine"]["compiled"]:
        blocks = {f"compiled-{name}": block for name, block in blocks.items()}
    else:
        draw(found, folder, text)
    document.write_text(filled(text, blocks), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", action="append", choices=PARTS, help="one part; may be repeated")
    parser.add_argument("--rounds", type=int, default=11, help="turns of each subject [11]")
    parser.add_argument(
        "--documents", type=int, default=10_000, metavar="N", help="of the longest stream [10000]"
    )
    parser.add_argument(
        "--largest", type=int, default=10_000_000, metavar="BYTES", help="document [10000000]"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there")
    parser.add_argument("--from-json", type=Path, metavar="FILE", help="show such a file again")
    parser.add_argument("--plot", type=Path, metavar="DIR", help="write the plots there, as SVG")
    parser.add_argument("--markdown", action="store_true", help="tables in Markdown")
    parser.add_argument(
        "--docs", type=Path, metavar="DIR", help="fill DIR/performance.md, write the plots there"
    )
    parser.add_argument("--quiet", action="store_true", help="nothing but the tables")
    parser.add_argument("--child", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    gc.disable()  # as the command does
    for name in UNUSUAL:
        os.environ.pop(name, None)
    if options.child:
        what, *rest = options.child
        print(json.dumps({"peak": child_peak, "size": child_size}[what](*rest)))
        return 0
    for subject in SUBJECTS:
        if not is_there(subject.package) and not options.quiet:
            print(f"(not installed, left out: {subject.package})", file=sys.stderr)
    if options.from_json:
        found = json.loads(options.from_json.read_text(encoding="utf-8"))
    else:
        found = measure(options.only or PARTS, options)
    if options.json:
        options.json.write_text(json.dumps(found, indent=1), encoding="utf-8")
    print(said_of(found["machine"]))
    for name, block in tables(found, options.markdown).items():
        print(f"\n{name}\n\n{block}" if not options.markdown else f"\n### {name}\n\n{block}")
    if options.plot:
        draw(found, options.plot)
    if options.docs:
        write_docs(found, options.docs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
