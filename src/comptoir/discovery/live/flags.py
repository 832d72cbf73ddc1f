"""An act's flag, one byte: what it is, in three views of two bits, and whether it was bought.

Bits 0 and 1: to everybody; 2 and 3: to those who follow its actor; 4 and 5: to its actor.
"""

NOTHING, LIKED, KEPT, BOUGHT = 0, 1, 2, 3
FOLLOWERS_BITS, OWN_BITS = 2, 4
PUBLIC_PURCHASE = 64
# What everybody may know of, and what followers may.
PUBLIC, TO_FOLLOWERS = 0b11, 0b1100


def joined(one: int, other: int) -> int:
    """The strongest of two acts of one person on one product, in each view."""
    views = sum(
        max((one >> shift) & 3, (other >> shift) & 3) << shift
        for shift in (0, FOLLOWERS_BITS, OWN_BITS)
    )
    return views | ((one | other) & PUBLIC_PURCHASE)
