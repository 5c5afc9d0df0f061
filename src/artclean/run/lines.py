"""The lines of a source, as they are needed: of a file, packed or not, or of a stream."""

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from io import FileIO
from typing import Any, NamedTuple

from artclean.run.errors import RefusedError
from artclean.run.streams import CHUNK, read_some, wait_for

# A record over --max-bytes is skipped to its end, but a compressed one only so far: a megabyte
# of zeros is a kilobyte, and somebody may have put a terabyte there.
_SKIPPED_AT_MOST = 4
# Text compresses five- to tenfold, records that are all alike perhaps fiftyfold; what expands
# more than that over its first 16 MiB is there to fill memory and disks.
_BOMB_RATIO = 200
_BOMB_SIZE = 16 << 20


class Line(NamedTuple):
    """A line of a source, counted from 1, without its separator.

    ``oversize`` is 0, or the length in bytes of a line over the limit, whose data is left out.
    """

    number: int
    data: bytes
    oversize: int = 0


class LineReader:
    """The lines of a source as bytes, at flat memory however long one of them is.

    Empty lines are counted and passed over.

    ``read(size)`` gives at most ``size`` more bytes, and ``b""`` at the end. Before a read that
    would wait for another process, ``before_wait`` is called: what is done can be flushed then,
    so that a live stream sees each record at once and a file gets big buffers.
    """

    def __init__(
        self,
        read: Callable[[int], bytes],
        *,
        limit: int,
        separator: bytes = b"\n",
        live: int | None = None,
    ) -> None:
        self._read = read
        self._limit = limit
        self.longest_skip: int | None = None  # an even longer line ends the source
        self._complete = 0  # lines that are here, read but not given out yet
        self._separator = separator
        self.live = live  # the descriptor to wait on, if the source is a pipe or a terminal
        self.before_wait: Callable[[], None] | None = None

    def __iter__(self) -> Iterator[Line]:
        number = 1
        start: list[bytes] = []  # the pieces so far of a line that is not complete
        size = 0  # their length, or what it would be if they had been kept
        limit = self._limit
        while chunk := self._next():
            if not size and not chunk.strip(self._separator):
                number += len(chunk)  # nothing but empty lines
                continue
            pieces = chunk.split(self._separator)
            rest = pieces.pop()
            self._complete = len(pieces)
            for piece in pieces:
                self._complete -= 1
                if size:
                    start.append(piece)
                    size += len(piece)
                    yield _line(number, start, size, limit)
                    start, size = [], 0
                elif len(piece) > limit:
                    yield Line(number, b"", len(piece))
                elif piece:
                    yield Line(number, piece)
                number += 1
            if rest:
                size += len(rest)
                start.append(rest)
            if size > limit:
                start = []
                if self.longest_skip is not None and size > self.longest_skip:
                    raise RefusedError(
                        f"a line of more than {self.longest_skip} bytes; the rest is not read"
                    )
        if size:
            yield _line(number, start, size, limit)

    def would_wait(self) -> bool:
        """Is there no line at hand, and nothing to read? Never true of files."""
        if self._complete or self.live is None:
            return False
        return not wait_for(self.live, 0)

    def _next(self) -> bytes:
        if self.before_wait and self.would_wait():
            self.before_wait()
        return self._read(CHUNK)


def _line(number: int, pieces: list[bytes], size: int, limit: int) -> Line:
    if size > limit:
        return Line(number, b"", size)
    return Line(number, b"".join(pieces))


def open_lines(path: str, limit: int, name: str = "") -> AbstractContextManager[LineReader]:
    """The lines of a file or of standard input (``-``), unpacked if the suffix says so.

    ``name`` is what standard input is called. Raises ``OSError``, and ``RefusedError`` where the
    package for the suffix is missing.
    """
    return _OpenFile(path, limit, name.lower() if path == "-" else path.lower())


def _lines(read: Callable[[int], bytes], limit: int, live: int | None) -> LineReader:
    return LineReader(_without_mark(read), limit=limit, live=live)


def _without_mark(read: Callable[[int], bytes]) -> Callable[[int], bytes]:
    """Drop the byte order mark that some programs put in front of JSON Lines.

    Raises ``RefusedError`` where something begins as packed data do: its name does not say so.
    """
    first = True

    def reading(size: int) -> bytes:
        nonlocal first
        data = read(size)
        if first:
            first = False
            if data.startswith(_PACKED):
                raise RefusedError("packed data, but the name does not end in .gz or .zst")
            return data.removeprefix(b"\xef\xbb\xbf") or read(size)
        return data

    return reading


_PACKED = (b"\x1f\x8b", b"\x28\xb5\x2f\xfd")  # how gzip and Zstandard begin


class _Packed:
    """The packed bytes of a descriptor, and how many of them have been read: a pipe cannot tell."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.count = 0

    def read(self, size: int = CHUNK) -> bytes:
        """The next bytes, ``b""`` at the end."""
        data = read_some(self._descriptor, size)
        self.count += len(data)
        return data


class _OpenFile(AbstractContextManager[LineReader]):
    def __init__(self, path: str, limit: int, name: str) -> None:
        # __exit__ closes it, but for standard input.
        self._file = FileIO(0 if path == "-" else path, closefd=path != "-")
        self._name = name
        self._limit = limit

    def __enter__(self) -> LineReader:
        descriptor = self._file.fileno()
        self._packed = _Packed(descriptor)
        if self._name.endswith(".gz"):
            return self._unpacked(_gzip_reader(self._packed))
        if self._name.endswith(".zst"):
            return self._unpacked(_zstd_reader(self._packed))
        live = None if stat.S_ISREG(os.fstat(descriptor).st_mode) else descriptor
        return _lines(lambda size: read_some(descriptor, size), self._limit, live)

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def _unpacked(self, read: Callable[[int], bytes]) -> LineReader:
        unpacked = 0

        def reading(size: int) -> bytes:
            nonlocal unpacked
            try:
                data = read(size)
            except OSError:
                raise
            except Exception as error:  # EOFError, zlib.error, ZstdError: whatever it has
                raise RefusedError(f"cannot be unpacked: {error}") from error
            unpacked += len(data)
            if unpacked > _BOMB_SIZE and unpacked > self._packed.count * _BOMB_RATIO:
                raise RefusedError(
                    f"expands more than {_BOMB_RATIO} times: refused as a bomb,"
                    " the rest is not read"
                )
            return data

        reader = _lines(reading, self._limit, None)
        reader.longest_skip = _SKIPPED_AT_MOST * self._limit
        return reader


def _gzip_reader(file: Any) -> Callable[[int], bytes]:
    import gzip

    # Not read(): where a file is cut off it would keep what it has unpacked until then.
    return gzip.GzipFile(fileobj=file, mode="rb").read1


def _zstd_reader(file: _Packed) -> Callable[[int], bytes]:
    try:
        from compression import zstd  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        try:
            import zstandard
        except ImportError:
            raise RefusedError(".zst needs artclean[zstd]") from None
        return _zstandard_reader(file, zstandard.ZstdDecompressor())
    read: Callable[[int], bytes] = zstd.ZstdFile(file).read1
    return read


# A piece of packed bytes. Zstandard packs 128 KiB of one byte into four, so this may become 32 MiB.
_ZSTD_PIECE = 1 << 10


def _zstandard_reader(file: _Packed, decompressor: Any) -> Callable[[int], bytes]:
    """The package `zstandard`, whose own reader takes a file that is cut off for a whole one.

    What is read is not longer than `_ZSTD_PIECE` makes it, whatever is asked for.
    """
    frame = decompressor.decompressobj()
    begun = False  # is there a frame that has not ended?
    piece = b""

    def read(_size: int) -> bytes:
        nonlocal frame, begun, piece
        while piece or (piece := file.read(_ZSTD_PIECE)):
            data: bytes = frame.decompress(piece)
            piece = frame.unused_data  # where a frame has ended, perhaps the next one
            begun = not frame.eof
            if frame.eof:
                frame = decompressor.decompressobj()
            if data:
                return data
        if begun:
            raise EOFError("it ends in the middle")
        return b""

    return read
