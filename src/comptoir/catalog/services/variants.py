"""A variant's price, count and weight, changed together."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.catalog.models import Product, Variant
from comptoir.catalog.services.products import count_stock, set_price
from comptoir.common.errors import Refused

MAX_GRAMS = 10_000_000


@transaction.atomic
def edit_variant(
    *,
    product: Product,
    variant_id: int,
    price_minor: int,
    sale_price_minor: int | None,
    count: int | None,
    seen: int | None,
    weight_grams: int | None,
) -> None:
    """Sets price, sale price, count and weight, all or nothing; see ``set_price`` and
    ``count_stock``. The weight is of one piece, packed; ``None``: unknown.

    Raises:
        Refused: ``bad_price``, ``bad_stock``, ``bad_weight``, ``no_such_variant``.
        Conflict: ``stock_moved``.
    """
    count_stock(product=product, variant_id=variant_id, count=count, seen=seen)
    set_price(
        product=product,
        variant_id=variant_id,
        price_minor=price_minor,
        sale_price_minor=sale_price_minor,
    )
    if weight_grams is not None and not 0 <= weight_grams <= MAX_GRAMS:
        raise Refused("bad_weight", _("This weight is out of bounds."))
    Variant.objects.filter(pk=variant_id, product=product).update(weight_grams=weight_grams)
