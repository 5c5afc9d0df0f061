"""The table of rules for command lines ("1C"): each of its rows has a test that bears its number.

Here are those that have no better place. Where the rows and the contract of the command differ, the
contract holds: there is no cache, ``--explain`` shows the lines of a dump and not a rule, and what
``--dry-run`` means elsewhere is ``--check``.
"""

import os
import re
from pathlib import Path

import golden
import pytest

from run.command import DUMP, inside, outside, tree_of

ROOT = Path(__file__).parents[2]
ROWS = range(1, 36)
NUMBERED = re.compile(r"^def test_1c((?:_\d+)+)_", re.MULTILINE)


def test_every_row_has_a_test() -> None:
    found = {
        int(number)
        for path in ROOT.glob("tests/**/test_*.py")
        for numbers in NUMBERED.findall(path.read_text(encoding="utf-8"))
        for number in numbers.split("_")[1:]
    }
    assert found == set(ROWS)


# --- 14: no cache -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments", [["in"], ["in", "-o", "out"], ["--check", "in"], ["--write", "in"], ["--explain"]]
)
def test_1c_14_a_run_leaves_nothing_but_its_outputs(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text(DUMP)
    places = {
        name: str(tmp_path / name)
        for name in ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "TMPDIR")
    }
    for place in places.values():
        os.mkdir(place)
    outside(*arguments, cwd=tmp_path, env=places | {"PYTHONDONTWRITEBYTECODE": "1"})
    expected = {"in/a.txt", *(["out/a.json"] if "-o" in arguments else [])}
    assert set(tree_of(tmp_path)) == expected


def test_1c_14_an_edit_that_keeps_size_and_time_is_seen(tmp_path: Path) -> None:
    """A cache that goes by those calls an untidy file tidy (psf/black does so today)."""
    path = tmp_path / "a.txt"
    path.write_bytes(inside("--to", "tidy", stdin=DUMP).out)
    before = path.stat()
    assert inside("--check", path).status == 0
    path.write_bytes(path.read_bytes().replace("ổ".encode(), "\u200b".encode(), 1))
    assert path.stat().st_size == before.st_size
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert inside("--check", path).status == 1


# --- 31: what would be done, and why ------------------------------------------------------------


def test_1c_31_what_would_be_done_is_asked_by_check(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(DUMP)
    done = inside("--dry-run", path)
    assert done.status == 2
    assert "Did you mean --check?" in done.err
    assert inside("--check", path).status == 1
    assert path.read_text() == DUMP


def test_1c_31_explain_gives_each_line_its_label_and_rule() -> None:
    rows = [line.split("\t") for line in inside("--explain", stdin=DUMP).text.splitlines()]
    assert [int(row[0]) for row in rows] == list(range(1, DUMP.count("\n") + 1 + 1))
    assert [row[3] for row in rows] == DUMP.split("\n")
    assert rows[0][1:3] == ["title", "first-line"]
    assert rows[2][1:3] == ["junk", "no-words"]


# --- 34: the same bytes until a release says otherwise ------------------------------------------


def test_1c_34_the_fixed_corpus_comes_out_byte_for_byte(tmp_path: Path) -> None:
    """A change of the output is a change of the files beside the samples, in the same commit."""
    names = [name for name in golden.names() if golden.language_of(name) == "vi"]
    assert len(names) >= 20
    paths = [ROOT / f"samples/{name}.txt" for name in names]
    for jobs in "1", "2":
        out = tmp_path / jobs
        assert inside(*paths, "--to", "md", "-j", jobs, "-o", f"{out}/").status == 0
        assert tree_of(out) == {
            f"{name}.md": (golden.SAMPLES / f"{name}.md").read_bytes() for name in names
        }
