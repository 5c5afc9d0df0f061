"""What a person sees of a long run: a bar while it goes on, a table when it is over."""

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

from artclean.run.messages import error_console, safe, wants_colour
from artclean.run.tally import FOUND, LINES, REPAIRS, Tally

if TYPE_CHECKING:
    from rich.progress import ProgressColumn

_REFRESH = 0.1  # seconds


class Progress:
    """A bar on standard error: documents done and failed, a second, and the time left."""

    def __init__(self, total: int | None, colour: str, *, by_bytes: bool) -> None:
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
        self._by_bytes = by_bytes  # is the total one of bytes?
        self._progress.start()

    def show(self, tally: Tally) -> None:
        """Draw the bar, if the last time was long enough ago."""
        now = time.monotonic()
        if now - self._drawn < _REFRESH:
            return
        self._drawn = now
        seconds = tally.seconds
        failed = f", {tally.failed} failed" if tally.failed else ""
        self._progress.update(
            self._task,
            completed=tally.consumed if self._by_bytes else tally.documents,
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
    for number, name in _summary(tally):
        table.add_row(f"{number}", name)
    error_console(colour=wants_colour(colour, 2)).print(table)


def _summary(tally: Tally) -> Iterator[tuple[int | str, str]]:
    """The rows of the table: a number and what it is the number of."""
    rate = f"{tally.documents / tally.seconds:.0f} a second"
    yield tally.done, f"documents done ({rate}, {tally.bytes / tally.seconds / 1e6:.1f} MB/s)"
    if tally.skipped:
        yield tally.skipped, "done by an earlier run"
    yield tally.failed, "failed"
    yield tally.warnings, "warnings"
    for heading, prefix in (("found", FOUND), ("lines", LINES), ("repairs", REPAIRS)):
        counts = [(n, key) for key, n in tally.counts.items() if n and key.startswith(prefix)]
        if counts:
            yield "", heading
        for number, key in sorted(counts, key=lambda row: (-row[0], row[1])):
            yield number, f"  {key.removeprefix(prefix)}"
