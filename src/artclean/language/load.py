"""The tables that ship with the package."""

import tomllib
from functools import cache

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
    # The module's own loader reads from a folder and from a zip file alike, and is already there.
    source: bytes = __spec__.loader.get_data(f"{__file__.removesuffix('load.py')}{name}")  # type: ignore[union-attr]
    return parse_language(tomllib.loads(source.decode()), name)
