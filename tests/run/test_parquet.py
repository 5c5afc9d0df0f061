"""Parquet in and out, and the function for engines."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from artclean.errors import ArtcleanError
from artclean.pipeline import clean
from artclean.render.json import record
from run.command import DUMP, Done, inside, outside

pa = pytest.importorskip("pyarrow", reason="needs the arrow extra")
pq = pytest.importorskip("pyarrow.parquet")

from artclean.arrow import clean_batch, clean_batches, result_schema  # noqa: E402


def batch(number: int = 100, kind: Any = None) -> Any:
    texts = [f"Tin {n}\n{DUMP}" if n % 10 else None for n in range(number)]
    return pa.RecordBatch.from_pydict(
        {
            "id": pa.array([f"r{n}" for n in range(number)]),
            "text": pa.array(texts, kind or pa.string()),
            "n": pa.array(range(number)),
            "day": pa.array([date(2019, 5, 14)] * number),
            "raw": pa.array([b"\xff"] * number),
        }
    )


def with_text(rows: Any, kind: str) -> Any:
    """The same rows, their text of another type."""
    text = rows.column("text")
    if kind == "dictionary":
        text = text.dictionary_encode()
    elif kind.endswith("view"):
        if not hasattr(pa, kind):
            pytest.skip(f"pyarrow {pa.__version__} has no {kind}")
        text = pa.array(text.to_pylist(), getattr(pa, kind)())
    else:
        text = text.cast(getattr(pa, kind)())
    columns = dict(zip(rows.schema.names, rows.columns, strict=True)) | {"text": text}
    return pa.RecordBatch.from_pydict(columns)


KINDS = ["string", "large_string", "string_view", "dictionary", "binary"]


@pytest.mark.parametrize("kind", KINDS)
def test_rows_out_are_rows_in_whatever_the_kind_of_text(kind: str) -> None:
    rows = batch(20)
    rows = with_text(rows, kind)
    done = clean_batch(rows.slice(5))
    assert done.num_rows == 15
    assert done.schema == result_schema(rows.schema)
    assert done.select(rows.schema.names) == rows.slice(5)
    article = record(clean(f"Tin 6\n{DUMP}"))
    article.pop("id")
    assert done.column("article")[1].as_py() == json.loads(json.dumps(article)) | {
        "blocks": [{"credit": None} | block for block in json.loads(json.dumps(article))["blocks"]]
    }
    assert done.column("artclean_error").to_pylist() == [
        "no text" if n % 10 == 0 else None for n in range(5, 20)
    ]


def test_a_batch_of_nulls_or_of_nothing_has_the_same_schema() -> None:
    rows = pa.RecordBatch.from_pydict({"text": pa.array([None, None], pa.string())})
    assert clean_batch(rows).schema == clean_batch(rows.slice(2)).schema
    nulls = pa.RecordBatch.from_pydict({"text": pa.nulls(3)})
    assert clean_batch(nulls).column("artclean_error").to_pylist() == ["no text"] * 3


def test_a_row_that_cannot_be_read_is_an_error_in_its_row() -> None:
    rows = pa.RecordBatch.from_pydict(
        {"text": pa.array([b"Tin", b"\xff\xfe\xff", b"Tin"], pa.binary())}
    )
    errors = clean_batch(rows, encoding="utf-8").column("artclean_error").to_pylist()
    assert errors[0] is errors[2] is None
    assert "byte 0" in errors[1]


def test_streams_of_batches() -> None:
    table = pa.Table.from_batches([batch(5), batch(7)])
    assert sum(done.num_rows for done in clean_batches(table)) == 12
    assert sum(done.num_rows for done in clean_batches(iter(table.to_batches()))) == 12


def test_wrong_columns_say_so() -> None:
    with pytest.raises(ArtcleanError, match="no column 'body'; there is: id, text, n"):
        clean_batch(batch(1), text_key="body")
    with pytest.raises(ArtcleanError, match="holds int64, not text"):
        clean_batch(batch(1), text_key="n")
    with pytest.raises(ArtcleanError, match="already"):
        clean_batch(clean_batch(batch(1)))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    pq.write_table(pa.Table.from_batches([batch(100)]), "in/a.parquet", row_group_size=30)
    return tmp_path


def run(jobs: str, *arguments: str) -> Done:
    """Several processes are forked from a fresh one: this one has pyarrow's threads."""
    return (inside if jobs == "1" else outside)(*arguments, "-j", jobs)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_parquet_into_parquet(here: Path, jobs: str) -> None:
    (here / "in/b.txt").write_text(DUMP)
    done = run(jobs, "in", "-o", "out")
    assert done.status == 2  # ten rows have no text
    table = pq.read_table("out/a.parquet")
    assert table.select(batch(1).schema.names) == pq.read_table("in/a.parquet")
    assert table.column("artclean_error").null_count == 90
    assert table.column("article")[1].as_py()["title"].startswith("Xã An")
    assert (here / "out/b.json").exists()
    run(jobs, "in/a.parquet", "-o", "one.parquet")
    assert pq.read_table("one.parquet") == table


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_parquet_into_records(here: Path, jobs: str) -> None:
    done = run(jobs, "in/a.parquet")
    assert [r["id"] for r in done.records if "error" not in r] == [
        f"r{n}" for n in range(100) if n % 10
    ]
    assert done.records[0] == {"id": "r0", "error": "no text"}
    assert done.records[1]["extra"] == {"n": 1, "day": "2019-05-14", "raw": "\\xff"}
    texts = run(jobs, "in/a.parquet", "--to", "text").records
    assert texts[1]["text"].startswith("Sáng 14-5")


def test_parquet_of_no_rows(here: Path) -> None:
    pq.write_table(pa.Table.from_batches([batch(0)]), "in/a.parquet")
    assert inside("in", "-o", "out").status == 0
    assert pq.read_table("out/a.parquet").num_rows == 0


def test_what_is_no_parquet_is_one_failure(here: Path) -> None:
    (here / "in/a.parquet").write_bytes(b"PAR1 but no more")
    done = inside("in", "-o", "out")
    assert (done.status, len(done.err.splitlines())) == (2, 1)
    assert list((here / "out").iterdir()) == []
    assert inside("in/a.parquet", "-o", "x.parquet").status == 2
    assert not (here / "x.parquet").exists()


def test_only_rows_go_into_parquet(here: Path) -> None:
    (here / "b.txt").write_text(DUMP)
    done = inside("b.txt", "-o", "x.PARQUET")
    assert (done.status, len(done.err.splitlines())) == (2, 1)
    assert not (here / "x.PARQUET").exists()
    assert inside("in/a.parquet", "b.txt", "-o", "y.parquet").status == 2
    assert pq.read_table("y.parquet").num_rows == 100


def test_two_columns_of_text_are_one_too_many() -> None:
    text = pa.array(["Tin"])
    with pytest.raises(ArtcleanError, match="several columns 'text'"):
        clean_batch(pa.RecordBatch.from_arrays([text, text], ["text", "text"]))
