"""Writes that fail in the middle: nothing that stood there before is ever damaged.

Each trial is a process of its own in which one system call, at a random point of the run, fails
as it does on a full disk, over quota, on a broken disk, without permission, or never returns
because the process is killed. What was there before must be there still or be replaced whole.
"""

import errno
import os
import random
import resource
import signal
import stat
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from run.command import DUMP, inside, leftovers, tree_of

from artclean.cli import execute
from artclean.run.sink import replace_file
from torture import size

pytestmark = pytest.mark.slow


class Fault(NamedTuple):
    """A call that fails (or a process that dies at it), and how."""

    calls: tuple[str, ...]
    error: int  # an errno; 0: SIGKILL


FAULTS = {
    "disk full": Fault(("write", "posix_fallocate"), errno.ENOSPC),
    "over quota": Fault(("write", "posix_fallocate"), errno.EDQUOT),
    "broken disk, write": Fault(("write",), errno.EIO),
    "broken disk, sync": Fault(("fsync",), errno.EIO),
    "broken disk, rename": Fault(("replace",), errno.EIO),
    "broken disk, truncate": Fault(("ftruncate",), errno.EIO),
    "read-only": Fault(("open", "mkdir", "replace"), errno.EROFS),
    "no permission": Fault(("open", "mkdir", "replace", "fchmod"), errno.EACCES),
    "too many files": Fault(("open", "dup"), errno.EMFILE),
    "killed": Fault(("write", "fsync", "replace", "open", "fchmod", "ftruncate"), 0),
}


def arm(fault: Fault, at: int, short: float) -> None:
    """From now on, the ``at``-th of these calls fails; a write after a part of its bytes."""
    count = 0

    def failing(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            nonlocal count
            if name == "write" and not stat.S_ISREG(os.fstat(args[0]).st_mode):
                return real(*args, **more)  # a pipe to a worker does not run full
            count += 1
            if count != at:
                return real(*args, **more)
            if name == "write":
                real(args[0], args[1][: int(len(args[1]) * short)])
            if not fault.error:
                os.kill(os.getpid(), signal.SIGKILL)
            raise OSError(fault.error, os.strerror(fault.error))

        return call

    for name in fault.calls:
        setattr(os, name, failing(name, getattr(os, name)))


@pytest.fixture(scope="module", autouse=True)
def everything_is_loaded(tmp_path_factory: pytest.TempPathFactory) -> None:
    """The children find all modules in memory: quicker, and one of them may not read them."""
    folder = tmp_path_factory.mktemp("warm")
    (folder / "a.txt").write_text(DUMP)
    for arguments in (["-o", f"{folder}/out"], ["--write"]):
        inside(folder, "-j", "2", *arguments)


def in_child(folder: Path, action: Callable[[], int]) -> int:
    """The status of a process that does this there; negative: the signal it died by."""
    pid = os.fork()
    if not pid:
        status = 99
        try:
            os.chdir(folder)
            devnull = os.open(os.devnull, os.O_RDWR)
            for descriptor in (0, 1, 2):
                os.dup2(devnull, descriptor)
            status = action()
        finally:
            os._exit(status)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


SCENES = ["in place", "hard-linked", "through a link", "tree", "file", "records"]


def stage(folder: Path, scene: str) -> list[str]:
    """Files with earlier outputs, and the command that will write over them."""
    (folder / "in").mkdir(parents=True)
    for number in range(3):
        story = "".join(
            f"Đoạn {n}: {'bà con góp công, góp gạch, ' * 40}\n\n" for n in range(6 * number)
        )
        (folder / f"in/{number}.txt").write_text(f"{DUMP}\n{story}")
    if scene == "hard-linked":
        (folder / "twin.txt").hardlink_to(folder / "in/1.txt")
    if scene == "through a link":
        (folder / "in/1.txt").rename(folder / "real.txt")
        (folder / "in/1.txt").symlink_to("../real.txt")
    earlier = b'{"earlier": "output"}\n' * 100
    if scene == "tree":
        (folder / "out").mkdir()
        for number in range(3):
            (folder / f"out/{number}.json").write_bytes(earlier)
        return ["in", "-o", "out"]
    if scene == "file":
        (folder / "all.jsonl").write_bytes(earlier)
        return ["in", "-o", "all.jsonl"]
    if scene == "records":
        (folder / "in/r.jsonl").write_text('{"text": "Tin"}\n' * 500)
        (folder / "out").mkdir()
        (folder / "out/r.jsonl").write_bytes(earlier)
        return ["in/r.jsonl", "-o", "out"]
    return ["--write", *(f"in/{number}.txt" for number in range(3))]


def after(folder: Path, scene: str) -> dict[str, bytes]:
    """What the same run leaves undisturbed."""
    arguments = stage(folder, scene)
    assert in_child(folder, lambda: execute(arguments)) == 0
    return tree_of(folder)


def only_whole_lines(found: bytes, undisturbed: bytes, scene: str) -> bool:
    """Where many documents share a file, one that failed is missing, and all others are there."""
    return scene == "file" and set(found.splitlines(True)) <= set(undisturbed.splitlines(True))


def test_no_fault_damages_what_was_there(tmp_path: Path) -> None:
    rng = random.Random(2000)
    undisturbed = {scene: after(tmp_path / scene, scene) for scene in SCENES}
    outcomes: Counter[str] = Counter()
    for trial in range(size(200, 2000)):
        scene = rng.choice(SCENES)
        kind = rng.choice(sorted(FAULTS))
        fault = FAULTS[kind]
        if scene == "hard-linked" and not fault.error:
            # Written over in place, for there is no other way to keep a hard link: whoever
            # pulls the plug in that millisecond has a half-written file. Documented.
            continue
        folder = tmp_path / f"{trial}"
        arguments = [*stage(folder, scene), "-j", rng.choice("1111112")]
        before = tree_of(folder)
        modes = {name: (folder / name).stat().st_mode for name in before}
        at, short = rng.randint(1, 10), rng.random()

        def run(fault: Fault = fault, at: int = at, short: float = short) -> int:
            arm(fault, at, short)
            return execute(arguments)  # noqa: B023 - called at once

        status = in_child(folder, run)
        found = tree_of(folder)
        where = f"trial {trial}: {scene}, {kind}, call {at}"
        temporary = {name for name in found if "artclean-tmp" in name}
        for name, data in before.items():
            whole = found[name] in (data, undisturbed[scene][name])
            assert whole or only_whole_lines(found[name], undisturbed[scene][name], scene), where
            assert (folder / name).stat().st_mode == modes[name], where
        for name in found.keys() - before.keys() - temporary:
            assert found[name] == undisturbed[scene][name], where
        if status == 0:
            assert found == undisturbed[scene], where
        elif fault.error:
            assert status == 2, where
        else:  # it, or a worker: then the document is reported
            assert status in (-signal.SIGKILL, 2), where
        assert not temporary or not fault.error, where
        if temporary:  # the next run sweeps what a killed one has left, and finishes its work
            assert in_child(folder, lambda: execute(arguments)) == 0  # noqa: B023
            assert tree_of(folder) == undisturbed[scene], where
        outcomes["missed" if status == 0 else "hit"] += 1
    assert outcomes["hit"] > outcomes.total() / 5


def test_a_file_that_grows_too_large(tmp_path: Path) -> None:
    """EFBIG by a real limit, after so many bytes of the file."""
    rng = random.Random(7)
    undisturbed = {scene: after(tmp_path / scene, scene) for scene in SCENES}
    for trial in range(size(24, 200)):
        scene = SCENES[trial % len(SCENES)]
        folder = tmp_path / f"{trial}"
        arguments = stage(folder, scene)
        before = tree_of(folder)
        limit = rng.randint(0, 60_000)

        def run(limit: int = limit) -> int:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
            return execute(arguments)  # noqa: B023

        status = in_child(folder, run)
        found = tree_of(folder)
        assert status in (0, 2)
        assert not leftovers(folder)
        for name, data in found.items():
            assert data in (before.get(name), undisturbed[scene][name]), (scene, limit, name)


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to become somebody else")
def test_folders_that_may_not_be_written(tmp_path: Path) -> None:
    """A read-only folder: files in it can be tidied, but nothing can be made there."""
    for path in [tmp_path, *tmp_path.parents]:
        if path != Path("/") and path.stat().st_uid == 0:
            path.chmod(path.stat().st_mode | stat.S_IXOTH | stat.S_IROTH)
    undisturbed = after(tmp_path / "undisturbed", "in place")
    folder = tmp_path / "in place"
    arguments = stage(folder, "in place")
    for path in (folder / "in").iterdir():
        path.chmod(0o666)
    (folder / "in").chmod(0o555)

    def nobody(arguments: list[str]) -> Callable[[], int]:
        def run() -> int:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
            return execute(arguments)

        return run

    assert in_child(folder, nobody(["in", "-o", "in/out"])) == 2
    assert in_child(folder, nobody(arguments)) == 0
    assert tree_of(folder) == undisturbed
    (folder / "in/2.txt").write_text(DUMP)
    expected = inside("--to", "text", folder / "in/2.txt").out
    assert in_child(folder, nobody(["in/2.txt", "--to", "text", "-o", "in/1.txt"])) == 0
    assert (folder / "in/1.txt").read_bytes() == expected
    assert in_child(folder, nobody(["in/2.txt", "--to", "text", "-o", "in/new.txt"])) == 2


def test_readers_never_see_a_torn_file(tmp_path: Path) -> None:
    path = tmp_path / "tin.txt"
    versions = [bytes([letter]) * (4 << 20) for letter in b"ab"]
    path.write_bytes(versions[0])

    enough = tmp_path.parent / "enough"

    def write() -> int:
        number = 0
        while number < size(60, 1000) or not enough.exists():
            number += 1
            replace_file(str(path), versions[number % 2], os.stat(path))
        return 0

    pid = os.fork()
    if not pid:
        status = 1
        try:
            status = write()
        finally:
            os._exit(status)
    seen: Counter[bytes] = Counter()
    status = 0
    try:
        while (ended := os.waitpid(pid, os.WNOHANG)) == (0, 0):
            data = path.read_bytes()
            assert data in versions
            seen[data[:1]] += 1
            if len(seen) == 2:  # a reader that hardly gets its turn is waited for
                enough.touch()
        status = ended[1]
    except BaseException:
        os.kill(pid, signal.SIGKILL)
        raise
    assert status == 0
    assert os.listdir(tmp_path) == ["tin.txt"]
