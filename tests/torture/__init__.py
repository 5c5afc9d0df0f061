"""What other tools break on, done to the command on purpose.

Part of the slow tests (``pytest -m slow``) at a size that takes a minute or two; with
``ARTCLEAN_TORTURE=full`` at the size that the project's bars name (2,000 faults, 200,000
documents, …), which takes twenty minutes. Nothing here depends on how busy the machine is, but
for the wall time of interrupts at full size.
"""

import os

FULL = os.environ.get("ARTCLEAN_TORTURE") == "full"


def size(quick: int, full: int) -> int:
    """How often, how many."""
    return full if FULL else quick
