"""The command ``artclean``, also as ``python -m artclean``."""

# What `signal` is made of, without the milliseconds that it takes to load.
import _signal  # type: ignore[import-not-found]
import gc

# Until the run can say what is done and what is not, Ctrl-C ends the process without a word.
if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
    _signal.signal(_signal.SIGINT, _signal.SIG_DFL)

# Before anything is imported: looking for cycles among what modules define takes 2 ms of a start.
gc.disable()

from artclean.cli import main  # noqa: E402

__all__ = ["main"]

if __name__ == "__main__":
    main(prog_name="artclean")
