"""The documents are true: every rule has its paragraph, every example its output, no link is dead."""

import ast
import json
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import golden
import pytest

import artclean
from artclean import clean, explain, to_json, to_markdown
from artclean.cli import command
from artclean.language.load import LANGUAGES
from artclean.language.schema import KEY_MEANINGS
from artclean.model import Label

ROOT = Path(__file__).parents[1]
SOURCES = Path(artclean.__file__).parent
HEURISTICS = (ROOT / "docs" / "heuristics.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))

# Which argument of a call is the rule.
RULE_AT = {"Line": 4, "LabelledLine": 2, "Phrase": 1}
# The line in front of the first one; it is never printed.
SENTINEL = "start"


def strings_of(node: ast.expr) -> Iterator[str]:
    """The rule names that an expression may have; those of keys are made of their meanings."""
    if isinstance(node, ast.JoinedStr):
        opening = node.values[0]
        assert isinstance(opening, ast.Constant)
        assert opening.value == "key-", ast.unparse(node)
        yield from (f"key-{meaning}" for meaning in KEY_MEANINGS)
        return
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*strings_of(node.body), *strings_of(node.orelse))


def is_revised(node: ast.expr) -> bool:
    """Whether a label stands there: by its name, as a variable, or one of two."""
    if isinstance(node, ast.IfExp):
        return is_revised(node.body) and is_revised(node.orelse)
    return isinstance(node, ast.Name) and (node.id in Label.__members__ or node.id == "label")


def rules_of(source: str) -> Iterator[str]:
    """Every rule name that a module writes down."""
    for node in ast.walk(ast.parse(source)):
        # A revision: place, label, rule, value.
        if isinstance(node, ast.Tuple) and len(node.elts) == 4 and is_revised(node.elts[1]):
            yield from strings_of(node.elts[2])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            at = RULE_AT.get(node.func.id)
            if at is not None and len(node.args) > at:
                yield from strings_of(node.args[at])
        elif isinstance(node, ast.Assign):
            for target in node.targets:
                pairs = (
                    zip(target.elts, node.value.elts, strict=True)
                    if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple)
                    else ((target, node.value),)
                )
                for name, value in pairs:
                    if isinstance(name, ast.Name) and name.id == "rule":
                        yield from strings_of(value)


def rules_in_code() -> set[str]:
    modules = (
        *SOURCES.glob("labels/*.py"),
        SOURCES / "language/schema.py",
        SOURCES / "pipeline.py",
    )
    found = {rule for path in modules for rule in rules_of(path.read_text(encoding="utf-8"))}
    return found - {SENTINEL}


def rules_in_tables() -> set[str]:
    paths = [SOURCES / "language" / f"{code}.toml" for code in LANGUAGES]
    tables = [tomllib.loads(path.read_text(encoding="utf-8")) for path in paths]
    sections = ("phrase", "opening", "frame", "timestamp")
    return {row["name"] for table in tables for part in sections for row in table.get(part, ())}


def rules_in_the_document() -> set[str]:
    """The names in the first column of the table of heuristics.md."""
    rows = re.findall(r"^\| (`.*?) \|", HEURISTICS, re.MULTILINE)
    return {name for row in rows for name in re.findall(r"`([\w-]+)`", row)}


def anchors_of(page: str) -> set[str]:
    """What the headings of a page are called in links to them."""
    headings = re.findall(
        r"^#+ (.*)$", re.sub(r"```.*?```", "", page, flags=re.DOTALL), re.MULTILINE
    )
    return {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-").lower() for heading in headings}


def examples() -> list[str]:
    return re.findall(r"^```explain\n(.*?)\n```$", HEURISTICS, re.MULTILINE | re.DOTALL)


# ------------------------------------------------------------------------------------- rules


def test_the_walk_finds_rules_of_every_shape() -> None:
    assert set(rules_of("def f(): yield (1, LEAD, 'a' if y else 'b', None)")) == {"a", "b"}
    assert set(rules_of("x = (1, KICKER if y else label, 'c', z)")) == {"c"}
    assert set(rules_of("rest, rule = x, f'key-{y}'")) == {f"key-{m}" for m in KEY_MEANINGS}
    assert {"first-line", "credit", "signature", "said-before", "blank"} <= rules_in_code()
    assert "share-bar" in rules_in_tables()


def test_every_rule_is_named_and_every_name_is_a_rule() -> None:
    assert rules_in_the_document() == rules_in_code() | rules_in_tables()


def test_every_rule_of_the_code_has_more_than_its_row() -> None:
    # Rows of timestamps are named by the table alone: their templates say what they read.
    prose = re.sub(r"^\|.*$", "", HEURISTICS, flags=re.MULTILINE)
    prose = re.sub(r"```.*?```", "", prose, flags=re.DOTALL)
    assert {rule for rule in rules_in_code() if f"`{rule}`" not in prose} == set()


@pytest.mark.parametrize("name", golden.names())
def test_samples_print_no_rule_without_a_paragraph(name: str) -> None:
    lines = explain(golden.dump_of(name), language=golden.language_of(name))
    assert {line.rule for line in lines} <= rules_in_the_document()


# ---------------------------------------------------------------------------------- examples


@pytest.mark.parametrize("example", examples())
def test_an_example_is_what_explain_prints(example: str) -> None:
    shown = [tuple(line.split(None, 2)) for line in example.split("\n")]
    dump = "\n".join(text for _, _, text in shown)
    assert [(line.label, line.rule, line.text) for line in explain(dump)] == shown


def test_there_are_examples() -> None:
    assert len(examples()) > 10


# ------------------------------------------------------------------------------------ README


def shown(kind: str) -> str:
    """The first block of a kind in the README."""
    found = re.search(rf"^```{kind}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert found, kind
    return found[1]


def begins_like(there: object, shown: object) -> bool:
    """Whether a value is what a shortened one was made from; "…" ends what was cut."""
    if isinstance(shown, dict) and isinstance(there, dict):
        return all(begins_like(there[key], value) for key, value in shown.items())
    if isinstance(shown, list) and isinstance(there, list):
        return all(begins_like(*pair) for pair in zip(there, shown, strict=False))
    if isinstance(shown, str) and isinstance(there, str) and shown.endswith("…"):
        return there.startswith(shown[:-1])
    return there == shown


def test_the_dump_of_the_first_screen_becomes_what_stands_below_it() -> None:
    article = clean(shown("text"))
    assert begins_like(json.loads(to_json(article)), json.loads(shown("json")))
    assert to_markdown(article) == shown("markdown")


def test_its_explanation_is_the_one_that_is_shown() -> None:
    lines = [f"{n}\t{label}\t{rule}\t{text}" for n, label, rule, text in explain(shown("text"))]
    assert "\n".join(lines[:5]) in README


def test_options_of_the_readme_exist() -> None:
    known = {name for parameter in command.params for name in parameter.opts}
    assert set(re.findall(r"(?<=[\s`\[])--[a-z][a-z-]+", README)) <= known


# ------------------------------------------------------------------------------------- links


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if link.startswith(("https://", "http://")):
            continue
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        assert target.exists(), f"{page.name}: {link}"
        if anchor:
            assert anchor in anchors_of(target.read_text(encoding="utf-8")), f"{page.name}: {link}"
