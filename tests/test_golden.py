"""Whole dumps: the labels and fields an editor gave them, the goldens, and every way in."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

import golden
import pytest

from artclean import Article, clean, explain
from artclean.render.json import record

ROOT = Path(__file__).parents[1]
# Lines that the rules read otherwise than an editor does, each with what it would take to see it.
KNOWN_FAILURES = {
    ("byline-under-title", 16): "a headline between two lines of furniture is a link",
}
NAMES = golden.names()
every_sample = pytest.mark.parametrize("name", NAMES)


def test_there_are_samples() -> None:
    assert len(NAMES) >= 20
    assert {"provincial", "vnexpress", "english", "nfd", "hard-wrapped"} <= set(NAMES)


# ------------------------------------------------------------------ what an editor says


@every_sample
def test_labels(name: str) -> None:
    found = explain(golden.dump_of(name), language=golden.language_of(name))
    wanted = golden.labels_of(name)
    assert [line.line for line in found] == list(range(1, len(wanted) + 1))
    different = {
        line.line: f"{line.label} ({line.rule}), not {want}: {line.text}"
        for line, want in zip(found, wanted, strict=True)
        if line.label != want
    }
    known = {number for sample, number in KNOWN_FAILURES if sample == name}
    # A known failure that is none any more is taken off the list, so that it stays fixed.
    assert set(different) == known, different


@every_sample
def test_fields(name: str) -> None:
    found = json.loads(json.dumps(record(golden.article_of(name))))
    wanted = golden.expected_of(name)
    assert set(wanted) <= set(found)
    assert {key: found[key] for key in wanted} == wanted


@every_sample
def test_goldens(name: str) -> None:
    """A difference that is meant is written by ``python tests/golden.py --write``."""
    stored = {
        suffix: (golden.SAMPLES / f"{name}{suffix}").read_bytes().decode()
        for suffix in (".json", ".md")
    }
    assert golden.rendered(name) == stored


# ---------------------------------------------------------------- every way in, one article


def text_of(name: str) -> str:
    """The dump as a page's script would hand it on: decoded, Unix line ends, one form."""
    return normalize("NFC", golden.dump_of(name).decode("utf-8-sig").replace("\r\n", "\n"))


WAYS: dict[str, Callable[[str], str | bytes]] = {
    "text": lambda text: text,
    "bytes": lambda text: text.encode(),
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "BOM": lambda text: text.encode("utf-8-sig"),
    "BOM in text": lambda text: f"\ufeff{text}",
    "decomposed": lambda text: normalize("NFD", text).encode(),
    "no final newline": lambda text: text.rstrip("\n"),
    "two final newlines": lambda text: f"{text}\n",
    "UTF-16": lambda text: text.encode("utf-16"),
    "spaces at line ends": lambda text: text.replace("\n", " \n"),
    "a blank line first": lambda text: f"\n{text}",
}
# What a way may change besides nothing.
ENCODINGS = {"UTF-16": "utf-16"}
SHIFTED = {"a blank line first": 1}


def shifted(article: Article, lines: int, encoding: str) -> dict[str, object]:
    """The article's fields, its blocks moved down by so many lines."""
    fields = record(article) | {"encoding": encoding}
    fields["blocks"] = [
        block._replace(lines=(block.lines[0] + lines, block.lines[1] + lines))
        for block in article.blocks
    ]
    fields["warnings"] = len(article.warnings)  # they name lines
    return fields


@every_sample
@pytest.mark.parametrize("way", WAYS)
def test_every_way_gives_the_same_article(name: str, way: str) -> None:
    language = golden.language_of(name)
    wanted = golden.article_of(name)
    found = clean(WAYS[way](text_of(name)), language=language)
    encoding = ENCODINGS.get(way, "utf-8")
    assert found.encoding == encoding
    assert shifted(found, 0, encoding) == shifted(wanted, SHIFTED.get(way, 0), encoding)


# -------------------------------------------------------------------- through the command


def run(*arguments: str, dump: bytes = b"") -> bytes:
    done = subprocess.run(
        [sys.executable, "-m", "artclean", *arguments],
        input=dump,
        capture_output=True,
        cwd=ROOT,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout


def test_by_file() -> None:
    names = [name for name in NAMES if golden.language_of(name) == "vi"]
    printed = run(*(f"samples/{name}.txt" for name in names)).decode()
    assert printed.endswith("}\n")
    # A line each, in the order given; the goldens are the same, indented.
    wanted = [json.loads((golden.SAMPLES / f"{name}.json").read_text("utf-8")) for name in names]
    assert [json.loads(line) for line in printed.rstrip("\n").split("\n")] == wanted


def test_by_pipe() -> None:
    wanted = json.loads((golden.SAMPLES / "provincial.json").read_text("utf-8"))
    found = json.loads(run(dump=golden.dump_of("provincial")))
    assert found == wanted | {"id": "-"}


def test_in_another_language() -> None:
    wanted = json.loads((golden.SAMPLES / "english.json").read_text("utf-8"))
    assert json.loads(run("--lang", "en", "samples/english.txt")) == wanted


@pytest.mark.parametrize("name", ["vnexpress", "crlf-bom"])
def test_as_markdown(name: str) -> None:
    wanted = (golden.SAMPLES / f"{name}.md").read_bytes()
    assert run("--to", "md", f"samples/{name}.txt") == wanted
    assert run("--to", "md", "-", dump=golden.dump_of(name)) == wanted


def test_into_a_tree(tmp_path: Path) -> None:
    dumps = tmp_path / "dumps"
    dumps.mkdir()
    names = [name for name in NAMES if golden.language_of(name) == "vi"]
    for name in names:
        (dumps / f"{name}.txt").write_bytes(golden.dump_of(name))
    run("--to", "md", "-q", "-o", str(tmp_path / "clean"), str(dumps))
    written = {path.name: path.read_bytes() for path in (tmp_path / "clean").iterdir()}
    assert written == {f"{name}.md": (golden.SAMPLES / f"{name}.md").read_bytes() for name in names}
