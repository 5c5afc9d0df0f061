"""The dump that the project was created from gives exactly what the contract says."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

import pytest

from artclean import Label, clean, explain, to_json

SEED = Path(__file__).parents[2] / "shared" / "seed.txt"
pytestmark = pytest.mark.skipif(
    not SEED.exists(), reason="the seed (../shared/seed.txt) is not part of the repository"
)

# The label of each line, by its number; the rest are blank.
LABELS = {
    1: Label.TITLE,
    2: Label.TIMESTAMP,
    3: Label.JUNK,
    5: Label.LEAD,
    7: Label.PARAGRAPH,
    9: Label.CAPTION,
    10: Label.REPEAT,
    12: Label.PARAGRAPH,
    14: Label.PARAGRAPH,
    16: Label.CAPTION,
    17: Label.REPEAT,
    19: Label.PARAGRAPH,
    21: Label.PARAGRAPH,
    23: Label.BYLINE,
    27: Label.JUNK,
}
# Blocks of the article: kind, first line, last line.
BLOCKS = [
    ("lead", 5, 5),
    ("paragraph", 7, 7),
    ("caption", 9, 10),
    ("paragraph", 12, 12),
    ("paragraph", 14, 14),
    ("caption", 16, 17),
    ("paragraph", 19, 19),
    ("paragraph", 21, 21),
]
KEYS = (
    "schema id title lead section published updated authors agency publisher tags captions text"
    " blocks language encoding warnings"
)

WAYS: dict[str, Callable[[str], bytes]] = {
    "as it is": str.encode,
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "BOM": lambda text: text.encode("utf-8-sig"),
    "decomposed": lambda text: normalize("NFD", text).encode(),
    "no final newline": lambda text: text.rstrip("\n").encode(),
    "all at once": lambda text: (
        normalize("NFD", text).rstrip("\n").replace("\n", "\r\n").encode("utf-8-sig")
    ),
}


def seed() -> str:
    return SEED.read_text(encoding="utf-8")


def line(number: int) -> str:
    """A line of the dump as the article must give it: word for word, white space folded."""
    return " ".join(seed().split("\n")[number - 1].split())


def expected(id: str) -> dict[str, object]:
    captions = [{"text": line(number), "credit": None} for number in (9, 16)]
    blocks: list[dict[str, object]] = []
    for kind, first, last in BLOCKS:
        block: dict[str, object] = {"kind": kind, "text": line(first)}
        if kind == "caption":
            block["credit"] = None
        blocks.append(block | {"lines": [first, last]})
    return {
        "schema": 1,
        "id": id,
        "title": line(1),
        "lead": line(5),
        "section": None,
        "published": None,
        "updated": "2019-08-02T15:34:00+07:00",
        "authors": ["Duy Tiến"],
        "agency": None,
        "publisher": None,
        "tags": [],
        "captions": captions,
        "text": "\n\n".join(line(first) for kind, first, _ in BLOCKS if kind != "caption"),
        "blocks": blocks,
        "language": "vi",
        "encoding": "utf-8",
        "warnings": [],
    }


def expected_markdown() -> str:
    story = [f"_{line(first)}_" if kind == "caption" else line(first) for kind, first, _ in BLOCKS]
    front = [
        "---",
        f'title: "{line(1)}"',
        'lastmod: "2019-08-02T15:34:00+07:00"',
        "authors:",
        '  - "Duy Tiến"',
        f'description: "{line(5)}"',
        "---",
    ]
    return "\n".join(front) + "\n\n" + "\n\n".join(story) + "\n"


def run(dump: bytes | None, *arguments: str) -> bytes:
    done = subprocess.run(
        [sys.executable, "-m", "artclean", *arguments],
        input=dump,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout


@pytest.mark.parametrize("way", WAYS)
def test_every_line_has_its_label(way: str) -> None:
    found = explain(WAYS[way](seed()))
    assert {each.line: each.label for each in found if each.label != Label.BLANK} == LABELS
    count = len(WAYS[way](seed()).decode("utf-8-sig").split("\n"))
    assert [each.line for each in found] == list(range(1, count + 1))


@pytest.mark.parametrize("way", WAYS)
def test_the_article(way: str) -> None:
    printed = to_json(clean(WAYS[way](seed())))
    assert json.loads(printed) == expected("-")
    assert list(json.loads(printed)) == KEYS.split()


@pytest.mark.parametrize("way", ["as it is", "all at once"])
def test_by_pipe(way: str) -> None:
    dump = WAYS[way](seed())
    assert json.loads(run(dump)) == expected("-")
    assert run(dump, "--to", "md").decode() == expected_markdown()


def test_by_file() -> None:
    assert json.loads(run(None, str(SEED))) == expected(str(SEED))
    assert run(None, "--to", "md", str(SEED)).decode() == expected_markdown()
    text = str(expected("")["text"])
    assert run(None, "--to", "text", str(SEED)).decode() == f"{text}\n"
