"""Signals that end a run, and how a process ends by one so that its parent can tell."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from artclean.run.errors import Stopped

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def stop_on_signals() -> None:
    """From now on the first of these signals raises :class:`Stopped`, the second one kills."""
    for number in STOP_SIGNALS:
        # Who started us with a signal ignored (nohup, a background job) means it.
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _stop)


def _stop(number: int, _frame: FrameType | None) -> None:
    for again in STOP_SIGNALS:
        signal.signal(again, signal.SIG_DFL)
    raise Stopped(number)


@contextmanager
def stopping_waits() -> Iterator[None]:
    """Signals that stop the run wait until this is over: a write, the start of a process."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, STOP_SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def die_by(number: int) -> int:
    """End this process by the signal, as shells, ``make`` and loops need it to notice.

    Gives the exit status of a shell for it, should the signal be blocked.
    """
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)
    return 128 + number
