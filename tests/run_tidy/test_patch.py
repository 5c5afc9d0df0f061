"""Patches that git takes."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest
from clock import outgrows
from hypothesis import given, settings
from hypothesis import strategies as st

from artclean.model import Edit
from artclean.run.patch import changes_of, patch_of
from artclean.text.edits import apply_edits

pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")

NAMES = [
    "tin.txt",
    "tin moi.txt",
    "bài viết.txt",
    'a"b\\c.txt',
    "tab\tline\n.txt",
    "thư mục/con/tin.txt",
    "-rf.txt",
    "x\udcff.txt",
    "e\u0301.txt",
    "đuôi .txt ",
]
CONTENTS = [
    (b"a\nb\nc\n", b"a\nc\n"),
    (b"a\r\nb\r\n", b"a\r\n"),
    (b"a\r\nb\n", b"a\r\nb\r\n"),
    (b"a\nb", b"a"),
    (b"a\nb", b"a\nb\n"),
    (b"a \n.", b"a\n"),
    (b"\xef\xbb\xbfa\n\n\n", b"\xef\xbb\xbfa\n"),
    (b"", b"a\n"),
    (b"a\n", b""),
    (b"\xd2\xe2\n", "ẽ\n".encode()),
    ("a\nb\n".encode("utf-16"), "a\n".encode("utf-16")),
    (b"a\rb\r", b"a\r"),
    (b"--- a\n+++ b\n@@ -1 +1 @@\n", b"--- a\n@@ -1 +1 @@\n"),
    (b"".join(b"%d\n" % n for n in range(100)), b"".join(b"%d\n" % n for n in range(100) if n % 9)),
]


def apply(folder: Path, name: str, before: bytes, after: bytes) -> None:
    """Git applies the patch in the folder, and the file is then what it should be."""
    file = os.path.join(os.fsencode(folder), os.fsencode(name))
    os.makedirs(os.path.dirname(file), exist_ok=True)
    with open(file, "wb") as target:
        target.write(before)
    patch = patch_of(os.path.abspath(os.path.join(folder, name)), before, after)
    command = ["git", "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn"]
    subprocess.run(command, input=patch, cwd=folder, check=True)
    with open(file, "rb") as target:
        assert target.read() == after


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that is the current one, outside of any repository."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    return tmp_path


@pytest.mark.parametrize("name", NAMES)
def test_names(here: Path, name: str) -> None:
    apply(here, name, b"a\n.\n", b"a\n")


@pytest.mark.parametrize(("before", "after"), CONTENTS)
def test_contents(here: Path, before: bytes, after: bytes) -> None:
    apply(here, "tin.txt", before, after)


def test_utf_16_under_a_name_that_needs_quotes(here: Path) -> None:
    before = ("Một dòng\n" * 50).encode("utf-16")
    apply(here, "bài 1.txt", before, before[:100])


def test_in_a_folder_of_a_repository(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    subprocess.run(["git", "init", "-q"], cwd=here, check=True)
    below = here / "tin"
    below.mkdir()
    monkeypatch.chdir(below)
    apply(below, "a.txt", b"a\n.\n", b"a\n")


def test_nothing_to_do_is_no_patch() -> None:
    assert patch_of("a", b"a\n", b"a\n") == b""


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3), st.text("a\n", max_size=2))))
def test_changes_are_where_lines_differ(steps: list[tuple[int, int, str]]) -> None:
    """A patch by changes of the ledger does what one without them does."""
    text = "".join(f"{n}\n" * (1 + n % 2) for n in range(12))
    edits: list[Edit] = []
    at = 0
    for gap, length, after in steps:
        start = at + gap
        at = start + length
        if at <= len(text) and text[start:at] != after:
            edits.append(Edit(start, at, "x", text[start:at], after))
    before, result = text.encode(), apply_edits(text, edits).encode()
    patch = patch_of("a", before, result, changes_of(text, edits))
    assert patched(before, patch) == result


def patched(before: bytes, patch: bytes) -> bytes:
    """What a patch makes of a content, by the letter of the format."""
    old = before.splitlines(keepends=True)
    new: list[bytes] = []
    at = 0
    for row in patch.splitlines(keepends=True)[2:]:
        if row.startswith(b"@@"):
            numbers = row.split()[1].lstrip(b"-").split(b",")
            start = int(numbers[0]) - (numbers[1:] != [b"0"])
            new += old[at:start]
            at = start
        elif row.startswith(b"\\"):
            new[-1] = new[-1].removesuffix(b"\n")
        elif row.startswith(b"+"):
            new.append(row[1:])
        else:
            assert old[at].removesuffix(b"\n") == row[1:].removesuffix(b"\n")
            new += [row[1:]] * row.startswith(b" ")
            at += 1
    return b"".join([*new, *old[at:]])


def test_a_patch_grows_with_the_file() -> None:
    def patched(lines: int) -> None:
        text = "".join(f"{n}\n\n\n" for n in range(lines))
        edits = [
            Edit(found.start(), found.start() + 1, "blank:run", "\n", "")
            for found in re.finditer("\n(?=\n\n)", text)
        ]
        result = apply_edits(text, edits)
        patch = patch_of("a", text.encode(), result.encode(), changes_of(text, edits))
        assert patch.count(b"\n-") == lines

    assert not outgrows(lambda: patched(1_000), lambda: patched(16_000), 2.3**4, 0.03)


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(*2 * [st.lists(st.sampled_from([b"a", b"b\n", b"\r\n", b"\n", b"\xff", b"-", b"+"]))])
def test_any_two_contents(
    tmp_path_factory: pytest.TempPathFactory, one: list[bytes], other: list[bytes]
) -> None:
    folder = tmp_path_factory.mktemp("patch")
    before = os.getcwd()
    os.chdir(folder)
    try:
        if b"".join(one) != b"".join(other):
            apply(folder, "tin.txt", b"".join(one), b"".join(other))
    finally:
        os.chdir(before)
