"""One document: its bytes are read, what was asked for is made of them, the outcome is reported.

This runs in the parent process or in a worker, and is the same there: a task goes in, an outcome
comes out, and no document's failure reaches another.
"""

import os
import time
from typing import TYPE_CHECKING

from artclean.run.config import overridden
from artclean.run.errors import RefusedError
from artclean.run.jobs import ROWS, Action, Document, Job, Made, Outcome, Task, as_utf8
from artclean.run.messages import reason_of, safe, shown_name
from artclean.run.reading import read_document, why_not

if TYPE_CHECKING:
    from artclean.model import Article
    from artclean.run.sink import OutputTree

# The garbage collector is off; what cycles there are (of errors, mostly) goes now and then.
COLLECT_EVERY = 1000  # documents


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

            rows = perform_rows(task, job, make_record)
            return rows._replace(seconds=time.perf_counter() - start)
        if job.salt and task.line:
            key = _key_of(task.data, job)
        document = read_document(task, job)
        size = len(document.data)
        if job.salt and not task.line:
            key = _key_of(document.data, job)
            if job.done and job.done.has(task.id, key, task.target, job.tree):
                return Outcome(key=key, size=size, skipped=True)
        made = make_record(document, job) if task.line else ACTIONS[job.action](document, job)
        written = len(made.output)
        if task.target and job.tree:
            _write(job.tree, task.target, made.output)
            made = made._replace(output=b"")
        seconds = time.perf_counter() - start
        return Outcome(made, "", document.id, seconds, size, written, key)
    except Exception as error:
        seconds = time.perf_counter() - start
        return failure(task, why_not(error))._replace(seconds=seconds, size=size, key=key)


def _write(tree: "OutputTree", target: str, data: bytes) -> None:
    """Put an output at its place; what is wrong with that place is not to be read of the input."""
    try:
        tree.write(target, data)
    except (RefusedError, OSError) as error:
        # The place comes last: where it is too long, a message is cut.
        where = shown_name(os.path.join(tree.root, target))
        raise RefusedError(f"output: {reason_of(error)} ({where})") from error


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
    from artclean.run.keys import key_of

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


def _text(text: str) -> bytes:
    """UTF-8 with one final newline, or nothing at all."""
    if text and not text.endswith("\n"):
        text += "\n"
    return as_utf8(text)
