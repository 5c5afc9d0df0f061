"""Reading and writing at the level of descriptors.

CPython ignores short writes when ``PYTHONUNBUFFERED`` is set (python/cpython#85393), so that a
full disk or a non-blocking pipe loses output and the command still exits 0. Hence our own.
"""

import errno
import os

from artclean.run.errors import RefusedError

CHUNK = 1 << 18  # bytes a read or a write: four pipes full, and past the knee on files


class Writer:
    """A buffered writer on a descriptor that notices every way in which a write can fail."""

    def __init__(self, descriptor: int) -> None:
        self.descriptor = descriptor
        self._waiting: list[bytes] = []
        self._size = 0

    def write(self, data: bytes) -> None:
        """Take ``data``; it is on its way at the next flush at the latest."""
        self._waiting.append(data)
        self._size += len(data)
        if self._size >= CHUNK:
            self.flush()

    def flush(self) -> None:
        """Hand everything to the system. Raises ``OSError``."""
        if self._size:
            data = b"".join(self._waiting)
            self._waiting.clear()
            self._size = 0
            write_all(self.descriptor, data)

    def finish(self) -> None:
        """Flush, and ask for the errors that some file systems report only on close."""
        self.flush()
        os.close(os.dup(self.descriptor))


def write_all(descriptor: int, data: bytes) -> None:
    """Write to the last byte, waiting where the reader of a non-blocking pipe is slow."""
    rest = memoryview(data)
    while rest:
        try:
            rest = rest[os.write(descriptor, rest) :]
        except BlockingIOError:
            wait_for(descriptor, to_write=True)


def read_some(descriptor: int, size: int = CHUNK) -> bytes:
    """The next bytes, at least one of them; ``b""`` at the end. Waits if it has to."""
    while True:
        try:
            return os.read(descriptor, size)
        except BlockingIOError:
            wait_for(descriptor)


def read_all(descriptor: int, limit: int, expected: int = CHUNK) -> bytes:
    """Everything up to the end. Raises ``RefusedError`` at more than ``limit`` bytes.

    ``expected`` is how much there probably is: a buffer of that size is asked for first. (One
    of `CHUNK` would be fresh memory from the system for each small file.)
    """
    pieces: list[bytes] = []
    size = 0
    while piece := read_some(descriptor, CHUNK if pieces else expected + 1):
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            raise too_large(limit)
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


def read_by_hand(path: str, *, named: bool = False) -> bytes:
    """A file that people write, as settings are. Raises ``OSError``, also if it is far too large.

    A pipe that nobody writes to is empty, where ``open`` would wait for ever; one that was
    ``named`` is waited for.
    """
    flags = os.O_RDONLY | os.O_CLOEXEC | (0 if named else os.O_NONBLOCK)
    descriptor = os.open(path, flags)
    try:
        return read_all(descriptor, _BY_HAND)
    except RefusedError:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), path) from None
    finally:
        os.close(descriptor)


_BY_HAND = 1 << 22  # bytes; the longest ignore files have some ten thousand


def too_large(limit: int) -> RefusedError:
    """The refusal of a document of more than ``limit`` bytes."""
    return RefusedError(f"larger than {limit} bytes (--max-bytes allows more)")


def wait_for(descriptor: int, milliseconds: int | None = None, *, to_write: bool = False) -> bool:
    """Wait until the descriptor is ready (or broken: the next call on it then says how)."""
    import select  # not for the dump that is all there

    poller = select.poll()
    poller.register(descriptor, select.POLLOUT if to_write else select.POLLIN)
    return bool(poller.poll(milliseconds))


def fill_standard_streams() -> None:
    """Put something useless in the place of a standard stream that is closed.

    Else the next file opened would become standard output. Reading standard input then fails,
    and so does writing to standard output, with a message.
    """
    for descriptor, flags in enumerate((os.O_WRONLY, os.O_RDONLY, os.O_WRONLY)):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, flags)  # the lowest free one: this
