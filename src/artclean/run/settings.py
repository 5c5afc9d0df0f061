"""What can be set in a file, and what each setting may be."""

from typing import Any, NamedTuple

from artclean.errors import SettingsError


class Setting(NamedTuple):
    """A key of the configuration; it bears the name of its option on the command line."""

    key: str
    kind: type  # of the value in TOML: bool, int, float (an int will do), str, list (of str)
    per_folder: bool = False  # may stand under [[overrides]]


# Nothing here can make artclean write to a place that the command line does not name, so a
# configuration that came with somebody's repository can do no harm.
SETTINGS = {
    setting.key: setting
    for setting in (
        Setting("to", str),
        Setting("from", str),
        Setting("text-key", str),
        Setting("encoding", str, per_folder=True),
        Setting("lang", str, per_folder=True),
        Setting("tone-style", str, per_folder=True),
        Setting("reference-time", str, per_folder=True),
        Setting("include", list),
        Setting("exclude", list),
        Setting("no-ignore", bool),
        Setting("hidden", bool),
        Setting("jobs", int),
        Setting("max-bytes", str),
        Setting("timeout", float),
        Setting("report", str),
        Setting("color", str),
    )
}

_NAMES = {bool: "true or false", int: "a whole number", float: "a number", str: "a string"}


def check_setting(key: str, value: Any, *, per_folder: bool = False) -> Any:
    """The value of a key, if there is such a key and the value is of its kind.

    >>> check_setting("jobs", 4)
    4
    >>> check_setting("encodin", "vni")
    Traceback (most recent call last):
    artclean.errors.SettingsError: there is no setting 'encodin'; did you mean 'encoding'?
    """
    known = [name for name, setting in SETTINGS.items() if setting.per_folder or not per_folder]
    if key not in known:
        raise SettingsError(_unknown(key, known, per_folder=per_folder))
    kind = SETTINGS[key].kind
    if kind is list:
        if not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
            raise SettingsError(f"{key} must be a list of strings")
    elif not _is(value, kind):
        raise SettingsError(f"{key} must be {_NAMES[kind]}, and {value!r} is not")
    return value


def _is(value: Any, kind: type) -> bool:
    if isinstance(value, bool):
        return kind is bool
    return isinstance(value, (int, float) if kind is float else kind)


def _unknown(key: str, known: list[str], *, per_folder: bool) -> str:
    if per_folder and key in SETTINGS:
        return f"{key} holds for a whole run and cannot stand under [[overrides]]"
    from difflib import get_close_matches  # 2 ms, only for a wrong key

    near = get_close_matches(key.replace("_", "-").lower(), known, n=1, cutoff=0.5)
    hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(known)}"
    return f"there is no setting {key!r}; {hint}"
