"""What can go wrong at the rim."""

from artclean.errors import ArtcleanError


class RefusedError(ArtcleanError):
    """A document that is not even tried: too large, binary, changed meanwhile, no regular file."""


class UsageError(ArtcleanError):
    """A command that cannot be carried out as it stands; nothing has been written yet."""


class OutputError(ArtcleanError):
    """What all documents share does not work: the run has to end. ``where`` names it, if it is
    not the output.
    """

    def __init__(self, reason: str, where: str = "") -> None:
        super().__init__(reason)
        self.where = where


class TooSlowError(ArtcleanError):
    """A document that was not done within ``--timeout``."""


class Stopped(BaseException):
    """A signal asks the run to end."""

    def __init__(self, signal_number: int) -> None:
        super().__init__(signal_number)
        self.signal_number = signal_number
