"""How firmly a line is held, and the comments by which its author says so."""

from enum import IntEnum
from re import fullmatch


class Hold(IntEnum):
    """How firmly a line is held."""

    OPEN = 0  # free: repaired and tidied, and taken out if its label says so
    KEPT = 1  # structure: repaired, and freed of white space at its end, but it stays
    VERBATIM = 2  # not a byte of it changes, its line ending included


def switches(line: str, to: str) -> bool:
    """Whether a line, and nothing else on it, is the comment that turns artclean off or on.

    >>> switches("<!-- artclean: off -->", "off"), switches("see <!-- artclean: off -->", "off")
    (True, False)
    """
    # Nearly no line has a comment in it, and looking for two characters costs next to nothing.
    if "<!" not in line:
        return False
    comment = rf"[ \t]*<!--[ \t]*artclean:[ \t]*{to}[ \t]*-->[ \t]*"
    return fullmatch(comment, line) is not None
