"""A unified diff that ``git apply`` and ``patch -p1`` take, byte for byte what a write would do."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from artclean.model import Edit
from artclean.run.messages import safe_lines

_NUL = b"\0"
_CONTEXT = 3  # lines around a change, as diff and git have it
_NO_ENDING = b"\n\\ No newline at end of file\n"


class Change(NamedTuple):
    """Lines that give way to other lines: ``before[start:end]`` to ``after[to:until]``."""

    start: int
    end: int
    to: int
    until: int


def patch_of(path: str, before: bytes, after: bytes, changes: Sequence[Change] = ()) -> bytes:
    r"""The patch that turns one content of a file into the other; empty if they are the same.

    ``changes`` say where lines came or went; without any, all between the first and the last
    line that differ is taken for changed.

    >>> print(patch_of("tin.txt", b"Tin\n.\n", b"Tin\n").decode(), end="")
    --- a/tin.txt
    +++ b/tin.txt
    @@ -1,2 +1 @@
     Tin
    -.
    """
    if before == after:
        return b""
    if _NUL in before:
        return _binary_patch(path, before, after)  # UTF-16: git reads no lines in it
    # No line "diff --git": with one, git takes the path from the top of the repository and not
    # from the folder that it is called in.
    head = b"--- %s\n+++ %s\n" % (_name("a/", path), _name("b/", path))
    old, new = _lines(before), _lines(after)
    everything = Change(0, len(old), 0, len(new))
    exact = list(_exact(old, new, changes or [everything]))
    return head + b"".join(_hunk(old, new, group) for group in _grouped(exact))


def coloured(patch: bytes, *, colour: bool) -> bytes:
    """A patch for a terminal: nothing in it commands the terminal, and what goes is red."""
    from click import style

    rows: list[str] = []
    for row in patch.decode("utf-8", "surrogateescape").split("\n"):
        tone = next((tone for mark, tone in _TONES.items() if row.startswith(mark)), None)
        rows.append(style(safe_lines(row), fg=tone) if colour and tone else safe_lines(row))
    return "\n".join(rows).encode()


_TONES = {"---": None, "+++": None, "-": "red", "+": "green", "@@": "cyan"}


def changes_of(text: str, ledger: Iterable[Edit]) -> list[Change]:
    """Where the edits of a text change lines, and which lines they become.

    ``difflib`` would have to find that out again, and needs minutes for ten thousand lines.
    """
    changes: list[Change] = []
    line = at = grown = 0
    for edit in ledger:
        line += text.count("\n", at, edit.start)
        at = edit.start
        gone, come = edit.before.count("\n"), edit.after.count("\n")
        change = Change(line, line + gone + 1, line + grown, line + grown + come + 1)
        grown += come - gone
        if changes and change.start < changes[-1].end:
            first = changes.pop()
            change = Change(first.start, change.end, first.to, change.until)
        changes.append(change)
    return changes


def _exact(
    old: Sequence[bytes], new: Sequence[bytes], changes: Sequence[Change]
) -> Iterator[Change]:
    """The changes without the lines at their ends that stay, and those lines that only differ
    in their bytes (as everywhere in a file of another encoding)."""
    line = to = 0
    for change in (*changes, Change(len(old), len(old), len(new), len(new))):
        while line < change.start:
            if old[line] != new[to]:
                yield Change(line, line + 1, to, to + 1)
            line, to = line + 1, to + 1
        line, to = min(change.end, len(old)), min(change.until, len(new))
        start, end, first, last = change.start, line, change.to, to
        while start < end and first < last and old[start] == new[first]:
            start, first = start + 1, first + 1
        while start < end and first < last and old[end - 1] == new[last - 1]:
            end, last = end - 1, last - 1
        if start < end or first < last:
            yield Change(start, end, first, last)


def _grouped(changes: Iterable[Change]) -> Iterator[list[Change]]:
    """Changes so near each other that their contexts meet share a hunk."""
    group: list[Change] = []
    for change in changes:
        if group and change.start - group[-1].end > 2 * _CONTEXT:
            yield group
            group = []
        group.append(change)
    if group:
        yield group


def _hunk(old: Sequence[bytes], new: Sequence[bytes], group: Sequence[Change]) -> bytes:
    lead = min(_CONTEXT, group[0].start)
    start, to = group[0].start - lead, group[0].to - lead
    tail = min(_CONTEXT, len(old) - group[-1].end)
    end, until = group[-1].end + tail, group[-1].until + tail
    rows: list[bytes] = []
    line = start
    for change in group:
        rows += (b" " + row for row in old[line : change.start])
        rows += (b"-" + row for row in old[change.start : change.end])
        rows += (b"+" + row for row in new[change.to : change.until])
        line = change.end
    rows += (b" " + row for row in old[line:end])
    closed = (row if row.endswith(b"\n") else row + _NO_ENDING for row in rows)
    return b"@@ -%s +%s @@\n" % (_range(start, end), _range(to, until)) + b"".join(closed)


def _range(start: int, end: int) -> bytes:
    """Lines as a hunk counts them: from 1, the number left out if it is one."""
    count = end - start
    if count == 1:
        return b"%d" % (start + 1)
    return b"%d,%d" % (start + 1 if count else start, count)


def _lines(data: bytes) -> list[bytes]:
    # Only LF: for git a CR is a character of the line like any other.
    lines = data.split(b"\n")
    return [line + b"\n" for line in lines[:-1]] + [line for line in lines[-1:] if line]


_PLAIN = re.compile(rb'[^\x00-\x1f"\\\x7f-\xff]*')
_ESCAPES = {7: b"a", 8: b"b", 9: b"t", 10: b"n", 11: b"v", 12: b"f", 13: b"r", 34: b'"', 92: b"\\"}


def _name(side: str, path: str) -> bytes:
    r"""The path as git writes it: quoted like a string in C if it has to be.

    >>> print(_name("a/", "bài 1.txt").decode())
    "a/b\303\240i 1.txt"
    """
    name = side.encode() + os.fsencode(_relative(path))
    if not _PLAIN.fullmatch(name):
        return b'"%s"' % b"".join(map(_escaped, name))
    # Git puts a tab behind a name with a space, so that other programs see where it ends.
    return name + b"\t" * (b" " in name)


def _escaped(byte: int) -> bytes:
    if byte in _ESCAPES:
        return b"\\" + _ESCAPES[byte]
    return b"%c" % byte if 0x20 <= byte < 0x7F else b"\\%03o" % byte


def _relative(path: str) -> str:
    """The path from the current folder, where the patch will be applied."""
    within = os.path.relpath(path)
    return path.lstrip("/") if within.startswith("..") else within


def _binary_patch(path: str, before: bytes, after: bytes) -> bytes:
    """Git's own form for content that has no lines: both contents whole, packed."""
    names = _name("a/", path).rstrip(b"\t"), _name("b/", path).rstrip(b"\t")
    return b"".join(
        (
            b"diff --git %s %s\n" % names,
            b"index %s..%s\n" % (_blob(before), _blob(after)),
            b"GIT binary patch\n",
            _literal(after),
            _literal(before),
        )
    )


def _blob(data: bytes) -> bytes:
    from hashlib import sha1

    # How git names a content; nothing is kept secret by it.
    name = sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False)
    return name.hexdigest().encode()


def _literal(data: bytes) -> bytes:
    from base64 import b85encode
    from zlib import compress

    packed = compress(data)
    rows = [b"literal %d\n" % len(data)]
    for start in range(0, len(packed), 52):
        row = packed[start : start + 52]
        # The length as a letter: A to Z is 1 to 26, a to z is 27 to 52.
        letter = len(row) + (64 if len(row) <= 26 else 70)
        rows.append(b"%c%s\n" % (letter, b85encode(row, pad=True)))
    return b"".join((*rows, b"\n"))
