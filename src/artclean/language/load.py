"""The tables that ship with the package."""

import json
from functools import cache
from typing import Any

from artclean.errors import ArtcleanError
from artclean.language.schema import Language, parse_language

LANGUAGES = ("vi", "en")

# For the checksum of a table: the largest prime that Python divides by in one step.
_PRIME = 1_073_741_789


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


def checksum_of(source: bytes) -> int:
    """What tells a table from one that has been edited; without the library for a CRC, which
    costs a start three times as much to load. ``hatch_build.py`` writes the same number.
    """
    return int.from_bytes(source, "big") % _PRIME


def _table(name: str) -> dict[str, Any]:
    """The table as parsed when the package was built, or, if it is newer, from TOML."""
    # The module's own loader reads from a folder and from a zip file alike, and is already there.
    folder = __file__.removesuffix("load.py")
    read = __spec__.loader.get_data  # type: ignore[union-attr]
    source: bytes = read(f"{folder}{name}")
    try:
        checksum, table = json.loads(read(f"{folder}{name.removesuffix('toml')}json"))
        if checksum == checksum_of(source):
            return dict(table)
    except (OSError, TypeError, ValueError):
        pass  # not built, or not whole: it only saves time
    import tomllib

    return tomllib.loads(source.decode())
