"""JSON Lines: a record in, a record out."""

import gzip
import json
import random
from pathlib import Path

import pytest
import zstandard

from run.command import DUMP, inside, outside


def line(**record: object) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


def test_1c_22_one_record_in_is_one_record_out_in_order() -> None:
    stdin = "".join(line(id=f"n{n}", text=DUMP, url=f"u{n}") for n in range(500))
    for jobs in "1", "2", "8":
        done = inside("--from", "jsonl", "-j", jobs, stdin=stdin)
        assert done.status == 0
        assert [record["id"] for record in done.records] == [f"n{n}" for n in range(500)]
        assert done.records[7]["extra"] == {"url": "u7"}


def test_other_keys_are_kept_under_extra() -> None:
    extra = {"url": "x", "n": [1, {"a": None}], "text2": "é", "big": 10**30}
    (record,) = inside("--from", "jsonl", stdin=line(id="a", text=DUMP, **extra)).records
    assert record["extra"] == extra


def test_the_key_of_the_text_can_be_named() -> None:
    done = inside("--from", "jsonl", "--text-key", "body", stdin=line(body=DUMP, text="khác"))
    assert done.records[0]["title"].startswith("Xã An Thịnh")
    assert done.records[0]["extra"] == {"text": "khác"}
    assert done.records[0]["id"] == "-:1"


BROKEN = [
    ("{", "not JSON"),
    ("", None),  # no record at all
    ("   ", None),
    ("[1]", "not a JSON object"),
    ("7", "not a JSON object"),
    ("null", "not a JSON object"),
    ('{"id": "k"}', "no text under the key 'text'"),
    ('{"id": "k", "text": null}', "no text"),
    ('{"id": "k", "text": 7}', "no string"),
    ('{"id": "k", "text": ["a"]}', "no string"),
    ('{"text": "a"} {"text": "b"}', "not JSON"),
    ('{"text": "a\\x"}', "not JSON"),
    ("[" * 100_000, "not JSON that can be read: too many brackets in brackets"),
    ('{"text": ' + "9" * 5000 + "}", "not JSON that can be read: a number of too many digits"),
    ('{"text": "a", "id": ' + "9" * 6000 + "}", "not JSON that can be read: a number of too many"),
]


@pytest.mark.parametrize(("broken", "reason"), BROKEN)
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_broken_record_is_reported_with_its_line_and_the_rest_is_done(
    broken: str, reason: str | None, jobs: str
) -> None:
    stdin = line(id="a", text=DUMP) + broken + "\n" + line(id="b", text=DUMP)
    done = inside("--from", "jsonl", "-j", jobs, stdin=stdin)
    records = done.records
    assert records[0]["id"] == "a"
    assert records[-1]["id"] == "b"
    if reason is None:
        assert (done.status, len(records)) == (0, 2)
        return
    assert done.status == 2
    assert reason in records[1]["error"]
    assert set(records[1]) == {"id", "error"}
    assert records[1]["id"] == ("k" if '"k"' in broken else "-:2")
    assert done.err.startswith("artclean: -:2: ")
    assert len(done.err.splitlines()) == 1


def test_bytes_that_are_not_utf_8() -> None:
    done = inside("--from", "jsonl", stdin=b'{"text": "\xff"}\n' + line(text="Tin").encode())
    assert done.records[0]["error"] == "not UTF-8 (byte 10 of the line)"
    assert "error" not in done.records[1]


@pytest.mark.parametrize("identity", [0, 7, 1.5, True, [1], {"a": 1}])
def test_ids_are_strings(identity: object) -> None:
    (record,) = inside("--from", "jsonl", stdin=line(id=identity, text=DUMP)).records
    assert record["id"] == json.dumps(identity)


def test_what_json_does_not_know_becomes_null() -> None:
    stdin = '{"text": "Tin", "a": NaN, "b": [-Infinity, 1e999]}\n'
    (record,) = inside("--from", "jsonl", stdin=stdin).records
    assert record["extra"] == {"a": None, "b": [None, None]}


def test_lone_surrogates_become_replacement_characters() -> None:
    stdin = '{"id": "a\\ud83d", "text": "Tin \\udc00 tức", "x": "\\ud800"}\n'
    done = inside("--from", "jsonl", stdin=stdin)
    assert done.status == 0
    (record,) = done.records
    assert record["id"] == "a\ufffd"
    assert record["extra"] == {"x": "\ufffd"}


def test_line_ends_within_a_text_do_not_cut_the_record() -> None:
    done = inside(
        "--from", "jsonl", stdin=line(id="a\u2028b", text="Tin\u2028tức\x85.", k="\u2029")
    )
    assert len(done.out.decode().splitlines()) == 1
    assert done.records[0]["id"] == "a\u2028b"
    assert done.records[0]["extra"] == {"k": "\u2029"}


@pytest.mark.parametrize("to", ["md", "text", "tidy"])
def test_other_formats_are_the_text_of_a_record(to: str) -> None:
    alone = inside("--to", to, stdin=DUMP).text
    stdin = line(id="a", text=DUMP, url="u") + "{\n"
    done = inside("--from", "jsonl", "--to", to, stdin=stdin)
    assert done.records[0] == {"id": "a", "text": alone, "extra": {"url": "u"}}
    assert "error" in done.records[1]


@pytest.mark.parametrize("ending", ["\n", "\r\n", ""])
def test_line_ends_and_marks(ending: str) -> None:
    stdin = (
        "\ufeff"
        + line(id="a", text=DUMP).strip()
        + "\n"
        + line(id="b", text="Tin").strip()
        + ending
    )
    done = inside("--from", "jsonl", stdin=stdin)
    assert [record["id"] for record in done.records] == ["a", "b"]


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_packed_files_by_suffix(tmp_path: Path, suffix: str) -> None:
    plain = "".join(line(id=str(n), text=DUMP) for n in range(50)).encode()
    pack = gzip.compress if suffix == ".gz" else zstandard.ZstdCompressor().compress
    packed = tmp_path / f"in.jsonl{suffix}"
    packed.write_bytes(pack(plain[:9000]) + pack(plain[9000:]))  # in two members, as pigz does
    (tmp_path / "in.jsonl").write_bytes(plain)
    expected = inside(tmp_path / "in.jsonl").out
    assert inside(packed).out == expected
    assert inside(packed, "-o", tmp_path / "out").status == 0
    assert inside(packed, "-o", tmp_path / f"file.jsonl{suffix}").status == 0
    first = (tmp_path / f"file.jsonl{suffix}").read_bytes()
    if suffix == ".gz":
        assert gzip.decompress(first) == expected
    assert inside(packed, "-j", "2", "-o", tmp_path / f"file.jsonl{suffix}").status == 0
    assert (tmp_path / f"file.jsonl{suffix}").read_bytes() == first  # no time in it


PACKERS = {".gz": gzip.compress, ".zst": zstandard.ZstdCompressor().compress}


@pytest.mark.parametrize("suffix", [".GZ", ".Zst"])
def test_capitals_in_a_suffix_are_packed_as_they_are_read(tmp_path: Path, suffix: str) -> None:
    (tmp_path / "in.jsonl").write_text(line(id="a", text=DUMP))
    packed = tmp_path / f"TREE.JSONL{suffix}"
    packed.write_bytes(PACKERS[suffix.lower()](line(id="a", text=DUMP).encode()))
    one = tmp_path / f"ONE.JSONL{suffix}"
    assert inside(tmp_path / "in.jsonl", "-o", one).status == 0
    assert inside(packed, "-o", f"{tmp_path}/out/").status == 0
    for path in one, tmp_path / "out" / packed.name:
        (record,) = inside(path).records  # a record that was written is one that can be read
        assert record["id"] == "a"


@pytest.mark.parametrize("suffix", PACKERS)
@pytest.mark.parametrize("number", [1, 40, 600])
def test_a_packed_file_that_is_cut_off_is_a_failure_and_no_loss(
    tmp_path: Path, suffix: str, number: int
) -> None:
    rng = random.Random(number)
    texts = [f"{DUMP}{rng.randbytes(99).hex()}" for _ in range(number)]
    whole = PACKERS[suffix]("".join(line(id=str(n), text=t) for n, t in enumerate(texts)).encode())
    packed = tmp_path / f"in.jsonl{suffix}"
    for cut in (1, len(whole) // 20, len(whole) - 4):
        packed.write_bytes(whole[:-cut])
        done = inside(packed)
        assert done.status == 2, cut
        assert "cannot be unpacked" in done.err
        # The records in front of the cut, but for those of the last block, and an error.
        assert len(done.records) >= number * (1 - cut / len(whole)) - 200
        assert all("text" in record for record in done.records[:-1])
        assert inside(packed, "-o", tmp_path / "all.jsonl").status == 2
        if done.records:
            assert (tmp_path / "all.jsonl").read_bytes() == done.out


@pytest.mark.parametrize("suffix", PACKERS)
def test_what_stands_behind_packed_records_costs_none_of_them(tmp_path: Path, suffix: str) -> None:
    packed = tmp_path / f"in.jsonl{suffix}"
    pack = PACKERS[suffix]
    part = pack("".join(line(id=str(n), text=DUMP) for n in range(50)).encode())
    packed.write_bytes(part + pack(b"") + part)
    assert [len(inside(packed).records), inside(packed).status] == [100, 0]
    packed.write_bytes(part + b"garbage")
    done = inside(packed)
    assert done.status == 2
    assert [record["id"] for record in done.records[:50]] == [str(n) for n in range(50)]


@pytest.mark.parametrize("suffix", PACKERS)
def test_packed_standard_input_is_told_by_its_name(suffix: str) -> None:
    packed = PACKERS[suffix]("".join(line(id=str(n), text=DUMP) for n in range(50)).encode())
    done = inside("--stdin-filename", f"a.jsonl{suffix}", stdin=packed)
    assert (done.status, len(done.records)) == (0, 50)
    piped = outside("--stdin-filename", f"a.jsonl{suffix}", stdin=packed)
    assert piped.out == done.out
    assert inside("--stdin-filename", f"a.jsonl{suffix}", stdin=packed[:-9]).status == 2
    unnamed = inside("--from", "jsonl", stdin=packed)
    assert (unnamed.status, unnamed.out) == (2, b"")
    assert "packed data" in unnamed.err


def test_1c_32_a_bomb_is_refused_quickly(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.jsonl.gz"
    with gzip.open(bomb, "wb") as file:
        for _ in range(40):
            file.write(bytes(1 << 20))
    done = inside(bomb)
    assert done.status == 2
    assert "the rest is not read" in done.err
    lines = tmp_path / "lines.jsonl.gz"
    with gzip.open(lines, "wb") as file:
        file.write(b"\n" * (20 << 20))
    assert "refused as a bomb" in inside(lines).err
    piped = outside("--stdin-filename", "lines.jsonl.gz", stdin=lines.read_bytes())
    assert "refused as a bomb" in piped.err


def test_1c_32_a_huge_record_is_refused_and_the_rest_done() -> None:
    stdin = line(id="a", text=DUMP) + " " * (40 << 20) + "\n" + line(id="b", text=DUMP)
    done = inside("--from", "jsonl", stdin=stdin)
    assert done.status == 2
    assert [record["id"] for record in done.records] == ["a", "-:2", "b"]
    assert "41943040 bytes" in done.records[1]["error"]
