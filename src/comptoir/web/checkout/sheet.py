"""What the sheet shows beside its fields: the line, the ways of delivery, the totals."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from comptoir.catalog.access import product_for
from comptoir.catalog.queries import ProductView, VariantView
from comptoir.common import clock
from comptoir.common.errors import NotVisible, Refused
from comptoir.people.actor import Actor
from comptoir.sales.pricing.quote import Quote
from comptoir.sales.sheet import Sheet as Offer
from comptoir.sales.sheet import SheetLine, sheet_of
from comptoir.shops.models import DeliveryMethod
from comptoir.web.checkout.arrival import arrival_words, working_days_after
from comptoir.web.formats import language

MOST_SHOWN = 99


@dataclass(frozen=True, slots=True)
class DeliveryChoice:
    """A way of delivery at its price for this purchase; ``arrives`` is "Mar 3 – 5"."""

    method: DeliveryMethod
    price_minor: int
    arrives: str
    chosen: bool

    @property
    def pickup(self) -> bool:
        return self.method.kind == DeliveryMethod.Kind.PICKUP


@dataclass(frozen=True, slots=True)
class Sheet:
    """A purchase being prepared. ``quote`` is of the chosen delivery."""

    product: ProductView
    variant: VariantView
    line: SheetLine
    deliveries: tuple[DeliveryChoice, ...]
    quote: Quote
    in_test: bool = False

    @property
    def currency(self) -> str:
        return self.product.card.currency

    @property
    def most(self) -> int:
        """How many the quantity field lets one choose."""
        left = self.line.left
        return max(1, MOST_SHOWN if left is None else min(left, MOST_SHOWN))

    @property
    def can_be_bought(self) -> bool:
        return bool(self.deliveries) and any(v.in_stock for v in self.product.variants)

    @property
    def always_posted(self) -> bool:
        """Whether no way of delivery does without an address."""
        return not any(choice.pickup for choice in self.deliveries)


def sheet_of_product(actor: Actor, product_id: int) -> Sheet:
    """One piece of the product's first variant that is in stock.

    Raises:
        NotVisible: see ``catalog.access.product_for``.
        Refused: see ``sales.sheet.sheet_of``.
    """
    product = product_for(actor, product_id)
    there = [variant for variant in product.variants if variant.in_stock]
    variant = (there or list(product.variants))[0]
    return _sheet(product, sheet_of([(variant.id, 1)], actor.profile_id), None)


def sheet_of_variant(
    actor: Actor, variant_id: int, quantity: int = 1, delivery_id: int | None = None
) -> Sheet:
    """The variant, and the delivery if the shop offers it, else its first.

    Raises:
        NotVisible: no such variant on sale, or see ``catalog.access.product_for``.
        Refused: see ``sales.sheet.sheet_of``.
    """
    try:
        offer = sheet_of([(variant_id, quantity)], actor.profile_id)
    except Refused as refusal:
        if refusal.code == "no_such_product":
            raise NotVisible from refusal
        raise
    return _sheet(product_for(actor, offer.lines[0].product_id), offer, delivery_id)


def _sheet(product: ProductView, offer: Offer, delivery_id: int | None) -> Sheet:
    line, chosen = offer.lines[0], offer.choice_of(delivery_id)
    today = timezone.localdate(clock.now())
    deliveries = [
        DeliveryChoice(c.method, c.quote.delivery_minor, _arrives(c.method, today), c == chosen)
        for c in offer.choices
    ]
    return Sheet(
        product=product,
        variant=next(v for v in product.variants if v.id == line.variant_id),
        line=line,
        deliveries=tuple(deliveries),
        quote=chosen.quote if chosen is not None else offer.goods,
        in_test=offer.in_test,
    )


def _arrives(method: DeliveryMethod, today: date) -> str:
    earliest, latest = (working_days_after(today, n) for n in (method.days_min, method.days_max))
    return arrival_words(earliest, latest, language())
