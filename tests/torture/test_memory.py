"""Memory does not grow with the number of documents, nor with what one of them does."""

import json
import subprocess
import sys
import tempfile

import pytest
from run.command import DUMP, STARTED, environment

from torture import size

pytestmark = pytest.mark.slow

# Starts the command from a small process: a child's peak counts what its parent had when it
# was forked, and pytest has more than we allow.
LAUNCH = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, usage = os.wait4(process.pid, 0)
print(os.waitstatus_to_exitcode(status), usage.ru_maxrss)
"""

FEED = """
import sys
record = sys.stdin.buffer.read()
for number in range(int(sys.argv[1])):
    sys.stdout.buffer.write(record.replace(b"@@@", str(number).encode()))
"""


def peak(record: bytes, repeated: int, *options: str) -> tuple[int, int]:
    """The status and the peak memory in KiB of a run that is fed these bytes so many times.

    The peak is that of the largest of its processes.
    """
    with tempfile.TemporaryFile() as given:
        given.write(record)
        given.seek(0)
        feed = subprocess.Popen(
            [sys.executable, "-c", FEED, str(repeated)], stdin=given, stdout=subprocess.PIPE
        )
    done = subprocess.run(
        [sys.executable, "-c", LAUNCH, *STARTED, *options],
        stdin=feed.stdout,
        capture_output=True,
        env=environment(),
        check=True,
    )
    assert feed.stdout
    feed.stdout.close()
    feed.wait()
    status, kib = map(int, done.stdout.split())
    return status, kib


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_memory_stays_flat(jobs: str) -> None:
    record = json.dumps({"id": "@@@", "text": f"Tin @@@\n{DUMP}"}).encode() + b"\n"
    _, few = peak(record, size(1_000, 10_000), "--from", "jsonl", "-j", jobs)
    status, many = peak(record, size(10_000, 200_000), "--from", "jsonl", "-j", jobs)
    assert status == 0
    assert many <= 1.1 * few
    assert many < 80 << 10


def test_a_million_names_take_no_more_than_ten() -> None:
    name = b"none/" + b"x" * 60 + b".txt\0"
    options = ("--files-from", "-", "-0", "-j", "1")
    _, ten = peak(name, 10, *options)
    status, million = peak(name, size(100_000, 1_000_000), *options)
    assert status == 2  # there are no such files
    assert million <= 1.1 * ten
