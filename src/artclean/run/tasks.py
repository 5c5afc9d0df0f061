"""From sources to tasks: a file is one, a record of JSON Lines is one."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from artclean.errors import ArtcleanError
from artclean.run.files import AS_FILES, Inputs, Source
from artclean.run.jobs import Task
from artclean.run.messages import reason_of, shown_name
from artclean.run.plan import Plan
from artclean.run.streams import read_all

if TYPE_CHECKING:
    from artclean.run.journal import Total
    from artclean.run.lines import Line, LineReader


class Mark:
    """The beginning or the end of a source whose records share an output of their own.

    At the beginning, ``offset`` is how much of that output an earlier run has left in good order,
    and ``failed`` how many of the records in there are errors. At the end, ``key`` stands for the
    whole content (empty where nothing is noted), and ``failed`` says that the source could not be
    read at all.
    """

    def __init__(
        self,
        source: Source,
        sink: int,
        *,
        opens: bool,
        offset: int = 0,
        failed: int = 0,
        key: str = "",
    ) -> None:
        self.source = source
        self.sink = sink
        self.opens = opens
        self.offset = offset
        self.failed = failed
        self.key = key


Item = Task | Mark


class Tasks:
    """The items of a run, in order, as they are needed.

    ``before_wait`` is called with a descriptor when the next item may take a while, because
    another process has to write it first; it may do something useful until then.
    """

    def __init__(self, plan: Plan, inputs: Inputs, *, own_sinks: bool) -> None:
        self._plan = plan
        self._inputs = inputs
        self._own_sinks = own_sinks  # does each JSON Lines source have an output of its own?
        to_parquet = (plan.output or "").lower().endswith(".parquet")
        self._into_one_table = to_parquet and not own_sinks
        self._sinks = 0
        self.before_wait: Callable[[int], None] = lambda _descriptor: None

    def __iter__(self) -> Iterator[Item]:
        if self._inputs.list_reader:
            self._watch(self._inputs.list_reader)
        for source in self._inputs.sources():
            yield from self._items(source)

    def _items(self, source: Source) -> Iterator[Item]:
        name = shown_name(source.path)
        if source.error:
            yield Task(name, source.path, error=source.error)
        elif source.format == "as-is" and self._plan.job.action != "tidy":
            return
        elif reason := self._unfit(source):
            yield Task(name, source.path, error=reason)
        elif source.format == "jsonl":
            if self._own_sinks and source.target:
                yield from self._file_of_records(source, name)
            else:
                yield from self._records(source, name)
        elif source.format == "parquet":
            yield from self._rows(source, name)
        elif source.path == "-":
            yield self._standard_input(source)
        else:
            yield Task(name, source.path, format=source.format, target=source.target)

    def _unfit(self, source: Source) -> str:
        """Why a source cannot be what is asked for; empty if it can.

        One word about the source, not one about each of its records, which would stand in the
        middle of a report or a patch.
        """
        if self._plan.job.action in AS_FILES and source.format in ("jsonl", "parquet"):
            return "a file of records: --to tidy tidies those, into another file"
        if self._into_one_table and source.format != "parquet":
            return "only the rows of Parquet files go into a Parquet file"
        return ""

    def _standard_input(self, source: Source) -> Task:
        name = self._plan.stdin_filename
        shown = "-" if name is None else shown_name(name)
        try:
            data = read_all(0, self._plan.job.max_bytes)
        except (ArtcleanError, OSError) as error:
            return Task(shown, error=reason_of(error))
        return Task(shown, data=data, format=source.format, target=source.target)

    def _records(self, source: Source, name: str) -> Iterator[Task]:
        """The records of a source; what ends it before its end is the last of them."""
        from artclean.run.lines import open_lines

        number = 0
        stdin_name = self._plan.stdin_filename or ""
        try:
            with open_lines(source.path, self._plan.job.max_bytes, stdin_name) as reader:
                self._watch(reader)
                for line in reader:
                    number = line.number
                    if line.oversize or line.data.strip():
                        yield _record(name, line, self._plan.job.max_bytes)
        except (ArtcleanError, OSError) as error:
            if number:
                yield Task(f"{name}:{number + 1}", error=reason_of(error), line=number + 1)
            else:
                yield Task(name, source.path, error=reason_of(error))

    def _file_of_records(self, source: Source, name: str) -> Iterator[Item]:
        """The records of a source that has an output of its own, between two marks.

        With ``--resume``, records at its beginning are left out that an earlier run has done.
        """
        total = self._total(source)
        if total and self._is_done(source, name):
            yield Task(name, source.path, format="done")
            return
        self._sinks += 1
        sink = self._sinks
        records = self._records(source, name)
        offset, failed, first = self._kept(source, name, records, total)
        key = total.key if total else ""
        yield Mark(source, sink, opens=True, offset=offset, failed=failed, key=key)
        readable = True
        for record in chain(first, records):
            if total:
                total.add(record)
            readable = record.line > 0
            yield record._replace(sink=sink)
        key = total.key if total else ""
        yield Mark(source, sink, opens=False, failed=not readable, key=key)

    def _rows(self, source: Source, name: str) -> Iterator[Item]:
        """The rows of a Parquet file; into Parquet or, without an output like that, records."""
        from artclean.run.parquet import row_tasks

        own = self._own_sinks and bool(source.target)
        into_table = own or self._into_one_table
        if own:
            self._sinks += 1
            yield Mark(source, self._sinks, opens=True)
        try:
            for task in row_tasks(source.path, name, self._plan.job, as_table=into_table):
                yield task._replace(sink=self._sinks if own else 0)
        except (ArtcleanError, OSError) as error:
            yield Task(name, source.path, error=reason_of(error))
        if own:
            yield Mark(source, self._sinks, opens=False)

    def _total(self, source: Source) -> "Total | None":
        if not self._plan.job.salt or source.path == "-":
            return None
        from artclean.run.journal import Total

        return Total(self._plan.job.salt)

    def _is_done(self, source: Source, name: str) -> bool:
        """Has an earlier run done the whole file, as it is now?"""
        job, whole = self._plan.job, self._total(source)
        if not (whole and job.done and job.tree and job.tree.size_of(source.target) is not None):
            return False
        for record in self._records(source, name):
            whole.add(record)
        return job.done.has(name, whole.key, source.target, job.tree)

    def _kept(
        self, source: Source, name: str, records: Iterator[Task], total: "Total | None"
    ) -> tuple[int, int, list[Task]]:
        """How many bytes of output and errors in them are there already, and what comes next."""
        job = self._plan.job
        if not (total and job.done and job.tree) or packed(source.target):
            return 0, 0, []
        if not job.done.has_begun(name, job.salt.hex()):
            return 0, 0, []
        there = job.tree.size_of_part(source.target)
        offset = failures = 0
        for record in records:
            found = job.done.find(record.id, total.key_of(record))
            if found is None or offset + found[0] > there:
                return offset, failures, [record]
            total.add(record)
            offset += found[0]
            failures += found[1]
        return offset, failures, []

    def _watch(self, reader: "LineReader") -> None:
        live = reader.live
        if live is not None:
            reader.before_wait = lambda: self.before_wait(live)


def _record(name: str, line: "Line", limit: int) -> Task:
    task = Task(f"{name}:{line.number}", data=line.data, line=line.number)
    if line.oversize:
        error = f"a record of {line.oversize} bytes, larger than {limit} (--max-bytes allows more)"
        return task._replace(error=error)
    return task


def packed(name: str) -> bool:
    """Does the name say that its content is compressed?"""
    return name.lower().endswith((".gz", ".zst"))
