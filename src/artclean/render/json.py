"""An article as one JSON object, as ``schema.json`` describes it."""

import json
from collections.abc import Mapping
from typing import Any

from artclean.model import Article, Block

# Raised when a key changes its meaning or goes; a new key does not raise it.
SCHEMA = 1

# Legal in JSON, but line ends to some readers of JSON Lines.
_LINE_ENDS = {"\u2028": "\\u2028", "\u2029": "\\u2029", "\x85": "\\u0085"}

_compact = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False).encode
_indented = json.JSONEncoder(ensure_ascii=False, allow_nan=False, indent=2).encode


def dump(value: object, *, indent: bool = False) -> str:
    """JSON on one line (or indented), safe for JSON Lines.

    >>> dump({"title": "Tít\\u2028"})
    '{"title": "Tít\\\\u2028"}'
    """
    text = _indented(value) if indent else _compact(value)
    if not text.isascii():
        for char, escape in _LINE_ENDS.items():
            if char in text:
                text = text.replace(char, escape)
    return text


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


def to_json(
    article: Article,
    *,
    id: str = "-",
    indent: bool = False,
    extra: Mapping[str, object] | None = None,
) -> str:
    """The article as JSON without a final newline.

    ``id`` names the dump; ``extra`` holds the other keys of the record that it came from.
    """
    fields = record(article, id)
    if extra:
        fields["extra"] = extra
    return dump(fields, indent=indent)
