"""Reads of showcases."""

from comptoir.reviews.models import Showcase


def shown_by(profile_id: int) -> list[int]:
    """The products that a profile puts forward, in its order."""
    rows = Showcase.objects.filter(profile=profile_id).order_by("position")
    return list(rows.values_list("product", flat=True))
