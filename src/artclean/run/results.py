"""Where the outcomes go, in the order of their documents: a stream, a file, a tree."""

import os
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from artclean.run.errors import OutputError, RefusedError
from artclean.run.jobs import Job
from artclean.run.messages import reason_of, safe_lines
from artclean.run.plan import Plan
from artclean.run.streams import Writer
from artclean.run.tasks import packed

if TYPE_CHECKING:
    from artclean.run.sink import GrowingFile, OutputTree

_MADE_SAFE = frozenset(("check", "diff", "explain"))


class Stream(Protocol):
    """An output that many documents share."""

    size: int  # in bytes, once it is closed

    def write(self, data: bytes) -> None:
        """Take the next document's bytes."""

    def flush(self) -> None:
        """Let a reader see what there is."""

    def close(self) -> None:
        """All documents are in; raises ``OSError`` if not all of it has arrived."""

    def discard(self) -> None:
        """The run has been stopped."""


class StandardOutput:
    """Standard output; on a terminal nothing goes there that would command it."""

    def __init__(self, *, on_terminal: bool) -> None:
        self.size = 0
        self._writer = Writer(1)
        self._on_terminal = on_terminal

    def write(self, data: bytes) -> None:
        """See `Stream`."""
        if self._on_terminal:
            data = safe_lines(data.decode("utf-8", "surrogateescape")).encode()
        self._writer.write(data)

    def flush(self) -> None:
        """See `Stream`."""
        self._writer.flush()

    def close(self) -> None:
        """See `Stream`."""
        self._writer.finish()

    def discard(self) -> None:
        """What is complete still goes into a file; a pipe may be stuck, and is left."""
        if stat.S_ISREG(os.fstat(1).st_mode):
            self._writer.flush()


class NewFile:
    """A file that appears when it is complete, packed if its suffix says so."""

    def __init__(self, growing: "GrowingFile", name: str) -> None:
        self._growing = growing
        self._writer = Writer(growing.descriptor)
        self._packer = packer_for(name)
        self.size = 0  # once it is closed

    def write(self, data: bytes) -> None:
        """See `Stream`."""
        self._writer.write(self._packer.compress(data) if self._packer else data)

    def flush(self) -> None:
        """Nobody reads it yet."""

    def close(self) -> None:
        """See `Stream`."""
        try:
            if self._packer:
                self._writer.write(self._packer.flush())
            self._writer.flush()
            self.size = os.fstat(self._growing.descriptor).st_size
            self._growing.commit()
        finally:
            self._growing.discard()

    def discard(self) -> None:
        """See `Stream`."""
        if self._growing.stays:
            with suppress(OSError):
                self._writer.flush()
        self._growing.discard()


class SpecialFile:
    """A named pipe or a device as output."""

    def __init__(self, path: str) -> None:
        self.size = 0
        self._descriptor = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
        self._writer = Writer(self._descriptor)

    def write(self, data: bytes) -> None:
        """See `Stream`."""
        self._writer.write(data)

    def flush(self) -> None:
        """See `Stream`."""
        self._writer.flush()

    def close(self) -> None:
        """See `Stream`."""
        self._writer.flush()
        os.close(self._descriptor)

    def discard(self) -> None:
        """See `Stream`."""
        os.close(self._descriptor)


class Packer(Protocol):
    """A compressor, as zlib and zstd have them."""

    def compress(self, data: bytes, /) -> bytes:
        """The next packed bytes."""

    def flush(self) -> bytes:
        """The last ones."""


def packer_for(name: str) -> Packer | None:
    """The compressor for a file's suffix; its output depends on the data alone."""
    name = name.lower()  # as where it is read again
    if name.endswith(".gz"):
        import zlib

        return zlib.compressobj(6, zlib.DEFLATED, 31)  # 31: a gzip header, without a time
    if not name.endswith(".zst"):
        return None
    try:
        from compression import zstd  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        try:
            import zstandard
        except ImportError:
            raise RefusedError(".zst needs artclean[zstd]") from None
        return zstandard.ZstdCompressor().compressobj()
    compressor: Packer = zstd.ZstdCompressor()
    return compressor


class Results:
    """All outputs of a run. What goes wrong with one source's own output concerns only that one."""

    def __init__(self, plan: Plan, tree: "OutputTree | None") -> None:
        self._tree = tree
        self._streams: dict[int, Stream | None] = {}
        self._between, self._separator, self._closing = _frame(plan.job)
        self._written = False
        self._keeps = plan.resume  # may what is half done be gone on with?
        self._common: Stream | None = None
        if tree is None:
            self._common = _common_stream(plan)

    def open(self, sink: int, target: str, offset: int = 0) -> None:
        """A source's own output begins, or goes on at an offset where a run has ended.

        Raises ``OSError``, ``RefusedError``; what is written to it then goes nowhere.
        """
        from artclean.run.sink import GrowingFile, PartFile

        assert self._tree is not None
        self._streams[sink] = None
        at, name = self._tree.folder(target)
        if name.lower().endswith(".parquet"):
            self._streams[sink] = _parquet_file(GrowingFile(at, name))
        elif self._keeps and not packed(name):
            self._streams[sink] = NewFile(PartFile(at, name, offset), name)
        else:
            self._streams[sink] = NewFile(GrowingFile(at, name), name)

    def close(self, sink: int, *, keep: bool = True) -> int:
        """A source's own output is complete; its size. Raises ``OSError``, ``RefusedError``."""
        stream = self._streams.pop(sink)
        if stream is None:
            return 0
        if not keep:
            stream.discard()
            return 0
        stream.close()
        return stream.size

    def write(self, sink: int, data: bytes, *, as_record: bool = False) -> None:
        """The next document's bytes. Raises ``OutputError`` if they were for everybody's output,
        ``OSError`` if for a source's own, which is then given up.
        """
        if not data:
            return
        if sink:
            stream = self._streams[sink]
            if stream is None:
                return
            try:
                stream.write(data)
            except (OSError, RefusedError):
                stream.discard()
                self._streams[sink] = None
                raise
            return
        assert self._common is not None
        try:
            self._common.write(data if as_record else self._between + data)
        except (OSError, RefusedError) as error:
            raise _output_error(error) from error
        self._between = self._separator
        self._written = True

    def flush(self) -> None:
        """Let whoever reads the common output see what there is. Raises ``OutputError``."""
        if self._common:
            try:
                self._common.flush()
            except OSError as error:
                raise _output_error(error) from error

    def finish(self, *, failed: bool) -> None:
        """Everything is in. Raises ``OutputError``.

        A file is not replaced by nothing, where that is all that came of a failed run.
        """
        if not self._common:
            return
        if failed and not self._written and not isinstance(self._common, StandardOutput):
            self._common.discard()
            return
        try:
            if self._closing:
                opening = b"" if self._between == self._separator else self._between
                self._common.write(opening + self._closing)
            self._common.close()
        except (OSError, RefusedError) as error:
            raise _output_error(error) from error

    def discard(self) -> None:
        """The run ends before its time: nothing half done stays."""
        for stream in [self._common, *self._streams.values()]:
            if stream:
                stream.discard()


def _frame(job: Job) -> tuple[bytes, bytes, bytes]:
    """What stands in front of the first document's output, between two, and at the end."""
    if job.action == "check":
        from artclean.run.report import FORMS

        form = FORMS[job.report]
        return form.opening.encode(), form.separator.encode(), form.closing.encode()
    # Texts that follow each other need a blank line between them; JSON and tables do not.
    return b"", b"\n" if job.action in ("md", "text") else b"", b""


def _parquet_file(growing: "GrowingFile") -> Stream:
    from artclean.run.parquet import ParquetFile

    return ParquetFile(growing)


def _output_error(error: OSError | RefusedError) -> BaseException:
    """A closed pipe stays one: the process ends by it. Anything else ends the run."""
    return error if isinstance(error, BrokenPipeError) else OutputError(reason_of(error))


def _common_stream(plan: Plan) -> Stream:
    path = plan.output
    if path is None:
        # What is coloured has been made safe where it was made.
        escape = plan.job.on_terminal and plan.job.action not in _MADE_SAFE
        return StandardOutput(on_terminal=escape)
    try:
        if os.path.exists(path) and not os.path.isfile(path):
            return SpecialFile(path)
        from artclean.run.sink import GrowingFile

        growing = GrowingFile.at_path(path)
        if path.lower().endswith(".parquet"):
            return _parquet_file(growing)
        return NewFile(growing, path)
    except (OSError, RefusedError) as error:
        raise OutputError(reason_of(error)) from error
