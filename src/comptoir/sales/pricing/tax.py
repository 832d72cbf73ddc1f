"""VAT: which one, at what rate, and how much; a pure computation.

The written rule of rounding. Prices contain the VAT of the shop's country.

1. Each line's VAT is rounded on its own, half up, to a minor unit of the currency, whether that
   has 0, 2 or 3 decimals.
2. Delivery follows the goods: its price is divided over their rates in proportion to their
   amounts (``division``: no unit is lost), and each share's VAT is rounded on its own.
3. Sums add what was rounded: an order's VAT is the sum of its shares, a share's of its lines.
4. Where the net price is charged (``reverse_charge``, ``export``), the domestic VAT, rounded half
   up, is taken off the price of one piece, off the line's discount and off each share of
   delivery. A line given away stays given away, and no discount is more than its line.
5. A consumer in another member state pays the same price; the VAT of their country is within it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from comptoir.common.money import vat_within
from comptoir.common.vat_number import read_vat_number
from comptoir.common.vat_rates import corresponding, member_states
from comptoir.sales.pricing.division import divided
from comptoir.sales.pricing.lines import PricedLine
from comptoir.sales.pricing.territories import Territory, territory_of

Regime = Literal["normal", "franchise"]
Scheme = Literal["domestic", "oss", "reverse_charge", "export", "franchise"]


@dataclass(frozen=True, slots=True)
class TaxContext:
    """Who sells from where to whom. Countries are ISO 3166-1, or "XI".

    ``regime`` "franchise": a small seller who charges no VAT. ``oss``: the seller declares by the
    one-stop shop, so consumers elsewhere in the Union pay their own country's VAT; without it the
    seller is under the threshold and charges its own. ``buyer_vat_valid``: the buyer is a business
    of another member state, with a well-made VAT number.
    """

    seller_country: str
    regime: Regime
    oss: bool
    buyer_country: str
    buyer_vat_valid: bool = False
    buyer_postcode: str = ""


@dataclass(frozen=True, slots=True)
class TaxRate:
    """Basis points, and why that rate."""

    rate_bp: int
    scheme: Scheme

    @property
    def on_net(self) -> bool:
        """Whether the price without the domestic VAT is charged."""
        return self.scheme in ("reverse_charge", "export")


@dataclass(frozen=True, slots=True)
class VatShare:
    """What was taken at one VAT rate, delivery included; ``gross_minor`` contains the VAT."""

    rate_bp: int
    gross_minor: int
    vat_minor: int


@dataclass(frozen=True, slots=True)
class Taxed:
    """Lines at what is charged and at the rate that is owed; all amounts contain their VAT.

    ``scheme``: of the goods; where nothing is sent, of the digital lines. ``country``: whose VAT it
    is (ISO 3166-1, or "XI"); the seller's where there is none.
    """

    lines: tuple[PricedLine, ...]
    delivery_minor: int
    vat_shares: tuple[VatShare, ...]
    scheme: Scheme
    country: str

    @property
    def items_minor(self) -> int:
        """The lines before their discounts."""
        return sum(line.unit_minor * line.quantity for line in self.lines)

    @property
    def discount_minor(self) -> int:
        return sum(line.discount_minor for line in self.lines)

    @property
    def vat_minor(self) -> int:
        return sum(share.vat_minor for share in self.vat_shares)

    @property
    def total_minor(self) -> int:
        return self.items_minor - self.discount_minor + self.delivery_minor


def tax_context(
    *,
    seller_country: str,
    regime: Regime,
    oss: bool,
    country: str,
    postcode: str = "",
    vat_number: str = "",
    at_the_shop: bool = False,
) -> TaxContext:
    """The context of a purchase, from what the buyer typed; ``vat_number`` in any form or ''.

    ``at_the_shop``: handed over there, so that the buyer's address does not count. An empty
    ``country`` counts as the seller's. A number of the seller's own country frees from nothing.
    """
    seller = territory_of(seller_country)
    number = read_vat_number(vat_number)
    abroad = number is not None and territory_of(number.country).goods != seller.goods
    away = bool(country) and not at_the_shop
    return TaxContext(
        seller_country=seller_country,
        regime=regime,
        oss=oss,
        buyer_country=country if away else seller_country,
        buyer_vat_valid=abroad,
        buyer_postcode=postcode if away else "",
    )


def rate_for(context: TaxContext, domestic_rate_bp: int, *, digital: bool = False) -> TaxRate:
    """The rate for a product whose rate in the seller's country is ``domestic_rate_bp``.

    ``digital``: nothing is sent; some territories are abroad for goods alone.
    """
    seller = territory_of(context.seller_country)
    buyer = territory_of(context.buyer_country, context.buyer_postcode)
    scheme = _scheme(context, seller.market(digital=digital), buyer.market(digital=digital))
    if scheme == "oss" or (scheme == "domestic" and _at_home(seller, buyer, digital=digital)):
        return TaxRate(corresponding(domestic_rate_bp, seller.code, buyer.code), scheme)
    return TaxRate(domestic_rate_bp if scheme == "domestic" else 0, scheme)


def _scheme(context: TaxContext, seller: str, buyer: str) -> Scheme:
    abroad_in_union = seller != buyer and {seller, buyer} <= member_states()
    by_one_stop = abroad_in_union and context.oss and not context.buyer_vat_valid
    # A small seller above the threshold of distance sales owes the VAT of the buyer's country.
    if context.regime == "franchise" and not by_one_stop:
        return "franchise"
    if seller == buyer:
        return "domestic"
    if not abroad_in_union:
        return "export"
    if context.buyer_vat_valid:
        return "reverse_charge"
    return "oss" if context.oss else "domestic"


def _at_home(seller: Territory, buyer: Territory, *, digital: bool) -> bool:
    """Whether the rates of a part of the seller's own country apply: those of where a digital good
    is received, not those of where a parcel is sent."""
    return digital and seller.services == buyer.services


def taxed(lines: Sequence[PricedLine], delivery_minor: int, context: TaxContext) -> Taxed:
    """``lines`` at their domestic rate and price, ``delivery_minor`` at its price, as charged."""
    rates = [rate_for(context, line.vat_rate_bp, digital=line.digital) for line in lines]
    charged = tuple(_charged(line, rate) for line, rate in zip(lines, rates, strict=True))
    delivery = _net_delivery(lines, rates, delivery_minor)
    scheme = _of_order(lines, rates)
    sent = any(not line.digital for line in lines)
    buyer = territory_of(context.buyer_country, context.buyer_postcode)
    return Taxed(
        lines=charged,
        delivery_minor=delivery,
        vat_shares=vat_shares(charged, delivery),
        scheme=scheme,
        country=buyer.market(digital=not sent) if scheme == "oss" else context.seller_country,
    )


def _of_order(lines: Sequence[PricedLine], rates: Sequence[TaxRate]) -> Scheme:
    """That of what is sent, else of the first line; of nothing, ``domestic``."""
    sent = [rate.scheme for line, rate in zip(lines, rates, strict=True) if not line.digital]
    return next(iter(sent or [rate.scheme for rate in rates]), "domestic")


def _charged(line: PricedLine, rate: TaxRate) -> PricedLine:
    if not rate.on_net:
        return line._replace(vat_rate_bp=rate.rate_bp)
    unit = line.unit_minor - vat_within(line.unit_minor, line.vat_rate_bp)
    off = line.discount_minor - vat_within(line.discount_minor, line.vat_rate_bp)
    whole = unit * line.quantity
    given = line.discount_minor == line.unit_minor * line.quantity
    return line._replace(
        unit_minor=unit,
        discount_minor=whole if given else min(off, whole),
        vat_rate_bp=rate.rate_bp,
    )


def _net_delivery(
    lines: Sequence[PricedLine], rates: Sequence[TaxRate], delivery_minor: int
) -> int:
    """Delivery without the domestic VAT of its shares over the lines whose net price is charged."""
    gross: dict[tuple[int, bool], int] = {}
    for line, rate in zip(lines, rates, strict=True):
        key = line.vat_rate_bp, rate.on_net
        gross[key] = gross.get(key, 0) + line.total_minor
    keys = sorted(gross)
    parts = divided(delivery_minor, {place: gross[key] for place, key in enumerate(keys)})
    return delivery_minor - sum(
        vat_within(part, keys[place][0]) for place, part in parts.items() if keys[place][1]
    )


class Rated(Protocol):
    """What a share of VAT is read from: a line, of a quote or of an order."""

    @property
    def vat_rate_bp(self) -> int: ...

    @property
    def total_minor(self) -> int: ...


def vat_shares(lines: Sequence[Rated], delivery_minor: int) -> tuple[VatShare, ...]:
    """The VAT of lines and delivery by rate, highest rate first."""
    gross: dict[int, int] = {}
    vat: dict[int, int] = {}
    for line in lines:
        rate, total = line.vat_rate_bp, line.total_minor
        gross[rate] = gross.get(rate, 0) + total
        vat[rate] = vat.get(rate, 0) + vat_within(total, rate)
    for rate, part in divided(delivery_minor, gross).items():
        gross[rate] += part
        vat[rate] += vat_within(part, rate)
    return tuple(VatShare(rate, gross[rate], vat[rate]) for rate in sorted(gross, reverse=True))
