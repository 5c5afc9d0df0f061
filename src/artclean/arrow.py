"""Record batches of dumps to record batches of articles, for every engine that speaks Arrow.

One pure function, `clean_batch`: as many rows out as in, every column kept, two added; a row that
cannot be read has an error in its row, never an exception, because one bad row must not fail an
engine's whole task. Spark's ``mapInArrow``, Ray's ``map_batches``, Polars, DuckDB, Daft, Beam and
Hugging Face datasets all take it as it is. Needs the ``arrow`` extra (pyarrow).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from artclean.errors import ArtcleanError
from artclean.pipeline import clean
from artclean.render.json import record

ARTICLE = "article"
ERROR = "artclean_error"


def article_type() -> Any:
    """The Arrow type of the column ``article``: the fields of the JSON, in its order."""
    pa = _pyarrow()
    text = pa.string()
    caption = pa.struct([("text", text), ("credit", text)])
    lines = pa.list_(pa.int32(), 2)
    block = pa.struct([("kind", text), ("text", text), ("credit", text), ("lines", lines)])
    return pa.struct(
        [
            ("schema", pa.int32()),
            ("title", text),
            ("lead", text),
            ("section", text),
            ("published", text),
            ("updated", text),
            ("authors", pa.list_(text)),
            ("agency", text),
            ("publisher", text),
            ("tags", pa.list_(text)),
            ("captions", pa.list_(caption)),
            ("text", pa.large_string()),
            ("blocks", pa.list_(block)),
            ("language", text),
            ("encoding", text),
            ("warnings", pa.list_(text)),
        ]
    )


def clean_batch(
    batch: Any,
    *,
    text_key: str = "text",
    language: str = "vi",
    encoding: str = "auto",
    tone_style: str = "keep",
    reference_time: datetime | None = None,
) -> Any:
    """A record batch with the columns ``article`` (a struct) and ``artclean_error`` added.

    ``batch`` is a ``pyarrow.RecordBatch``, or anything that exports one (``__arrow_c_array__``).
    The column ``text_key`` holds the dumps, as strings of any kind or as bytes. Raises
    ``ArtcleanError`` if there is no such column, or if there are columns of these names already.
    """
    pa = _pyarrow()
    batch = batch if isinstance(batch, pa.RecordBatch) else pa.record_batch(batch)
    check_columns(batch.schema, text_key)
    articles: list[dict[str, Any] | None] = []
    errors: list[str | None] = []
    for dump in batch.column(text_key).to_pylist():
        article, error = None, None
        if dump is None:
            error = "no text"
        else:
            try:
                article = record(
                    clean(
                        dump,
                        language=language,
                        encoding=encoding,
                        tone_style=tone_style,
                        reference_time=reference_time,
                    )
                )
            except ArtcleanError as failure:
                error = str(failure)
        articles.append(article)
        errors.append(error)
    return with_results(batch, articles, errors)


def clean_batches(batches: Iterable[Any], **options: Any) -> Iterator[Any]:
    """`clean_batch` of each, one at a time; ``batches`` may be an ``__arrow_c_stream__``."""
    if hasattr(batches, "__arrow_c_stream__"):
        pa = _pyarrow()
        batches = pa.RecordBatchReader.from_stream(batches)
    for batch in batches:
        yield clean_batch(batch, **options)


def check_columns(schema: Any, text_key: str) -> None:
    """Raise ``ArtcleanError`` if the columns are not such that a batch can be cleaned."""
    pa = _pyarrow()
    if schema.names.count(text_key) > 1:
        raise ArtcleanError(f"there are several columns {text_key!r}")
    if schema.get_field_index(text_key) < 0:
        raise ArtcleanError(f"no column {text_key!r}; there is: {', '.join(schema.names)}")
    kind = schema.field(text_key).type
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    if not any(is_kind(kind) for is_kind in _text_kinds()):
        raise ArtcleanError(f"column {text_key!r} holds {kind}, not text")
    for name in (ARTICLE, ERROR):
        if schema.get_field_index(name) >= 0:
            raise ArtcleanError(f"there is a column {name!r} already")


def _text_kinds() -> tuple[Any, ...]:
    types = _pyarrow().types
    names = ("string", "large_string", "string_view", "binary", "large_binary", "binary_view")
    return (*(getattr(types, f"is_{n}") for n in names if hasattr(types, f"is_{n}")), types.is_null)


def result_schema(schema: Any) -> Any:
    """The schema of what `clean_batch` makes of batches of this schema."""
    pa = _pyarrow()
    return schema.append(pa.field(ARTICLE, article_type())).append(pa.field(ERROR, pa.string()))


def with_results(batch: Any, articles: list[dict[str, Any] | None], errors: list[Any]) -> Any:
    """The batch with the two columns added."""
    pa = _pyarrow()
    columns = [
        *batch.columns,
        pa.array(articles, article_type()),
        pa.array(errors, pa.string()),
    ]
    return pa.RecordBatch.from_arrays(columns, schema=result_schema(batch.schema))


def _pyarrow() -> Any:
    import pyarrow  # type: ignore[import-not-found, import-untyped, unused-ignore]

    return pyarrow
