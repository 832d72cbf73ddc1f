"""Amounts said at the counter: sold like products, and in no catalogue.

Each shop has one hidden product for each VAT rate (``Product.Status.COUNTER``); each amount is a
variant of it, with one piece on the shelf. Orders, invoices, refunds and stock know nothing new.
"""

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext

from comptoir.catalog.models import Product, StockItem, Variant
from comptoir.common import clock
from comptoir.common.vat_rates import standard_rate
from comptoir.shops.models import Shop


@transaction.atomic
def counter_variant(*, shop: Shop, amount_minor: int, vat_rate_bp: int, note: str) -> Variant:
    """A variant of that price (minor units, VAT included), of which there is one piece."""
    product, _made = Product.objects.get_or_create(
        shop=shop,
        vat_rate_bp=vat_rate_bp,
        status=Product.Status.COUNTER,
        defaults={
            "title": gettext("At the counter"),
            "created_at": clock.now(),
            "updated_at": clock.now(),
        },
    )
    variant = Variant.objects.create(
        product=product,
        currency=shop.currency,
        price_minor=amount_minor,
        options={"note": note} if note else {},
    )
    StockItem.objects.create(variant=variant, tracked=True, available=1)
    return variant


@transaction.atomic
def take_back(*, variant_id: int) -> bool:
    """Withdraws the amount from sale, unless its piece is held or sold; returns whether it did.

    Its piece leaves the shelf: a purchase that waits for the lock read the variant before, and
    money that comes late for an order that expired would find the piece there.
    """
    item = StockItem.objects.select_for_update(no_key=True).get(pk=variant_id)
    if not item.available:
        return False
    StockItem.objects.filter(pk=variant_id).update(available=0)
    Variant.objects.filter(pk=variant_id).update(status=Variant.Status.WITHDRAWN)
    return True


def usual_vat_rate(shop: Shop) -> int:
    """The rate, in basis points, of most of the shop's products; its country's standard one at
    first."""
    rates = Product.objects.filter(shop=shop, status=Product.Status.ACTIVE)
    counted = rates.values("vat_rate_bp").annotate(many=Count("pk"))
    most = counted.order_by("-many", "-vat_rate_bp").first()
    return int(most["vat_rate_bp"]) if most else standard_rate(shop.country)
