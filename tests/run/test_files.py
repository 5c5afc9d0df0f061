"""Which files a run takes, and where their outputs go."""

import inspect
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from run.command import (
    DUMP,
    STARTED,
    Done,
    cpu_of_children,
    environment,
    heed_signals,
    inside,
    leftovers,
    outside,
    stop,
    tree_of,
)


def ids(done: Done) -> list[str]:
    return [str(record["id"]) for record in done.records]


def plant(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(DUMP)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


# --- walking ------------------------------------------------------------------------------------


def test_a_directory_is_walked_by_name(here: Path) -> None:
    plant(here / "d", "b.txt", "a/z.md", "a/b.TXT", "c.html", "ảnh.jpg", "noname", "é/1.txt")
    (here / "d/r.jsonl").write_text(json.dumps({"id": "r1", "text": DUMP}) + "\n")
    assert ids(inside("d")) == ["d/a/b.TXT", "d/a/z.md", "d/b.txt", "r1", "d/é/1.txt"]


def test_folders_may_lie_in_each_other_deeper_than_calls(here: Path) -> None:
    for _ in range(300):
        os.mkdir("d")
        os.chdir("d")
    Path("a.txt").write_text(DUMP)
    os.chdir(here)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 250)
    try:
        assert inside("d", "-o", "out").status == 0
    finally:
        sys.setrecursionlimit(limit)
    assert (here / "out" / ("d/" * 299) / "a.json").exists()


def test_a_named_file_may_be_called_anything(here: Path) -> None:
    plant(here, "noname", ".hidden", "x.log")
    assert ids(inside("noname", ".hidden", "x.log")) == ["noname", ".hidden", "x.log"]


def test_1c_12_hidden_files_only_when_asked(here: Path) -> None:
    plant(here / "d", ".h.txt", ".g/a.txt", "v.txt", ".git/x.txt")
    assert ids(inside("d")) == ["d/v.txt"]
    assert ids(inside("d", "--hidden")) == ["d/.g/a.txt", "d/.h.txt", "d/v.txt"]


def test_1c_28_links_are_not_followed_unless_named(here: Path) -> None:
    plant(here, "away/a.txt", "d/v.txt")
    (here / "d/file.txt").symlink_to("../away/a.txt")
    (here / "d/folder").symlink_to("../away")
    (here / "d/loop").symlink_to(".")
    (here / "d/dangling.txt").symlink_to("nowhere")
    (here / "zero.txt").symlink_to("/dev/zero")
    (here / "named").symlink_to("away")
    assert ids(inside("d")) == ["d/v.txt"]
    assert ids(inside("named", "d/file.txt")) == ["named/a.txt", "d/file.txt"]
    assert inside("d/dangling.txt").status == 2
    assert inside("zero.txt", "--max-bytes", "1M").status == 2


def test_1c_28_pipes_and_sockets_hang_nobody(here: Path) -> None:
    (here / "d").mkdir()
    os.mkfifo(here / "d/pipe.txt")
    assert inside("d") == Done(0, b"", "artclean: d: no files found (looked for .txt .md .jsonl"
                               " .jsonl.gz .jsonl.zst .parquet)\n")  # fmt: skip
    for jobs in "1", "2":
        done = inside("d/pipe.txt", "--timeout", "0.1", "-j", jobs)  # nobody writes to it
        assert (done.status, done.out) == (2, b"")
        assert done.err == "artclean: d/pipe.txt: not done within 0.1 s (--timeout allows more)\n"


@contextmanager
def late_writer(path: Path, text: str) -> Iterator[None]:
    """Somebody who writes to a named pipe, but not at once."""

    def write() -> None:
        time.sleep(0.2)
        path.write_text(text)

    os.mkfifo(path)
    threading.Thread(target=write, daemon=True).start()
    yield


def test_a_named_pipe_is_waited_for(here: Path) -> None:
    (here / "a.txt").write_text(DUMP)
    expected = inside("a.txt").records[0]["text"]
    with late_writer(here / "pipe", DUMP):
        assert inside("pipe").records[0]["text"] == expected
    with late_writer(here / "pipe.toml", 'to = "text"\n'):
        assert inside("a.txt", "--config", "pipe.toml").text == f"{expected}\n"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_1c_20_waiting_for_a_pipe_is_interrupted(here: Path, jobs: str) -> None:
    for name in "one", "other":
        os.mkfifo(here / name)
    process = subprocess.Popen(
        [*STARTED, "one", "other", "-j", jobs],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment(),
        preexec_fn=heed_signals,
        start_new_session=True,
    )
    # Returns when somebody reads: of the second one, the opening is waited for.
    (here / "one").write_text(DUMP)
    time.sleep(0.1)
    done = stop(process, signal.SIGINT, cpu_of_children())
    assert done.status == -signal.SIGINT
    assert "interrupted" in done.said


@pytest.mark.parametrize("name", [".gitignore", ".ignore", "pyproject.toml", "artclean.toml"])
def test_1c_28_what_settings_are_read_from_hangs_nobody(here: Path, name: str) -> None:
    plant(here / "d", "a.txt")
    os.mkfifo(here / "d" / name)
    assert len(outside("d").records) == 1
    (here / "d" / name).unlink()
    (here / "d" / name).mkdir()
    assert len(inside("d").records) == 1


def test_settings_of_megabytes_are_none(here: Path) -> None:
    plant(here, "a.txt")
    with open(here / "large.toml", "wb") as file:
        file.truncate(1 << 30)
    done = inside("a.txt", "--config", "large.toml")
    assert (done.status, done.err.splitlines()[0]) == (2, "artclean: large.toml: File too large")


def test_ignore_files(here: Path) -> None:
    plant(here / "d", "a.txt", "b.txt", "drafts/c.txt", "e.txt", "sub/a.txt", "sub/f.txt")
    (here / "d/.gitignore").write_text("/a.txt\ndrafts/\n!\n[z-a]\n# a comment\ne.*\n")
    (here / "d/.artcleanignore").write_text("!e.txt\n")
    (here / "d/sub/.ignore").write_text("f.txt\n")
    assert ids(inside("d")) == ["d/b.txt", "d/e.txt", "d/sub/a.txt"]
    assert len(inside("d", "--no-ignore").records) == 6
    assert ids(inside("d/a.txt")) == ["d/a.txt"]  # named explicitly


def test_ignore_files_above_count_within_a_repository(here: Path) -> None:
    plant(here / "r", "d/a.txt", "d/b.txt")
    (here / "r/.gitignore").write_text("d/a.txt\n")
    assert len(ids(inside("r/d"))) == 2
    (here / "r/.git/info").mkdir(parents=True)
    assert ids(inside("r/d")) == ["r/d/b.txt"]
    (here / "r/.git/info/exclude").write_text("b.txt\n")
    assert ids(inside("r/d")) == []


@pytest.mark.slow
def test_1c_12_ignores_what_git_ignores(here: Path) -> None:
    """1,000 random patterns over the same tree, against `git check-ignore`."""
    rng = random.Random(12)
    names = [
        f"{a}{b}{c}.{s}"
        for a in ("", "x/", "x/y/", "bài/")
        for b in ("a", "tin", "foo")
        for c in ("", "1")
        for s in ("txt", "md")
    ]
    plant(here, *names)
    subprocess.run(["git", "init", "-q", "."], check=True, stdout=subprocess.DEVNULL)
    atoms = ["*", "?", "a", "tin", "foo", "1", "x", "y", "bài", ".txt", ".md", "[a-f]", "\\*"]
    for _ in range(150):
        lines = []
        for _ in range(7):
            parts = ["".join(rng.choices(atoms, k=rng.randint(1, 2)))]
            while rng.random() < 0.4:
                parts.insert(0, rng.choice(["**", "x", "y", "bài", "*"]))
            line = "/".join(parts)
            lines.append(rng.choice(["", "", "!", "/"]) + line + rng.choice(["", "", "/"]))
        (here / ".gitignore").write_text("\n".join(lines) + "\n")
        ignored = subprocess.run(
            ["git", "-c", "core.quotePath=off", "check-ignore", "--stdin", "-z", "--no-index"],
            input="\0".join(names).encode(),
            capture_output=True,
            check=False,
        ).stdout.decode()
        expected = sorted(set(names) - set(ignored.split("\0")))
        taken = sorted(name.removeprefix("./") for name in ids(inside(".")))
        assert taken == expected, lines


def test_1c_11_exclusions_hold_for_files_named_explicitly(here: Path) -> None:
    # typos#347, #360, #432, #461, #548, #1043, #1110; black#438; isort#938
    plant(here, "a.txt", "nháp/b.txt", "x/nháp/c.txt")
    before = tree_of(here)
    assert ids(inside("--exclude", "nháp/", "a.txt", "nháp/b.txt")) == ["a.txt"]
    assert ids(inside("--exclude", "/nháp", ".")) == ["./a.txt", "./x/nháp/c.txt"]
    assert ids(inside("--exclude", "a.txt", "--exclude", "c.*", ".")) == ["./nháp/b.txt"]
    assert ids(inside("--exclude", "b.txt", here / "nháp/b.txt")) == []
    assert "excluded by --exclude" in inside("-v", "--exclude", "a.txt", "a.txt").err
    inside("--write", "--exclude", "nháp/", "nháp/b.txt")
    assert tree_of(here) == before


def test_1c_11_include_takes_what_it_names(here: Path) -> None:
    plant(here, "a.txt", "b.raw", "c/d.raw")
    assert ids(inside("--include", "*.raw", ".")) == ["./b.raw", "./c/d.raw"]
    assert ids(inside("--include", "*.raw", "--include", "a.*", ".", "--exclude", "c")) == [
        "./a.txt",
        "./b.raw",
    ]
    assert ids(inside("--include", "*.raw", "a.txt")) == []


def test_an_empty_directory_is_worth_a_word(here: Path) -> None:
    plant(here, "d/a.dump")
    done = inside("d")
    assert (done.status, done.out) == (0, b"")
    assert "no files found" in done.err
    assert inside("d", "-q").err == ""
    for mode in "--check", "--diff", "--write":
        assert inside(mode, "d").err.endswith("no files found (looked for .txt .md)\n")


# --- lists --------------------------------------------------------------------------------------


def test_1c_21_lists_of_files(here: Path) -> None:
    plant(here, "a b.txt", "-rf.txt", "c\nd.txt", "d/e.txt")
    (here / "list").write_text("a b.txt\n-rf.txt\nd\n")
    assert ids(inside("--files-from", "list")) == ["a b.txt", "-rf.txt", "d/e.txt"]
    done = inside("--files-from", "-", "-0", stdin=b"c\nd.txt\0-rf.txt\0")
    assert ids(done) == ["c\nd.txt", "-rf.txt"]
    assert ids(inside("--", "-rf.txt")) == ["-rf.txt"]


def test_1c_21_a_list_is_no_document_and_no_directory(here: Path) -> None:
    plant(here, "d/a.txt")
    done = inside("--files-from", "d")
    assert (done.status, "d: is a directory" in done.err) == (2, True)
    assert inside("--files-from", "-", "-", stdin="d/a.txt\n").status == 2


def test_1c_21_names_are_bytes(here: Path) -> None:
    name = os.fsencode(here) + b"/t\xffn.txt"
    with open(name, "w") as file:
        file.write(DUMP)
    for done in (
        inside(os.fsdecode(name)),
        inside(here),
        inside("--files-from", "-", stdin=name),
    ):
        assert ids(done) == [f"{here}/t\\xffn.txt"]
    assert inside(here, "-o", "out").status == 0
    assert os.listdir(os.fsencode(here) + b"/out") == [b"t\xffn.json"]


def test_a_listed_file_keeps_its_folders_below_the_output(here: Path) -> None:
    plant(here, "a/x.txt", "b/x.txt")
    listed = f"a/x.txt\n{here}/b/x.txt\n./b/../a/../b/x.txt\n"
    done = inside("--files-from", "-", "-o", "out", stdin=listed.splitlines()[0] + "\nb/x.txt\n")
    assert done.status == 0, done.err
    assert sorted(tree_of(here / "out")) == ["a/x.json", "b/x.json"]
    inside("--files-from", "-", "-o", "out2", stdin=f"{here}/b/x.txt\n../{here.name}/a/x.txt\n")
    assert sorted(tree_of(here / "out2")) == [f"{here.name}/a/x.json", f"{here}/b/x.json"[1:]]


# --- output trees -------------------------------------------------------------------------------


def test_1c_4_the_tree_is_mirrored_relative_to_the_root_given(here: Path) -> None:
    plant(here / "in", "a.txt", "b/c.md", "b/d/e.txt")
    expected = ["a.json", "b/c.json", "b/d/e.json"]
    for number, root in enumerate(["in", "./in/", "in/b/..", f"{here}/in", f"../{here.name}/in"]):
        out = here / f"out{number}"
        assert inside(root, "-o", f"{out}/").status == 0
        assert sorted(tree_of(out)) == expected
    assert inside("in", "-o", "texts", "--to", "text").status == 0
    assert sorted(tree_of(here / "texts")) == ["a.txt", "b/c.txt", "b/d/e.txt"]
    assert sorted(os.listdir(here)) == ["in", *(f"out{n}" for n in range(5)), "texts"]


def test_1c_4_a_named_file_lies_in_the_output_directory(here: Path) -> None:
    plant(here, "in/a.txt", "in/b.1", "in/c.2")
    inside(here / "in/a.txt", "in/b.1", "in/../in/c.2", "-o", "out")
    assert sorted(tree_of(here / "out")) == ["a.json", "b.1.json", "c.2.json"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["in"],
        ["in/a.txt", "in/a.md"],
        ["in/a.txt", "in/b/a.txt"],
        ["in", "in/b"],
        ["--files-from", "list"],
    ],
)
def test_1c_4_clashes_are_found_before_the_first_write(here: Path, arguments: list[str]) -> None:
    plant(here / "in", "0.txt", "a.txt", "a.md", "b/a.txt")
    (here / "list").write_text("in/a.txt\nin/../in/a.md\n")
    done = inside(*arguments, "-o", "out", "--to", "json")
    assert done.status == 2
    assert "nothing was written" in done.err
    assert not (here / "out").exists()


@pytest.mark.parametrize("report", ["out/a.json", "./out/../out/a.json", "link.json"])
def test_1c_4_an_output_may_not_be_the_report(here: Path, report: str) -> None:
    plant(here, "a.txt", "b.txt")
    (here / "link.json").symlink_to("out/a.json")
    done = inside("a.txt", "b.txt", "-o", "out/", "--report-file", report)
    assert done.status == 2
    assert "the report and a.txt would both be written to a.json" in done.err
    assert not (here / "out").exists()
    assert inside("a.txt", "b.txt", "-o", "out/", "--report-file", "out/c.json").status == 0


def test_1c_4_an_output_may_not_be_the_report_of_resume(here: Path) -> None:
    plant(here, "b.txt")
    (here / ".artclean-run.jsonl").write_text(json.dumps({"id": "a", "text": DUMP}) + "\n")
    done = inside("--resume", ".artclean-run.jsonl", "b.txt", "-o", "out/")
    assert (done.status, (here / "out").exists()) == (2, False)


def test_1c_4_a_file_is_no_output_directory(here: Path) -> None:
    plant(here, "a.txt", "b.txt")
    done = inside("a.txt", "-o", "b.txt/")
    assert (done.status, done.out) == (2, b"")
    assert done.err.startswith("artclean: --output b.txt/: there is a file")
    assert tree_of(here) == {"a.txt": DUMP.encode(), "b.txt": DUMP.encode()}


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_output_that_cannot_be_written_is_what_the_message_is_about(
    here: Path, jobs: str
) -> None:
    plant(here, "d/x/a.txt", "d/y/b.txt", "out/x")
    done = inside("d", "-o", "out/", "-j", jobs)
    assert done.status == 2
    assert done.err.startswith("artclean: d/x/a.txt: output: x in the output directory is a")
    assert done.err.endswith("(out/x/a.json)\n")
    assert (here / "out/y/b.json").exists()


def test_an_output_directory_that_cannot_be_made_is_named(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(here, "a.txt")

    def refused(*_: object, **_more: object) -> None:
        raise PermissionError(13, "Permission denied")  # root is never refused

    monkeypatch.setattr(os, "makedirs", refused)
    done = inside("a.txt", "-o", "ro/new/")
    assert (done.status, done.err) == (
        2,
        "artclean: a.txt: output: Permission denied (ro/new/a.json)\n",
    )


def test_1c_4_clashes_with_folders_in_between(here: Path) -> None:
    plant(here / "in", "a.md", "a.n/x.txt", "a.n/y/z.txt", "a.txt")
    assert "in/a.md and in/a.txt would both be written" in inside("in", "-o", "out").err
    plant(here / "in2", "a.json/x.txt", "a.txt")
    plant(here / "in3", "a.json.txt", "a.json/x.json/y.txt", "a.json/x.txt")
    for root in "in2", "in3":
        for arguments in ([root], [root, here / "out4"]):
            (here / "out4").mkdir(exist_ok=True)
            done = inside(*arguments, "-o", "out")
            assert done.status == 2
            assert "nothing was written" in done.err
    assert not (here / "out").exists()


def test_1c_4_output_into_the_input_directory(here: Path) -> None:
    plant(here / "d", "a.txt", "b/c.txt")
    assert inside("d", "-o", "d").status == 0
    assert sorted(tree_of(here / "d")) == ["a.json", "a.txt", "b/c.json", "b/c.txt"]
    assert inside("d", "-o", "d", "--to", "text").status == 2
    assert (here / "d/a.txt").read_text() == DUMP


def test_an_output_within_the_input_is_not_read_again(here: Path) -> None:
    plant(here / "d", "a.txt")
    for _ in range(2):
        assert inside("d", "-o", "d/out/", "--to", "text", "--exclude", "*.jsonl").status == 0
        assert inside("d", "-o", "d/all.jsonl", "--exclude", "out").status == 0
        assert sorted(tree_of(here / "d")) == ["a.txt", "all.jsonl", "out/a.txt"]
        assert len((here / "d/all.jsonl").read_text().splitlines()) == 1


def test_an_output_made_deep_within_the_input_is_not_entered(here: Path) -> None:
    plant(here / "d", "a.txt", "b/c.txt", "b/z/e.txt")
    expected = ["a.txt", "b/c.txt", "b/y/a.txt", "b/y/b/c.txt", "b/y/b/z/e.txt", "b/z/e.txt"]
    for jobs in "1", "2", "1":
        assert inside("d", "-o", "d/b/y", "--to", "text", "-j", jobs).status == 0
        assert sorted(tree_of(here / "d")) == expected


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_standard_output_within_the_input_is_not_read(here: Path, jobs: str) -> None:
    """Else a run reads what it writes, for ever."""
    for number in range(300):
        plant(here / "d", f"{number}.txt")
    for times in 1, 2:
        with open(here / "d/zz.jsonl", "ab") as out:
            done = subprocess.run(
                [*STARTED, "d", "-j", jobs],
                stdout=out,
                stderr=subprocess.PIPE,
                env=environment(),
                check=False,
            )
        assert (done.returncode, done.stderr) == (0, b"")
        assert (here / "d/zz.jsonl").read_bytes().count(b"\n") == 300 * times


@pytest.mark.parametrize("named", ["a.txt", "./b.txt", "-"])
def test_standard_output_is_no_input(here: Path, named: str) -> None:
    plant(here, "a.txt", "b.txt")
    path = here / ("a.txt" if named == "-" else named)
    with open(path, "ab") as out, open(path, "rb") as given:
        done = subprocess.run(
            [*STARTED, "a.txt", named],
            stdin=given,
            stdout=out,
            stderr=subprocess.PIPE,
            env=environment(),
            check=False,
        )
    assert done.returncode == 2
    assert b"is input and output" in done.stderr
    assert tree_of(here) == {"a.txt": DUMP.encode(), "b.txt": DUMP.encode()}


READ_BESIDES = [
    ("list", ["--files-from", "list"]),
    ("list", ["--files-from", "./x/../list"]),
    ("c.toml", ["--config", "c.toml", "a.txt"]),
    ("artclean.toml", ["a.txt"]),  # found, not named
    (".gitignore", ["."]),
    ("d/.artcleanignore", ["."]),
]


@pytest.mark.parametrize("way", ["-o", "--report-file"])
@pytest.mark.parametrize(("name", "arguments"), READ_BESIDES)
def test_what_is_read_besides_documents_is_no_output(
    here: Path, name: str, arguments: list[str], way: str
) -> None:
    """``--write`` is the only option that changes an input."""
    plant(here, "a.txt", "b.txt", "d/c.txt", "x/y.txt")
    (here / "list").write_text("a.txt\n")
    (here / "c.toml").write_text("jobs = 1\n")
    (here / "artclean.toml").write_text("")
    (here / ".gitignore").write_text("x\n")
    (here / "d/.artcleanignore").write_text("")
    (here / "link").symlink_to(name)
    before = tree_of(here)
    for path in name, "link":
        done = inside(*arguments, way, path)
        assert done.status == 2
        assert "it cannot be an output or the report" in done.err
    assert tree_of(here) == before


@pytest.mark.parametrize("name", ["list.jsonl", "c.jsonl"])
def test_what_is_read_besides_documents_is_no_output_in_a_tree(here: Path, name: str) -> None:
    plant(here, "d/a.txt")
    (here / "d/list.jsonl").write_text(json.dumps({"id": "a", "text": DUMP}) + "\n")
    (here / "d/c.jsonl").write_text(json.dumps({"id": "a", "text": DUMP}) + "\n")
    (here / "list.jsonl").write_text("d\n")
    (here / "c.jsonl").write_text("jobs = 1\n")
    before = tree_of(here)
    options = ["--files-from", name] if name == "list.jsonl" else ["--config", name, "d"]
    done = inside(*options, f"d/{name}", "-o", ".")
    assert done.status == 2
    assert f"{name} is the " in done.err
    assert tree_of(here) == before


def test_standard_output_is_no_list(here: Path) -> None:
    plant(here, "a.txt")
    (here / "list").write_text("a.txt\n")
    with open(here / "list", "ab") as out:
        done = subprocess.run(
            [*STARTED, "--files-from", "list"],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.PIPE,
            env=environment(),
            check=False,
        )
    assert (done.returncode, b"list is the list" in done.stderr) == (2, True)
    assert (here / "list").read_text() == "a.txt\n"


def test_a_report_within_the_input_is_not_read(here: Path) -> None:
    plant(here / "d", "a.txt")
    for _ in range(2):
        assert ids(inside("d", "--report-file", "d/run.jsonl")) == ["d/a.txt"]


def test_standard_input_has_a_place_in_a_tree(here: Path) -> None:
    inside("-o", "out/", stdin=DUMP)
    inside("-o", "out/", "--from", "jsonl", stdin='{"text": "Tin"}\n')
    inside("-o", "out/", "--stdin-filename", "../a/b.md", stdin=DUMP)
    assert sorted(tree_of(here / "out")) == ["b.json", "stdin.json", "stdin.jsonl"]


def test_many_documents_into_one_file(here: Path) -> None:
    plant(here / "d", "a.txt", "b.txt")
    assert inside("d", "-o", "all.jsonl").status == 0
    assert len((here / "all.jsonl").read_text().splitlines()) == 2
    assert inside("d", "-o", "all.txt", "--to", "text").status == 0
    assert (here / "all.txt").read_text().count("Sáng 14-5") == 2


# --- hostile names ------------------------------------------------------------------------------

SINGLE = [
    *(
        b"-rf",
        b"--help",
        b"-",
        b" ",
        b"a b",
        b"a\nb",
        b"a\tb",
        b"a\rb",
        b"'",
        b'"',
        b"$(x)",
        b"`x`",
    ),
    *(b"\\", b"a\\b", b"..\\..\\x", b"C:", b"CON", b"NUL", b"con", b"aux", b"COM1", b"LPT1"),
    *(
        b"a.",
        b"a ",
        b"...",
        b"....",
        b"~",
        b"~root",
        b"#",
        b"%00",
        b"%2e%2e%2f",
        b"*",
        b"?",
        b"[a]",
    ),
    *(b"\xff", b"\xff\xfe", b"\xc0\xaf", b"\xed\xa0\x80", b"\x80", b"\x01", b"\x7f", b"\x1b[31m"),
    *("é".encode(), "e\u0301".encode(), "Ngữ".encode(), "Ngu\u031b\u0303".encode()),
    *("\u202etxt".encode(), "\u200b".encode(), "\ufeff".encode(), "😀".encode(), b"A", b"a"),
    *(b"x" * 250, b"x" * 251, "ạ".encode() * 83, b"<x>", b"|", b";rm", b"a:b", b"&", b"!", b"{}"),
]
FOLDERS = [
    b"",
    b"d/",
    b".../",
    b"-o/",
    b"a b/",
    b"\xff/",
    b"a\nb/",
    b"y" * 255 + b"/",
    b"e\xcc\x81/",
]


def test_hostile_names_never_leave_the_tree(here: Path) -> None:
    """Every input is an output or a reported failure, and nothing is written elsewhere."""
    root = os.fsencode(here) + b"/in/"
    made = set()
    rng = random.Random(300)
    for folder in FOLDERS:
        for single in rng.sample(SINGLE, 34):
            name = folder + single + b".txt"
            os.makedirs(root + folder, exist_ok=True)
            if len(single) > 251 or name in made:
                continue
            with open(root + name, "w") as file:
                file.write(DUMP)
            made.add(name)
    assert len(made) >= 300
    before = tree_of(here / "in")
    assert len(before) == len(made)
    done = inside("in", "-o", "out", "-j", "2", "--hidden", "--no-ignore")
    written = {os.fsencode(name)[:-5] for name in tree_of(here / "out")}
    failed = done.err.splitlines()
    assert len(written) + len(failed) == len(made)
    assert written <= {name[:-4] for name in made}
    assert all("File name too long" in line for line in failed)
    assert done.status == (2 if failed else 0)
    assert tree_of(here / "in") == before
    assert sorted(os.listdir(here)) == ["in", "out"]
    assert not leftovers(here)


def test_links_in_the_output_tree_lead_nowhere(here: Path) -> None:
    plant(here / "in", "a.txt", "b/c.txt", "d.txt", "e.txt")
    plant(here, "away/kept.txt")
    (here / "out").mkdir()
    (here / "out/b").symlink_to("../away")
    (here / "out/a.json").symlink_to("../away/kept.txt")
    (here / "out/d.json").mkdir()
    done = inside("in", "-o", "out")
    assert done.status == 2
    assert len(done.err.splitlines()) == 3
    assert json.loads((here / "out/e.json").read_bytes())["title"]
    assert tree_of(here / "away") == {"kept.txt": DUMP.encode()}


def test_an_output_directory_that_is_a_link_is_the_users_choice(here: Path) -> None:
    plant(here / "in", "a.txt")
    (here / "real").mkdir()
    (here / "out").symlink_to("real")
    assert inside("in", "-o", "out").status == 0
    assert list(tree_of(here / "real")) == ["a.json"]
