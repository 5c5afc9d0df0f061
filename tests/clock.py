"""CPU seconds for tests of growth, told apart from what a busy machine adds.

A test compares the same code at two sizes: its bar is a ratio. What disturbs a clock only ever adds,
so each size counts with its least, and a bar that seems broken is tried again before a test fails.
The garbage collector is off: what it costs grows with everything that the test runner keeps.
"""

import gc
import time
from collections.abc import Callable

TRIES = 5


def seconds(run: Callable[[], object]) -> float:
    """CPU seconds of one call."""
    collected = gc.isenabled()
    gc.disable()
    try:
        start = time.process_time()
        run()
        return time.process_time() - start
    finally:
        if collected:
            gc.enable()


def outgrows(
    small: Callable[[], object], large: Callable[[], object], most: float, tick: float
) -> str:
    """What both calls took, if the large one takes over ``most`` times the small one and a tick."""
    short = long = float("inf")
    for _ in range(TRIES):
        long = min(long, seconds(large))
        if long <= tick:  # too quick to have grown
            return ""
        short = min(short, seconds(small))
        if long <= most * short + tick:
            return ""
    return f"{short:.4f} s, then {long:.4f} s"
