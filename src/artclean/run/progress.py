"""What a person sees of a long run: a bar while it goes on, a table when it is over."""

import time
from collections import Counter
from typing import TYPE_CHECKING

from artclean.run.messages import error_console, safe, wants_colour
from artclean.run.work import Outcome

if TYPE_CHECKING:
    from rich.progress import ProgressColumn

_REFRESH = 0.1  # seconds


class Tally:
    """The sums of a run."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.done = 0
        self.failed = 0
        self.skipped = 0
        self.bytes = 0
        self.warnings = 0
        self.counts: Counter[str] = Counter()

    @property
    def documents(self) -> int:
        """How many have had their turn."""
        return self.done + self.failed + self.skipped

    def add(self, outcome: Outcome) -> None:
        """One more document has had its turn."""
        self.bytes += outcome.size
        if outcome.error:
            self.failed += outcome.documents
        elif outcome.skipped:
            self.skipped += 1
        else:
            self.done += outcome.documents
            self.warnings += len(outcome.made.warnings)
            if outcome.made.counts:
                self.counts.update(outcome.made.counts)

    @property
    def seconds(self) -> float:
        """Since the run began."""
        return time.monotonic() - self.started


class Progress:
    """A bar on standard error: documents done and failed, a second, and the time left."""

    def __init__(self, total: int | None, colour: str) -> None:
        from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

        columns: list[ProgressColumn | str] = [BarColumn(), TextColumn("{task.description}")]
        if total is not None:
            columns.append(TimeRemainingColumn())
        # No refreshing thread: forking workers beside a thread may deadlock them.
        self._progress = Progress(
            *columns,
            console=error_console(colour=wants_colour(colour, 2)),
            auto_refresh=False,
            transient=True,
            redirect_stdout=False,
            redirect_stderr=False,
        )
        self._task = self._progress.add_task("", total=total)
        self._drawn = 0.0
        self._progress.start()

    def show(self, tally: Tally) -> None:
        """Draw the bar, if the last time was long enough ago."""
        now = time.monotonic()
        if now - self._drawn < _REFRESH:
            return
        self._drawn = now
        seconds = max(tally.seconds, 0.001)
        failed = f", {tally.failed} failed" if tally.failed else ""
        self._progress.update(
            self._task,
            completed=tally.documents,
            description=f"{tally.documents} documents{failed}, "
            f"{tally.documents / seconds:.0f}/s, {tally.bytes / seconds / 1e6:.1f} MB/s",
        )
        self._progress.refresh()

    def tell(self, line: str) -> None:
        """A message above the bar."""
        from rich.text import Text

        self._progress.console.print(Text(safe(line)), soft_wrap=True)

    def stop(self) -> None:
        """Take the bar away."""
        self._progress.stop()


def show_summary(tally: Tally, colour: str) -> None:
    """The closing table on standard error."""
    from rich.table import Table

    table = Table(box=None, show_header=False, pad_edge=False)
    table.add_column(justify="right")
    table.add_column()
    seconds = max(tally.seconds, 0.001)
    rate = f"{tally.documents / seconds:.0f} a second, {tally.bytes / seconds / 1e6:.1f} MB/s"
    rows = [
        (str(tally.done), f"documents done ({rate})"),
        *([(str(tally.skipped), "done by an earlier run")] if tally.skipped else []),
        (str(tally.failed), "failed"),
        (str(tally.warnings), "warnings"),
        *((str(number), name) for name, number in sorted(tally.counts.items())),
    ]
    for row in rows:
        table.add_row(*row)
    error_console(colour=wants_colour(colour, 2)).print(table)
