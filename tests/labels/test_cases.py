"""Single lines and pairs of lines, judged by an editor: ``tests/cases/*.toml``."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from artclean.article.assemble import assemble
from artclean.labels.label import label_lines
from artclean.labels.line import Line
from artclean.language.load import load_language
from artclean.model import Article
from artclean.text.repair import repair

CASES = Path(__file__).parents[1] / "cases"


def load(name: str) -> dict[str, Any]:
    return tomllib.loads((CASES / name).read_text(encoding="utf-8"))


TABLES = {"vi": load("vi.toml"), "en": load("en.toml")}
REPEATS = load("repeats.toml")
# Rows that an editor labels otherwise than the rules do, each with what it would take.
KNOWN_FAILURES: dict[str, str] = {}


def dump_of(row: dict[str, Any], dump: dict[str, Any]) -> tuple[str, int]:
    """The neutral dump with the row's line in its place, and the number of that line."""
    title, caption = dump["title"], dump["caption"]
    first, second, third = dump["paragraphs"]
    before, after = ([row[key]] if key in row else [] for key in ("before", "after"))
    lines = [*before, row["text"], *after]
    around = {
        "top": ([], [title, "", first, "", second, "", third]),
        "under-title": ([title], ["", first, "", second, "", third]),
        "body": ([title, "", first], [second, third]),
        "after-caption": ([title, "", first, caption], [second, third]),
        "end": ([title, "", first, second, third], []),
    }
    above, below = around[row["where"]]
    return "\n".join([*above, *lines, *below]), len(above) + len(before) + 1


def read(text: str, code: str) -> tuple[list[Line], Article]:
    language = load_language(code)
    lines = label_lines(repair(text), language)
    return lines, assemble(lines, language)


def complaints(row: dict[str, Any], code: str, dump: dict[str, Any]) -> list[str]:
    text, number = dump_of(row, dump)
    lines, article = read(text, code)
    label = next((str(line.label) for line in lines if line.first <= number <= line.last), "blank")
    found = []
    wanted = {"paragraph", "heading", "lead"} if row["is"] == "story" else {row["is"]}
    if row["is"] == "paragraph":
        wanted.add("lead")
    if label not in wanted:
        found.append(f"label {label}, not {row['is']}")
    said = {name: getattr(article, name) or "" for name in ("agency", "publisher", "section")}
    said |= {name: list(getattr(article, name)) for name in ("authors", "tags")}
    found += [
        f"{name} {value!r}, not {row[name]!r}"
        for name, value in said.items()
        if name in row and value != row[name]
    ]
    if "credit" in row:
        credits = {caption.credit or "" for caption in article.captions}
        if row["credit"] not in credits and not (not row["credit"] and not credits - {""}):
            found.append(f"credits {credits}, not {row['credit']!r}")
    if "caption" in row:
        texts = [caption.text.rstrip(". ") for caption in article.captions]
        if row["caption"].rstrip(". ") not in texts:
            found.append(f"captions {texts}, not {row['caption']!r}")
    return found


ROWS = [
    pytest.param(
        row,
        code,
        id=f"{code}-{row['where']}-{row['text'][:40]}",
        marks=[pytest.mark.xfail(reason=KNOWN_FAILURES[row["text"]])]
        if row["text"] in KNOWN_FAILURES
        else [],
    )
    for code, table in TABLES.items()
    for row in table["line"]
]


@pytest.mark.parametrize(("row", "code"), ROWS)
def test_line(row: dict[str, Any], code: str) -> None:
    assert complaints(row, code, TABLES[code]["dump"]) == []


def pair_dump(pair: dict[str, Any]) -> tuple[str, list[int]]:
    """The neutral dump with a pair of lines, and the numbers of those that must be repeats."""
    dump = TABLES["vi"]["dump"]
    title, (one, two, three) = dump["title"], dump["paragraphs"]
    first, second = pair["first"], pair["second"]
    if pair.get("title"):
        lines, at = [first, "", one, second, two, three], 4
    elif pair.get("apart"):
        lines, at = [title, "", one, first, two, second, three], 6
    else:
        lines, at = [title, "", one, first, second, two, three], 5
    return "\n".join(lines), [at] if pair["repeat"] else []


def passage_dump(passage: dict[str, Any]) -> tuple[str, list[int]]:
    dump = TABLES["vi"]["dump"]
    title, (one, two, three) = dump["title"], dump["paragraphs"]
    lines = [title, "", one, *passage["lines"], two, three]
    return "\n".join(lines), [number + 3 for number in passage["repeats"]]


PAIRS = [pytest.param(*pair_dump(pair), id=pair["why"]) for pair in REPEATS["pair"]] + [
    pytest.param(*passage_dump(passage), id=passage["why"]) for passage in REPEATS["passage"]
]


@pytest.mark.parametrize(("text", "wanted"), PAIRS)
def test_repeats(text: str, wanted: list[int]) -> None:
    lines, _ = read(text, "vi")
    found = [line.first for line in lines if line.label == "repeat"]
    assert found == wanted
