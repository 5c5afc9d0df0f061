"""Which documents a run has: the paths of the command line, the files below directories, lists.

Everything is found as it is needed, so that a million files take no more memory than ten.
"""

import os
import stat
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from artclean.run.errors import UsageError
from artclean.run.messages import reason_of, safe, tell
from artclean.run.plan import Plan
from artclean.run.streams import read_some

if TYPE_CHECKING:
    from artclean.run.ignore import AllGlobs, Rules
    from artclean.run.lines import LineReader

# The longest path that Linux takes is 4,096 bytes.
_LONGEST_NAME = 1 << 16

# What a directory is searched for. A file that is named explicitly may be called anything.
_WALKED = (".txt", ".md", ".jsonl", ".jsonl.gz", ".jsonl.zst", ".parquet")
_FORMATS = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".parquet": "parquet",
}
_TEXTS = (".txt", ".text", ".md", ".markdown", ".html", ".htm")
_SUFFIX_OUT = {"json": ".json", "md": ".md", "text": ".txt", "explain": ".tsv", "diff": ".diff"}
# What is done to files as they are is not done to those that hold many documents.
_WALKED_AS_FILES = (".txt", ".md")
AS_FILES = frozenset(("check", "diff", "write"))


def _walked(action: str) -> tuple[str, ...]:
    return _WALKED_AS_FILES if action in AS_FILES else _WALKED


class Source(NamedTuple):
    """An input: the path to open (``-`` is standard input), its name as ``id``, its format.

    ``target`` is where its output goes below the output directory. ``error`` says why it cannot
    be had; it is reported in its turn.
    """

    path: str
    format: str = "text"
    target: str = ""
    error: str = ""


def _globs(plan: Plan) -> "AllGlobs | None":
    if not (plan.include or plan.exclude or plan.project.values):
        return None
    from artclean.run.ignore import AllGlobs, Globs

    globs = [Globs(plan.include, plan.exclude)] if plan.include or plan.exclude else []
    include, exclude = (plan.project.values.get(key, ()) for key in ("include", "exclude"))
    if include or exclude:
        globs.append(Globs(include, exclude, plan.project.folder))
    return AllGlobs(globs) if globs else None


def format_of(path: str) -> str:
    """The format that a name's suffix announces.

    >>> format_of("a/tin.jsonl.gz"), format_of("Tin.MD"), format_of("tin.txt")
    ('jsonl', 'md', 'text')
    """
    stem, suffix = os.path.splitext(path.lower())
    if suffix in (".gz", ".zst"):
        suffix = os.path.splitext(stem)[1]
    return _FORMATS.get(suffix, "text")


def target_of(name: str, action: str, source_format: str) -> str:
    """The name of the output of an input called ``name``.

    A suffix that says text is replaced, another one is part of the name.

    >>> target_of("a/tin.txt", "json", "text"), target_of("tin 1.2", "md", "text")
    ('a/tin.json', 'tin 1.2.md')
    >>> target_of("a/.txt", "json", "text")
    'a/.txt.json'
    """
    suffix = _SUFFIX_OUT.get(action)
    if suffix is None or source_format in ("jsonl", "parquet"):
        return name
    for old in _TEXTS:
        stem = name[: -len(old)]
        if name.lower().endswith(old) and os.path.basename(stem):
            return stem + suffix
    return name + suffix


class Inputs:
    """The sources of a run, in order, as often as they are asked for."""

    def __init__(self, plan: Plan, *, into_tree: bool) -> None:
        self._plan = plan
        self._into_tree = into_tree
        self._own = _Own(plan)
        self._globs = _globs(plan)
        self._list: _NameList | None = None
        if plan.files_from is not None:
            self._list = _NameList(plan.files_from, null=plan.null)
            if plan.files_from == "-" and "-" in plan.paths:
                raise UsageError("standard input cannot be both a document and --files-from")
        for path in plan.paths or ("-",):
            if self._own.has_path(path):
                raise _both("standard input" if path == "-" else path)
        for path, what in _besides(plan):
            if self._own.has_path(path):
                raise _no_output(path, what)
        self._own.refuse_ignore_files()

    def sources(self, *, quietly: bool = False) -> Iterator[Source]:
        """Every source; ``quietly`` when they are only counted beforehand."""
        self._talks = not quietly and not self._plan.quiet
        paths = self._plan.paths or (() if self._list else ("-",))
        for path in paths:
            yield from self._from_path(path, "")
        if self._list:
            for name in self._list.names():
                if isinstance(name, Source):
                    yield name
                else:
                    yield from self._from_path(name, _harmless(name))

    @property
    def list_reader(self) -> "LineReader | None":
        """The reader of ``--files-from``, if it is a stream that may have to be waited for."""
        return self._list.reader if self._list and self._list.reader.live is not None else None

    @property
    def besides(self) -> dict[tuple[int, int] | None, UsageError]:
        """The files that are read and are no documents, each with why nothing may go there."""
        return {_identity(path): _no_output(path, what) for path, what in _besides(self._plan)}

    def spool(self) -> None:
        """Make a list from a stream readable twice."""
        if self._list:
            self._list.spool()

    @property
    def is_one_tree(self) -> bool:
        """Is it one directory, so that names can only clash within a folder?"""
        paths = self._plan.paths
        return self._list is None and len(paths) == 1 and os.path.isdir(paths[0])

    @property
    def may_be_many(self) -> bool:
        """Can there be more than one document?"""
        paths = self._plan.paths
        return self._list is not None or len(paths) > 1 or any(map(os.path.isdir, paths))

    @property
    def has_records(self) -> bool:
        """Is one of the named inputs JSON Lines, which may be many documents?"""
        return any(self._format(path) == "jsonl" for path in self._plan.paths or ("-",))

    @property
    def record_bytes(self) -> int | None:
        """The size of all inputs, if they are files of records that are not packed."""
        total = 0
        for path in self._plan.paths or ("-",):
            try:
                found = os.fstat(0) if path == "-" else os.stat(path)
            except (OSError, ValueError):
                return None
            plain = self._format(path) == "jsonl" and not path.lower().endswith((".gz", ".zst"))
            if not plain or not stat.S_ISREG(found.st_mode):
                return None
            total += found.st_size
        return total if self._list is None else None

    def _from_path(self, path: str, name: str) -> Iterator[Source]:
        if path == "-":
            yield self._standard_input()
            return
        try:
            found = os.stat(path)
        except (OSError, ValueError) as error:
            yield Source(path, error=reason_of(error))
            return
        if stat.S_ISDIR(found.st_mode):
            yield from self._walk(path, name)
            return
        skipped = self._skipped_by_globs(path)
        if skipped:
            self._skipped(path, skipped)
            return
        if self._own.has(found):  # one of a list: the others have been checked
            raise _both(path)
        # A named file lies directly in the output directory; a listed one keeps its folders.
        yield self._source(path, name or os.path.basename(path))

    def _standard_input(self) -> Source:
        name = self._plan.stdin_filename
        if name is None:
            source_format = self._format("-")
            name = "stdin.jsonl" if source_format == "jsonl" else "stdin.txt"
            return Source("-", source_format, self._target(name, source_format))
        skipped = self._skipped_by_globs(name)
        if skipped:
            return Source("-", "as-is")
        source = self._source(name, os.path.basename(name))
        return source._replace(path="-")

    def _source(self, path: str, name: str) -> Source:
        source_format = self._format(path)
        return Source(path, source_format, self._target(name, source_format))

    def _format(self, path: str) -> str:
        given = self._plan.source_format
        if given != "auto":
            return given
        return format_of(self._plan.stdin_filename or path if path == "-" else path)

    def _target(self, name: str, source_format: str) -> str:
        return target_of(name, self._plan.job.action, source_format) if self._into_tree else ""

    def _skipped_by_globs(self, path: str) -> str:
        if self._globs is None:
            return ""
        if self._globs.excludes(path):
            return "excluded by --exclude"
        return "" if self._globs.includes(path) else "not among --include"

    def _skipped(self, path: str, reason: str) -> None:
        if self._talks and self._plan.verbose:
            tell(f"artclean: {safe(path)}: skipped: {reason}")

    def _walk(self, root: str, name: str) -> Iterator[Source]:
        from artclean.run.ignore import rules_above

        rules = [] if self._plan.no_ignore else rules_above(root)
        found = False
        for source in self._walk_folder(root, os.path.abspath(root), name, rules):
            found = True
            yield source
        if not found and self._talks:
            suffixes = " ".join(_walked(self._plan.job.action))
            looked_for = "what --include names" if self._plan.include else suffixes
            tell(f"artclean: {safe(root)}: no files found (looked for {looked_for})")

    def _walk_folder(
        self, path: str, whole: str, name: str, rules: "list[Rules]"
    ) -> Iterator[Source]:
        """The wanted files of a folder and those below, by name.

        Without recursion: thousands of folders, one in the other, are no reason to fall over.
        """
        open_folders = [self._folder(path, whole, name, rules)]
        while open_folders:
            found = next(open_folders[-1], None)
            if found is None:
                open_folders.pop()
            elif isinstance(found, Source):
                yield found
            else:
                open_folders.append(found)

    def _folder(
        self, path: str, whole: str, name: str, rules: "list[Rules]"
    ) -> "Iterator[Source | Iterator[Any]]":
        """The wanted entries of one folder: files, and folders as what this gives of them.

        ``path`` is the folder as given, ``whole`` its absolute path, ``name`` its place below
        the root.
        """
        if not self._plan.no_ignore:
            from artclean.run.ignore import rules_in

            own = rules_in(whole)
            rules = [*rules, own] if own else rules
        try:
            entries = self._entries(path, whole, rules)
        except OSError as error:
            yield Source(path, error=reason_of(error))
            return
        for entry in entries:
            folder = entry.endswith("/")
            entry = entry.rstrip("/")
            below = os.path.join(path, entry)
            inner = f"{name}/{entry}" if name else entry
            if folder:
                yield self._folder(below, os.path.join(whole, entry), inner, rules)
            else:
                yield self._source(below, inner)

    def _entries(self, path: str, whole: str, rules: "list[Rules]") -> list[str]:
        """The names of a folder that are wanted, sorted; those of folders end in a slash.

        Only names are kept: a folder of a million files would be 200 MB as directory entries.
        """
        wanted = []
        with os.scandir(path) as entries:
            for entry in entries:
                reason = self._unwanted(entry, whole, rules)
                if reason is None:
                    wanted.append(entry.name + ("/" if entry.is_dir() else ""))
                else:
                    self._skipped(entry.path, reason)
        # By bytes: the same everywhere, whatever the locale.
        wanted.sort(key=os.fsencode)
        return wanted

    def _unwanted(self, entry: "os.DirEntry[str]", whole: str, rules: "list[Rules]") -> str | None:
        """Why an entry of a folder is passed over, ``None`` if it is not."""
        name = entry.name
        if name == ".git" or (name.startswith(".") and not self._plan.hidden):
            return "hidden"
        if entry.is_symlink():
            return "a link"
        folder = entry.is_dir(follow_symlinks=False)
        if not folder and not entry.is_file(follow_symlinks=False):
            return "not a regular file"
        globs = self._globs
        if not folder and not (globs and globs.chooses):
            if not name.lower().endswith(_walked(self._plan.job.action)):
                return "no suffix of a dump"
            if name.lower().endswith(".parquet") and not _has_arrow():
                return "Parquet needs artclean[arrow]"
        if rules:
            from artclean.run.ignore import is_ignored

            if is_ignored(rules, os.path.join(whole, name), folder=folder):
                return "ignored by an ignore file"
        if globs and globs.excludes(entry.path, folder=folder):
            return "excluded by --exclude"
        if self._own.has_entry(entry):
            return "the output"
        if folder:
            return None
        if globs and not globs.includes(entry.path):
            return "not among --include"
        return None


class _Own:
    """What this run writes, which is no input of it: reading what it writes, it would never end."""

    def __init__(self, plan: Plan) -> None:
        self._paths = [path for path in (plan.output, plan.report_file) if path]
        self._names = {os.path.basename(os.path.realpath(path)) for path in self._paths}
        found = os.fstat(1)
        # The shell may have put standard output anywhere, and its name is not known.
        self._stdout = found if plan.output is None and stat.S_ISREG(found.st_mode) else None

    def has(self, found: os.stat_result) -> bool:
        """Is this regular file the output, the report or standard output?"""
        return stat.S_ISREG(found.st_mode) and self._is_one(found)

    def has_path(self, path: str) -> bool:
        """`has` of a path or standard input (``-``); what cannot be looked at is none of them."""
        try:
            return self.has(os.fstat(0) if path == "-" else os.stat(path))
        except (OSError, ValueError):
            return False

    def refuse_ignore_files(self) -> None:
        """Raise ``UsageError`` if one of them is an ignore file that is there.

        By its name, read or not: which ones are read turns out only while folders are walked.
        """
        for path in self._paths:
            from artclean.run.ignore import IGNORE_FILES

            if os.path.basename(os.path.realpath(path)) in IGNORE_FILES and os.path.exists(path):
                raise _no_output(path, "an ignore file")

    def has_entry(self, entry: "os.DirEntry[str]") -> bool:
        """Is the entry of a folder one of those, or the output directory?"""
        # Name and number first: they cost nothing, a look at the file does.
        named = entry.name in self._names
        numbered = self._stdout is not None and entry.inode() == self._stdout.st_ino
        return (named or numbered) and self._is_one(entry.stat(follow_symlinks=False))

    def _is_one(self, found: os.stat_result) -> bool:
        if self._stdout is not None and os.path.samestat(found, self._stdout):
            return True
        # Looked up each time: the run itself makes them.
        return (found.st_dev, found.st_ino) in map(_identity, self._paths)


def _besides(plan: Plan) -> Iterator[tuple[str, str]]:
    """What a run reads that is no document: the paths, and what each of them is."""
    if plan.files_from is not None:
        yield plan.files_from, "the list of inputs"
    if plan.project.path:
        yield plan.project.path, "the file of settings"


def survey(inputs: Inputs, output: str | None, report: str | None = None) -> int:
    """How many sources there are. Raises ``UsageError`` if two would have one output, or if an
    output would be the report or something that is read.

    Called before the first write. Names that only differ in case or composition count as one
    where the file system cannot tell them apart.
    """
    claims = _Claims(_fold if output and _folds_names(output) else str, inputs.is_one_tree)
    if output and report:
        claims.reserve(os.path.relpath(os.path.realpath(report), os.path.realpath(output)))
    number = 0
    exists = output is not None and os.path.isdir(output)
    besides = inputs.besides
    for source in inputs.sources(quietly=True):
        number += 1
        if not source.target or output is None or source.error:
            continue
        other = claims.take(source.target, source.path)
        if other is not None:
            raise UsageError(
                f"{other} and {source.path} would both be written to {source.target};"
                " nothing was written"
            )
        there = _identity(os.path.join(output, source.target)) if exists else None
        if there is None:
            continue
        if there == _identity(source.path):
            raise _both(source.path)
        if there in besides:
            raise besides[there]
    return number


class _Claims:
    """Which names below the output directory are taken, and by whom: folders as dictionaries.

    Of one tree, folders that are done with are forgotten, so that memory stays flat: it is
    walked folder by folder.
    """

    def __init__(self, same: Callable[[str], str], one_tree: bool) -> None:
        self._same = same
        self._one_tree = one_tree
        self._root: dict[str, Any] = {}
        self._open: list[dict[str, Any]] = []  # the folder that was last entered at each depth
        self._report = ""

    def reserve(self, name: str) -> None:
        """Where the report will be, relative to the output directory, and also if outside."""
        self._report = self._same(name)

    def take(self, target: str, path: str) -> str | None:
        """Claim a name for an input; if it is taken, the input that has it (or a folder)."""
        target = self._same(target)
        if target == self._report:
            return "the report"
        *folders, name = target.split("/")
        node = self._root
        for depth, folder in enumerate(folders):
            below = node.get(folder)
            if isinstance(below, str):
                return below
            if below is None:
                below = node[folder] = {}
                for done in self._open[depth:] if self._one_tree else ():
                    done.clear()
                self._open[depth:] = [below]
            node = below
        other = node.setdefault(name, path)
        if other is path:
            return None
        return other if isinstance(other, str) else f"a folder {target}"


def _both(path: str) -> UsageError:
    return UsageError(f"{path} is input and output; --write changes files in place")


def _no_output(path: str, what: str) -> UsageError:
    return UsageError(f"{path} is {what}; it cannot be an output or the report, too")


def _is_same_file(one: str, other: str) -> bool:
    try:
        return os.path.samestat(os.stat(other), os.stat(one))
    except (OSError, ValueError):
        return False


def _fold(name: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _folds_names(folder: str) -> bool:
    """Does the file system of this folder take `A` and `a` for one name?"""
    folder = os.path.abspath(folder)
    while not os.path.exists(folder):
        folder = os.path.dirname(folder)
    parent, name = os.path.split(folder)
    return name != name.swapcase() and _is_same_file(folder, os.path.join(parent, name.swapcase()))


def _harmless(name: str) -> str:
    """The place of a listed file below the output directory: its path without what leads out.

    >>> _harmless("/data/tin/../1.txt"), _harmless("../../tin/1.txt"), _harmless("./1.txt")
    ('data/1.txt', 'tin/1.txt', '1.txt')
    """
    parts = os.path.normpath(name).split("/")
    return "/".join(part for part in parts if part not in ("", ".", ".."))


def _identity(path: str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def _has_arrow() -> bool:
    from importlib.util import find_spec

    return find_spec("pyarrow") is not None


class _NameList:
    """The names in a ``--files-from`` file, a line each or with NUL between them."""

    def __init__(self, path: str, *, null: bool) -> None:
        self._path = path
        self._separator = b"\0" if null else b"\n"
        self._descriptor = 0
        if path != "-":
            try:
                self._descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
            except OSError as error:
                raise UsageError(f"--files-from {safe(path)}: {reason_of(error)}") from error
        mode = os.fstat(self._descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise UsageError(f"--files-from {safe(path)}: is a directory, not a list of names")
        live = not stat.S_ISREG(mode)
        self.reader = self._reader(self._descriptor if live else None)

    def _reader(self, live: int | None) -> "LineReader":
        from artclean.run.lines import LineReader

        return LineReader(
            lambda size: read_some(self._descriptor, size),
            limit=_LONGEST_NAME,
            separator=self._separator,
            live=live,
        )

    def spool(self) -> None:
        """Copy a stream into a file without a name, so that it can be read twice."""
        if self.reader.live is None:
            return
        import tempfile

        # Kept open for as long as the run: its descriptor is what is read from now on.
        self._spool = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115
        while data := read_some(self._descriptor):
            self._spool.write(data)
        self._descriptor = self._spool.fileno()
        self.reader = self._reader(None)

    def names(self) -> Iterator[str | Source]:
        if self.reader.live is None:
            os.lseek(self._descriptor, 0, os.SEEK_SET)
        for line in self.reader:
            if line.oversize:
                error = f"a name of {line.oversize} bytes is no file's name"
                yield Source(f"{self._path}:{line.number}", error=error)
            if line.data:
                yield os.fsdecode(line.data)
