"""Whole runs: order, processes that die or hang, limits, reports, going on where one has ended."""

import json
import os
import random
import re
import signal
import subprocess
import time
from pathlib import Path

import pytest

from artclean.pipeline import clean
from artclean.run import batch, work
from artclean.run.jobs import Document, Job, Made
from artclean.run.tally import clean_counted
from run.command import DUMP, STARTED, Done, environment, inside, leftovers, tree_of


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def plant(folder: Path, number: int, special: dict[int, str] | None = None) -> None:
    """So many dumps in a few folders, some of them with special words in them."""
    for each in range(number):
        path = folder / str(each % 3) / f"{each:04}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"Tin số {each}\n{(special or {}).get(each, '')}\n{DUMP}")


def troubles(monkeypatch: pytest.MonkeyPatch, scratch: Path) -> None:
    """From now on, some words in a dump have an effect on the process that cleans it."""
    clean = work.ACTIONS["json"]

    def troubled(document: Document, job: Job) -> Made:
        text = document.data if isinstance(document.data, str) else document.data.decode()
        if "KILL" in text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "EXIT" in text:
            os._exit(3)
        if "ONCE" in text and not (scratch / "once").exists():
            (scratch / "once").touch()
            os.kill(os.getpid(), signal.SIGKILL)
        if "HANG" in text:
            time.sleep(100)
        if "SPIN" in text:  # within one call into C, as a pattern gone wild
            re.match(r"(a|a?)+$", "a" * 60 + "b")
        if "SLOW" in text:
            time.sleep(0.3)
        if "BUG" in text:
            raise AssertionError("đây là một lỗi")
        return clean(document, job)

    monkeypatch.setitem(work.ACTIONS, "json", troubled)


@pytest.fixture
def troubled(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    troubles(monkeypatch, tmp_path_factory.mktemp("scratch"))


def failures(done: Done) -> dict[str, str]:
    return dict(line.removeprefix("artclean: ").split(": ", 1) for line in done.err.splitlines())


# --- order and processes ------------------------------------------------------------------------


@pytest.mark.parametrize("to", ["json", "md", "text", "tidy"])
def test_1c_10_output_does_not_depend_on_the_number_of_processes(here: Path, to: str) -> None:
    plant(here / "in", 120)
    expected = inside("in", "--to", to, "-j", "1")
    assert expected.status == 0
    for jobs in "2", "8", "0":
        assert inside("in", "--to", to, "-j", jobs) == expected
    trees = []
    for jobs in "1", "2", "8":
        assert inside("in", "--to", to, "-j", jobs, "-o", f"out{jobs}/").status == 0
        trees.append(tree_of(here / f"out{jobs}"))
    assert len(trees[0]) == 120
    assert trees[0] == trees[1] == trees[2]


def test_1c_10_the_number_of_processes_can_come_from_the_environment(
    here: Path, monkeypatch: pytest.MonkeyPatch, troubled: None
) -> None:
    plant(here / "in", 4, {2: "KILL"})
    monkeypatch.setenv("ARTCLEAN_JOBS", "2")
    assert len(inside("in").records) == 3  # in one process that would have been the end of us
    monkeypatch.setenv("ARTCLEAN_JOBS", "many")
    assert inside("in").status == 2


@pytest.mark.parametrize("descriptors", [20, 26, 27, 28])
def test_where_processes_cannot_be_started_one_does_it_all(here: Path, descriptors: int) -> None:
    plant(here / "in", 6)
    (here / "expected.jsonl").write_bytes(inside("in", "-j", "1").out)
    limits = f'ulimit -n {descriptors}; exec "$@"'
    done = subprocess.run(
        ["sh", "-c", limits, "sh", *STARTED, "in", "-j", "8"],
        capture_output=True,
        env=environment(),
        check=False,
    )
    assert done.stdout == (here / "expected.jsonl").read_bytes()
    assert done.returncode == 0, done.stderr
    assert b"going on with one" in done.stderr or descriptors > 20


def test_a_slip_of_the_finger_starts_no_hundred_thousand_processes(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(here / "in", 6)
    monkeypatch.setattr(batch, "_MOST_JOBS", 3)
    forks = 0
    fork = os.fork

    def counted() -> int:
        nonlocal forks
        forks += 1
        return fork()

    monkeypatch.setattr(os, "fork", counted)
    assert len(inside("in", "-j", "100000").records) == 6
    assert forks == 3


def test_a_ring_just_before_or_after_the_work_costs_one_document(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The alarm may come at any instruction: here where the deadline is set, and behind the work."""
    plant(here / "in", 3)
    setitimer = signal.setitimer

    def ringing(which: int, *seconds: float) -> tuple[float, float]:
        found = setitimer(which, *seconds)
        if seconds[0]:
            os.kill(os.getpid(), signal.SIGALRM)
        return found

    monkeypatch.setattr(signal, "setitimer", ringing)
    done = inside("in", "-j", "1")
    assert done.status == 2
    assert len(failures(done)) == 3
    assert set(failures(done).values()) == {"not done within 30 s (--timeout allows more)"}


def test_a_slow_document_holds_the_order_but_not_the_others(here: Path, troubled: None) -> None:
    plant(here / "in", 60, {0: "SLOW", 30: "SLOW", 59: "SLOW"})
    done = inside("in", "-j", "2")
    names = [record["id"] for record in done.records]
    assert names == sorted(names)
    assert len(names) == 60


DEATHS = {
    "KILL": "the process died at it (SIGKILL)",
    "EXIT": "the process died at it (exit status 3)",
    "BUG": "internal error: AssertionError: đây là một lỗi",
    "HANG": "not done within 1 s (--timeout allows more)",
    "SPIN": "not done within 1 s (--timeout allows more)",
}
# Long enough that even on a busy machine no other document takes so long.
DEADLINE = ("--timeout", "1")


@pytest.mark.parametrize(
    ("word", "into_tree"),
    [
        ("KILL", False),
        ("KILL", True),
        ("EXIT", False),
        ("BUG", False),
        ("HANG", True),
        ("SPIN", False),
    ],
)
def test_a_document_that_kills_or_hangs_costs_only_itself(
    here: Path, troubled: None, word: str, into_tree: bool
) -> None:
    plant(here / "in", 80, {17: word})
    where = ["-o", "out"] if into_tree else []
    done = inside("in", "-j", "2", *(DEADLINE if "1 s" in DEATHS[word] else ()), *where)
    assert done.status == 2
    assert failures(done) == {"in/2/0017.txt": DEATHS[word]}
    assert (len(tree_of(here / "out")) if into_tree else len(done.records)) == 79
    assert not leftovers(here)


@pytest.mark.parametrize("word", DEATHS)
def test_a_record_that_kills_or_hangs_is_an_error_record(troubled: None, word: str) -> None:
    stdin = "".join(
        json.dumps({"id": f"r{n}", "text": f"{word if n == 5 else ''}\n{DUMP}"}) + "\n"
        for n in range(40)
    )
    done = inside("--from", "jsonl", "-j", "2", *DEADLINE, stdin=stdin)
    assert done.status == 2
    assert [record["id"] for record in done.records] == [f"r{n}" for n in range(40)]
    assert done.records[5] == {"id": "r5", "error": DEATHS[word]}
    assert failures(done) == {"-:6": DEATHS[word]}


@pytest.mark.parametrize("word", ["HANG", "SPIN", "BUG"])
def test_deadlines_hold_without_processes_too(here: Path, troubled: None, word: str) -> None:
    plant(here / "in", 6, {4: word})
    done = inside("in", "-j", "1", *DEADLINE)
    assert (done.status, len(done.records)) == (2, 5)
    assert failures(done) == {"in/1/0004.txt": DEATHS[word]}


def test_a_worker_killed_by_somebody_else_is_no_documents_fault(here: Path, troubled: None) -> None:
    plant(here / "in", 80, {40: "ONCE"})
    done = inside("in", "-j", "2")
    assert (done.status, done.err, len(done.records)) == (0, "", 80)


def test_without_a_deadline_a_slow_document_is_waited_for(here: Path, troubled: None) -> None:
    plant(here / "in", 3, {1: "SLOW"})
    for jobs in "1", "2":
        assert inside("in", "-j", jobs, "--timeout", "0").status == 0


# --- limits -------------------------------------------------------------------------------------


def test_1c_32_limits(here: Path) -> None:
    (here / "a.txt").write_text("x" * 2000)
    for jobs in "1", "2":
        done = inside("a.txt", "a.txt", "--max-bytes", "1k", "-j", jobs)
        assert done.status == 2
        assert "larger than 1024 bytes (--max-bytes allows more)" in done.err
    assert inside("--max-bytes", "1k", stdin="x" * 2000).status == 2
    assert inside("--max-bytes", "2000", "a.txt").status == 0


BINARIES = {
    "gzip": b"\x1f\x8b\x08\0" + os.urandom(99),
    "zip": b"PK\x03\x04" + os.urandom(99),
    "png": b"\x89PNG\r\n\x1a\n" + os.urandom(99),
    "jpeg": b"\xff\xd8\xff\xe0" + os.urandom(99),
    "pdf": b"%PDF-1.4\n",
    "elf": b"\x7fELF" + bytes(99),
    "zeros": bytes(5000),
    "noise": bytes(random.Random(1).randbytes(20000)),
    "doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
}


@pytest.mark.parametrize("kind", BINARIES)
def test_binary_files_are_refused(here: Path, kind: str) -> None:
    (here / "a.txt").write_bytes(BINARIES[kind])
    for done in (inside("a.txt"), inside(stdin=BINARIES[kind])):
        assert (done.status, done.out) == (2, b"")
        assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_text(here: Path, encoding: str) -> None:
    mark = "" if encoding == "utf-16" else "\ufeff"
    (here / "a.txt").write_bytes((mark + DUMP).encode(encoding))
    done = inside("a.txt")
    assert done.records[0]["title"] == "Xã An Thịnh khánh thành cầu dân sinh Bến Đá"


# --- report and resume --------------------------------------------------------------------------


def rows(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_report_has_a_line_a_document(here: Path, jobs: str) -> None:
    plant(here / "in", 10)
    (here / "in/0/0003.txt").write_bytes(b"%PDF")
    inside("in", "-o", "out", "--report-file", "run.jsonl", "-j", jobs)
    found = rows(here / "run.jsonl")
    assert len(found) == 10
    assert [row["status"] for row in found].count("failed") == 1
    for row in found:
        if row["status"] == "done":
            assert (here / str(row["output"])).stat().st_size == row["bytes"]
            assert float(str(row["seconds"])) > 0
            assert (
                row["warnings"] == json.loads((here / str(row["output"])).read_bytes())["warnings"]
            )
        else:
            assert (row["id"], row["error"]) == ("in/0/0003.txt", "binary file (a PDF)")


def test_a_report_that_cannot_be_written_ends_the_run(here: Path) -> None:
    plant(here / "in", 3)
    done = inside("in", "--report-file", "/dev/full")
    assert (done.status, done.err) == (2, "artclean: /dev/full: No space left on device\n")
    assert inside("in", "--report-file", "none/r.jsonl").status == 2


NO_REPORTS = [DUMP, '{"id": "1", "text": "Tin"}\n', '{"id": "1", "text": "Tin"}', "[]\n", "\n", "x"]


@pytest.mark.parametrize("content", NO_REPORTS)
@pytest.mark.parametrize("resume", [False, True])
def test_a_report_takes_the_place_of_reports_only(here: Path, content: str, resume: bool) -> None:
    """``--write`` is the only option that changes an input, also one that was named by mistake."""
    plant(here / "in", 2)
    (here / "in/0/0000.txt").write_text(content)
    options = ["-o", "out", "--resume"] if resume else []
    done = inside("in", "--report-file", "in/0/0000.txt", *options)
    assert done.status == 2
    assert "no report" in done.err
    assert (here / "in/0/0000.txt").read_text() == content


def test_a_report_takes_the_place_of_an_earlier_one(here: Path) -> None:
    plant(here / "in", 2)
    (here / "run.jsonl").touch()
    for _ in range(2):
        assert inside("in", "--report-file", "run.jsonl").status == 0
        assert len(rows(here / "run.jsonl")) == 2
    (here / "run.jsonl").write_bytes((here / "run.jsonl").read_bytes()[:70])  # a full disk
    assert inside("in", "--report-file", "run.jsonl").status == 0
    assert len(rows(here / "run.jsonl")) == 2
    assert inside("in", "-o", "out", "--report-file", "out/run.jsonl").status == 0
    assert len(rows(here / "out/run.jsonl")) == 2
    assert inside("in", "-o", "new.jsonl", "--report-file", "./new.jsonl").status == 2


def test_html_is_refused_and_not_taken_for_text(here: Path) -> None:
    (here / "a.html").write_text("<p>Tin</p>")
    for done in (inside("a.html"), inside("--from", "html", stdin="<p>Tin</p>")):
        assert (done.status, done.out) == (2, b"")
        assert "HTML" in done.err


def test_the_report_of_records_names_them(here: Path) -> None:
    stdin = json.dumps({"id": "r1", "text": DUMP}) + "\n{\n"
    inside("--from", "jsonl", "--report-file", "run.jsonl", stdin=stdin)
    first, second = rows(here / "run.jsonl")
    assert (first["id"], first["record"], first["status"]) == ("-:1", "r1", "done")
    assert (second["id"], second["status"]) == ("-:2", "failed")


def test_the_report_names_what_is_not_utf_8_as_ids_do(here: Path) -> None:
    with open(b"\xff.txt", "w") as file:
        file.write(DUMP)
    for _ in range(2):
        inside(os.fsdecode(b"\xff.txt"), "-o", "out/", "--resume", "--report-file", "r.jsonl")
    (row,) = rows(here / "r.jsonl")
    assert (row["id"], row["output"]) == ("\\xff.txt", "out/\\xff.json")


def test_1c_33_resume_does_only_what_is_left(here: Path) -> None:
    plant(here / "in", 30)
    assert inside("in", "-o", "whole").status == 0
    (here / "in/1/0004.txt").rename(here / "away")
    (here / "in/2/0005.txt").write_bytes(b"%PDF")
    assert inside("in", "-o", "out", "--resume").status == 2
    (here / "away").rename(here / "in/1/0004.txt")  # came later
    (here / "in/2/0005.txt").write_text((here / "in/2/0008.txt").read_text())  # was repaired
    (here / "in/0/0000.txt").write_text("Tin khác\n" + DUMP)  # was changed
    (here / "out/0/0009.json").unlink()  # was lost
    (here / "out/0/0012.json").write_bytes(b"{")  # was cut off
    (here / "in/0/0015.txt").touch()  # means nothing: content counts
    times = {p: p.stat().st_mtime_ns for p in (here / "out").rglob("*.json")}
    time.sleep(0.02)
    for jobs in "1", "2":
        assert inside("in", "-o", "out", "--resume", "-j", jobs).status == 0
    new = {
        p.name
        for p in (here / "out").rglob("*.json")
        if times.get(p) != p.stat().st_mtime_ns and p.name[0] == "0"
    }
    assert new == {"0000.json", "0004.json", "0005.json", "0009.json", "0012.json"}
    inside("in", "-o", "fresh")
    found = tree_of(here / "out")
    found.pop(".artclean-run.jsonl")
    assert found == tree_of(here / "fresh")


def test_1c_33_resume_with_other_settings_does_everything(here: Path) -> None:
    plant(here / "in", 5)
    inside("in", "-o", "out", "--resume", "--report-file", "r.jsonl")
    assert len(rows(here / "r.jsonl")) == 5
    inside("in", "-o", "out", "--resume", "--report-file", "r.jsonl")
    assert len(rows(here / "r.jsonl")) == 5
    inside("in", "-o", "out", "--resume", "--report-file", "r.jsonl", "--tone-style", "new")
    assert len(rows(here / "r.jsonl")) == 10


CHANGES: dict[str, list[tuple[str, list[str], str]]] = {
    # Two ways to run: the place of the dump, options, the dump. Their outputs may be of one size.
    "settings": [("a.txt", ["--tone-style", style], DUMP) for style in ("old", "new")],
    "settings of records": [("a.jsonl", ["--tone-style", style], DUMP) for style in ("old", "new")],
    "content": [("a.txt", [], DUMP.replace("Thượng", name)) for name in ("Thượng", "Trường")],
    "content of a record": [
        ("a.jsonl", [], DUMP.replace("Thượng", name)) for name in ("Thượng", "Trường")
    ],
    "format": [("a.txt", ["--from", name], DUMP) for name in ("text", "md")],
}


@pytest.mark.parametrize("change", CHANGES)
def test_1c_33_what_changes_there_and_back_is_done_again(here: Path, change: str) -> None:
    (here / "in").mkdir()
    seen = []
    for number in 0, 1, 0:
        name, options, dump = CHANGES[change][number]
        dump = "# " + dump.replace("An Thịnh", "Thái hòa")
        if name.endswith("jsonl"):
            dump = json.dumps({"id": "1", "text": dump}) + "\n"
        (here / "in" / name).write_text(dump)
        assert inside("in", "-o", "out", "--resume", *options).status == 0
        (output,) = (here / "out").glob("a.*")
        seen.append(output.read_bytes())
    assert seen[0] == seen[2] != seen[1]
    assert change == "format" or len(seen[0]) == len(seen[1])


def test_1c_33_a_torn_report_is_gone_on_with(here: Path) -> None:
    plant(here / "in", 5)
    inside("in", "-o", "out", "--resume", "--report-file", "r.jsonl")
    report = (here / "r.jsonl").read_bytes()
    (here / "r.jsonl").write_bytes(report[:-20])
    inside("in", "-o", "out", "--resume", "--report-file", "r.jsonl")
    lines = (here / "r.jsonl").read_bytes().splitlines()
    assert len(lines) == 6
    assert json.loads(lines[-1])["id"] == json.loads(report.splitlines()[-1])["id"]


def test_1c_33_resume_goes_on_within_a_file_of_records(
    here: Path, troubled: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "in").mkdir()
    with (here / "in/a.jsonl").open("w") as file:
        for number in range(300):
            file.write(json.dumps({"id": f"{number}", "text": DUMP}) + "\n")
            if number == 7:
                file.write("{broken\n")
    inside("in", "-o", "whole")
    whole = (here / "whole/a.jsonl").read_bytes()
    cleaned = []
    clean = work.ACTIONS["json"]

    def until(document: Document, job: Job) -> Made:
        cleaned.append(document.id)
        if len(cleaned) == 100:
            os.kill(os.getpid(), signal.SIGTERM)
        return clean(document, job)

    monkeypatch.setitem(work.ACTIONS, "json", until)
    monkeypatch.setattr("artclean.run.signals.die_by", lambda number: 128 + number)
    stopped = inside("in", "-o", "out", "--resume", "-j", "1")
    assert stopped.status == 128 + signal.SIGTERM
    assert "interrupted: 100 done, at least 1 not" in stopped.err
    assert sorted(tree_of(here / "out")) == [".artclean-run.jsonl", "a.jsonl.part"]
    done = inside("in", "-o", "out", "--resume", "-j", "1")
    assert done.status == 2  # one record is broken, and was reported by the first run
    assert 300 <= len(cleaned) <= 301
    found = tree_of(here / "out")
    assert found["a.jsonl"] == whole
    assert sorted(found) == [".artclean-run.jsonl", "a.jsonl"]


def test_1c_33_what_is_half_done_with_other_settings_is_begun_again(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "in").mkdir()
    lines = [json.dumps({"id": f"{n}", "text": f"Thái hòa\n{DUMP}"}) + "\n" for n in range(300)]
    (here / "in/a.jsonl").write_text("".join(lines))
    inside("in", "-o", "whole", "--tone-style", "old")
    clean = work.ACTIONS["json"]
    monkeypatch.setattr("artclean.run.signals.die_by", lambda number: 128 + number)
    for style, number in ("old", 100), ("new", 50), ("new", 50), ("old", 1000):
        cleaned: list[str] = []

        def until(
            document: Document, job: Job, cleaned: list[str] = cleaned, most: int = number
        ) -> Made:
            cleaned.append(document.id)
            if len(cleaned) == most:
                os.kill(os.getpid(), signal.SIGTERM)
            return clean(document, job)

        monkeypatch.setitem(work.ACTIONS, "json", until)
        report = here / "out/.artclean-run.jsonl"
        before = report.read_bytes() if report.exists() else b""
        inside("in", "-o", "out", "--resume", "-j", "1", "--tone-style", style)
        if style == "new" and number == 50:  # killed before the report was written any further
            begun = b"".join(row for row in report.read_bytes()[len(before) :].splitlines(True)
                             if b'"begun"' in row)  # fmt: skip
            report.write_bytes(before + begun)
    assert (here / "out/a.jsonl").read_bytes() == (here / "whole/a.jsonl").read_bytes()


def test_resume_needs_a_directory(here: Path) -> None:
    plant(here / "in", 1)
    done = inside("in", "--resume")
    assert done.status == 2
    assert "-o" in done.err


# --- what people see ----------------------------------------------------------------------------


def test_1c_23_nothing_moves_in_a_pipe_or_in_ci(here: Path) -> None:
    from artclean.run import messages

    plant(here / "in", 30)
    assert inside("in", "-o", "out").err == ""
    assert not messages.shows_progress()


def test_the_summary_when_asked(here: Path) -> None:
    plant(here / "in", 30)
    (here / "in/0/0003.txt").write_bytes(b"%PDF")
    for jobs in "1", "2":
        said = inside("in", "-o", "out", "-v", "-j", jobs).err
        assert re.search(r"\n *29 +documents done \(\d+ a second", said)
        assert re.search(r"\n *1 +failed", said)
        assert re.search(r"\n *29 +captions taken out of the text", said)
        assert re.search(r"\n *29 +dates", said)
        assert re.search(r"\n *29 +repeat", said)


def test_warnings_when_asked(here: Path) -> None:
    (here / "a.txt").write_text(DUMP.replace("Thứ Ba", "Thứ Tư"))  # 14 May 2019 was a Tuesday
    assert inside("a.txt").err == ""
    assert "artclean: a.txt: warning: " in inside("a.txt", "-v").err


@pytest.mark.parametrize("dump", [DUMP, "", "A\u0300\xa0\n.\n" + DUMP, DUMP.encode("utf-16")])
def test_counting_changes_nothing(dump: str | bytes) -> None:
    article, counts = clean_counted(dump, Job())
    assert article == clean(dump)
    assert counts.get("found captions taken out of the text", 0) == len(article.captions)
