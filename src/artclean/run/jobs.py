"""What goes into the work on documents and what comes out of it."""

import os
import re
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from artclean.run.config import Config

if TYPE_CHECKING:
    from artclean.run.keys import Done
    from artclean.run.sink import OutputTree


class Job(NamedTuple):
    """What is asked of every document. Workers are born with it."""

    action: str = "json"
    language: str = "vi"
    encoding: str = "auto"
    tone_style: str = "keep"
    reference_time: datetime | None = None
    trace: bool = False
    on_terminal: bool = False
    colour: bool = False
    text_key: str = "text"
    max_bytes: int = 16 << 20
    tally: bool = False
    many: bool = False  # may there be more than one document?
    report: str = "human"  # the form of the findings of --check
    exit_zero: bool = False
    settings: Config | None = None  # what holds for some folders only: [[overrides]]
    tree: "OutputTree | None" = None  # where outputs with a target go
    salt: bytes = b""  # stands for the settings in the key of a document; empty: no keys
    done: "Done | None" = None  # what earlier runs have done

    @property
    def reading(self) -> dict[str, Any]:
        """The arguments that every function of the core takes."""
        return {
            "language": self.language,
            "encoding": self.encoding,
            "tone_style": self.tone_style,
            "reference_time": self.reference_time,
        }


# The formats of tasks that are some rows of Parquet: to become records, or rows again.
ROWS = ("rows", "table")


class Task(NamedTuple):
    """A document to be worked on: a path to read, or bytes that are here already.

    ``line`` is the number of a record in its JSON Lines; 0 is a whole document. ``target`` is
    where the worker writes the result, relative to the output directory; without one the
    outcome carries it back. ``error`` says why the document cannot be had. Two formats need no
    work: ``done`` has been done by an earlier run, ``as-is`` passes through.
    """

    id: str
    path: str | None = None
    data: bytes | None = None
    line: int = 0
    format: str = "text"
    target: str | None = None
    error: str = ""
    sink: int = 0


class Document(NamedTuple):
    """What an action gets: bytes, or the text of a record with the record's other keys."""

    id: str
    data: bytes | str
    format: str = "text"
    path: str | None = None
    stat: os.stat_result | None = None
    extra: dict[str, Any] | None = None


class Made(NamedTuple):
    """What an action makes of a document.

    ``changed`` says that tidying it would change it (exit status 1 of ``--check``), ``findings``
    is whatever the parent collects for a report at the end, and ``counts`` adds up in the
    closing summary.
    """

    output: bytes = b""
    warnings: tuple[str, ...] = ()
    changed: bool = False
    findings: tuple[Any, ...] = ()
    counts: dict[str, int] | None = None


class Outcome(NamedTuple):
    """What became of a task; ``error`` is empty where it was done."""

    made: Made = Made()
    error: str = ""
    name: str = ""  # the record's own id, where it has one
    seconds: float = 0.0
    size: int = 0  # bytes read
    written: int = 0  # bytes of output
    key: str = ""  # of content and settings, for --resume
    skipped: bool = False  # an earlier run has done it
    documents: int = 1  # rows of Parquet come several at a time


Action = Callable[[Document, Job], Made]


def as_utf8(text: str) -> bytes:
    """UTF-8; a lone surrogate (JSON can smuggle one in) becomes U+FFFD."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return re.sub("[\ud800-\udfff]", "\ufffd", text).encode()
