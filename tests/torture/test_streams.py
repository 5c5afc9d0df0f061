"""Streams that break: nothing is lost without a word.

What breaks × whether Python buffers × the format × the size: 72 cases. Other tools lose output
and exit 0 in up to 8 of 18 of these (python/cpython#85393, #86210).
"""

import errno
import fcntl
import json
import os
import pty
import signal
import subprocess
import tty
from pathlib import Path

import pytest
from run.command import DUMP, STARTED, environment

import torture

pytestmark = pytest.mark.slow

SIZES = {"1 B": 1, "64 KiB + 1": (64 << 10) + 1, "large": torture.size(1 << 20, 10 << 20)}
FORMATS = {"text": ["--to", "text"], "records": ["--from", "jsonl"], "markdown": ["--to", "md"]}


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Inputs whose outputs are of about these sizes, and what they are undisturbed."""
    folder = tmp_path_factory.mktemp("streams")
    for name, number in SIZES.items():
        (folder / name).mkdir()
        for each in range(0, number, 50_000):  # as files: a megabyte is no article
            size = min(50_000, number - each)
            (folder / f"{name}/{each}.txt").write_text((DUMP * (size // len(DUMP) + 1))[:size])
        record = json.dumps({"text": DUMP[: min(number, len(DUMP))]}) + "\n"
        (folder / f"{name}.jsonl").write_text(record * (number // len(record) + 1))
        for kind in FORMATS:
            with open(folder / f"{name}.{kind}", "wb") as out:
                subprocess.run(
                    command(folder, name, kind), stdout=out, env=environment(), check=True
                )
    return folder


def command(folder: Path, name: str, kind: str) -> list[str]:
    suffix = ".jsonl" if kind == "records" else ""
    return [*STARTED, *FORMATS[kind], str(folder / f"{name}{suffix}")]


@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["buffered", "unbuffered"])
@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("name", SIZES)
@pytest.mark.parametrize("fault", ["ENOSPC", "EPIPE", "EAGAIN", "EIO"])
def test_no_silent_loss(
    inputs: Path, tmp_path: Path, fault: str, name: str, kind: str, unbuffered: str
) -> None:
    expected = (inputs / f"{name}.{kind}").read_bytes()
    arguments = command(inputs, name, kind)
    env = environment(PYTHONUNBUFFERED=unbuffered)
    if fault == "EAGAIN":
        read, write = os.pipe()
        fcntl.fcntl(write, fcntl.F_SETFL, os.O_NONBLOCK)
        process = subprocess.Popen(arguments, stdout=write, env=env)
        os.close(write)
        with open(read, "rb") as pipe:
            found = b"".join(iter(lambda: pipe.read(30_000), b""))
        assert process.wait(60) == 0
        assert found == expected
        return
    if fault == "EPIPE":
        read, write = os.pipe()
        process = subprocess.Popen(arguments, stdout=write, stderr=subprocess.PIPE, env=env)
        os.close(write)
        os.close(read)
        _, said = process.communicate(timeout=60)
        assert said == b""
        assert process.returncode == (-signal.SIGPIPE if expected else 0)
        return
    if fault == "EIO":
        # What is written to a terminal that has been closed.
        master, slave = pty.openpty()
        tty.setraw(slave)
        os.close(master)
        out = slave
    else:
        out = os.open("/dev/full", os.O_WRONLY)
    process = subprocess.Popen(arguments, stdout=out, stderr=subprocess.PIPE, env=env)
    os.close(out)
    _, said = process.communicate(timeout=60)
    if not expected:
        assert process.returncode == 0
        return
    assert process.returncode == 2
    reason = os.strerror(getattr(errno, fault))
    assert said.decode() == f"artclean: standard output: {reason}\n"


@pytest.mark.parametrize("unbuffered", ["", "1"], ids=["buffered", "unbuffered"])
@pytest.mark.parametrize("kind", FORMATS)
def test_a_disk_that_fills_up_is_noticed(
    inputs: Path, tmp_path: Path, kind: str, unbuffered: str
) -> None:
    """A write that is cut short, as on a full disk: here by the limit of a file's size."""
    out = tmp_path / "out"
    shell = f'ulimit -f 40; exec "$@" > {out}'
    process = subprocess.run(
        ["bash", "-c", shell, "bash", *command(inputs, "large", kind)],
        capture_output=True,
        env=environment(PYTHONUNBUFFERED=unbuffered),
        check=False,
    )
    assert process.returncode == 2
    assert process.stderr == b"artclean: standard output: File too large\n"
    assert (inputs / f"large.{kind}").read_bytes().startswith(out.read_bytes())
