"""Which files of a directory are wanted: ignore files, globs, hidden names.

The patterns are git's, matched by pathspec, which is loaded only when there are any.
"""

import os
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from artclean.run.errors import UsageError
from artclean.run.streams import read_by_hand

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

# Within a directory the later file decides, as the later line does within a file.
IGNORE_FILES = (".gitignore", ".ignore", ".artcleanignore")


class Rules(NamedTuple):
    """The patterns that one directory's ignore files hold; they count from there.

    ``base`` is that directory's absolute path.
    """

    base: str
    spec: "GitIgnoreSpec"

    def verdict(self, path: str, *, folder: bool) -> bool | None:
        """``True``: ignored, ``False``: taken in again by a ``!``, ``None``: not mentioned."""
        relative = path[len(self.base) :].lstrip("/") + ("/" if folder else "")
        for pattern in reversed(list(self.spec.patterns)):
            found = pattern.match_file(relative) if pattern.include is not None else None
            if found and _is_of_itself(found.match, relative):
                return pattern.include
        return None


def _is_of_itself(match: "re.Match[str]", path: str) -> bool:
    """Does the pattern name this path, and not just a folder above it?

    pathspec takes all that is in a folder with it. For git a pattern names one entry, so that
    `x/*` with `!x` leaves `x` empty; folders that are ignored are not entered anyway.
    """
    if "ps_d" not in match.re.groupindex or match["ps_d"] is None:
        return True  # no folder was matched
    if match.re.pattern.startswith("^"):
        return match.end("ps_d") == len(path)
    return path.endswith("/")  # `*/`, every folder: shortened to a slash anywhere


def rules_in(folder: str, names: Iterable[str] = IGNORE_FILES) -> Rules | None:
    """The rules of a directory, ``None`` if it has no ignore file (that can be read)."""
    lines: list[str] = []
    for name in names:
        try:
            data = read_by_hand(os.path.join(folder, name))
        except OSError:
            continue
        lines += data.decode("utf-8", "surrogateescape").replace("\r\n", "\n").split("\n")
    return Rules(os.path.abspath(folder), _compile_leniently(lines)) if lines else None


def rules_above(folder: str) -> list[Rules]:
    """The rules of the directories above, up to the root of the git repository, if in one."""
    found: list[Rules] = []
    here = os.path.abspath(folder)
    above: list[str] = []
    while True:
        above.append(here)
        if os.path.exists(os.path.join(here, ".git")):
            break
        parent = os.path.dirname(here)
        if parent == here:
            return []  # no repository: only what lies within the directory counts
        here = parent
    own = rules_in(os.path.join(here, ".git", "info"), ("exclude",))
    if own:
        found.append(own._replace(base=here))
    found += [rules for path in reversed(above[1:]) if (rules := rules_in(path))]
    return found


def is_ignored(rules: list[Rules], path: str, *, folder: bool) -> bool:
    """Does the nearest directory that has an opinion ignore this path?"""
    for level in reversed(rules):
        verdict = level.verdict(path, folder=folder)
        if verdict is not None:
            return verdict
    return False


class Globs:
    """``--include`` and ``--exclude``: they hold for files named explicitly, too.

    That exclusions did not is the most repeated complaint about such tools (typos#347 and six
    duplicates): pre-commit and lint-staged name every file.
    """

    def __init__(
        self, include: Iterable[str], exclude: Iterable[str], here: str | None = None
    ) -> None:
        self._cwd = os.getcwd()
        self._here = here or self._cwd  # patterns are relative to this folder
        self._include = compile_patterns(include, "--include") if include else None
        self._exclude = compile_patterns(exclude, "--exclude") if exclude else None

    @property
    def chooses(self) -> bool:
        """Are there ``--include`` globs, so that they and not suffixes choose the files?"""
        return self._include is not None

    def excludes(self, path: str, *, folder: bool = False) -> bool:
        """Does an ``--exclude`` match the path or a directory above it?"""
        if self._exclude is None:
            return False
        relative = self._relative(path)
        return self._exclude.match_file(relative + "/" if folder else relative)

    def includes(self, path: str) -> bool:
        """Does an ``--include`` match, or is there none?"""
        return self._include is None or self._include.match_file(self._relative(path))

    def _relative(self, path: str) -> str:
        whole = os.path.normpath(os.path.join(self._cwd, path))
        if whole.startswith(self._here + "/"):
            return whole[len(self._here) + 1 :]
        return whole.lstrip("/")


class AllGlobs:
    """Globs of the command line and of a project's settings, each relative to its own folder."""

    def __init__(self, globs: Iterable[Globs]) -> None:
        self._globs = tuple(globs)

    @property
    def chooses(self) -> bool:
        """Are there any ``--include`` globs?"""
        return any(globs.chooses for globs in self._globs)

    def excludes(self, path: str, *, folder: bool = False) -> bool:
        """Does any of them exclude the path?"""
        return any(globs.excludes(path, folder=folder) for globs in self._globs)

    def includes(self, path: str) -> bool:
        """Does any ``--include`` match, or is there none?"""
        choosing = [globs for globs in self._globs if globs.chooses]
        return not choosing or any(globs.includes(path) for globs in choosing)


def _compile_leniently(lines: list[str]) -> "GitIgnoreSpec":
    """The patterns of an ignore file; a line that is none is passed over, as git does."""
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(lines)
    except _NO_PATTERN:
        return GitIgnoreSpec.from_lines(filter(_is_pattern, lines))


def compile_patterns(lines: Iterable[str], where: str) -> "GitIgnoreSpec":
    """The patterns as one matcher. Raises ``UsageError`` that says where a wrong one stands."""
    from pathspec import GitIgnoreSpec

    lines = tuple(lines)
    try:
        return GitIgnoreSpec.from_lines(lines)
    except _NO_PATTERN:
        wrong = next(line for line in lines if not _is_pattern(line))
        raise UsageError(f"{where}: {wrong!r} is no pattern") from None


# Of "!", which pathspec itself refuses; of "[z-a]", which only the regular expression does.
_NO_PATTERN = (ValueError, re.error)


def _is_pattern(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except _NO_PATTERN:
        return False
    return True
