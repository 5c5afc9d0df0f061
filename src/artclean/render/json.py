"""An article as one JSON object, as ``schema.json`` describes it."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from artclean.model import Article, Block, Edit, LabelledLine
from artclean.render.one_line import SCHEMA, compact, one_line, safe

_indented: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, indent=2).encode


def dump(value: object, *, indent: bool = False) -> str:
    """JSON on one line (or indented), safe for JSON Lines.

    >>> dump({"title": "Tít\\u2028"})
    '{"title": "Tít\\\\u2028"}'
    """
    return safe(_indented(value) if indent else compact(value))


def _block(block: Block) -> dict[str, object]:
    kind, text, lines, credit = block
    if kind == "caption":
        return {"kind": kind, "text": text, "credit": credit, "lines": lines}
    return {"kind": kind, "text": text, "lines": lines}


def record(article: Article, id: str = "-") -> dict[str, Any]:
    """The article as a dictionary in the order of the schema."""
    return {
        "schema": SCHEMA,
        "id": id,
        "title": article.title,
        "lead": article.lead,
        "section": article.section,
        "published": article.published,
        "updated": article.updated,
        "authors": article.authors,
        "agency": article.agency,
        "publisher": article.publisher,
        "tags": article.tags,
        "captions": [{"text": text, "credit": credit} for text, credit in article.captions],
        "text": article.text,
        "blocks": [_block(block) for block in article.blocks],
        "language": article.language,
        "encoding": article.encoding,
        "warnings": article.warnings,
    }


def trace_of(lines: Iterable[LabelledLine], ledger: Iterable[Edit]) -> dict[str, object]:
    """What ``--trace`` adds: every line with its label, and every change with its receipt."""
    return {
        "lines": [line._asdict() for line in lines],
        "ledger": [edit._asdict() for edit in ledger],
    }


def to_json(
    article: Article,
    *,
    id: str = "-",
    indent: bool = False,
    extra: Mapping[str, object] | None = None,
    trace: Mapping[str, object] | None = None,
) -> str:
    """The article as JSON without a final newline.

    ``id`` names the dump; ``extra`` holds the other keys of the record that it came from;
    ``trace`` is what `trace_of` gives.
    """
    if indent or trace:
        fields = record(article, id) | dict(trace or {})
        if extra:
            fields["extra"] = extra
        return dump(fields, indent=indent)
    return safe(one_line(article, id, extra))
