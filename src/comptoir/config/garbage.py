"""Python's collector of cyclic garbage, set for a server: a tenth of a page's time otherwise."""

import gc

# Objects made between two searches for cycles. A page makes tens of thousands that die by
# reference counting alone; the default, 700, looks for cycles among them dozens of times a page.
THRESHOLDS = (50_000, 20, 50)


def loading() -> None:
    """Call before much is loaded: it all stays, and to search it is a sixth of a start."""
    gc.set_threshold(*THRESHOLDS)


def settle() -> None:
    """Call after ``loading``, when all is: what lives now is never searched again."""
    gc.collect()
    gc.freeze()
