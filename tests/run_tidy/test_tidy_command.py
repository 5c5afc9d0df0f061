"""--to tidy, --check, --diff, --write and their company, from the command line."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from run.command import Done, environment, inside, leftovers, tree_of
from torture import size

from run_tidy.dumps import dump, files

ROOT = Path(__file__).parents[2]
ROUNDS = int(os.environ.get("ARTCLEAN_ROUNDS", "4"))
CLEAN = "Xã Đồng Xuân mở hội\n\nSáng 2/8, xã Đồng Xuân khai hội mùa xuân với nhiều trò chơi.\n"
DIRTY = CLEAN.replace("hội\n", "hội\n.\n", 1) + "\n\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which is the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def plant(folder: Path, contents: dict[str, bytes]) -> None:
    for name, data in contents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def test_1c_6_check_lists_and_changes_nothing(here: Path) -> None:
    plant(here, {"a.txt": DIRTY.encode(), "b.txt": CLEAN.encode()})
    before = tree_of(here)
    done = inside("--check", "a.txt", "b.txt")
    assert done == Done(
        1,
        b'a.txt:2: junk: no words in it: "." (no-words)\na.txt:5: blank: 2 blank lines at the end\n',
        "",
    )
    assert tree_of(here) == before


STATUS = [
    (["--check", "b.txt"], 0),
    (["--check", "a.txt"], 1),
    (["--diff", "a.txt"], 1),
    (["--diff", "b.txt"], 0),
    (["--check", "--diff", "a.txt"], 1),
    (["--check", "--exit-zero", "a.txt"], 0),
    (["--diff", "--exit-zero", "a.txt"], 0),
    (["--check", "a.txt", "bad.txt"], 2),
    (["--check", "--exit-zero", "bad.txt"], 2),
    (["--check", "none.txt"], 2),
    (["--to", "tidy", "a.txt"], 0),
    (["--write", "b.txt"], 0),
    (["--write", "a.txt"], 0),
    (["--write", "bad.txt"], 2),
    (["--write", "-"], 2),
    (["--write", "--check", "a.txt"], 2),
    (["--write", "--diff", "a.txt"], 2),
    (["--write", "--explain", "a.txt"], 2),
    (["--write", "-o", "out", "a.txt"], 2),
    (["--check", "--to", "md", "a.txt"], 2),
    (["--check", "a.jsonl"], 2),
    (["--report", "xml", "a.txt"], 2),
]


@pytest.mark.parametrize(("arguments", "status"), STATUS)
def test_exit_status(here: Path, arguments: list[str], status: int) -> None:
    bad = b"Ch\xc3\xa0o \xff" + DIRTY.encode() * 4
    record = b'{"id": "1", "text": "a"}\n'
    plant(
        here, {"a.txt": DIRTY.encode(), "b.txt": CLEAN.encode(), "bad.txt": bad, "a.jsonl": record}
    )
    done = inside(*arguments)
    assert (done.status, bool(done.err)) == (status, status == 2)
    assert (here / "bad.txt").read_bytes() == bad
    changed = (here / "a.txt").read_bytes() != DIRTY.encode()
    assert changed == (arguments == ["--write", "a.txt"])


def test_a_file_that_cannot_be_read_does_not_stop_the_others(here: Path) -> None:
    bad = b"Ch\xc3\xa0o \xff" + DIRTY.encode() * 4
    plant(here, {"a.txt": bad, "b.txt": DIRTY.encode()})
    done = inside("--write", "a.txt", "b.txt")
    assert done.status == 2
    assert done.err.startswith("artclean: a.txt: cannot be read without loss")
    assert tree_of(here) == {"a.txt": bad, "b.txt": CLEAN.encode()}


@pytest.mark.parametrize("count", [60, pytest.param(size(500, 10_000), marks=pytest.mark.slow)])
def test_1c_7_one_operation(here: Path, count: int) -> None:
    """The patch applied is the files written is the text printed, for every file."""
    one, other = here / "one", here / "other"
    for folder in (one, other):
        plant(folder, files(count))
    assert inside("--to", "tidy", one, "-o", here / "tidied").status == 0
    expected = tree_of(here / "tidied")
    patch = subprocess.run(
        [sys.executable, "-m", "artclean", "--diff", "."],
        cwd=one,
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert patch.returncode == 1
    apply = ["git", "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn"]
    ceiling = {**environment(), "GIT_CEILING_DIRECTORIES": str(here)}
    subprocess.run(apply, cwd=one, env=ceiling, input=patch.stdout, check=True)
    assert inside("--write", other).status == 0
    assert tree_of(one) == tree_of(other) == expected
    assert inside("--check", other) == Done(0, b"", "")


def test_the_patch_does_not_depend_on_the_jobs(here: Path) -> None:
    plant(here, files(40))
    assert inside("--diff", "-j1", ".").out == inside("--diff", "-j2", ".").out


@pytest.mark.parametrize("form", ["json", "sarif"])
@pytest.mark.parametrize("text", [DIRTY, CLEAN])
def test_1c_17_a_report_of_many_documents_is_one_document(here: Path, form: str, text: str) -> None:
    plant(here, {f"{n}.txt": text.encode() for n in range(3)})
    done = inside("--check", "--report", form, ".")
    report = json.loads(done.out)
    rows = report if form == "json" else report["runs"][0]["results"]
    assert (len(rows), done.status) == ((6, 1) if text == DIRTY else (0, 0))


@pytest.mark.parametrize("form", ["human", "json", "github", "sarif"])
def test_1c_17_a_report_goes_into_one_file_and_never_into_a_tree(here: Path, form: str) -> None:
    plant(here, {f"{n}.txt": DIRTY.encode() for n in range(3)})
    check = ["--check", "--report", form, "0.txt", "1.txt", "2.txt"]
    (here / "there").mkdir()
    for folder in "there", "new/":
        done = inside(*check, "-o", folder)
        assert (done.status, done.out) == (2, b"")
        assert "not a directory" in done.err
    assert not list((here / "there").iterdir())
    assert not (here / "new").exists()
    printed = inside(*check)
    for name in "report", "artclean.sarif":  # whatever it is called
        assert inside(*check, "-o", name) == Done(1, b"", "")
        assert (here / name).read_bytes() == printed.out


@pytest.mark.parametrize("arguments", [["a.jsonl"], ["--from", "jsonl", "-"]])
def test_1c_17_records_are_no_part_of_reports_and_patches(here: Path, arguments: list[str]) -> None:
    """Their errors would stand in the middle, and there may be a million of them."""
    record = '{"id": "1", "text": "Tin\\n.\\n"}\n'
    plant(here, {"a.jsonl": (record + "{broken\n").encode(), "b.txt": DIRTY.encode()})
    for mode in ["--check"], ["--diff"], ["--check", "--report", "json"], ["--write"]:
        alone = inside(*mode, *arguments, stdin=record)
        assert alone.status == 2
        assert alone.err.count("\n") == 1
        assert "--to tidy" in alone.err
        assert (json.loads(alone.out) if "json" in mode else alone.out) in ([], b"")
    for form in "json", "sarif":
        found = inside("--check", "--report", form, "a.jsonl", "b.txt")
        report = json.loads(found.out)
        assert found.status == 2
        assert len(report if form == "json" else report["runs"][0]["results"]) == 2


def test_patches_go_into_one_file_or_a_tree(here: Path) -> None:
    plant(here, {f"in/{n}.txt": DIRTY.encode() for n in range(3)})
    whole = inside("--diff", "in").out
    assert inside("--diff", "in", "-o", "all.patch").status == 1
    assert (here / "all.patch").read_bytes() == whole
    assert inside("--diff", "in", "-o", "out").status == 1
    assert b"".join(tree_of(here / "out")[f"{n}.diff"] for n in range(3)) == whole


def test_1c_2_standard_input_has_a_name_and_a_format() -> None:
    assert inside("--check", stdin=DIRTY).text.startswith("-:2: junk:")
    named = inside("--check", "--stdin-filename", "x.md", stdin=f"---\n.\n---\n{DIRTY}")
    assert named.text.startswith("x.md:5: junk:")
    assert inside("--to", "tidy", "--from", "md", stdin="- .\n").out == b"- .\n"


def test_1c_2_excluded_standard_input_passes_through() -> None:
    arguments = ("--exclude", "drafts/", "--stdin-filename", "drafts/x.txt")
    assert inside("--to", "tidy", *arguments, stdin=DIRTY) == Done(0, DIRTY.encode(), "")
    assert inside("--check", *arguments, stdin=DIRTY) == Done(0, b"", "")


def test_records_are_tidied_one_by_one() -> None:
    line = json.dumps({"id": "1", "text": DIRTY, "url": "x"}) + "\n"
    (record,) = inside("--from", "jsonl", "--to", "tidy", stdin=line).records
    assert record["text"] == CLEAN
    assert record["id"] == "1"


def test_a_directory_is_searched_for_text_only(here: Path) -> None:
    plant(here, {"a.jsonl": b'{"id": "1", "text": "."}\n', "b.txt": DIRTY.encode()})
    assert inside("--write", ".") == Done(0, b"", "")


def test_1c_11_settings_hold_for_files_that_are_named(here: Path) -> None:
    """psf/black#438, crate-ci/typos#347: exclusions hold for what pre-commit names, too."""
    plant(here, {"a/x.txt": DIRTY.encode(), "drafts/x.txt": DIRTY.encode()})
    (here / "pyproject.toml").write_text('[tool.artclean]\nexclude = ["drafts/"]\n')
    assert inside("--write", "a/x.txt", "drafts/x.txt").status == 0
    assert (here / "drafts/x.txt").read_text() == DIRTY
    assert (here / "a/x.txt").read_text() == CLEAN


def test_patterns_of_the_settings_are_relative_to_their_file(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plant(here, {"a/drafts/x.txt": DIRTY.encode(), "drafts/x.txt": DIRTY.encode()})
    (here / "artclean.toml").write_text('exclude = ["/drafts/"]\n')
    monkeypatch.chdir(here / "a")
    assert inside("--check", "drafts/x.txt").status == 1
    assert inside("--check", "../drafts/x.txt").status == 0


def test_overrides_hold_for_their_folder(here: Path) -> None:
    plant(here, {"en/x.txt": b"By Ann Lee\n", "vi/x.txt": b"By Ann Lee\n"})
    (here / "artclean.toml").write_text('[[overrides]]\nfiles = "en/"\nlang = "en"\n')
    assert [row["language"] for row in inside("en", "vi").records] == ["en", "vi"]
    assert [row["language"] for row in inside("--lang", "vi", "en").records] == ["vi"]


def test_1c_13_a_wrong_setting_stops_everything(here: Path) -> None:
    plant(here, {"x.txt": DIRTY.encode(), "artclean.toml": b"jbos = 2\n"})
    done = inside("--write", "x.txt")
    assert done.status == 2
    assert "did you mean 'jobs'?" in done.err
    assert (here / "x.txt").read_text() == DIRTY


WRONG_VALUES = [
    ('reference-time = "x"', "reference-time: 'x' is no ISO time"),
    ('lang = "xx"', "lang: no table for 'xx'"),
    ("timeout = nan", "timeout: at least 0.01 seconds"),
    ("timeout = -1", "timeout: -1"),
    ('max-bytes = "much"', "max-bytes: 'much' is no number of bytes"),
    ('[[overrides]]\nfiles = "a"\nlang = "xx"', "overrides: lang: no table for 'xx'"),
    ('[[overrides]]\nfiles = "a"\nreference-time = ""', "overrides: reference-time: '' is no"),
]


@pytest.mark.parametrize(("text", "reason"), WRONG_VALUES)
def test_1c_13_a_wrong_value_is_named_after_its_file(here: Path, text: str, reason: str) -> None:
    """And not after an option, which nobody gave."""
    (here / "bad.toml").write_text(text)
    for mode in "--check", "--show-settings":
        done = inside("--config", "bad.toml", mode, stdin=CLEAN)
        assert done.status == 2
        assert done.err.startswith(f"artclean: bad.toml: {reason}")


def test_settings_of_other_runs_are_no_contradiction(here: Path) -> None:
    (here / "artclean.toml").write_text('to = "md"\nreport = "github"\n')
    for mode in "--check", "--diff", "--explain", "--to=text":
        assert inside(mode, stdin=CLEAN).status == 0, mode


def test_1c_13_settings_are_those_of_the_folder_that_standard_input_is_said_to_be_from(
    here: Path,
) -> None:
    plant(here, {"d/artclean.toml": b'to = "text"\n'})
    for paths in [], ["-"]:
        assert inside("--stdin-filename", "d/x.txt", *paths, stdin=CLEAN).text.startswith("Sáng")


@pytest.mark.parametrize("mode", ["--check", "--write", "--show-settings"])
def test_1c_13_a_wrong_pattern_is_said_once(here: Path, mode: str) -> None:
    settings = b"[[overrides]]\nfiles = '!'\nlang = 'en'\n"
    plant(here, {"x.txt": DIRTY.encode(), "y.txt": DIRTY.encode(), "artclean.toml": settings})
    done = inside(mode, "x.txt", "y.txt")
    assert (done.status, done.out) == (2, b"")
    assert done.err.count("\n") == 2
    assert "artclean.toml: overrides: '!' is no pattern" in done.err


def test_1c_13_show_settings_says_where_from(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "artclean.toml").write_text('tone-style = "new"\njobs = 3\nexclude = ["a"]\n')
    monkeypatch.setenv("ARTCLEAN_JOBS", "2")
    text = inside("--show-settings", "--exclude", "b", "--lang", "en").text
    for row in (
        'tone-style = "new"  # artclean.toml',
        "jobs = 2  # environment",
        'lang = "en"  # command line',
        'encoding = "auto"  # default',
        'exclude = ["a", "b"]  # artclean.toml, command line',
    ):
        assert row in text.splitlines()


def test_1c_13_config_names_the_file(here: Path) -> None:
    (here / "artclean.toml").write_text("jobs = 3\n")
    (here / "other.toml").write_text("jobs = 5\n")
    assert "jobs = 5  # other.toml" in inside("--show-settings", "--config", "other.toml").text
    assert "# jobs is not set" in inside("--show-settings", "--config", "/dev/null").text
    assert inside("--config", "none.toml", stdin=CLEAN).status == 2


def test_trace_is_valid_and_accounts_for_every_line() -> None:
    schema: Any = json.loads((ROOT / "src/artclean/render/schema.json").read_text())
    for number in range(20):
        text = dump(number)
        (record,) = inside("--trace", stdin=text).records
        jsonschema.validate(record, schema)
        assert len(record["lines"]) == text.count("\n") + 1
        tidied = inside("--to", "tidy", stdin=text).text
        for edit in reversed(record["ledger"]):
            assert text[edit["start"] : edit["end"]] == edit["before"]
            text = text[: edit["start"]] + edit["after"] + text[edit["end"] :]
        assert text == tidied


def test_explain_in_a_pipe_has_four_columns() -> None:
    rows = [line.split("\t") for line in inside("--explain", stdin=DIRTY).text.splitlines()]
    assert [row[:2] for row in rows[:3]] == [["1", "title"], ["2", "junk"], ["3", "blank"]]
    assert {len(row) for row in rows} == {4}


def test_markdown_is_cleaned_by_what_it_says(here: Path) -> None:
    document = f'---\ntitle: "Xã mở hội"\nauthors:\n  - "Hà An"\n---\n\n## Xã mở hội\n\n{CLEAN}'
    plant(here, {"a.md": document.encode(), "b.md": b"\xef\xbb\xbf" + document.encode()})
    for record in inside("a.md", "b.md").records:
        assert (record["title"], record["authors"]) == ("Xã mở hội", ["Hà An"])
        assert "#" not in record["text"]
        assert record["encoding"] == "utf-8"


@pytest.mark.slow
def test_eight_processes_on_overlapping_files(here: Path) -> None:
    """pre-commit/pre-commit#3303: files became empty when two fixers met on them."""
    contents = files(24)
    plant(here / "expected", contents)
    inside("--write", "expected")
    expected = tree_of(here / "expected")
    names = sorted(contents)
    for number in range(ROUNDS):
        folder = here / "shared"
        plant(folder, contents)
        processes = [
            subprocess.Popen(
                [sys.executable, "-m", "artclean", "--write", "--quiet", *names[n::2], *names[::3]],
                cwd=folder,
                env=environment(PRE_COMMIT="1"),
                stderr=subprocess.PIPE,
            )
            for n in (0, 1, 0, 1, 0, 1, 0, 1)
        ]
        for process in processes:
            _, messages = process.communicate()
            assert process.returncode == 0, messages
        assert tree_of(folder) == expected, number
        assert leftovers(folder) == []
