"""What people thought of products."""

from dataclasses import dataclass
from typing import ClassVar

from comptoir.common.outbox import Event


@dataclass(frozen=True, slots=True)
class _Act(Event):
    profile_id: int
    product_id: int

    def aggregate(self) -> str:
        return f"act:{self.profile_id}:{self.product_id}"


@dataclass(frozen=True, slots=True)
class ProductKept(_Act):
    name: ClassVar[str] = "reviews.ProductKept"
    audience: str


@dataclass(frozen=True, slots=True)
class ProductUnkept(_Act):
    name: ClassVar[str] = "reviews.ProductUnkept"


@dataclass(frozen=True, slots=True)
class ProductRecommended(_Act):
    """``interest``: what the author had for it, a ``people.models.interest.Interest``."""

    name: ClassVar[str] = "reviews.ProductRecommended"
    audience: str
    interest: str = ""


@dataclass(frozen=True, slots=True)
class RecommendationWithdrawn(_Act):
    name: ClassVar[str] = "reviews.RecommendationWithdrawn"
