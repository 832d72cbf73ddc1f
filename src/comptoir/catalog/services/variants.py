"""A variant's price and count, changed together."""

from django.db import transaction

from comptoir.catalog.models import Product
from comptoir.catalog.services.products import count_stock, set_price


@transaction.atomic
def edit_variant(
    *,
    product: Product,
    variant_id: int,
    price_minor: int,
    sale_price_minor: int | None,
    count: int | None,
    seen: int | None,
) -> None:
    """Sets price, sale price and count, all or nothing; see ``set_price`` and ``count_stock``.

    Raises:
        Refused: ``bad_price``, ``bad_stock``, ``no_such_variant``.
        Conflict: ``stock_moved``.
    """
    count_stock(product=product, variant_id=variant_id, count=count, seen=seen)
    set_price(
        product=product,
        variant_id=variant_id,
        price_minor=price_minor,
        sale_price_minor=sale_price_minor,
    )
