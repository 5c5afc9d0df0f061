"""The tables that ship with the package."""

import json
import zlib
from functools import cache
from typing import Any

from artclean.errors import ArtcleanError
from artclean.language.schema import Language, parse_language

LANGUAGES = ("vi", "en")


@cache
def load_language(code: str) -> Language:
    """The compiled table of a language, read once a process.

    Raises `ArtcleanError` for a language that has no table.
    """
    if code not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise ArtcleanError(f"no table for the language {code!r} (there is {known})")
    name = f"{code}.toml"
    return parse_language(_table(name), name)


def _table(name: str) -> dict[str, Any]:
    """The table as parsed when the package was built, or, if it is newer, from TOML."""
    # The module's own loader reads from a folder and from a zip file alike, and is already there.
    folder = __file__.removesuffix("load.py")
    read = __spec__.loader.get_data  # type: ignore[union-attr]
    source: bytes = read(f"{folder}{name}")
    try:
        checksum, table = json.loads(read(f"{folder}{name.removesuffix('toml')}json"))
        if checksum == zlib.crc32(source):
            return dict(table)
    except (OSError, TypeError, ValueError):
        pass  # not built, or not whole: it only saves time
    import tomllib

    return tomllib.loads(source.decode())
