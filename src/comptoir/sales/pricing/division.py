"""An amount divided without losing a unit."""

from collections.abc import Mapping


def divided(amount: int, weights: Mapping[int, int]) -> dict[int, int]:
    """``amount`` in whole units in proportion to ``weights`` (none negative), by largest remainder.

    Units that remain go to the largest fractions, the highest key of equals first. While the amount
    is at most the sum of the weights, no part is more than its own weight. With no weight at all,
    it goes to the highest key.
    """
    total = sum(weights.values())
    if not amount or not weights:
        return {}
    if not total:
        return {max(weights): amount}
    parts = {key: amount * weight // total for key, weight in weights.items()}
    left = amount - sum(parts.values())
    by_remainder = sorted(weights, key=lambda key: (-(amount * weights[key] % total), -key))
    for key in by_remainder[:left]:
        parts[key] += 1
    return parts
