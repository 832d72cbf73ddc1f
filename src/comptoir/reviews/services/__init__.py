"""The writes of ``reviews``."""

from comptoir.reviews.services.acts import (
    keep_product,
    recommend_product,
    set_keeps_audience,
    unkeep_product,
    withdraw_recommendation,
)
from comptoir.reviews.services.showcase import hide_product, move_product, show_product

__all__ = [
    "hide_product",
    "keep_product",
    "move_product",
    "recommend_product",
    "set_keeps_audience",
    "show_product",
    "unkeep_product",
    "withdraw_recommendation",
]
