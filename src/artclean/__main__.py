"""The command ``artclean``, also as ``python -m artclean``."""

import gc

# Before anything is imported: looking for cycles among what modules define takes 2 ms of a start.
gc.disable()

from artclean.cli import main  # noqa: E402

__all__ = ["main"]

if __name__ == "__main__":
    main(prog_name="artclean")
