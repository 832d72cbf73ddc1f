"""The writes of ``reviews``."""

from comptoir.reviews.services.acts import (
    keep_product,
    recommend_product,
    set_keeps_audience,
    unkeep_product,
    withdraw_recommendation,
)

__all__ = [
    "keep_product",
    "recommend_product",
    "set_keeps_audience",
    "unkeep_product",
    "withdraw_recommendation",
]
