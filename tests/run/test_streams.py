"""Lines and bytes through descriptors."""

import fcntl
import os
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from artclean.run.errors import RefusedError
from artclean.run.lines import LineReader
from artclean.run.streams import Writer, read_all, write_all


def lines(chunks: list[bytes], limit: int = 1000) -> list[tuple[int, bytes, int]]:
    rest = list(chunks)
    reader = LineReader(lambda _size: rest.pop(0) if rest else b"", limit=limit)
    return [(line.number, line.data, line.oversize) for line in reader]


@given(st.lists(st.binary(min_size=1, max_size=12).map(lambda b: b.replace(b"x", b"\n"))))
def test_lines_are_those_of_split_however_the_bytes_arrive(chunks: list[bytes]) -> None:
    whole = b"".join(chunks)
    expected = [(number, line) for number, line in enumerate(whole.split(b"\n"), 1) if line]
    assert [(number, data) for number, data, _ in lines(chunks)] == expected


@given(
    st.lists(st.sampled_from([b"a", b"\n", b"bbb", b"c\nc", b"dddddd", b"\n\n"])), st.integers(1, 8)
)
def test_only_lines_over_the_limit_are_left_out(chunks: list[bytes], limit: int) -> None:
    expected = [line for line in b"".join(chunks).split(b"\n") if line]
    for (_, data, oversize), line in zip(lines(chunks, limit), expected, strict=True):
        assert (data, oversize) == ((b"", len(line)) if len(line) > limit else (line, 0))


def test_an_endless_line_ends_the_source() -> None:
    reader = LineReader(lambda size: b" " * size, limit=1000)
    reader.longest_skip = 10_000_000
    with pytest.raises(RefusedError, match="a line of more than"):
        list(reader)


def test_other_separators() -> None:
    rest = [b"a\nb\0c"]
    reader = LineReader(lambda _: rest.pop() if rest else b"", limit=9, separator=b"\0")
    assert [line.data for line in reader] == [b"a\nb", b"c"]


def test_before_waiting_for_a_pipe_what_is_done_is_flushed() -> None:
    read, write = os.pipe()
    os.write(write, b"one\ntwo\nthr")
    reader = LineReader(lambda size: os.read(read, size), limit=99, live=read)
    seen: list[bytes] = []

    def answer() -> None:
        seen.append(b"waited")
        if len(seen) < 5:
            os.write(write, b"ee\n")
        else:
            os.close(write)

    reader.before_wait = answer
    for line in reader:
        seen.append(line.data)  # noqa: PERF401 - the order of the two is the point
    assert seen == [b"one", b"two", b"waited", b"three", b"waited"]
    os.close(read)


def test_1c_19_writes_go_on_when_a_slow_reader_makes_room() -> None:
    read, write = os.pipe()
    fcntl.fcntl(write, fcntl.F_SETFL, os.O_NONBLOCK)
    data = os.urandom(1 << 20)
    got = bytearray()

    def reader() -> None:
        while piece := os.read(read, 5000):
            got.extend(piece)

    thread = threading.Thread(target=reader)
    thread.start()
    write_all(write, data)
    os.close(write)
    thread.join()
    os.close(read)
    assert got == data


def test_a_writer_raises_what_goes_wrong() -> None:
    descriptor = os.open("/dev/full", os.O_WRONLY)
    writer = Writer(descriptor)
    writer.write(b"small")
    with pytest.raises(OSError, match="No space"):
        writer.finish()
    os.close(descriptor)


def test_read_all_stops_at_the_limit() -> None:
    descriptor = os.open("/dev/zero", os.O_RDONLY)
    with pytest.raises(RefusedError, match="larger than 5000 bytes"):
        read_all(descriptor, 5000)
    os.close(descriptor)
