"""Findings for people and for machines: text, JSON, GitHub's annotations, SARIF.

A report is written document by document, so it needs no memory: each form has something in
front, something between two documents, and something at the end.
"""

import json
import os
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from artclean import __version__
from artclean.run.findings import LABELS, Finding
from artclean.run.messages import safe


class Form(NamedTuple):
    """A form of report. ``render`` gives the part of one document, which has findings."""

    render: Callable[[str, Sequence[Finding], bool], str]
    opening: str = ""
    separator: str = ""
    closing: str = ""


def _human(path: str, findings: Sequence[Finding], colour: bool) -> str:
    """One line a finding; in colour, the document's name stands once above them.

    >>> _human("a.txt", [Finding(3, 1, "junk", "no-words", 'no words in it: "."')], False)
    'a.txt:3: junk: no words in it: "."\\n'
    """
    name = safe(path)
    if not colour:
        return "".join(f"{name}:{row.line}: {row.label}: {row.message}\n" for row in findings)
    from click import style

    width = max(len(str(row.line)) for row in findings)
    widest = max(len(row.label) for row in findings)
    rows = (
        f"  {style(str(row.line).rjust(width), fg='cyan')}  "
        f"{style(row.label.ljust(widest), fg=_COLOURS.get(row.label))}  {row.message}\n"
        for row in findings
    )
    return f"{style(name, bold=True, underline=True)}\n{''.join(rows)}\n"


_COLOURS = {
    "junk": "bright_black",
    "boilerplate": "yellow",
    "related": "blue",
    "repeat": "magenta",
    "unicode": "green",
    "legacy-encoding": "red",
}


def _json(path: str, findings: Sequence[Finding], _colour: bool) -> str:
    return ",\n".join(
        json.dumps({"path": _text(path), **finding._asdict()}, ensure_ascii=False)
        for finding in findings
    )


def _github(path: str, findings: Sequence[Finding], _colour: bool) -> str:
    """The workflow commands that GitHub Actions shows beside the lines of a pull request.

    >>> _github("a,b.txt", [Finding(3, 1, "junk", "no-words", "100%")], False)
    '::warning file=a%2Cb.txt,line=3,col=1,title=artclean%3A junk::100%25\\n'
    """
    return "".join(
        f"::warning file={_property(_text(path))},line={row.line},col={row.column},"
        f"title={_property(f'artclean: {row.label}')}::{_value(row.message)}\n"
        for row in findings
    )


def _value(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _value(text).replace(":", "%3A").replace(",", "%2C")


def _sarif(path: str, findings: Sequence[Finding], _colour: bool) -> str:
    return ",\n".join(json.dumps(_result(path, row), ensure_ascii=False) for row in findings)


def _result(path: str, finding: Finding) -> dict[str, Any]:
    return {
        "ruleId": finding.label,
        "ruleIndex": list(LABELS).index(finding.label),
        "level": "warning",
        "message": {"text": finding.message},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": _location(path),
                    "region": {"startLine": finding.line, "startColumn": finding.column},
                }
            }
        ],
        "properties": {"rule": finding.rule},
    }


def _location(path: str) -> dict[str, str]:
    from urllib.parse import quote

    uri = quote(os.fsencode(path))
    return {"uri": f"file://{uri}"} if path.startswith("/") else {"uri": uri}


def _text(path: str) -> str:
    """A path that any reader of JSON takes: bytes that are not UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")


# The schema wants the tool's description in front of the results, which suits a stream.
_SARIF_OPENING = json.dumps(
    {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "artclean",
                        "version": __version__,
                        "rules": [
                            {"id": label, "shortDescription": {"text": text}}
                            for label, text in LABELS.items()
                        ],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [],
            }
        ],
    }
).removesuffix("]}]}")

FORMS = {
    "human": Form(_human),
    "json": Form(_json, "[\n", ",\n", "\n]\n"),
    "github": Form(_github),
    "sarif": Form(_sarif, _SARIF_OPENING + "\n", ",\n", "\n]}]}\n"),
}
