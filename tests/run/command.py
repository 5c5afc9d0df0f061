"""Running the command in tests: within this process where that does, as a process where not."""

import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from artclean.cli import execute

SOURCE = str(Path(__file__).parents[2] / "src")
STARTED = [sys.executable, "-m", "artclean"]

# An article in the shape of a provincial paper's dump; names and events are made up.
DUMP = """Xã An Thịnh khánh thành cầu dân sinh Bến Đá
Cập nhật lúc 09:12, Thứ Ba, 14/05/2019 (GMT+7)
.

Sáng 14-5, UBND xã An Thịnh tổ chức lễ khánh thành cầu dân sinh Bến Đá, nối hai ấp Thượng và Hạ.

Cây cầu dài 42 mét, rộng 3 mét, do người dân trong xã đóng góp hơn 300 ngày công để xây dựng.
Người dân ấp Hạ đi qua cầu mới trong ngày khánh thành.
Người dân ấp Hạ đi qua cầu mới trong ngày khánh thành.

Ông Trần Văn Lộ cho biết từ nay học sinh không còn phải đi đò mỗi mùa nước lớn.
Lê Hoài An
"""


class Done(NamedTuple):
    """What a run has left: status (negative: the signal it died by), output, messages."""

    status: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def records(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.out.splitlines()]


def inside(*arguments: str | Path, stdin: bytes | str = b"") -> Done:
    """The command, within this process: quick, but not for signals and terminals."""
    data = stdin.encode() if isinstance(stdin, str) else stdin
    with tempfile.TemporaryFile() as given, _redirected(given.fileno()) as (out, err):
        given.write(data)
        given.flush()
        given.seek(0)
        status = execute([os.fspath(each) for each in arguments])
    return Done(status, _all_of(out), _all_of(err).decode())


def outside(
    *arguments: str | Path,
    stdin: bytes | str = b"",
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
    **more: Any,
) -> Done:
    """The command as a process of its own."""
    done = subprocess.run(
        [*STARTED, *(os.fspath(each) for each in arguments)],
        input=stdin.encode() if isinstance(stdin, str) else stdin,
        capture_output=True,
        env=environment(**(env or {})),
        cwd=cwd,
        timeout=PATIENCE,
        check=False,
        **more,
    )
    return Done(done.returncode, done.stdout, done.stderr.decode(errors="backslashreplace"))


def environment(**changes: str) -> dict[str, str]:
    """The environment for the command: nothing of the developer's that it looks at."""
    dropped = ("NO_COLOR", "FORCE_COLOR", "PRE_COMMIT", "CI", "ARTCLEAN_JOBS", "PYTHONUNBUFFERED")
    kept = {key: value for key, value in os.environ.items() if key not in dropped}
    return kept | {"PYTHONPATH": SOURCE, "TERM": "xterm-256color"} | changes


PATIENCE = 60.0  # seconds for what takes a fraction of one; only what hangs takes longer


def wait_until(condition: Callable[[], object]) -> None:
    """Look again and again until the condition holds."""
    until = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < until, "waited in vain"
        time.sleep(0.002)


def heed_signals() -> None:
    """What runs the tests in the background (nohup, a job of a shell) has these ignored."""
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def children_of(pid: int) -> list[int]:
    """The processes that a process has started and not buried yet; none without a /proc."""
    try:
        return list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))
    except OSError:
        return []


class Stop(NamedTuple):
    """How a run has ended after a signal. The seconds count from the signal.

    What other processes do to a busy machine is in ``seconds``, but not in ``cpu``.
    """

    status: int
    said: str
    cpu: float
    seconds: float


def stop(process: "subprocess.Popen[bytes]", number: int, used_before: float) -> Stop:
    """Send a signal to a process and its workers, as a terminal does, and see it end.

    ``used_before`` is what :func:`cpu_of_children` gave before the process was started.
    """
    os.killpg(process.pid, signal.SIGSTOP)  # nobody works while we look at the clock
    used = sum(map(_cpu_of, [process.pid, *children_of(process.pid)]))
    begin = time.monotonic()
    os.killpg(process.pid, number)
    os.killpg(process.pid, signal.SIGCONT)
    status = process.wait(PATIENCE)
    seconds = time.monotonic() - begin
    cpu = cpu_of_children() - used_before - used
    assert process.stderr
    with process.stderr:
        return Stop(status, process.stderr.read().decode(), cpu, seconds)


def cpu_of_children() -> float:
    """CPU seconds of all children so far that have ended, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _cpu_of(pid: int) -> float:
    """CPU seconds of a process that runs, and of its children that have ended."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, after_name[11:15])) / os.sysconf("SC_CLK_TCK")


def tree_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its name."""
    return {
        os.fsdecode(os.path.relpath(os.path.join(at, name), os.fsencode(folder))): _bytes_of(
            at, name
        )
        for at, _folders, names in os.walk(os.fsencode(folder))
        for name in names
    }


def leftovers(folder: Path) -> list[str]:
    """Temporary files below a folder."""
    return [name for name in tree_of(folder) if "artclean-tmp" in name]


def _bytes_of(folder: bytes, name: bytes) -> bytes:
    path = os.path.join(folder, name)
    if not os.path.isfile(path):
        return b"(no file)"
    with open(path, "rb") as file:
        return file.read()


def _all_of(file: Any) -> bytes:
    file.seek(0)
    data: bytes = file.read()
    file.close()
    return data


@contextmanager
def _redirected(stdin: int) -> Iterator[tuple[Any, Any]]:
    out, err = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115 - read later
    saved = [os.dup(number) for number in (0, 1, 2)]
    handlers = {
        number: signal.getsignal(number)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGALRM)
    }
    for number, descriptor in enumerate((stdin, out.fileno(), err.fileno())):
        os.dup2(descriptor, number)
    try:
        yield out, err
    finally:
        for number, descriptor in enumerate(saved):
            os.dup2(descriptor, number)
            os.close(descriptor)
        for signal_number, handler in handlers.items():
            signal.signal(signal_number, handler)
