"""The writes of ``reviews``."""

from comptoir.reviews.services.acts import (
    keep_product,
    recommend_product,
    unkeep_product,
    withdraw_recommendation,
)

__all__ = ["keep_product", "recommend_product", "unkeep_product", "withdraw_recommendation"]
