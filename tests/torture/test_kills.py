"""Processes that are killed at random: what remains is finished, and nothing is done wrong."""

import contextlib
import json
import os
import random
import signal
import statistics
import subprocess
import time
from pathlib import Path

import pytest
from run.command import (
    DUMP,
    STARTED,
    children_of,
    cpu_of_children,
    environment,
    heed_signals,
    stop,
    tree_of,
    wait_until,
)

from torture import FULL, size

pytestmark = pytest.mark.slow

DOCUMENTS = 1000


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("crowd")
    for number in range(DOCUMENTS):
        path = folder / f"in/{number % 7}/{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        story = (f"Đoạn {n}: ấp {number * n} góp công, góp gạch, góp cát.\n\n" for n in range(15))
        path.write_text(f"Chuyện số {number}\n{DUMP}\n{''.join(story)}")
    records = (json.dumps({"id": str(n), "text": f"{n}\n{DUMP}"}) + "\n" for n in range(DOCUMENTS))
    (folder / "in/records.jsonl").write_text("".join(records))
    run(folder, "undisturbed")
    return folder


def start(folder: Path, out: str, *options: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [*STARTED, "-j", "2", "in", "-o", out, *options],
        cwd=folder,
        env=environment(),
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=heed_signals,
    )


def run(folder: Path, out: str, *options: str) -> None:
    process = start(folder, out, *options)
    _, said = process.communicate(timeout=600)
    assert (process.returncode, said) == (0, b"")


def bytes_below(folder: Path) -> int:
    """The size of all files that a run has written so far, also of those that are not complete."""
    total = 0
    for path in folder.rglob("*"):
        with contextlib.suppress(OSError):
            total += path.stat().st_size
    return total


def has_ended(pid: int) -> bool:
    """Is there no such process any more? One that nobody has buried yet has ended, too."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def kill(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


needs_proc = pytest.mark.skipif(not os.path.exists("/proc/self/task"), reason="needs /proc")


@needs_proc
def test_workers_killed_at_random_change_nothing(crowd: Path) -> None:
    """Each kill comes a moment after the run has got on since the last one.

    On a machine so busy that nobody gets anything done between two kills, giving up is right.
    """
    rng = random.Random(9)
    expected = tree_of(crowd / "undisturbed")
    kills = rounds = 0
    while kills < size(30, 1000):
        rounds += 1
        out = f"kills{rounds}"
        process = start(crowd, out)
        written = 0
        while process.poll() is None:
            time.sleep(rng.uniform(0.01, 0.1))
            before, written = written, bytes_below(crowd / out)
            workers = children_of(process.pid)
            if workers and written != before:
                kill(rng.choice(workers), signal.SIGKILL)
                kills += 1
        assert process.stderr
        assert (process.wait(), process.stderr.read()) == (0, b"")
        process.stderr.close()
        assert tree_of(crowd / out) == expected


def test_a_killed_parent_is_resumed(crowd: Path) -> None:
    rng = random.Random(20)
    expected = tree_of(crowd / "undisturbed")
    kills = rounds = 0
    while kills < size(8, 100):
        rounds += 1
        out = f"resumed{rounds}"
        for _ in range(rng.randint(1, 4)):
            process = start(crowd, out, "--resume")
            time.sleep(rng.uniform(0.15, 0.9))
            workers = children_of(process.pid)
            kill(process.pid, signal.SIGKILL)
            process.wait()
            assert process.stderr
            process.stderr.close()
            kills += 1
            wait_until(lambda: all(map(has_ended, workers)))  # noqa: B023 - called at once
        run(crowd, out, "--resume")
        found = tree_of(crowd / out)
        found.pop(".artclean-run.jsonl")
        assert found == expected
        # And once more there is nothing to do.
        times = {path: path.stat().st_mtime_ns for path in (crowd / out).rglob("*.json*")}
        run(crowd, out, "--resume")
        del times[crowd / out / ".artclean-run.jsonl"]
        assert all(path.stat().st_mtime_ns == when for path, when in times.items())


@needs_proc
def test_interrupted_at_random_instants(crowd: Path) -> None:
    """Quick, quiet, with the right sums, and with no process or temporary file left."""
    rng = random.Random(300)
    expected = tree_of(crowd / "undisturbed")
    seconds = []
    for trial in range(size(15, 300)):
        number = rng.choice([signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
        out = f"stopped{trial}"
        before = cpu_of_children()
        process = start(crowd, out, "--exclude", "records.jsonl")
        wait_until(lambda: (crowd / out).exists() or process.poll() is not None)  # noqa: B023
        time.sleep(rng.uniform(0, 0.6))
        workers = children_of(process.pid)
        stopped = stop(process, number, before)
        if stopped.status != 0:  # it was not just done
            assert stopped.status == -number
            words = stopped.said.split()
            assert words[:2] == ["artclean:", "interrupted:"], stopped.said
            assert int(words[2]) + int(words[4]) == DOCUMENTS
            assert len(tree_of(crowd / out)) >= int(words[2])
            assert stopped.cpu <= 0.2
            seconds.append(stopped.seconds)
        written = tree_of(crowd / out)
        assert all(expected[name] == data for name, data in written.items())
        wait_until(lambda: all(map(has_ended, workers)))  # noqa: B023
    assert seconds
    if FULL:  # by hand, on a machine that does little else
        assert statistics.quantiles(seconds, n=10)[-1] <= 0.2, sorted(seconds)[-20:]
