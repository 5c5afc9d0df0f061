"""Parquet in and out, a few rows a task; every column kept. Needs the ``arrow`` extra."""

from collections.abc import Iterator
from typing import Any

from artclean.run.errors import RefusedError
from artclean.run.jobs import Action, Document, Job, Made, Outcome, Task
from artclean.run.reading import why_not
from artclean.run.sink import GrowingFile

# Rows a task: few enough that one that hangs or kills costs few others, and that a batch of them
# stays far below the size of a pipe's worth of seconds.
_ROWS = 32
# Rows a row group of the output: what other writers take, so that columns compress.
_GROUP_ROWS = 16_384
_GROUP_BYTES = 64 << 20


def row_tasks(path: str, name: str, job: Job, *, as_table: bool) -> Iterator[Task]:
    """The rows of a file as tasks. Raises ``ArtcleanError``, ``OSError``."""
    if path == "-":
        raise RefusedError("Parquet cannot be read from a stream")
    pa, parquet = _pyarrow()
    from artclean.arrow import check_columns

    try:
        # No threads: the workers are forked from this process.
        with parquet.ParquetFile(path, pre_buffer=False) as file:
            check_columns(file.schema_arrow, job.text_key)
            row = 1
            kind = "table" if as_table else "rows"
            for batch in file.iter_batches(_ROWS, use_threads=False):
                yield Task(f"{name}:{row}", path, _packed(batch), row, kind)
                row += batch.num_rows
            if row == 1:  # no rows, but columns
                empty = pa.RecordBatch.from_pylist([], schema=file.schema_arrow)
                yield Task(f"{name}:1", path, _packed(empty), row, kind)
    except pa.ArrowException as error:
        raise RefusedError(f"Parquet: {error}") from error


def perform_rows(task: Task, job: Job, make_record: Action) -> Outcome:
    """Work on the rows of a task; an error of a row is in its row."""
    batch = _unpacked(task.data or b"")
    rows = batch.to_pylist()
    articles: list[dict[str, Any] | None] = []
    lines: list[bytes] = []
    errors: list[str | None] = []
    warnings: list[str] = []
    size = 0
    for number, row in enumerate(rows, task.line):
        document = _document(row, f"{task.id.rpartition(':')[0]}:{number}", job)
        size += len(document.data)
        error = article = None
        try:
            if document.data == "":
                raise RefusedError("no text")
            if task.format == "table":
                article = _article(document, job)
                warnings += article["warnings"]
            else:
                made = make_record(document, job)
                lines.append(made.output)
                warnings += made.warnings
        except Exception as failure:
            error = why_not(failure)
            lines.append(_error_line(document, error))
        articles.append(article)
        errors.append(error)
    table = task.format == "table"
    output = _packed_results(batch, articles, errors) if table else b"".join(lines)
    all_made = Made(output, tuple(warnings))
    return Outcome(
        all_made, _said(errors, task), size=size, written=len(output), documents=len(rows)
    )


def failed_rows(task: Task, reason: str) -> Outcome:
    """The outcome of rows that nobody could work on: as many, each with the error."""
    batch = _unpacked(task.data or b"")
    if task.format == "table":
        output = _packed_results(batch, [None] * batch.num_rows, [reason] * batch.num_rows)
    else:
        name = task.id.rpartition(":")[0]
        output = b"".join(
            _error_line(Document(f"{name}:{number}", ""), reason)
            for number in range(task.line, task.line + batch.num_rows)
        )
    said = f"{reason} (rows {task.line} to {task.line + batch.num_rows - 1})"
    return Outcome(Made(output), said, written=len(output), documents=batch.num_rows)


class ParquetFile:
    """An output that takes packed batches; it appears when it is complete."""

    def __init__(self, growing: GrowingFile) -> None:
        self._growing = growing
        self._file = open(growing.descriptor, "wb", closefd=False)  # noqa: SIM115 - close() does
        self._writer: Any = None
        self._batches: list[Any] = []
        self._rows = 0
        self._bytes = 0
        self.size = 0

    def write(self, data: bytes) -> None:
        """The next rows. Raises ``OSError``."""
        batch = _unpacked(data)
        if self._writer is None:
            _, parquet = _pyarrow()
            self._writer = parquet.ParquetWriter(self._file, batch.schema)
        self._batches.append(batch)
        self._rows += batch.num_rows
        self._bytes += batch.nbytes
        if self._rows >= _GROUP_ROWS or self._bytes >= _GROUP_BYTES:
            self._write_group()

    def flush(self) -> None:
        """Nobody reads it yet."""

    def close(self) -> None:
        """All rows are in. Raises ``OSError``."""
        try:
            if self._writer is not None:  # else not even columns came
                self._write_group()
                self._writer.close()
                self._file.flush()
                self._growing.commit()
        finally:
            self.discard()

    def discard(self) -> None:
        """Forget it."""
        self._file.close()
        self._growing.discard()

    def _write_group(self) -> None:
        pa, _ = _pyarrow()
        if self._batches:
            try:
                self._writer.write_table(pa.Table.from_batches(self._batches))
            except pa.ArrowInvalid as error:
                raise RefusedError(f"Parquet: {error}") from error
        self._batches, self._rows, self._bytes = [], 0, 0


def _document(row: dict[str, Any], place: str, job: Job) -> Document:
    text = row.pop(job.text_key)
    identity = row.pop("id", None) if "id" in row else None
    name = place if identity is None else str(identity)
    return Document(
        name, "" if text is None else text, extra={k: _plain(v) for k, v in row.items()}
    )


def _article(document: Document, job: Job) -> dict[str, Any]:
    from artclean.pipeline import clean
    from artclean.render.json import record

    return record(clean(document.data, **job.reading))


def _error_line(document: Document, reason: str) -> bytes:
    from artclean.run.records import error_record

    return error_record(document.id, reason)


def _said(errors: list[str | None], task: Task) -> str:
    failed = [(row, error) for row, error in enumerate(errors, task.line) if error]
    if not failed:
        return ""
    row, error = failed[0]
    more = f" (and {len(failed) - 1} more of these {len(errors)} rows)" if len(failed) > 1 else ""
    return f"row {row}: {error}{more}"


def _plain(value: Any) -> Any:
    """A column's value as JSON has it: times as ISO strings, bytes as text."""
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, float):
        return value if value - value == 0 else None
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace")
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _packed(batch: Any) -> bytes:
    pa, _ = _pyarrow()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    data: bytes = sink.getvalue().to_pybytes()
    return data


def _packed_results(batch: Any, articles: list[Any], errors: list[Any]) -> bytes:
    from artclean.arrow import with_results

    return _packed(with_results(batch, articles, errors))


def _unpacked(data: bytes) -> Any:
    pa, _ = _pyarrow()
    options = pa.ipc.IpcReadOptions(use_threads=False)
    return pa.ipc.open_stream(data, options=options).read_next_batch()


def _pyarrow() -> tuple[Any, Any]:
    try:
        import pyarrow  # type: ignore[import-not-found, import-untyped, unused-ignore]
        import pyarrow.parquet  # type: ignore[import-not-found, import-untyped, unused-ignore]
    except ImportError:
        raise RefusedError("Parquet needs artclean[arrow]") from None
    return pyarrow, pyarrow.parquet
