"""Writing files: what a write keeps, and what it refuses."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from artclean.run import sink
from artclean.run.errors import RefusedError
from artclean.run.sink import GrowingFile, OutputTree, replace_file, write_file

OLD = "Tin cũ, còn nguyên.\n".encode() * 100
NEW = "Tin mới.\n".encode() * 300


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "bài.txt"
    path.write_bytes(OLD)
    return path


def leftovers(folder: Path) -> list[str]:
    return [str(p) for p in folder.rglob("*") if p.name.endswith(".artclean-tmp")]


def replace(path: Path, data: bytes = NEW) -> bool:
    return replace_file(str(path), data, path.stat())


def test_replaces_and_leaves_nothing_else(article: Path) -> None:
    assert replace(article)
    assert article.read_bytes() == NEW
    assert os.listdir(article.parent) == [article.name]


@pytest.mark.parametrize("mode", [0o644, 0o600, 0o755, 0o640, 0o4755])
def test_1c_29_keeps_the_mode(article: Path, mode: int) -> None:
    article.chmod(mode)
    replace(article)
    assert stat.S_IMODE(article.stat().st_mode) == mode


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give a file away")
def test_1c_29_keeps_the_owner(article: Path) -> None:
    os.chown(article, 65534, 65533)
    replace(article)
    assert (article.stat().st_uid, article.stat().st_gid) == (65534, 65533)


def test_1c_29_keeps_extended_attributes(article: Path) -> None:
    try:
        os.setxattr(article, "user.nguồn", b"ttxvn")
    except OSError:
        pytest.skip("no extended attributes on this file system")
    replace(article)
    assert os.getxattr(article, "user.nguồn") == b"ttxvn"


def test_1c_29_keeps_hard_links(article: Path) -> None:
    twin = article.with_name("bản sao.txt")
    twin.hardlink_to(article)
    replace(article)
    assert twin.read_bytes() == NEW
    assert twin.stat().st_ino == article.stat().st_ino


def test_1c_28_rewrites_the_target_of_a_link(article: Path) -> None:
    link = article.with_name("liên kết")
    link.symlink_to(article.name)
    replace(link)
    assert link.is_symlink()
    assert article.read_bytes() == NEW


def test_a_file_that_needs_no_change_is_not_touched(article: Path) -> None:
    os.utime(article, ns=(1, 1))
    assert not replace(article, OLD)
    assert article.stat().st_mtime_ns == 1


AS_NOBODY = """
import os, sys
sys.path.insert(0, {source!r})
from artclean.run.sink import replace_file
os.setgroups([]); os.setgid(65534); os.setuid(65534)
path = sys.argv[1]
replace_file(path, b"moi" * 5000, os.stat(path))
"""


def as_nobody(path: Path) -> subprocess.CompletedProcess[str]:
    source = str(Path(__file__).parents[2] / "src")
    for folder in [path.parent, *path.parent.parents]:
        if folder.stat().st_uid == os.geteuid() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o055)
    return subprocess.run(
        [sys.executable, "-c", AS_NOBODY.format(source=source), str(path)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to become somebody else")
def test_1c_29_writes_in_a_read_only_directory(article: Path) -> None:
    article.chmod(0o666)
    done = as_nobody(article)
    assert (done.returncode, done.stderr) == (0, "")
    assert article.read_bytes() == b"moi" * 5000
    assert article.stat().st_uid == 0


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to become somebody else")
def test_1c_29_refuses_a_read_only_file(article: Path) -> None:
    article.chmod(0o444)
    article.parent.chmod(0o777)
    done = as_nobody(article)
    assert "Permission denied" in done.stderr
    assert article.read_bytes() == OLD
    assert not leftovers(article.parent)


def test_a_file_changed_since_it_was_read_is_left_alone(article: Path) -> None:
    before = article.stat()
    article.write_bytes(b"sua tay")
    with pytest.raises(RefusedError, match="changed"):
        replace_file(str(article), NEW, before)
    assert article.read_bytes() == b"sua tay"


def test_a_file_that_another_process_has_tidied_alike_is_done(article: Path) -> None:
    before = article.stat()
    article.write_bytes(NEW)
    assert not replace_file(str(article), NEW, before)


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir])
def test_only_regular_files_are_replaced(tmp_path: Path, make: object) -> None:
    path = tmp_path / "x"
    assert callable(make)
    make(path)
    with pytest.raises((RefusedError, IsADirectoryError)):
        replace_file(str(path), NEW, path.stat())


FAULTS = ["write", "fsync", "replace", "fchmod", "ftruncate", "posix_fallocate"]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("linked", [False, True], ids=["alone", "hard-linked"])
def test_a_failed_write_leaves_the_original(
    article: Path, fault: str, linked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if linked:
        article.with_name("twin").hardlink_to(article)
    real = getattr(os, fault)
    calls = 0

    def broken(*args: object, **more: object) -> object:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise OSError(28, "No space left on device")
        return real(*args, **more)

    monkeypatch.setattr(os, fault, broken)
    failed = None
    try:
        replace(article)
    except OSError as error:
        failed = error.errno
    # Not every way makes every one of these calls.
    assert failed == (28 if calls else None)
    assert article.read_bytes() == (OLD if failed else NEW)
    assert not leftovers(article.parent)


def test_what_a_killed_writer_left_is_swept(article: Path) -> None:
    (article.parent / f".{article.name}.artclean-tmp").write_bytes(b"half")
    replace(article)
    assert os.listdir(article.parent) == [article.name]


def test_write_file_makes_a_new_file_with_the_umask(tmp_path: Path) -> None:
    write_file(str(tmp_path / "mới.json"), b"{}\n")
    mask = os.umask(0)
    os.umask(mask)
    found = (tmp_path / "mới.json").stat()
    assert stat.S_IMODE(found.st_mode) == 0o666 & ~mask


def test_write_file_to_a_device() -> None:
    write_file("/dev/null", NEW)
    with pytest.raises(OSError, match="No space left"):
        write_file("/dev/full", NEW)
    assert stat.S_ISCHR(os.stat("/dev/null").st_mode)


OUTSIDE = ["../x", "a/../../x", "/etc/x", "a//b", "", ".", "a/.", "a\0b"]


@pytest.mark.parametrize("name", OUTSIDE)
def test_1c_4_no_name_leads_out_of_the_tree(tmp_path: Path, name: str) -> None:
    with pytest.raises(RefusedError):
        OutputTree(str(tmp_path / "out")).write(name, b"x")
    assert not (tmp_path / "x").exists()


def test_1c_4_no_link_leads_out_of_the_tree(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "away").mkdir()
    (tmp_path / "away/file").write_bytes(OLD)
    (tmp_path / "out/folder").symlink_to("../away")
    (tmp_path / "out/file.json").symlink_to("../away/file")
    tree = OutputTree(str(tmp_path / "out"))
    with pytest.raises(RefusedError, match="link"):
        tree.write("folder/a.json", NEW)
    with pytest.raises(RefusedError, match="link"):
        tree.write("file.json", NEW)
    assert (tmp_path / "away/file").read_bytes() == OLD
    assert os.listdir(tmp_path / "away") == ["file"]


def test_tree_makes_folders_and_overwrites_earlier_outputs(tmp_path: Path) -> None:
    tree = OutputTree(str(tmp_path / "out"))
    tree.write("a/b/c.json", OLD)
    tree.write("a/d.json", OLD)
    tree.write("a/b/c.json", NEW)
    assert (tmp_path / "out/a/b/c.json").read_bytes() == NEW
    assert tree.size_of("a/b/c.json") == len(NEW)
    assert tree.size_of("a/b") is None
    assert not leftovers(tmp_path)


def test_growing_file_appears_when_complete(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(OLD)
    path.chmod(0o640)
    growing = GrowingFile.at_path(str(path))
    os.write(growing.descriptor, NEW)
    assert path.read_bytes() == OLD
    growing.commit()
    assert path.read_bytes() == NEW
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    discarded = GrowingFile.at_path(str(path))
    os.write(discarded.descriptor, OLD)
    discarded.discard()
    assert path.read_bytes() == NEW
    assert os.listdir(tmp_path) == ["out.jsonl"]


def test_a_new_file_in_a_read_only_directory_is_not_permitted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And not "no such file", which is how a file in it that can be written over is looked for."""

    def refused(*_: object) -> int:
        raise PermissionError(13, "Permission denied")  # root is never refused

    monkeypatch.setattr(sink, "_open_temporary", refused)
    with pytest.raises(PermissionError):
        GrowingFile.at_path(str(tmp_path / "new.json"))
    (tmp_path / "old.json").write_bytes(OLD)
    GrowingFile.at_path(str(tmp_path / "old.json")).discard()


def test_growing_file_keeps_hard_links(tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    path.write_bytes(OLD)
    (tmp_path / "twin").hardlink_to(path)
    growing = GrowingFile.at_path(str(path))
    os.write(growing.descriptor, NEW)
    growing.commit()
    assert (tmp_path / "twin").read_bytes() == NEW
    assert sorted(os.listdir(tmp_path)) == ["out.jsonl", "twin"]
