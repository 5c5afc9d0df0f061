"""A run: every input goes through its work, in order, and what came of it is written."""

import gc
import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from types import FrameType
from typing import TYPE_CHECKING

from artclean.errors import ArtcleanError
from artclean.run.errors import OutputError, Stopped, TooSlowError, UsageError
from artclean.run.files import Inputs, survey
from artclean.run.jobs import Job, Outcome, Task
from artclean.run.messages import (
    complain,
    excerpt,
    is_terminal,
    reason_of,
    shown_name,
    shows_progress,
    tell,
)
from artclean.run.plan import Plan
from artclean.run.results import Results
from artclean.run.tasks import Item, Mark, Tasks
from artclean.run.work import COLLECT_EVERY, failure, perform, settled, too_slow

if TYPE_CHECKING:
    from artclean.run.journal import Journal
    from artclean.run.pool import Pool
    from artclean.run.progress import Progress
    from artclean.run.sink import OutputTree
    from artclean.run.tally import Tally

# Work that takes less than this is not worth starting processes for. (Only where the user has
# not said how many.)
_ALONE_SECONDS = 0.2
_COUNT_SECONDS = 0.1  # to find out what an interrupted run has left undone
_MOST_JOBS = 256  # more processes are a slip of the finger, and would be the end of the machine
_FILE_SUFFIXES = (
    *(".json", ".jsonl", ".ndjson", ".md", ".txt", ".tsv", ".diff", ".patch"),
    *(".gz", ".zst", ".parquet"),
)
_RESUME_FILE = ".artclean-run.jsonl"


def run(plan: Plan) -> int:
    """Carry out the plan; the exit status. Raises ``UsageError`` before anything is done."""
    if not plan.paths and plan.files_from is None and is_terminal(0):
        tell("artclean: no input: name a file or a directory, or pipe a dump in.\n"
             "Example: artclean dump.txt    Try 'artclean --help'.")  # fmt: skip
        return 2
    try:
        try:
            begun = _Run(plan)
        except Stopped:
            tell("artclean: interrupted: 0 done, nothing begun")
            raise
        return begun.carry_out()
    except OutputError as error:
        complain(error.where or plan.output or "standard output", reason_of(error))
        return 2


class _Run:
    """One run, from the first document to the exit status."""

    def __init__(self, plan: Plan) -> None:
        tree = output_tree(plan)
        plan = plan._replace(report_file=_report_path(plan, tree))
        self._inputs = Inputs(plan, into_tree=tree is not None)
        self._total: int | None = None
        many = self._inputs.may_be_many
        # Not where the documents themselves go by on the terminal.
        progress = shows_progress() and not plan.quiet and not plan.job.on_terminal
        progress = progress and (many or self._inputs.has_records)
        if tree:
            self._inputs.spool()
            self._total = survey(self._inputs, tree.root, plan.report_file)
        elif progress and many and self._inputs.list_reader is None:
            self._total = survey(self._inputs, None)
        self._journal = _open_journal(plan, tree)
        job = plan.job._replace(tree=tree, many=many, tally=progress or plan.verbose > 0)
        if self._journal:
            from artclean.run.journal import salt_of

            job = job._replace(salt=salt_of(job, plan.source_format), done=self._journal.done)
        self._plan = plan._replace(job=job)
        self._results = Results(self._plan, tree)
        self._tasks = Tasks(self._plan, self._inputs, own_sinks=tree is not None)
        self._pool: Pool | None = None
        self._tally: Tally | None = None
        self._progress: Progress | None = None
        if job.tally:
            self._watch(progress)
        self._submitted = self._done = 0
        self._saw_records = False
        self._failures = self._failed_before = 0
        self._changed = False

    def _watch(self, progress: bool) -> None:
        from artclean.run.tally import Tally

        self._tally = Tally()
        if not progress:
            return
        from artclean.run.progress import Progress

        size = self._inputs.record_bytes
        total = self._total if size is None else size
        self._progress = Progress(total, self._plan.colour, by_bytes=size is not None)

    def carry_out(self) -> int:
        """Do it. Raises ``Stopped`` and ``BrokenPipeError`` once everything is tidied up."""
        items = iter(self._tasks)
        try:
            self._work(items)
            self._results.finish(failed=self._failures > 0)
        except Stopped:
            self._end()
            self._tell_what_is_left()
            raise
        except BaseException:
            self._end()
            raise
        if self._journal:
            self._journal.close()
        if self._progress:
            self._progress.stop()
        if self._tally and (self._tally.documents > 1 or self._plan.verbose):
            from artclean.run.progress import show_summary

            show_summary(self._tally, self._plan.colour)
        return 2 if self._failures else int(self._changed)

    def _work(self, items: Iterator[Item]) -> None:
        jobs = self._jobs()
        if self._plan.jobs is None and jobs > 1:
            busy = self._work_alone(items, _ALONE_SECONDS)
            if busy < _ALONE_SECONDS:
                return
        elif jobs == 1:
            self._work_alone(items, None)
            return
        self._work_together(items, jobs)

    def _jobs(self) -> int:
        """How many processes: as asked; else one under pre-commit, else one a core."""
        asked = self._plan.jobs
        if asked:
            return min(asked, _MOST_JOBS)
        if asked is None and os.environ.get("PRE_COMMIT"):
            return 1
        if asked is None and not self._is_many():
            return 1
        from artclean.run.pool import usable_cores

        return usable_cores()

    def _is_many(self) -> bool:
        return self._inputs.may_be_many or self._inputs.has_records

    def _work_alone(self, items: Iterator[Item], limit: float | None) -> float:
        """Work in this process, at most about ``limit`` seconds; how long it took."""
        self._tasks.before_wait = lambda _descriptor: self._flush()
        busy = 0.0
        since_collection = 0
        job = self._plan.job
        with _Alarm(self._plan.timeout) as alarm:
            for item in items:
                if isinstance(item, Mark):
                    self._emit(item, Outcome())
                    continue
                self._submitted += 1
                outcome = settled(item) or alarm.perform(item, job)
                self._emit(item, outcome)
                busy += outcome.seconds
                since_collection += 1
                if since_collection == COLLECT_EVERY:
                    gc.collect()
                    since_collection = 0
                if limit is not None and busy >= limit:
                    break
        return busy

    def _work_together(self, items: Iterator[Item], jobs: int) -> None:
        from artclean.run.pool import Pool

        pool = self._pool = Pool(self._plan.job, jobs, self._plan.timeout, self._emit)
        try:
            pool.start()
        except OSError as error:  # of processes, memory, or descriptors there are not enough
            self._complain(f"{jobs} processes", f"{reason_of(error)}; going on with one")
            pool.stop()
            self._pool = None
            self._work_alone(items, None)
            return
        pool.idle = self._flush
        self._tasks.before_wait = pool.wait_for_input
        for item in items:
            self._submitted += isinstance(item, Task)
            pool.submit(item)
        pool.finish()
        pool.close()
        self._pool = None

    def _emit(self, item: Item, outcome: Outcome) -> None:
        """An item has had its turn: write what came of it, and say so if that is an error."""
        try:
            if isinstance(item, Mark):
                self._open_or_close(item)
                return
            if outcome.made.output:
                self._results.write(item.sink, outcome.made.output, as_record=item.line > 0)
        except (ArtcleanError, OSError) as error:
            if isinstance(error, (OutputError, BrokenPipeError)):
                raise
            path = item.source.path if isinstance(item, Mark) else item.id
            self._complain(shown_name(path), f"output: {reason_of(error)}")
            self._failures += 1
            return
        self._done += 1
        self._saw_records |= item.line > 0
        self._changed |= outcome.made.changed
        if outcome.error:
            self._failures += 1
            self._complain(item.id, outcome.error)
        if self._plan.verbose:
            for warning in outcome.made.warnings:
                self._complain(item.id, f"warning: {warning}")
        if self._journal and not outcome.skipped:
            self._journal.note(item, outcome)
        if self._tally:
            self._tally.add(outcome, len(item.data or b""))
            if self._progress:
                self._progress.show(self._tally)

    def _open_or_close(self, mark: Mark) -> None:
        """A source's own output begins or is complete."""
        if mark.opens:
            self._failed_before = self._failures
            if mark.failed:
                self._failures += mark.failed
                self._complain(
                    shown_name(mark.source.path), f"{mark.failed} broken records in an earlier run"
                )
            if self._journal and self._plan.resume and not mark.offset and mark.key:
                self._journal.note_begun(
                    shown_name(mark.source.path), mark.source.target, self._plan.job.salt
                )
            self._results.open(mark.sink, mark.source.target, mark.offset)
            return
        size = self._results.close(mark.sink, keep=not mark.failed)
        if self._journal and mark.key and not mark.failed:
            failed = self._failures - self._failed_before
            name = shown_name(mark.source.path)
            self._journal.note_file(name, mark.source.target, mark.key, size, failed)

    def _flush(self) -> None:
        self._results.flush()
        if self._journal:
            self._journal.flush()

    def _complain(self, name: str, reason: str) -> None:
        if self._progress:
            self._progress.tell(f"artclean: {excerpt(name)}: {excerpt(reason)}")
        else:
            complain(name, reason)

    def _end(self) -> None:
        """The run ends before its time: no process, no half output, no moving line stays."""
        if self._pool:
            self._pool.stop()
        if self._progress:
            self._progress.stop()
        with suppress(OSError, OutputError):
            self._results.discard()
        if self._journal:
            with suppress(OutputError):
                self._journal.close()

    def _tell_what_is_left(self) -> None:
        """The line that an interrupted run ends with; counting what is left may not take long."""
        known, total = False, self._submitted
        if not self._saw_records:
            known, total = self._count_sources()
        left = max(total - self._done, 0)
        tell(f"artclean: interrupted: {self._done} done, {'' if known else 'at least '}{left} not")

    def _count_sources(self) -> tuple[bool, int]:
        """Is it known how many documents there are, and how many (so far)."""
        if self._total is not None:
            return True, self._total
        total = 0
        if self._inputs.list_reader is None:
            until = time.monotonic() + _COUNT_SECONDS
            for total, _ in enumerate(self._inputs.sources(quietly=True), 1):  # noqa: B007
                if time.monotonic() > until:
                    break
            else:
                return True, total
        return False, max(total, self._submitted)


class _Alarm:
    """The deadline of a document that this process works on itself: an alarm that raises.

    `re` and `regex` look for signals while they match, so this ends nearly everything.
    """

    def __init__(self, seconds: float | None) -> None:
        self._seconds = seconds or 0.0
        self._armed = False

    def __enter__(self) -> "_Alarm":
        if self._seconds:
            signal.signal(signal.SIGALRM, self._ring)
        return self

    def __exit__(self, *_: object) -> None:
        if self._seconds:
            signal.setitimer(signal.ITIMER_REAL, 0)

    def _ring(self, _number: int, _frame: FrameType | None) -> None:
        if self._armed:
            raise TooSlowError(too_slow(self._seconds))

    def perform(self, task: Task, job: Job) -> Outcome:
        """`perform`, but at most so long."""
        if not self._seconds:
            return perform(task, job)
        try:
            self._armed = True
            # It rings again every second, should the first ring have been lost in a destructor.
            signal.setitimer(signal.ITIMER_REAL, self._seconds, 1.0)
            try:
                return perform(task, job)
            finally:
                self._armed = False
        except TooSlowError as error:  # not within the work: just as it was begun or done
            self._armed = False
            return failure(task, reason_of(error))


def output_tree(plan: Plan) -> "OutputTree | None":
    """The directory that the outputs go to, ``None`` if they go to one stream or file.

    A path is a directory if there is one, if it ends in a slash, or if many documents go there
    and it has no suffix of a file. Raises ``UsageError`` for the findings of ``--check``, which
    are one report.
    """
    path = plan.output
    if path is None:
        return None
    is_folder = os.path.isdir(path) or path.endswith("/")
    if plan.job.action == "check":
        if is_folder:
            raise UsageError(
                f"--check writes one report: --output names a file for it, not a directory ({path})"
            )
        return None
    if not is_folder and not os.path.exists(path) and not path.lower().endswith(_FILE_SUFFIXES):
        many = plan.files_from is not None or len(plan.paths) > 1
        is_folder = many or any(os.path.isdir(each) for each in plan.paths)
    if not is_folder:
        return None
    if os.path.exists(path.rstrip("/")) and not os.path.isdir(path):
        raise UsageError(f"--output {path}: there is a file, and no directory")
    from artclean.run.sink import OutputTree

    return OutputTree(path)


def _report_path(plan: Plan, tree: "OutputTree | None") -> str | None:
    """Where the report goes, ``None`` if there is none. Raises ``UsageError``."""
    path = plan.report_file
    if plan.resume and tree is None:
        raise UsageError("--resume needs -o with a directory: there it finds what is done")
    if path is not None and plan.output and os.path.realpath(path) == os.path.realpath(plan.output):
        raise UsageError(f"{path} cannot be both the output and the report")
    if path is None and plan.resume and tree:
        return os.path.join(tree.root, _RESUME_FILE)
    return path


def _open_journal(plan: Plan, tree: "OutputTree | None") -> "Journal | None":
    path = plan.report_file
    if path is None:
        return None
    if tree and os.path.realpath(os.path.dirname(path)) == os.path.realpath(tree.root):
        os.makedirs(tree.root, exist_ok=True)
    from artclean.run.journal import Journal

    return Journal(path, tree.root if tree else "", resume=plan.resume)
