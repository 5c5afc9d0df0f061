"""Where the settings of a project stand: ``[tool.artclean]``, or ``artclean.toml``."""

import os
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from artclean.errors import SettingsError
from artclean.run.errors import UsageError
from artclean.run.streams import read_by_hand

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

PYPROJECT = "pyproject.toml"
OWN = "artclean.toml"


class Override(NamedTuple):
    """Settings for the files that one of the patterns names (as in ``.gitignore``)."""

    files: tuple[str, ...]
    values: dict[str, Any]


class Config(NamedTuple):
    """The settings of a file, in order; without a file there are none."""

    path: str = ""
    values: dict[str, Any] = {}  # noqa: RUF012 - never written to
    overrides: tuple[Override, ...] = ()

    @property
    def folder(self) -> str:
        """Patterns are relative to where the file stands."""
        return os.path.dirname(os.path.abspath(self.path))


def load_config(path: str) -> Config:
    """The settings in a file. Raises ``SettingsError`` that names the file, ``OSError``."""
    return parse_config(read_by_hand(path, named=True), path) or Config(path)


def find_config(start: str) -> Config:
    """The settings that hold in a folder: of the nearest file, up to the root, that has any.

    ``artclean.toml`` comes before ``pyproject.toml`` in the same folder. Files are not merged.
    """
    for folder in _upwards(os.path.abspath(start)):
        for name in (OWN, PYPROJECT):
            path = os.path.join(folder, name)
            try:
                data = read_by_hand(path)
            except OSError:
                continue
            config = parse_config(data, path)
            if config is not None:
                return config
    return Config()


def common_folder(paths: Sequence[str]) -> str:
    """The folder that holds all of the paths: where to look for their settings first.

    Standard input (``-``) counts as a file of the current folder.
    """
    folders = [
        path if os.path.isdir(path) else os.path.dirname(path)
        for path in map(os.path.abspath, paths)
    ]
    return os.path.commonpath(folders) if folders else os.getcwd()


def _upwards(folder: str) -> Iterator[str]:
    while True:
        yield folder
        above = os.path.dirname(folder)
        if above == folder:
            return
        folder = above


def parse_config(data: bytes, path: str) -> Config | None:
    """The settings in the bytes of a file; ``None`` for a ``pyproject.toml`` without any."""
    in_pyproject = os.path.basename(path) == PYPROJECT
    if in_pyproject and not _may_have_settings(data):
        return None
    import tomllib

    try:
        table = tomllib.loads(data.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from error
    if in_pyproject:
        tools = table.get("tool", {})
        if not isinstance(tools, dict) or "artclean" not in tools:
            return None
        table = tools["artclean"]
    try:
        return _config(table, path)
    except (SettingsError, UsageError) as error:
        raise SettingsError(f"{path}: {error}") from error


def _may_have_settings(data: bytes) -> bool:
    """Whether a ``pyproject.toml`` may have ``tool.artclean``; a parser costs a start 3 ms.

    It may even if our name stands elsewhere (among the dependencies, mostly), but hardly so.
    """
    if b"artclean" not in data:
        return False
    # [tool.artclean], [[tool.artclean.overrides]], tool.artclean.to = …; [tool] and tool = { … },
    # behind which anything may stand.
    bare = data.translate(None, b" \t\"'")
    return any(key in bare for key in (b"tool.artclean", b"tool]", b"tool="))


def _config(table: Any, path: str) -> Config:
    if not isinstance(table, dict):
        raise SettingsError("[tool.artclean] must be a table")
    from artclean.run.settings import SETTINGS, check_setting

    overrides = table.pop("overrides", [])
    if not isinstance(overrides, list):
        raise SettingsError("overrides are written as [[overrides]], each with its files")
    values = {key: check_setting(key, value) for key, value in table.items()}
    for key, value in values.items():
        if SETTINGS[key].kind is list:
            _patterns(tuple(value), key)
    return Config(path, values, tuple(_override(row) for row in overrides))


def _override(table: Any) -> Override:
    from artclean.run.settings import check_setting

    files = table.pop("files", None) if isinstance(table, dict) else None
    if isinstance(files, str):
        files = [files]
    if not (isinstance(files, list) and files and all(isinstance(name, str) for name in files)):
        raise SettingsError("each of [[overrides]] needs files, a pattern or a list of them")
    values = {key: check_setting(key, value, per_folder=True) for key, value in table.items()}
    _patterns(tuple(files))  # before the run, not at each document
    return Override(tuple(files), values)


def overridden(config: Config, path: str) -> dict[str, Any]:
    """What the overrides say about a file; the last one that names it wins, key by key.

    A path outside the folder of the configuration is named by none.
    """
    name = os.path.relpath(path, config.folder)
    if not config.overrides or name.startswith(".." + os.sep):
        return {}
    values: dict[str, Any] = {}
    for override in config.overrides:
        if _patterns(override.files).match_file(name):
            values |= override.values
    return values


@cache
def _patterns(files: tuple[str, ...], where: str = "overrides") -> "GitIgnoreSpec":
    from artclean.run.ignore import compile_patterns

    return compile_patterns(files, where)
