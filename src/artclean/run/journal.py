"""The report of a run, a line a document; it is also what ``--resume`` goes by."""

import hashlib
import json
import os
import stat
import time
from typing import Any

from artclean import __version__
from artclean.run.errors import OutputError, UsageError
from artclean.run.jobs import Job, Outcome, Task, as_utf8
from artclean.run.keys import Done, key_of
from artclean.run.messages import reason_of, safe, shown_name
from artclean.run.streams import Writer


def salt_of(job: Job, source_format: str) -> bytes:
    """What stands for the settings in the key of a document: whatever changes its output."""
    settings = (
        __version__,
        source_format,
        *(job.action, job.language, job.encoding, job.tone_style, job.reference_time),
        *(job.trace, job.text_key, job.settings),
    )
    return hashlib.blake2b(repr(settings).encode(), digest_size=16).digest()


# What a kill can take back: the documents of the last second are done again.
_FLUSH_SECONDS = 1.0


_FIRST_LINE = 1 << 16  # bytes that the first line of a report has at most: a path, a few warnings


def _is_report(start: bytes) -> bool:
    """Is this the beginning of a report, which may be cut off in its first line, or of nothing?"""
    line, newline, _ = start.partition(b"\n")
    if not newline:
        return not start or (start.startswith(b'{"id": "') and b'", "status": "' in start)
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(row, dict) and row.keys() >= {"id", "status", "key"}


class Total:
    """The key of a file of records: of what its records are, one after the other."""

    def __init__(self, salt: bytes) -> None:
        self._salt = salt
        self._hash = hashlib.blake2b(digest_size=16, key=salt)

    def key_of(self, record: Task) -> str:
        """The key of one record."""
        return key_of(record.data or record.error, self._salt)

    def add(self, record: Task) -> None:
        """The next record."""
        self._hash.update((record.data or record.error.encode()) + b"\n")

    @property
    def key(self) -> str:
        """The key of what has been added so far."""
        return self._hash.hexdigest()


class Journal:
    """The report file: a line a document, written as they are done, in their order."""

    def __init__(self, path: str, root: str, *, resume: bool) -> None:
        self.done = Done()
        self.path = path
        self._root = root.rstrip("/")
        self._flushed = time.monotonic()
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_APPEND
        try:
            self._descriptor = os.open(path, flags, 0o666)
            if stat.S_ISREG(os.fstat(self._descriptor).st_mode):
                self._take_over(path, resume=resume)
        except OSError as error:
            raise UsageError(f"--report-file {safe(path)}: {reason_of(error)}") from error
        self._writer = Writer(self._descriptor)

    def _take_over(self, path: str, *, resume: bool) -> None:
        """Go on with an earlier report, or take its place. Raises ``UsageError``, ``OSError``."""
        if not _is_report(os.pread(self._descriptor, _FIRST_LINE, 0)):
            raise UsageError(
                f"--report-file {safe(path)}: there is a file that is no report of an earlier run;"
                " it is left alone"
            )
        if resume:
            self._read(path)
        else:
            os.ftruncate(self._descriptor, 0)

    def _read(self, path: str) -> None:
        whole = True
        with open(path, "rb") as file:
            for line in file:
                whole = line.endswith(b"\n")
                try:
                    self._remember(json.loads(line))
                except (ValueError, TypeError, KeyError):
                    continue  # the line at which a run was killed
        if not whole:
            os.write(self._descriptor, b"\n")

    def _remember(self, row: dict[str, Any]) -> None:
        name, status, key, output = row["id"], row["status"], row["key"], row["output"]
        failed = status != "done"
        if status == "begun":
            self.done.begin(name, key)
        elif key and (not failed or row.get("final")):
            self.done.add(name, key, output, row["bytes"], failed=failed)
        else:
            self.done.forget(name, output)

    def note_begun(self, name: str, target: str, salt: bytes) -> None:
        """What will be half done of a file of records is of these settings.

        In the report before the first byte is written, so that no kill can part the two.
        """
        row = {"id": name, "status": "begun", "output": self._place(target), "key": salt.hex()}
        self._write(row)
        self.flush()

    def note(self, task: Task, outcome: Outcome) -> None:
        """A document is done, or has failed. Raises ``OutputError``, as all of these."""
        row: dict[str, Any] = {
            "id": task.id,
            "status": "failed" if outcome.error else "done",
            "output": self._place(task.target),
            "bytes": outcome.written,
            "warnings": outcome.made.warnings,
            "seconds": round(outcome.seconds, 6),
            "key": outcome.key,
        }
        if task.line:
            row["record"] = outcome.name
        if outcome.error:
            row["error"] = outcome.error
            # A record that is broken is so for ever: its error stands in the output already.
            row["final"] = task.line > 0 and bool(outcome.key)
        self._write(row)

    def note_file(self, name: str, target: str, key: str, size: int, failed: int) -> None:
        """A file of records is complete."""
        row = {
            "id": name,
            "status": "failed" if failed else "done",
            "output": self._place(target),
            "bytes": size,
            "failed": failed,
            "key": key,
        }
        self._write(row)

    def _place(self, target: str | None) -> str | None:
        """Where an output is, written as in the ``id``."""
        return shown_name(f"{self._root}/{target}") if target else None

    def _write(self, row: dict[str, Any]) -> None:
        try:
            self._writer.write(as_utf8(json.dumps(row, ensure_ascii=False)) + b"\n")
        except OSError as error:
            raise OutputError(reason_of(error), where=self.path) from error
        now = time.monotonic()
        if now - self._flushed > _FLUSH_SECONDS:
            self._flushed = now
            self.flush()

    def flush(self) -> None:
        """What is noted is in the file."""
        try:
            self._writer.flush()
        except OSError as error:
            raise OutputError(reason_of(error), where=self.path) from error

    def close(self) -> None:
        """The run has ended."""
        self.flush()
        os.close(self._descriptor)
