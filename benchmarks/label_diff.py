"""Which lines a change of a rule has moved: two revisions over the same dumps.

    python benchmarks/label_diff.py main . samples/
    python benchmarks/label_diff.py HEAD~3 HEAD ../shared/bench/dev.jsonl --rules

OLD and NEW are git revisions; ``.`` is the working tree as it stands. What follows are dumps:
files, folders (their .txt and .md files), and .jsonl files (a record with ``text`` a line). Each
line whose label moved is printed with both labels and the rules that decided, then a summary by
pair of labels. Revisions are checked out by ``git worktree`` into a temporary folder; the
repository stays as it is. A change of a rule is reviewed on this, not on the rule alone.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from difflib import SequenceMatcher
from itertools import chain
from pathlib import Path
from typing import IO, NamedTuple

ROOT = Path(__file__).resolve().parents[1]
SUFFIXES = (".txt", ".md")
WORKING_TREE = "."

# Runs in the environment of this program, on the sources of one revision: documents in, a list of
# [label, rule, text] for each out. The public API alone, so that old revisions run too.
LABELLER = """
import json, sys
sys.path.insert(0, sys.argv[1])
import artclean
if not artclean.__file__.startswith(sys.argv[1]):
    sys.exit(f"the sources of {sys.argv[1]} are not the ones imported")
for line in sys.stdin:
    document = json.loads(line)
    dump = document.get("text")
    if dump is None:
        with open(document["path"], "rb") as file:
            dump = file.read()
    try:
        lines = artclean.explain(dump, language=sys.argv[2])
    except artclean.ArtcleanError as error:
        lines = [(0, "error", "error", str(error))]
    print(json.dumps([[str(label), rule, text] for _, label, rule, text in lines]))
"""


class Labelled(NamedTuple):
    """A line as one revision labels it."""

    label: str
    rule: str
    text: str


class Move(NamedTuple):
    """A line that two revisions label otherwise; ``line`` counts from 1 in the new one."""

    document: str
    line: int
    old: Labelled
    new: Labelled


class Document(NamedTuple):
    """A dump: its name, and its text or the file it stands in."""

    id: str
    text: str | None = None
    path: str | None = None


def documents(paths: Iterable[Path], text_key: str) -> Iterator[Document]:
    """All dumps of files, folders and JSON Lines, in a fixed order."""
    for path in paths:
        if path.is_dir():
            found = (p for p in sorted(path.rglob("*")) if p.suffix in (*SUFFIXES, ".jsonl"))
            yield from documents((p for p in found if p.is_file()), text_key)
        elif path.suffix == ".jsonl":
            with path.open(encoding="utf-8") as file:
                yield from records(path, file, text_key)
        else:
            yield Document(str(path), path=str(path.resolve()))


def records(path: Path, file: IO[str], text_key: str) -> Iterator[Document]:
    for number, line in enumerate(file, 1):
        record = json.loads(line) if line.strip() else {}
        # The hand-labelled dumps call it "raw".
        text = record.get(text_key, record.get("raw"))
        if isinstance(text, str):
            yield Document(str(record.get("id", f"{path}:{number}")), text=text)


@contextmanager
def sources(revision: str, folder: Path) -> Iterator[Path]:
    """The sources of a revision, checked out into ``folder`` for as long as they are needed."""
    if revision == WORKING_TREE:
        yield ROOT / "src"
        return
    _git("worktree", "add", "--quiet", "--detach", str(folder), revision)
    try:
        yield folder / "src"
    finally:
        _git("worktree", "remove", "--force", str(folder))


def _git(*arguments: str) -> None:
    subprocess.run(["git", "-C", str(ROOT), *arguments], check=True)


def start(source: Path, language: str, given: Path, into: IO[bytes]) -> "subprocess.Popen[bytes]":
    """A process that labels the documents of ``given``; each answer is a line of ``into``."""
    with given.open("rb") as file:
        return subprocess.Popen(
            [sys.executable, "-c", LABELLER, str(source), language], stdin=file, stdout=into
        )


def pairs(old: Sequence[Labelled], new: Sequence[Labelled]) -> Iterator[tuple[int, int]]:
    """Places of the same line in both; a repair that changed may have split or joined lines."""
    if len(old) == len(new):
        yield from zip(range(len(old)), range(len(new)), strict=True)
        return
    was, now = ([line.text for line in lines] for lines in (old, new))
    for block in SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks():
        yield from zip(
            range(block.a, block.a + block.size),
            range(block.b, block.b + block.size),
            strict=True,
        )


def moved(
    document: str, old: Sequence[Labelled], new: Sequence[Labelled], rules: bool = False
) -> Iterator[Move]:
    """Lines with another label; with ``rules`` those with another rule too."""
    for before, after in pairs(old, new):
        was, now = old[before], new[after]
        if was.label != now.label or (rules and was.rule != now.rule):
            yield Move(document, after + 1, was, now)


def compare(
    old: str, new: str, given: Sequence[Document], language: str, rules: bool
) -> tuple[list[Move], int]:
    """The moves between two revisions, and how many lines were looked at."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        inputs = folder / "documents.jsonl"
        inputs.write_text("".join(f"{json.dumps(d._asdict())}\n" for d in given), encoding="utf-8")
        with sources(old, folder / "old") as first, sources(new, folder / "new") as second:
            outputs = []
            with (
                (folder / "old.jsonl").open("w+b") as one,
                (folder / "new.jsonl").open("w+b") as two,
            ):
                running = [
                    start(first, language, inputs, one),
                    start(second, language, inputs, two),
                ]
                if max(process.wait() for process in running):
                    sys.exit("label_diff: a revision could not label the dumps")
                for file in (one, two):
                    file.seek(0)
                    outputs.append([[Labelled(*line) for line in json.loads(row)] for row in file])
    found = [
        moved(document.id, before, after, rules)
        for document, before, after in zip(given, *outputs, strict=True)
    ]
    return list(chain.from_iterable(found)), sum(map(len, outputs[1]))


def shown(move: Move, width: int) -> str:
    """A move on one line; the dump's words at the end, cut at ``width`` characters (0: never)."""
    text = " ".join(move.new.text.split())
    if width and len(text) > width:
        text = f"{text[: width - 1]}…"
    old, new = (f"{side.label} ({side.rule})" for side in (move.old, move.new))
    return f"{move.document}:{move.line}: {old} -> {new}: {text}"


def summary(moves: Sequence[Move], documents: int, lines: int) -> str:
    """How many lines moved, by pair of labels, the most frequent first."""
    touched = len({move.document for move in moves})
    counts = Counter(f"{move.old.label} -> {move.new.label}" for move in moves)
    rows = [f"{len(moves)} of {lines} lines moved, in {touched} of {documents} documents"]
    rows += [f"{count:6}  {pair}" for pair, count in counts.most_common()]
    return "\n".join(rows)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the moves and their summary; 1 if there is any, as ``git diff --exit-code`` does."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("paths", nargs="+", type=Path)
    parser.add_argument("--lang", default="vi", metavar="CODE")
    parser.add_argument("--text-key", default="text", metavar="KEY")
    parser.add_argument("--rules", action="store_true", help="lines whose rule alone changed, too")
    parser.add_argument("--width", type=int, default=120, help="of a line's words; 0: all of them")
    options = parser.parse_args(arguments)
    if missing := [str(path) for path in options.paths if not path.exists()]:
        parser.error(f"no such file: {', '.join(missing)}")
    given = list(documents(options.paths, options.text_key))
    moves, lines = compare(options.old, options.new, given, options.lang, options.rules)
    for move in moves:
        print(shown(move, options.width))
    print(summary(moves, len(given), lines))
    return int(bool(moves))


if __name__ == "__main__":
    sys.exit(main())
