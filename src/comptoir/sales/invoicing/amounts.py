"""The amounts of an invoice, from prices that contain their VAT; a pure computation.

EN 16931 computes upward: net amounts of lines, their sum by VAT rate, the VAT of that sum, the
total. A shop's prices go the other way: the total is what was paid, and may not move. The rule:

1. What was paid is added up by VAT category and rate: the lines after their discounts, and the
   share of delivery that follows them.
2. For each of these sums, the taxable amount is the whole number of minor units that comes nearest
   to it once its VAT, rounded half up, is added (BR-CO-17). Of two that come as near, the one whose
   VAT is nearest to the VAT that the order showed.
3. The taxable amount is divided over its lines and its delivery in proportion to what was paid for
   each, by largest remainder: the sums hold exactly (BR-CO-10 to BR-CO-15, BR-S-08 and its kin).
4. Some sums cannot be reached: no taxable amount at 20 % gives 12.99. The unit that is missing, or
   too many, is the invoice's rounding amount (BT-114), so that what is due is what was paid
   (BR-CO-16). It is at most one unit for each rate.

5. A credit note takes, of what its invoice says and earlier credit notes have left, the part that
   what is given back is of it: so many notes of a few cents each never credit more VAT, or more
   net, than was invoiced. Where BR-CO-17 allows no such pair, the net amount is the largest whose
   VAT is left, and the rounding amount is larger.

All amounts are integers, in minor units of the currency.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from comptoir.common.money import vat_within
from comptoir.sales.pricing.division import divided

WHOLE_BP = 10_000
NEAR = 3  # minor units: within so many of a net amount, its VAT at 20 % goes up by one


@dataclass(frozen=True, slots=True)
class Paid:
    """What was paid for one line, VAT included; ``discount_minor`` is already taken off."""

    category: str
    rate_bp: int
    gross_minor: int
    discount_minor: int = 0

    @property
    def group(self) -> tuple[int, str]:
        return self.rate_bp, self.category


@dataclass(frozen=True, slots=True)
class Left:
    """What of one category and rate of an invoice was not credited yet; VAT is in the gross."""

    gross_minor: int
    net_minor: int
    vat_minor: int


@dataclass(frozen=True, slots=True)
class Share:
    """A VAT breakdown (BG-23): taxable amount and VAT of one category and rate."""

    category: str
    rate_bp: int
    net_minor: int
    vat_minor: int


@dataclass(frozen=True, slots=True)
class ChargeShare:
    """A part of delivery that bears the VAT of the goods it follows."""

    category: str
    rate_bp: int
    gross_minor: int
    net_minor: int


@dataclass(frozen=True, slots=True)
class Amounts:
    """``nets`` and ``discounts`` by line, without VAT; a line's net is after its discount."""

    nets: tuple[int, ...]
    discounts: tuple[int, ...]
    charges: tuple[ChargeShare, ...]
    shares: tuple[Share, ...]
    paid_minor: int

    @property
    def net_minor(self) -> int:
        return sum(share.net_minor for share in self.shares)

    @property
    def vat_minor(self) -> int:
        return sum(share.vat_minor for share in self.shares)

    @property
    def rounding_minor(self) -> int:
        """What is to be added to the total with VAT to come to what was paid."""
        return self.paid_minor - self.net_minor - self.vat_minor


def vat_on(net_minor: int, rate_bp: int) -> int:
    """The VAT to be added to a net amount, half up to a minor unit."""
    return (net_minor * rate_bp * 2 + WHOLE_BP) // (2 * WHOLE_BP)


def amounts_of(
    lines: Sequence[Paid],
    delivery_minor: int,
    left: Mapping[tuple[int, str], Left] | None = None,
) -> Amounts:
    """The amounts of an invoice over these lines and this delivery; there is at least one line.

    ``left``, by rate and category, makes it a credit note (rule 5).

    Raises:
        ValueError: no line.
    """
    if not lines:
        raise ValueError("an invoice has lines")
    groups = sorted({line.group for line in lines})
    gross = {place: _gross(lines, group) for place, group in enumerate(groups)}
    delivery = divided(delivery_minor, gross)
    nets: dict[int, int] = {}
    charges: list[ChargeShare] = []
    shares: list[Share] = []
    for place, (rate, category) in enumerate(groups):
        fee = delivery.get(place, 0)
        mine = {i: line for i, line in enumerate(lines) if line.group == (rate, category)}
        shown = sum(vat_within(line.gross_minor, rate) for line in mine.values())
        rest = (left or {}).get((rate, category))
        paid, shown = gross[place] + fee, shown + vat_within(fee, rate)
        net, vat = _part_of(rest, paid, rate) if rest else _split(paid, rate, shown)
        parts = divided(net, _weights(mine, len(lines), fee))
        nets.update({i: parts.get(i, 0) for i in mine})
        shares.append(Share(category, rate, net, vat))
        if fee:
            charges.append(ChargeShare(category, rate, fee, parts.get(len(lines), 0)))
    return Amounts(
        nets=tuple(nets[i] for i in range(len(lines))),
        discounts=tuple(_net_of(line.discount_minor, line.rate_bp) for line in lines),
        charges=tuple(reversed(charges)),
        shares=tuple(reversed(shares)),
        paid_minor=sum(gross.values()) + delivery_minor,
    )


def _gross(lines: Sequence[Paid], group: tuple[int, str]) -> int:
    return sum(line.gross_minor for line in lines if line.group == group)


def _weights(mine: Mapping[int, Paid], charge: int, fee: int) -> dict[int, int]:
    """What was paid by place, delivery at the place ``charge``."""
    weights = {place: line.gross_minor for place, line in mine.items()}
    return {**weights, charge: fee} if fee else weights


def _net_of(gross_minor: int, rate_bp: int) -> int:
    return gross_minor - vat_within(gross_minor, rate_bp)


def _split(gross_minor: int, rate_bp: int, shown_vat: int) -> tuple[int, int]:
    """Rule 2: the taxable amount and its VAT."""
    near = gross_minor * WHOLE_BP // (WHOLE_BP + rate_bp)
    candidates = [(net, vat_on(net, rate_bp)) for net in range(max(near - 1, 0), near + 3)]
    return min(
        candidates,
        key=lambda c: (abs(gross_minor - c[0] - c[1]), abs(c[1] - shown_vat), c[0]),
    )


def _part_of(left: Left, gross_minor: int, rate_bp: int) -> tuple[int, int]:
    """Rule 5: the same part of the taxable amount and of the VAT that is left."""
    part = Fraction(min(gross_minor, left.gross_minor), left.gross_minor or 1)
    net, vat = (round(part * minor) for minor in (left.net_minor, left.vat_minor))
    most = min(left.net_minor, _most_net(left.vat_minor, rate_bp, left.net_minor))
    nearest = min(net, most)
    near = range(max(nearest - NEAR, 0), min(nearest + NEAR, most) + 1)
    return min(
        ((n, vat_on(n, rate_bp)) for n in near),
        key=lambda c: (abs(c[1] - vat), abs(c[0] - net), abs(gross_minor - c[0] - c[1])),
    )


def _most_net(vat_minor: int, rate_bp: int, without_vat: int) -> int:
    """The largest net amount whose VAT is no more than that; ``without_vat`` at a rate of 0."""
    if not rate_bp:
        return without_vat
    return -(-WHOLE_BP * (2 * vat_minor + 1) // (2 * rate_bp)) - 1
