"""Processes that are killed at random: what remains is finished, and nothing is done wrong."""

import contextlib
import json
import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest
from run.command import DUMP, STARTED, environment, tree_of

from torture import size

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
    )


def run(folder: Path, out: str, *options: str) -> None:
    process = start(folder, out, *options)
    _, said = process.communicate(timeout=120)
    assert (process.returncode, said) == (0, b"")


def children(pid: int) -> list[int]:
    try:
        return list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))
    except OSError:
        return []


def kill(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


needs_proc = pytest.mark.skipif(not os.path.exists("/proc/self/task"), reason="needs /proc")


@needs_proc
def test_workers_killed_at_random_change_nothing(crowd: Path) -> None:
    rng = random.Random(9)
    expected = tree_of(crowd / "undisturbed")
    kills = rounds = 0
    while kills < size(30, 1000):
        rounds += 1
        out = f"kills{rounds}"
        process = start(crowd, out)
        time.sleep(0.25)
        while process.poll() is None:
            time.sleep(rng.uniform(0.05, 0.15))
            workers = children(process.pid)
            if workers:
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
            workers = children(process.pid)
            kill(process.pid, signal.SIGKILL)
            process.wait()
            assert process.stderr
            process.stderr.close()
            kills += 1
            until = time.monotonic() + 5
            while any(os.path.exists(f"/proc/{pid}") for pid in workers):
                assert time.monotonic() < until, "a worker lives on without its parent"
                time.sleep(0.01)
        run(crowd, out, "--resume")
        found = tree_of(crowd / out)
        found.pop(".artclean-run.jsonl")
        assert found == expected
        # And once more there is nothing to do.
        times = {path: path.stat().st_mtime_ns for path in (crowd / out).rglob("*.json*")}
        run(crowd, out, "--resume")
        del times[crowd / out / ".artclean-run.jsonl"]
        assert all(path.stat().st_mtime_ns == when for path, when in times.items())


def test_interrupted_at_random_instants(crowd: Path) -> None:
    """Quick, quiet, with the right sums, and with no process or temporary file left."""
    rng = random.Random(300)
    slow = 0
    trials = size(15, 300)
    for trial in range(trials):
        number = rng.choice([signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
        out = f"stopped{trial}"
        process = start(crowd, out, "--exclude", "records.jsonl")
        time.sleep(rng.uniform(0.3, 0.9))  # not while Python itself starts
        workers = children(process.pid)
        if process.poll() is None:
            begin = time.monotonic()
            os.killpg(process.pid, number)
            status = process.wait(20)
            slow += time.monotonic() - begin > 2
            assert process.stderr
            said = process.stderr.read().decode()
            if status != 0:  # it was not just done
                assert status == -number
                words = said.split()
                assert words[:2] == ["artclean:", "interrupted:"], said
                assert int(words[2]) + int(words[4]) == DOCUMENTS
                written = tree_of(crowd / out)
                assert len(written) >= int(words[2])
        assert process.stderr
        process.stderr.close()
        written = tree_of(crowd / out)
        expected = tree_of(crowd / "undisturbed")
        assert all(expected[name] == data for name, data in written.items())
        assert not any(os.path.exists(f"/proc/{pid}") for pid in workers)
    # 0.2 s on an idle machine; one that does other things as well takes its time now and then,
    # but a process that waits for its documents would take much longer, and most of the times.
    assert slow <= trials * 0.2
