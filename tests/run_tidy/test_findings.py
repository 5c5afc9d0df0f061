"""Findings: the ledger in words, and the four forms of a report."""

import json
import re
import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from artclean.model import Edit
from artclean.pipeline import tidy
from artclean.run.findings import LABELS, Finding, findings_of
from artclean.run.report import FORMS

ROWS = [
    # A text, an edit of it (start, end, rule, after), and the finding.
    ("a\n.\n", (2, 4, "junk:no-words", ""), '2:1 junk no words in it: "." (no-words)'),
    ("a\n.", (1, 3, "junk:no-words", ""), '2:1 junk no words in it: "." (no-words)'),
    ("a\r\n.", (1, 4, "junk:no-words", ""), '2:1 junk no words in it: "." (no-words)'),
    ("a\n\n\nb", (2, 3, "blank:run", ""), "2:1 blank a blank line after another one"),
    ("\na", (0, 1, "blank:start", ""), "1:1 blank a blank line at the start"),
    ("ab \nc", (2, 3, "space:trailing", ""), "1:3 space white space at the end of the line"),
    ("a\rb\n", (1, 2, "line-ending:mixed", "\n"), "1:2 line-ending a line ends unlike most lines of the file"),
    ("a\n bu\u031b", (4, 6, "nfc", "\u01b0"), '2:3 unicode nfc: U+0075 U+031B -> "\u01b0"'),
    ("a\u200bb", (1, 2, "invisible", ""), "1:2 unicode invisible: U+200B -> nothing"),
    ("x\x1b[0m", (1, 5, "control", ""), '1:2 unicode control: "\\x1b[0m" -> nothing'),
    ("a\nChia sẻ\n", (2, 10, "boilerplate:share-bar", ""), '2:1 boilerplate no part of the article: "Chia sẻ" (share-bar)'),
    ("a\nb\n", (2, 4, "related:teaser", ""), '2:1 related leads to another article: "b" (teaser)'),
    ("a\na\n", (2, 4, "repeat:said-before", ""), '2:1 repeat says again what stands above: "a" (said-before)'),
]  # fmt: skip


@pytest.mark.parametrize(("text", "edit", "finding"), ROWS)
def test_one_edit(text: str, edit: tuple[int, int, str, str], finding: str) -> None:
    start, end, rule, after = edit
    (found,) = findings_of(text, [Edit(start, end, rule, text[start:end], after)])
    assert f"{found.line}:{found.column} {found.label} {found.message}" == finding


def test_what_happens_often_is_said_once() -> None:
    text = "a\xa0b\xa0c\n\n\n\n\nd\r\ne\r\n"
    edits = [
        Edit(1, 2, "space", "\xa0", " "),
        Edit(3, 4, "space", "\xa0", " "),
        *(Edit(n, n + 1, "blank:run", "\n", "") for n in (7, 8, 9)),
        Edit(11, 13, "line-ending:mixed", "\r\n", "\n"),
        Edit(14, 16, "line-ending:mixed", "\r\n", "\n"),
    ]
    assert [found.message for found in findings_of(text, edits)] == [
        '2 x space: U+00A0 -> " "',
        "3 blank lines after another one",
        "2 lines end unlike most lines of the file",
    ]


def test_an_edit_of_two_rules_is_two_findings() -> None:
    edit = Edit(0, 4, "junk:no-words+boilerplate:share-bar", ".\nx\n", "")
    assert [found.label for found in findings_of(".\nx\na", [edit])] == ["junk", "boilerplate"]


def test_a_long_line_is_cut() -> None:
    text = "a" * 1000
    (found,) = findings_of(text, [Edit(0, 1000, "repeat:x", text, "")])
    assert len(found.message) < 120


@given(st.text("a.x\xa0\u200b\n\r \u0300ư", max_size=60))
def test_there_are_findings_where_there_are_changes(text: str) -> None:
    ledger = tidy(text).ledger
    findings = findings_of(text, ledger)
    assert bool(findings) == bool(ledger)
    lines = re.split("\r\n|\r|\n", text)
    for found in findings:
        assert found.label in LABELS
        assert 1 <= found.line <= len(lines)
        assert 1 <= found.column <= len(lines[found.line - 1]) + 1


SOME = [
    Finding(3, 1, "junk", "no-words", 'no words in it: "." (no-words)'),
    Finding(12, 5, "unicode", "nfc", '2 x nfc: "ư" -> "ư"'),
]
PATHS = ["tin.txt", "thư mục/tin 1.txt", "/abs/a,b:c%.txt", "x\udcff.txt", "a\x1b]0;t\x07\n.txt"]


def report(form: str, path: str = "tin.txt", *, colour: bool = False) -> str:
    """A whole report of two documents."""
    parts = [FORMS[form].render(name, SOME, colour) for name in (path, "zwei.txt")]
    return FORMS[form].opening + FORMS[form].separator.join(parts) + FORMS[form].closing


@pytest.mark.parametrize("path", PATHS)
def test_json(path: str) -> None:
    rows = json.loads(report("json", path).encode())
    assert [row["line"] for row in rows] == [3, 12, 3, 12]
    assert set(rows[0]) == {"path", *Finding._fields}


@pytest.mark.parametrize("colour", [True, False])
@pytest.mark.parametrize("path", PATHS)
def test_nothing_commands_a_terminal(path: str, colour: bool) -> None:
    text = report("human", path, colour=colour)
    assert re.sub("\x1b\\[[0-9;]*m", "", text).replace("\n", "").isprintable()


@pytest.mark.parametrize("path", PATHS)
def test_github_has_one_line_a_finding(path: str) -> None:
    lines = report("github", path).splitlines()
    assert len(lines) == 4
    for line in lines:
        assert re.fullmatch(r"::warning file=[^,:]+,line=\d+,col=\d+,title=[^,:]+::.+", line)


def empty(form: str) -> str:
    return FORMS[form].opening + FORMS[form].closing


def test_reports_without_findings() -> None:
    assert json.loads(empty("json")) == []
    assert json.loads(empty("sarif"))["runs"][0]["results"] == []


@pytest.mark.parametrize("path", PATHS)
def test_1c_17_sarif_names_its_rules(path: str) -> None:
    (run,) = json.loads(report("sarif", path))["runs"]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        location = result["locations"][0]["physicalLocation"]
        assert location["artifactLocation"]["uri"].isascii()
    assert [rule["id"] for rule in rules] == list(LABELS)


@pytest.fixture(scope="module")
def sarif_schema(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The schema as Microsoft publishes it, in a package of the npm registry."""
    if not shutil.which("npm"):
        pytest.skip("npm is not installed, and the SARIF schema comes from there")
    folder = tmp_path_factory.mktemp("sarif")
    command = ["npm", "pack", "--silent", "@microsoft/jest-sarif@1.0.0-beta.0"]
    try:
        fetched = not subprocess.run(
            command, cwd=folder, capture_output=True, timeout=60
        ).returncode
    except subprocess.TimeoutExpired:
        fetched = False
    if not fetched:
        pytest.skip("the npm registry is out of reach, and the SARIF schema comes from there")
    (package,) = folder.glob("*.tgz")
    with tarfile.open(package) as archive:
        file = archive.extractfile("package/lib/schemas/sarif-2.1.0-rtm.5.json")
        assert file
        return json.load(file)


@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS)
def test_1c_17_sarif_is_valid(path: str, sarif_schema: Any) -> None:
    for text in (report("sarif", path), empty("sarif")):
        jsonschema.validate(json.loads(text), sarif_schema)


def test_the_schema_that_is_named_is_the_public_one() -> None:
    log = json.loads(report("sarif"))
    assert log["version"] == "2.1.0"
    assert Path(log["$schema"]).name == "sarif-2.1.0.json"


def test_the_docs_name_every_label() -> None:
    text = (Path(__file__).parents[2] / "docs" / "tidy.md").read_text("utf-8")
    rows = re.findall(r"^\| `([a-z-]+)` \| ([A-Z].*) \|$", text, re.MULTILINE)
    assert dict(rows) == LABELS
