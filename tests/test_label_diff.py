"""The tool by which changes of rules are reviewed tells moved lines, and only those."""

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
PROGRAM = ROOT / "benchmarks" / "label_diff.py"


def load() -> ModuleType:
    """The program as a module; ``benchmarks`` is no package."""
    spec = importlib.util.spec_from_file_location("label_diff", PROGRAM)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["label_diff"] = module
    spec.loader.exec_module(module)
    return module


tool = load()


def lines(*rows: tuple[str, str, str]) -> list[object]:
    return [tool.Labelled(*row) for row in rows]


OLD = lines(
    ("title", "first-line", "Nước về"), ("paragraph", "story", "Kênh."), ("junk", "no-words", ".")
)


def test_the_same_labels_are_no_moves() -> None:
    assert list(tool.moved("a", OLD, OLD)) == []


def test_a_moved_line_is_told_with_both_rules() -> None:
    new = [OLD[0], tool.Labelled("caption", "said-twice", "Kênh."), OLD[2]]
    (move,) = tool.moved("a.txt", OLD, new)
    assert (move.document, move.line) == ("a.txt", 2)
    assert tool.shown(move, 0) == "a.txt:2: paragraph (story) -> caption (said-twice): Kênh."
    assert tool.shown(move, 4).endswith("Kên…")


def test_another_rule_alone_is_told_on_demand() -> None:
    new = [OLD[0], OLD[1], tool.Labelled("junk", "mark", ".")]
    assert list(tool.moved("a", OLD, new)) == []
    assert len(list(tool.moved("a", OLD, new, rules=True))) == 1


def test_lines_are_matched_by_their_words_where_their_number_changed() -> None:
    new = [OLD[0], tool.Labelled("blank", "blank", ""), OLD[1], tool.Labelled("tags", "mark", ".")]
    assert [(move.line, move.new.label) for move in tool.moved("a", OLD, new)] == [(4, "tags")]


def test_the_summary_counts_pairs() -> None:
    new = [
        tool.Labelled("kicker", "above-title", "Nước về"),
        tool.Labelled("caption", "a", "Kênh."),
    ]
    moves = [*tool.moved("a", OLD[:2], new), *tool.moved("b", OLD[:1], new[:1])]
    assert tool.summary(moves, 5, 40).split("\n") == [
        "3 of 40 lines moved, in 2 of 5 documents",
        "     2  title -> kicker",
        "     1  paragraph -> caption",
    ]


def test_dumps_are_found_in_files_folders_and_records(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Nước về")
    (tmp_path / "b.log").write_text("no dump")
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "d.md").write_text("Kênh")
    records = [{"id": "r1", "text": "Một"}, {"raw": "Hai"}, {"body": "Ba"}]
    (tmp_path / "e.jsonl").write_text("\n\n".join(map(json.dumps, records)))
    found = [(Path(d.id).name, d.text) for d in tool.documents([tmp_path], "text")]
    assert found == [("a.txt", None), ("d.md", None), ("r1", "Một"), ("e.jsonl:3", "Hai")]


@pytest.mark.slow
@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="revisions need the git repository")
def test_a_revision_against_itself() -> None:
    done = subprocess.run(
        [sys.executable, str(PROGRAM), "HEAD", "HEAD", str(ROOT / "samples")],
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().startswith("0 of ")
    listed = subprocess.run(["git", "worktree", "list"], cwd=ROOT, capture_output=True, check=True)
    assert len(listed.stdout.splitlines()) >= 1
    assert b"/old " not in listed.stdout
