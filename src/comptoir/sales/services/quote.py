"""What a purchase costs: a pure computation from rows, the same for the sheet and the order.

The written rule: prices contain VAT; each line's VAT is rounded on its own, half up, to a minor
unit. Delivery follows the goods: its price is divided over their VAT rates in proportion to their
amounts (largest remainder, so that no unit is lost), and each share's VAT is rounded on its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from comptoir.common.money import vat_within
from comptoir.sales.pricing.lines import PricedLine
from comptoir.shops.models import DeliveryMethod


@dataclass(frozen=True, slots=True)
class VatShare:
    """What was taken at one VAT rate, delivery included; ``gross_minor`` contains the VAT."""

    rate_bp: int
    gross_minor: int
    vat_minor: int


@dataclass(frozen=True, slots=True)
class Quote:
    """Amounts in minor units of the shop's currency; ``total_minor`` contains ``vat_minor``."""

    lines: tuple[PricedLine, ...]
    items_minor: int
    discount_minor: int
    delivery_minor: int
    total_minor: int
    vat_minor: int
    vat_shares: tuple[VatShare, ...]


def quote(lines: Sequence[PricedLine], delivery: DeliveryMethod | None) -> Quote:
    """The totals of these lines; ``delivery`` ``None`` quotes the goods alone."""
    items = sum(line.unit_minor * line.quantity for line in lines)
    discount = sum(line.discount_minor for line in lines)
    fee = delivery.price_for(items - discount) if delivery is not None else 0
    shares = vat_shares(lines, fee)
    return Quote(
        lines=tuple(lines),
        items_minor=items,
        discount_minor=discount,
        delivery_minor=fee,
        total_minor=items - discount + fee,
        vat_minor=sum(share.vat_minor for share in shares),
        vat_shares=shares,
    )


def vat_shares(lines: Sequence[PricedLine], delivery_minor: int) -> tuple[VatShare, ...]:
    """The VAT of lines and delivery by rate, highest rate first."""
    gross: dict[int, int] = {}
    vat: dict[int, int] = {}
    for line in lines:
        gross[line.vat_rate_bp] = gross.get(line.vat_rate_bp, 0) + line.total_minor
        vat[line.vat_rate_bp] = vat.get(line.vat_rate_bp, 0) + line.vat_minor
    for rate, part in _divided(delivery_minor, gross).items():
        gross[rate] += part
        vat[rate] += vat_within(part, rate)
    return tuple(VatShare(rate, gross[rate], vat[rate]) for rate in sorted(gross, reverse=True))


def _divided(amount: int, weights: Mapping[int, int]) -> dict[int, int]:
    """``amount`` in whole units by weight; with no weight at all, it goes to the highest key."""
    total = sum(weights.values())
    if not amount or not weights:
        return {}
    if not total:
        return {max(weights): amount}
    parts = {key: amount * weight // total for key, weight in weights.items()}
    left = amount - sum(parts.values())
    by_remainder = sorted(weights, key=lambda key: (-(amount * weights[key] % total), -key))
    for key in by_remainder[:left]:
        parts[key] += 1
    return parts
