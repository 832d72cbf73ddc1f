"""Python's interpreter, set for a server: its search for garbage, and how threads share it."""

import gc
import sys

# Objects made between two searches for cycles. A page makes tens of thousands that die by
# reference counting alone; the default, 700, looks for cycles among them dozens of times a page:
# a tenth of its time.
THRESHOLDS = (50_000, 20, 50)
# A page that has the interpreter keeps it until it waits or is done: threads that cut each other
# off wait for each other instead of working. Python's own 5 ms fall into most pages.
TURN = 0.02  # seconds


def loading() -> None:
    """Call before much is loaded: it all stays, and to search it is a sixth of a start."""
    gc.set_threshold(*THRESHOLDS)


def settle() -> None:
    """Call after ``loading``, when all is: what lives now is never searched again."""
    gc.collect()
    gc.freeze()


def serve() -> None:
    """``settle``, for a process of a few threads that answer."""
    settle()
    sys.setswitchinterval(TURN)
