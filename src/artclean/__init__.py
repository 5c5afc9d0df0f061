"""Turns raw dumps of news articles, Vietnamese first, into clean structured text.

What is listed here is the public API; the rest may change tomorrow. The names are loaded
when first used, so that ``import artclean`` alone costs next to nothing.
"""

from importlib import import_module

__version__ = "0.1.0"

# Type checkers take the name for true. From `typing` it would cost a start 8 ms before the command
# is ready to be interrupted.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from artclean.errors import ArtcleanError, DecodeError
    from artclean.model import (
        Article,
        Block,
        Caption,
        Edit,
        Label,
        LabelledLine,
        Repaired,
        Tidied,
    )
    from artclean.pipeline import clean, explain, tidy
    from artclean.render.json import to_json
    from artclean.render.markdown import to_markdown
    from artclean.text.repair import repair, repair_report

_HOMES = {
    "ArtcleanError": "artclean.errors",
    "DecodeError": "artclean.errors",
    "Article": "artclean.model",
    "Block": "artclean.model",
    "Caption": "artclean.model",
    "Edit": "artclean.model",
    "Label": "artclean.model",
    "LabelledLine": "artclean.model",
    "Repaired": "artclean.model",
    "Tidied": "artclean.model",
    "clean": "artclean.pipeline",
    "explain": "artclean.pipeline",
    "repair": "artclean.text.repair",
    "repair_report": "artclean.text.repair",
    "tidy": "artclean.pipeline",
    "to_json": "artclean.render.json",
    "to_markdown": "artclean.render.markdown",
}

__all__ = [
    "ArtcleanError",
    "Article",
    "Block",
    "Caption",
    "DecodeError",
    "Edit",
    "Label",
    "LabelledLine",
    "Repaired",
    "Tidied",
    "__version__",
    "clean",
    "explain",
    "repair",
    "repair_report",
    "tidy",
    "to_json",
    "to_markdown",
]


def __getattr__(name: str) -> object:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(home), name)


def __dir__() -> list[str]:
    return __all__
