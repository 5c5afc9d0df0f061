"""Memory does not grow with the number of documents, nor with what one of them does."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from run.command import DUMP, STARTED, environment

from torture import size

pytestmark = pytest.mark.slow

FEED = """
import sys
record = sys.stdin.buffer.read()
for number in range(int(sys.argv[1])):
    sys.stdout.buffer.write(record.replace(b"@@@", str(number).encode()))
"""


def peak(documents: int, tmp_path: Path, *options: str) -> int:
    """The peak memory in KiB of a run over so many records from a pipe."""
    (tmp_path / "record").write_text(json.dumps({"id": "@@@", "text": f"Tin @@@\n{DUMP}"}) + "\n")
    with open(tmp_path / "record", "rb") as record:
        feed = subprocess.Popen(
            [sys.executable, "-c", FEED, str(documents)], stdin=record, stdout=subprocess.PIPE
        )
    process = subprocess.Popen(
        [*STARTED, "--from", "jsonl", *options],
        stdin=feed.stdout,
        stdout=subprocess.DEVNULL,
        env=environment(),
    )
    assert feed.stdout
    feed.stdout.close()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    feed.wait()
    assert process.returncode == 0
    return usage.ru_maxrss


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_memory_stays_flat(tmp_path: Path, jobs: str) -> None:
    few = peak(size(1_000, 10_000), tmp_path, "-j", jobs)
    many = peak(size(10_000, 200_000), tmp_path, "-j", jobs)
    assert many <= 1.1 * few
    assert many < 80 << 10  # KiB


def test_a_million_names_take_no_more_than_ten(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"%PDF")  # refused at once: the names are what is measured

    def peak_of_names(number: int) -> int:
        names = subprocess.Popen(
            [
                sys.executable,
                "-c",
                f"import sys; sys.stdout.write('none/{'x' * 60}.txt\\0' * {number})",
            ],
            stdout=subprocess.PIPE,
        )
        process = subprocess.Popen(
            [*STARTED, "--files-from", "-", "-0", "-j", "1"],
            stdin=names.stdout,
            stderr=subprocess.DEVNULL,
            env=environment(),
        )
        assert names.stdout
        names.stdout.close()
        _, _, usage = os.wait4(process.pid, 0)
        process.returncode = 0
        names.wait()
        return usage.ru_maxrss

    assert peak_of_names(size(100_000, 1_000_000)) <= 1.1 * peak_of_names(10)
