"""What a purchase costs in all: lines, then offers, then delivery, then taxes.

A pure computation from rows, the same for basket, sheet and order; each step has its written rule.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from comptoir.sales.pricing.announced_prices import AnnouncedPrice, announced_off
from comptoir.sales.pricing.delivery import DeliveryChoice, offered
from comptoir.sales.pricing.division import divided
from comptoir.sales.pricing.lines import PricedLine
from comptoir.sales.pricing.offer_terms import OfferTerms
from comptoir.sales.pricing.offers import Applied, CodeRefused, Given, apply
from comptoir.sales.pricing.tax import Regime, Scheme, Taxed, VatShare, tax_context, taxed
from comptoir.shops.delivery_terms import DeliveryTerms

AT_THE_SHOP = ("pickup", "counter")


@dataclass(frozen=True, slots=True)
class SellerTerms:
    """On what terms a shop sells to one buyer: its taxes, its ways of delivery, its offers."""

    country: str
    regime: Regime
    oss: bool
    delivery: DeliveryTerms
    offers: tuple[OfferTerms, ...]


@dataclass(frozen=True, slots=True)
class Destination:
    """Where it goes, as far as it is known; ``vat_number`` of a buying business, as typed."""

    country: str = ""
    postcode: str = ""
    vat_number: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """Amounts in minor units of the shop's currency; ``total_minor`` contains ``vat_minor``.

    ``items_minor`` is before discounts, ``delivery_minor`` after offers. ``lines`` are at the rates
    owed. ``uses``: offers that the order uses, with what each takes off. As it is shown:
    ``announced`` prices, by line, ``goods_minor`` at these, and what offers take off ``beside``;
    goods less ``beside`` and with delivery is the total. Where the price without the seller's VAT
    is charged, no announced one is shown, for that contains it: all that offers take off stands
    beside.
    """

    lines: tuple[PricedLine, ...]
    items_minor: int
    discount_minor: int
    delivery_minor: int
    total_minor: int
    vat_minor: int
    vat_shares: tuple[VatShare, ...]
    tax_scheme: Scheme
    tax_country: str
    given: tuple[Given, ...]
    refused: tuple[CodeRefused, ...]
    uses: tuple[tuple[int, int], ...]
    announced: tuple[AnnouncedPrice | None, ...]
    goods_minor: int
    beside: tuple[Given, ...]


@dataclass(frozen=True, slots=True)
class Priced:
    """Goods under their offers, and how they can be sent; ``quote`` says what it costs."""

    goods: Applied
    choices: tuple[DeliveryChoice, ...]
    terms: SellerTerms
    to: Destination

    def quote(self, choice: DeliveryChoice | None) -> Quote:
        """The whole price with that way of delivery; ``None``: of the goods alone."""
        asked = choice.price_minor if choice is not None else 0
        context = tax_context(
            seller_country=self.terms.country,
            regime=self.terms.regime,
            oss=self.terms.oss,
            country=self.to.country,
            postcode=self.to.postcode,
            vat_number=self.to.vat_number,
            at_the_shop=choice is not None and choice.method.kind in AT_THE_SHOP,
        )
        fee = 0 if self.goods.free_delivery else asked
        charged = taxed(self.goods.lines, fee, context)
        announced, beside = self._shown(charged)
        return Quote(
            lines=charged.lines,
            items_minor=charged.items_minor,
            discount_minor=charged.discount_minor,
            delivery_minor=charged.delivery_minor,
            total_minor=charged.total_minor,
            vat_minor=charged.vat_minor,
            vat_shares=charged.vat_shares,
            tax_scheme=charged.scheme,
            tax_country=charged.country,
            given=self.goods.given,
            refused=self.goods.refused,
            uses=self.goods.uses(asked),
            announced=announced,
            goods_minor=charged.items_minor - sum(map(announced_off, charged.lines, announced)),
            beside=beside,
        )

    def _shown(self, charged: Taxed) -> tuple[tuple[AnnouncedPrice | None, ...], tuple[Given, ...]]:
        """``announced`` and ``beside`` of the quote."""
        goods = self.goods
        pairs = zip(charged.lines, goods.lines, strict=True)
        if all(mine.unit_minor == asked.unit_minor for mine, asked in pairs):
            return goods.announced, goods.beside
        off = {each.offer_id: each.amount_minor for each in goods.given}
        parts = divided(charged.discount_minor, off)
        beside = (replace(one, amount_minor=parts.get(one.offer_id, 0)) for one in goods.given)
        return (None,) * len(goods.lines), tuple(one for one in beside if one.amount_minor)

    def standard_delivery_minor(self, choice: DeliveryChoice, agreed: Quote) -> int:
        """What the cheapest way of the same kind would be charged, in minor units: no more is given
        back after a withdrawal (art. L221-24 of the French consumer code). ``agreed`` is the quote
        of ``choice``."""
        alike = [one for one in self.choices if one.method.kind == choice.method.kind]
        cheapest = min(alike, key=lambda one: one.price_minor, default=choice)
        if cheapest.price_minor >= choice.price_minor:
            return agreed.delivery_minor
        return self.quote(cheapest).delivery_minor


def price(
    lines: Sequence[PricedLine],
    terms: SellerTerms,
    to: Destination,
    *,
    now: datetime,
    codes: Sequence[str] = (),
) -> Priced:
    """``lines`` at their catalogue price, for that destination, with these codes."""
    goods = apply(lines, terms.offers, now=now, codes=codes)
    choices = offered(
        terms.delivery,
        to.country,
        to.postcode,
        sum(line.weight_grams * line.quantity for line in lines),
        sum(line.total_minor for line in goods.lines),
        bool(lines) and all(line.digital for line in lines),
    )
    return Priced(goods, choices, terms, to)
