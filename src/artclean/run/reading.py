"""The bytes of one document, or why they cannot be had."""

import os
import stat

from artclean.errors import ArtcleanError
from artclean.run.errors import RefusedError
from artclean.run.jobs import Document, Job, Task
from artclean.run.messages import reason_of
from artclean.run.streams import read_all, too_large


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
    """A file's bytes, and its state when they were read. Raises ``RefusedError``, ``OSError``.

    A named pipe is waited for until somebody writes to it, as with every other program; opened
    without waiting it would read as an empty dump. ``--timeout`` and signals end the wait; those
    that are met in folders are not read at all.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        found = os.fstat(descriptor)
        if stat.S_ISDIR(found.st_mode):
            raise RefusedError("is a directory")
        if found.st_size > limit:
            raise too_large(limit)
        return read_all(descriptor, limit, expected=found.st_size), found
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


def why_not(error: Exception) -> str:
    """What to say of a document that could not be done.

    Whoever calls this has caught everything: a fault of ours in one document must not cost the
    user the other million. It is reported as such, and it is status 2.
    """
    if isinstance(error, ArtcleanError | OSError | RecursionError | MemoryError):
        return reason_of(error)
    return f"internal error: {type(error).__name__}: {error}"
