"""Exceptions to the right to withdraw, for many products at once."""

from comptoir.catalog.models import Product
from comptoir.catalog.services.products import check_withdrawal
from comptoir.common import clock
from comptoir.shops.models import Shop


def set_exception(*, shop: Shop, category: str | None, exception: str) -> int:
    """Excepts all products of a category ('': those without one; ``None``: all) so, or no more for
    ''; returns how many changed. Downloads keep their own; what was ordered before keeps what was
    said then.

    Raises:
        Refused: ``bad_withdrawal``.
    """
    check_withdrawal(exception)
    rows = Product.objects.filter(shop=shop, digital=False)
    rows = rows.exclude(status=Product.Status.COUNTER)
    found = rows if category is None else rows.filter(category=category)
    other = found.exclude(withdrawal=exception)
    return other.update(withdrawal=exception, updated_at=clock.now())
