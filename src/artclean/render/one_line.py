"""An article as JSON on one line, put together by hand: the last step of every document."""

import json
from collections.abc import Mapping, Sequence
from typing import Final

from artclean.model import Article

# Raised when a key changes its meaning or goes; a new key does not raise it.
SCHEMA: Final = 1

# Legal in JSON, but line ends to some readers of JSON Lines.
_LINE_ENDS: Final = {"\u2028": "\\u2028", "\u2029": "\\u2029", "\x85": "\\u0085"}

_PARAGRAPH: Final = "\\n\\n"
# What `json.dumps` itself calls for a string (the C function where there is one).
_encoded: Final = json.encoder.encode_basestring
compact: Final = json.JSONEncoder(ensure_ascii=False, allow_nan=False, check_circular=False).encode


def one_line(article: Article, id: str, extra: Mapping[str, object] | None) -> str:
    """`record` as JSON on one line, without a dictionary and an encoder that walks it.

    Writing and copying strings is what costs here: all pieces are put together at once, and
    ``text`` is made of the blocks' texts, as long as nobody has replaced one of the two. A test
    holds the answer to ``dump(record(article))``.
    """
    lead = None
    blocks: list[str] = []
    plain: list[str] = []
    written: list[str] = []
    between = ""
    for kind, text, (first, last), credit in article.blocks:
        words = _escaped(text)
        if kind == "caption":
            who = f'", "credit": {_name(credit)}, "lines": [{first}, {last}]}}'
        else:
            who = f'", "lines": [{first}, {last}]}}'
            plain.append(text)
            written.append(words)
            if text is article.lead:
                lead = words  # written once, and here again
        blocks += (between, '{"kind": "', kind, '", "text": "', words, who)
        between = ", "
    if "\n\n".join(plain) == article.text:
        text = _PARAGRAPH.join(written)
    else:
        text = _escaped(article.text)
    captions = [
        f'{{"text": {_name(words)}, "credit": {_name(credit)}}}'
        for words, credit in article.captions
    ]
    return "".join(
        (
            f'{{"schema": {SCHEMA}, "id": {_name(id)}, "title": {_name(article.title)}, "lead": ',
            _name(article.lead) if lead is None else f'"{lead}"',
            f', "section": {_name(article.section)}, "published": {_name(article.published)}, '
            f'"updated": {_name(article.updated)}, "authors": {_names(article.authors)}, '
            f'"agency": {_name(article.agency)}, "publisher": {_name(article.publisher)}, '
            f'"tags": {_names(article.tags)}, "captions": [',
            ", ".join(captions),
            '], "text": "',
            text,
            '", "blocks": [',
            *blocks,
            f'], "language": {_name(article.language)}, "encoding": {_name(article.encoding)}, '
            f'"warnings": {_names(article.warnings)}',
            f', "extra": {compact(extra)}}}' if extra else "}",
        )
    )


def _escaped(text: str) -> str:
    """What stands between the quotation marks of a string.

    Most texts stand there as they are: to look for what must be escaped costs half of writing
    them anew. All that must be, but for two marks, is not printable.
    """
    if '"' in text or "\\" in text or not text.isprintable():
        return _encoded(text)[1:-1]
    return text


def _name(text: str | None) -> str:
    return "null" if text is None else f'"{_escaped(text)}"'


def _names(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(_name, texts))}]" if texts else "[]"


def safe(text: str) -> str:
    """Escapes what some readers of JSON Lines take for a line's end."""
    if not text.isascii():
        for char, escape in _LINE_ENDS.items():
            if char in text:
                text = text.replace(char, escape)
    return text
