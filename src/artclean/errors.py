"""What can go wrong. A strange article is not an error; a broken contract is."""


class ArtcleanError(Exception):
    """The base of every error that artclean raises on purpose."""


class DecodeError(ArtcleanError):
    """Bytes that cannot be read as text without loss.

    ``offset`` is the position of the first such byte, counted from 0; ``reason`` is one clause
    for a person.
    """

    def __init__(self, reason: str, offset: int) -> None:
        super().__init__(f"{reason} (byte {offset})")
        self.reason = reason
        self.offset = offset


class TableError(ArtcleanError):
    """A language table that does not compile: which table, which row, what is wrong."""

    def __init__(self, table: str, row: str, reason: str) -> None:
        super().__init__(f"{table}: {row}: {reason}")
        self.table = table
        self.row = row
        self.reason = reason


class SettingsError(ArtcleanError):
    """A setting that is unknown or has no such value."""
