"""A run: every input goes through its work, in order, and what came of it is written."""

from collections.abc import Iterator

from artclean.run.errors import OutputError
from artclean.run.messages import complain, is_terminal, reason_of, safe_lines, tell
from artclean.run.plan import Plan
from artclean.run.streams import LineReader, Writer, read_all, read_some
from artclean.run.work import Outcome, Task, perform


def run(plan: Plan) -> int:
    """Carry out the plan; the exit status."""
    if not plan.paths and plan.files_from is None and is_terminal(0):
        tell("artclean: no input: name a file or a directory, or pipe a dump in.\n"
             "Example: artclean dump.txt    Try 'artclean --help'.")  # fmt: skip
        return 2
    try:
        return _run(plan)
    except OutputError as error:
        complain(plan.output or "standard output", reason_of(error.__cause__ or error))
        return 2


def _run(plan: Plan) -> int:
    writer = Writer(1)
    failed = changed = False
    for task in _tasks(plan, writer):
        outcome = perform(task, plan.job)
        failed |= bool(outcome.error)
        changed |= outcome.made.changed
        if outcome.error:
            complain(task.id, outcome.error)
        _write(writer, outcome, plan)
    try:
        writer.finish()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError from error
    return 2 if failed else int(changed)


def _write(writer: Writer, outcome: Outcome, plan: Plan) -> None:
    data = outcome.made.output
    if plan.job.on_terminal:
        data = safe_lines(data.decode()).encode()
    try:
        writer.write(data)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError from error


def _tasks(plan: Plan, writer: Writer) -> Iterator[Task]:
    for path in plan.paths or ("-",):
        if plan.source_format == "jsonl" or path.endswith(".jsonl"):
            yield from _records(path, plan, writer)
        elif path == "-":
            yield Task("-", data=read_all(0, plan.job.max_bytes))
        else:
            yield Task(path, path)


def _records(path: str, plan: Plan, writer: Writer) -> Iterator[Task]:
    import os

    descriptor = 0 if path == "-" else os.open(path, os.O_RDONLY)
    reader = LineReader(
        lambda size: read_some(descriptor, size), limit=plan.job.max_bytes, live=descriptor
    )
    reader.before_wait = writer.flush
    for line in reader:
        if line.data.strip():
            yield Task(f"{path}:{line.number}", data=line.data, line=line.number)
