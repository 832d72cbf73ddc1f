"""The VAT rates of a shop's products: those of a category, and what they become when it moves."""

from django.db import connection, transaction
from django.db.models import Case, Value, When

from comptoir.catalog.models import Product
from comptoir.common import clock
from comptoir.common.vat_rates import corresponding, standard_rate


def usual_rates(shop_id: int) -> dict[str, int]:
    """By category, the rate of most of its products: what a catalogue brings in next bears it."""
    with connection.cursor() as cursor:
        cursor.execute(USUAL, [shop_id])
        return dict(cursor.fetchall())


USUAL = """
SELECT DISTINCT ON (category) category, vat_rate_bp
FROM catalog_product WHERE shop_id = %s AND status = 'active' AND category <> ''
GROUP BY category, vat_rate_bp ORDER BY category, count(*) DESC, vat_rate_bp DESC
"""


@transaction.atomic
def move_rates(*, shop_id: int, origin: str, country: str) -> int:
    """Gives each product the rate that corresponds to its own; returns how many changed.

    Prices stay as they are: they contain the VAT. Amounts of the counter keep the rate of their
    sale.
    """
    rows = Product.objects.filter(shop=shop_id).exclude(status=Product.Status.COUNTER)
    rates = rows.order_by().values_list("vat_rate_bp", flat=True).distinct()
    moved = {rate: _there(rate, origin, country) for rate in rates}
    changed = {before: after for before, after in moved.items() if before != after}
    if not changed:
        return 0
    cases = (When(vat_rate_bp=before, then=Value(after)) for before, after in changed.items())
    found = rows.filter(vat_rate_bp__in=list(changed))
    return found.update(vat_rate_bp=Case(*cases), updated_at=clock.now())


def _there(rate_bp: int, origin: str, country: str) -> int:
    """Where one of the two has no known VAT, what most things bear."""
    if not standard_rate(origin) or not standard_rate(country):
        return standard_rate(country)
    return corresponding(rate_bp, origin, country)
