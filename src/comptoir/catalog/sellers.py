"""Who works for the shops behind products."""

from collections.abc import Iterable

from comptoir.catalog.models import Product


def sells_any(profile_id: int, product_ids: Iterable[int]) -> bool:
    """Whether the person works at a shop that offers one of these products."""
    rows = Product.objects.filter(pk__in=list(product_ids))
    return rows.filter(shop__staff__user__profile=profile_id).exists()
