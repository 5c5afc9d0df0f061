"""What a person reads on standard error, and the one way that foreign text takes to a terminal."""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

# A message is one line; nobody reads more than this of it, and a name may be megabytes.
_LONGEST_EXCERPT = 500


def safe(text: str) -> str:
    r"""``text`` with everything escaped that a terminal or an eye could be fooled by.

    Controls, escape sequences, bidi and zero-width characters, line separators, private-use and
    unassigned characters, and bytes of a name that are not UTF-8 become ``\x1b``, ``\u202e``;
    letters, marks and spaces of every script stay. The result holds no line break.

    >>> safe("bài\x1b]0;owned\x07.txt")
    'bài\\x1b]0;owned\\x07.txt'
    >>> safe("Đà Nẵng\u202e.txt")
    'Đà Nẵng\\u202e.txt'
    >>> safe("tin\udcff.txt")  # the byte FF of a file name
    'tin\\xff.txt'
    """
    if text.isprintable():
        return text
    return "".join(map(_shown, text))


def safe_lines(text: str) -> str:
    r"""Like :func:`safe`, but line feeds and tabs stay: for whole texts.

    >>> safe_lines("một\n\thai\x9b")
    'một\n\thai\\x9b'
    """
    return "".join(c if c in "\n\t" else _shown(c) for c in text)


def excerpt(text: str) -> str:
    """:func:`safe`, and cut to a length that a message can carry."""
    if len(text) > _LONGEST_EXCERPT:
        text = text[:_LONGEST_EXCERPT] + "…"
    return safe(text)


def _shown(character: str) -> str:
    # Spaces other than U+0020 count as unprintable in Python, but a terminal shows them well.
    if character.isprintable() or character in "\u00a0\u2002\u2003\u2009\u202f\u3000":
        return character
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:  # surrogateescape: a byte that is not UTF-8
        return f"\\x{code - 0xDC00:02x}"
    if code <= 0xFF:
        return {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(character, f"\\x{code:02x}")
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


def reason_of(error: BaseException) -> str:
    """The clause that says what went wrong, without the file's name.

    >>> reason_of(FileNotFoundError(2, "No such file or directory", "x"))
    'No such file or directory'
    """
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return str(error) or type(error).__name__


def shown_name(path: str) -> str:
    r"""A path as an ``id``: text. Bytes of it that are not UTF-8 are written ``\xff``.

    >>> shown_name("tin-\udcff.txt")
    'tin-\\xff.txt'
    """
    try:
        path.encode()
    except UnicodeEncodeError:
        return os.fsencode(path).decode("utf-8", "backslashreplace")
    return path


def tell(line: str) -> None:
    """One line on standard error, whatever happens there: a lost message must not stop a run."""
    try:
        os.write(2, f"{line}\n".encode("utf-8", "backslashreplace"))
    except OSError:
        return


def complain(name: str, reason: str) -> None:
    """``artclean: name: reason`` on standard error."""
    tell(f"artclean: {excerpt(name)}: {excerpt(reason)}")


def is_terminal(descriptor: int) -> bool:
    """Is this descriptor open and a terminal?"""
    try:
        return os.isatty(descriptor)
    except OSError:
        return False


def wants_colour(choice: str, descriptor: int) -> bool:
    """Should colour go to this stream?

    ``--color`` first, then ``FORCE_COLOR``, then ``NO_COLOR`` (both only when not empty), then
    ``TERM=dumb``, then whether the stream is a terminal (command-line guide, no-color.org,
    force-color.org).
    """
    if choice != "auto":
        return choice == "always"
    environment = os.environ
    if environment.get("FORCE_COLOR"):
        return True
    if environment.get("NO_COLOR") or environment.get("TERM") == "dumb":
        return False
    return is_terminal(descriptor)


def shows_progress() -> bool:
    """May a moving line be drawn on standard error?

    Not in CI and not under pre-commit, which hands its hooks a pseudo-terminal.
    """
    quiet = os.environ.get("CI") or os.environ.get("PRE_COMMIT") or os.environ.get("TERM") == "dumb"
    return not quiet and is_terminal(2)


def error_console(*, colour: bool) -> "Console":
    """A rich console on standard error that takes every string literally.

    It draws nothing but numbers and words of ours, and text that went through `safe`. Where that
    cannot be shown (a terminal that was closed, a full disk) nothing else happens, as in `tell`.
    """
    from contextlib import suppress
    from io import TextIOWrapper

    from rich.console import Console

    class Lossy(TextIOWrapper):
        def write(self, text: str) -> int:
            with suppress(OSError):
                super().write(text)
            return len(text)

        def flush(self) -> None:
            with suppress(OSError):
                super().flush()

    return Console(
        # Its own, not sys.stderr: that may be buffered, and messages go round it.
        file=Lossy(open(2, "wb", closefd=False), encoding="utf-8", errors="backslashreplace"),
        markup=False,
        emoji=False,
        highlight=False,
        no_color=not colour,
    )
