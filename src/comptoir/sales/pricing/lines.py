"""The line that every step of pricing reads, and gives on."""

from typing import NamedTuple

from comptoir.common.money import vat_within


class PricedLine(NamedTuple):
    """A variant at its price: minor units a piece, VAT included; rate in basis points. A tuple: an
    order makes some thirty, and a frozen dataclass takes four times as long to be made.

    ``vat_rate_bp`` is the product's domestic rate until ``tax`` sets what is owed. ``weight_grams``
    is of one piece. ``discount_minor`` is of the whole line.
    """

    variant_id: int
    quantity: int
    unit_minor: int
    vat_rate_bp: int
    product_id: int = 0
    weight_grams: int = 0
    digital: bool = False
    discount_minor: int = 0

    @property
    def total_minor(self) -> int:
        return self.unit_minor * self.quantity - self.discount_minor

    @property
    def vat_minor(self) -> int:
        return vat_within(self.total_minor, self.vat_rate_bp)
