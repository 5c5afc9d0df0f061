"""One document: its bytes are read, what was asked for is made of them, the outcome is reported.

This runs in the parent process or in a worker, and is the same there: a task goes in, an outcome
comes out, and no document's failure reaches another.
"""

import os
import re
import stat
import time
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from artclean.errors import ArtcleanError
from artclean.run.config import Config, overridden
from artclean.run.errors import RefusedError
from artclean.run.messages import reason_of, safe
from artclean.run.streams import read_all, too_large

if TYPE_CHECKING:
    from artclean.model import Article
    from artclean.run.journal import Done
    from artclean.run.sink import OutputTree


# The garbage collector is off; what cycles there are (of errors, mostly) goes now and then.
COLLECT_EVERY = 1000  # documents


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


def make_json(document: Document, job: Job) -> Made:
    """The article as a line of JSON (indented for a person at a terminal)."""
    from artclean.render.json import to_json

    article, counts = _clean(document, job)
    trace = _trace(document, job) if job.trace else None
    text = to_json(
        article, id=document.id, indent=job.on_terminal, extra=document.extra, trace=trace
    )
    return Made(as_utf8(text) + b"\n", article.warnings, counts=counts)


def _clean(document: Document, job: Job) -> "tuple[Article, dict[str, int] | None]":
    """The article, and for the closing table what there was in the dump."""
    if job.tally:
        from artclean.run.tally import clean_counted

        return clean_counted(_dump(document, job), job)
    from artclean.pipeline import clean

    return clean(_dump(document, job), **job.reading), None


def _dump(document: Document, job: Job) -> bytes | str:
    """What is cleaned: the document itself, or what a Markdown document says."""
    if document.format != "md":
        return document.data
    from artclean.text.decode import decode
    from artclean.text.markdown import markdown_dump

    if isinstance(document.data, str):
        return markdown_dump(document.data)
    text, encoding, _ = decode(document.data, job.encoding)
    dump = markdown_dump(text)
    # As bytes where that is possible, so that the article says what the file was.
    return dump.encode(encoding) if encoding.startswith("utf") else dump


def _trace(document: Document, job: Job) -> dict[str, object]:
    from artclean.pipeline import explain, tidy
    from artclean.render.json import trace_of

    tidied = tidy(document.data, **job.reading, markdown=document.format == "md")
    return trace_of(explain(_dump(document, job), **job.reading), tidied.ledger)


def make_markdown(document: Document, job: Job) -> Made:
    """The article as Markdown with front matter."""
    from artclean.render.markdown import to_markdown

    article, counts = _clean(document, job)
    return Made(_text(to_markdown(article)), article.warnings, counts=counts)


def make_text(document: Document, job: Job) -> Made:
    """The story alone."""
    from artclean.render.text import to_text

    article, counts = _clean(document, job)
    return Made(_text(to_text(article)), article.warnings, counts=counts)


def make_explanation(document: Document, job: Job) -> Made:
    """Every line, its label and the rule that decided: tab-separated, or for a person a table."""
    from artclean.pipeline import explain

    lines = explain(_dump(document, job), **job.reading)
    if job.on_terminal:
        from shutil import get_terminal_size

        from artclean.run.explain import explanation_table

        width = get_terminal_size().columns
        name = f"{safe(document.id)}\n" if job.many else ""
        table = explanation_table(lines, colour=job.colour, width=width)
        return Made(as_utf8(name + table))
    name = f"{document.id}\t" if job.many else ""
    rows = (f"{name}{line.line}\t{line.label}\t{line.rule}\t{line.text}\n" for line in lines)
    return Made(as_utf8("".join(rows)))


def make_tidied(document: Document, job: Job) -> Made:
    """The dump itself, tidied."""
    from artclean.run.tidying import make_tidied

    return make_tidied(document, job)


def make_findings(document: Document, job: Job) -> Made:
    """What tidying would change, as a report."""
    from artclean.run.tidying import make_findings

    return make_findings(document, job)


def make_patch(document: Document, job: Job) -> Made:
    """What tidying would change, as a patch."""
    from artclean.run.tidying import make_patch

    return make_patch(document, job)


def write_tidied(document: Document, job: Job) -> Made:
    """The dump is tidied in its place."""
    from artclean.run.tidying import write_tidied

    return write_tidied(document, job)


# What can be made of a document. A new output format or mode is a row here.
ACTIONS: dict[str, Action] = {
    "json": make_json,
    "md": make_markdown,
    "text": make_text,
    "explain": make_explanation,
    "tidy": make_tidied,
    "check": make_findings,
    "diff": make_patch,
    "write": write_tidied,
}


def perform(task: Task, job: Job) -> Outcome:
    """Work on one document; whatever is wrong with it becomes the outcome's error."""
    start = time.perf_counter()
    size = 0
    key = ""
    try:
        if job.settings:
            name = task.path or task.id.removesuffix(f":{task.line}")
            job = job._replace(**overridden(job.settings, name))
        if task.format in ROWS:
            from artclean.run.parquet import perform_rows

            return perform_rows(task, job)._replace(seconds=time.perf_counter() - start)
        if job.salt and task.line:
            key = _key_of(task.data, job)
        document = read_document(task, job)
        size = len(document.data)
        if job.salt and not task.line:
            key = _key_of(document.data, job)
            if job.done and job.done.has(task, key, job.tree):
                return Outcome(key=key, size=size, skipped=True)
        made = make_record(document, job) if task.line else ACTIONS[job.action](document, job)
        written = len(made.output)
        if task.target and job.tree:
            job.tree.write(task.target, made.output)
            made = made._replace(output=b"")
        seconds = time.perf_counter() - start
        return Outcome(made, "", document.id, seconds, size, written, key)
    except Exception as error:
        seconds = time.perf_counter() - start
        return failure(task, why_not(error))._replace(seconds=seconds, size=size, key=key)


def why_not(error: Exception) -> str:
    """What to say of a document that could not be done.

    Whoever calls this has caught everything: a fault of ours in one document must not cost the
    user the other million. It is reported as such, and it is status 2.
    """
    if isinstance(error, ArtcleanError | OSError | RecursionError | MemoryError):
        return reason_of(error)
    return f"internal error: {type(error).__name__}: {error}"


def make_record(document: Document, job: Job) -> Made:
    """Records in, records out: what is no JSON becomes the text of one."""
    made = ACTIONS[job.action](document, job)
    if job.action == "json":
        return made
    from artclean.run.records import text_record

    return made._replace(output=text_record(document, made.output))


def settled(task: Task) -> Outcome | None:
    """The outcome of a task that needs no work, ``None`` of any other."""
    if task.error:
        return failure(task, task.error)
    if task.format == "done":
        return Outcome(skipped=True)
    return Outcome(Made(task.data or b"")) if task.format == "as-is" else None


def _key_of(content: bytes | str | None, job: Job) -> str:
    from artclean.run.journal import key_of

    return key_of(content or b"", job.salt)


def failure(task: Task, reason: str) -> Outcome:
    """The outcome of a task that cannot be done; of a record it is a record, too."""
    if not task.line:
        return Outcome(error=reason, name=task.id)
    if task.format in ROWS:
        from artclean.run.parquet import failed_rows

        return failed_rows(task, reason)
    from artclean.run.records import error_record, identity_of

    name = identity_of(task)
    output = error_record(name, reason)
    return Outcome(Made(output), reason, name, written=len(output))


def too_slow(seconds: float) -> str:
    """The reason of a document that has exceeded its deadline."""
    return f"not done within {seconds:g} s (--timeout allows more)"


def read_document(task: Task, job: Job) -> Document:
    """The document of a task. Raises ``ArtcleanError`` or ``OSError``."""
    if task.line:
        from artclean.run.records import parse_record

        assert task.data is not None
        return parse_record(task.data, task.id, job.text_key)
    if task.data is not None:
        data, found = task.data, None
    else:
        assert task.path is not None
        data, found = read_file(task.path, job.max_bytes)
    if task.format == "html":
        raise RefusedError("HTML is not read by this version: extract its text first")
    refuse_binary(data, job.encoding)
    return Document(task.id, data, task.format, task.path, found)


def read_file(path: str, limit: int) -> tuple[bytes, os.stat_result]:
    """A file's bytes, and its state when they were read. Raises ``RefusedError``, ``OSError``."""
    # O_NONBLOCK: opening a named pipe that nobody writes to would hang for ever.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        found = os.fstat(descriptor)
        if stat.S_ISDIR(found.st_mode):
            raise RefusedError("is a directory")
        if found.st_size > limit:
            raise too_large(limit)
        return read_all(descriptor, limit), found
    finally:
        os.close(descriptor)


_MAGIC = {
    b"\x1f\x8b": "gzip data",
    b"\x28\xb5\x2f\xfd": "Zstandard data",
    b"BZh": "bzip2 data",
    b"\xfd7zXZ": "xz data",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"%PDF": "a PDF",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\x7fELF": "a program",
    b"PAR1": "Parquet",
    b"\xd0\xcf\x11\xe0": "an old office document",
}
_UTF_16_OR_32 = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


def refuse_binary(data: bytes, encoding: str) -> None:
    """Raise ``RefusedError`` for bytes that are no text in any encoding.

    A stray NUL in a dump is repaired later; one byte in a hundred is no text, unless it is
    UTF-16 or UTF-32.
    """
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise RefusedError(f"binary file ({what})")
    head = data[:8192]
    if head.count(0) * 100 <= len(head) or encoding.startswith("utf-16"):
        return
    if not head.startswith(_UTF_16_OR_32) and not _looks_like_utf_16(head):
        raise RefusedError("binary file")


def _looks_like_utf_16(head: bytes) -> bool:
    # Latin letters in UTF-16 without its mark: the zeros stand in every second byte only.
    even, odd = head[::2].count(0), head[1::2].count(0)
    return min(even, odd) * 20 < max(even, odd) and max(even, odd) * 4 > len(head) // 2


def as_utf8(text: str) -> bytes:
    """UTF-8; a lone surrogate (JSON can smuggle one in) becomes U+FFFD."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return re.sub("[\ud800-\udfff]", "\ufffd", text).encode()


def _text(text: str) -> bytes:
    """UTF-8 with one final newline, or nothing at all."""
    if text and not text.endswith("\n"):
        text += "\n"
    return as_utf8(text)
