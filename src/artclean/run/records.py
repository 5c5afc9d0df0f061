"""JSON Lines: a record in, a record out, in the same order, with nothing of it lost."""

import json
from typing import Any

from artclean.run.errors import RefusedError
from artclean.run.jobs import Document, Task, as_utf8


def parse_record(line: bytes, fallback_id: str, text_key: str) -> Document:
    """The document in a record. Raises ``RefusedError`` with what is wrong with the record.

    An ``id`` that is no string is written as one; without an ``id`` the record is named after
    its place. What JSON does not know (NaN, Infinity) becomes null, as in JavaScript.
    """
    try:
        record = _DECODER.decode(line.decode())
    except UnicodeDecodeError as error:
        raise RefusedError(f"not UTF-8 (byte {error.start} of the line)") from error
    except json.JSONDecodeError as error:
        raise RefusedError(f"not JSON: {error.msg} (column {error.colno})") from error
    # Clauses of our own: what Python says is advice for the author of a program.
    except ValueError as error:  # the only other one that its decoder raises
        raise RefusedError("not JSON that can be read: a number of too many digits") from error
    except RecursionError as error:
        raise RefusedError("not JSON that can be read: too many brackets in brackets") from error
    if not isinstance(record, dict):
        raise RefusedError("not a JSON object")
    text = record.pop(text_key, None)
    identity = record.pop("id", None)
    if not isinstance(text, str):
        what = "no text" if text is None else "no string"
        raise RefusedError(f"{what} under the key {text_key!r}")
    return Document(fallback_id if identity is None else _name(identity), text, extra=record)


def identity_of(task: Task) -> str:
    """The id of a record that could not be worked on: its own, if it can be made out."""
    try:
        identity = json.loads(task.data or b"")["id"]
    except (ValueError, TypeError, KeyError, RecursionError):
        return task.id
    return task.id if identity is None else _name(identity)


def text_record(document: Document, output: bytes) -> bytes:
    """What was made of a record, as the text of a record with the same other keys."""
    record: dict[str, Any] = {"id": document.id, "text": output.decode()}
    if document.extra:
        record["extra"] = document.extra
    return _dumped(record)


def error_record(identity: str, reason: str) -> bytes:
    """The record that stands in for one that could not be read.

    >>> error_record("a.jsonl:3", "not a JSON object")
    b'{"id": "a.jsonl:3", "error": "not a JSON object"}\\n'
    """
    return _dumped({"id": identity, "error": reason})


def _dumped(record: dict[str, Any]) -> bytes:
    from artclean.render.json import dump

    return as_utf8(dump(record)) + b"\n"


def _name(identity: Any) -> str:
    return identity if isinstance(identity, str) else json.dumps(identity, ensure_ascii=False)


def _finite(digits: str) -> float | None:
    number = float(digits)
    return number if number - number == 0 else None


_DECODER = json.JSONDecoder(parse_constant=lambda _name: None, parse_float=_finite)
