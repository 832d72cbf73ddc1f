"""What an invoice says, apart from any form: the source of its paper and of its data."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from comptoir.sales.invoicing.amounts import ChargeShare, Share


@dataclass(frozen=True, slots=True)
class Party:
    """A seller, a buyer, or where it is sent. ``siren``: nine digits, in France; '' elsewhere."""

    name: str
    country: str
    contact: str = ""
    legal_form: str = ""
    street: tuple[str, ...] = ()
    postcode: str = ""
    city: str = ""
    vat_number: str = ""
    registration: str = ""
    siren: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line; minor units. ``gross_minor`` was paid, VAT included; ``net_minor`` is without VAT and
    after ``discount_minor``, itself without VAT."""

    title: str
    options: str
    quantity: int
    category: str
    rate_bp: int
    gross_minor: int
    net_minor: int
    discount_minor: int
    service: bool


@dataclass(frozen=True, slots=True)
class Content:
    """An invoice or a credit note (``kind``); dates are ISO 8601, '' for none.

    ``delivery``: how, in the shop's words; ``delivery_kind``: post, pickup, digital or counter.
    ``means``: the payment provider, '' when there was nothing to pay; ``iban``: where a transfer
    went. ``preceding``: number and date of the invoice that a credit note corrects. ``offers``: the
    names of those that took something off the goods.
    """

    kind: str
    number: str
    language: str
    currency: str
    issued_on: str
    order_number: str
    ordered_on: str
    paid_on: str
    means: str
    iban: str
    delivery: str
    delivery_kind: str
    tax_scheme: str
    tax_country: str
    seller: Party
    buyer: Party
    ship_to: Party | None
    lines: tuple[Line, ...]
    charges: tuple[ChargeShare, ...]
    shares: tuple[Share, ...]
    net_minor: int
    vat_minor: int
    rounding_minor: int
    total_minor: int
    preceding: tuple[str, str] = ("", "")
    offers: str = ""

    @property
    def is_credit(self) -> bool:
        return self.kind == "credit_note"

    @property
    def issue_date(self) -> date:
        return date.fromisoformat(self.issued_on)

    @property
    def for_business(self) -> bool:
        """Whether the buyer bought as a company."""
        return bool(self.buyer.contact or self.buyer.vat_number)


def as_json(content: Content) -> dict[str, Any]:
    """The content as JSON values; seller and buyer have columns of their own."""
    values = asdict(content)
    del values["seller"], values["buyer"]
    return values


def from_json(values: dict[str, Any], seller: dict[str, Any], buyer: dict[str, Any]) -> Content:
    """What ``as_json`` took apart, whole again."""
    ship_to = values["ship_to"]
    built = {
        **values,
        "seller": party_from(seller),
        "buyer": party_from(buyer),
        "ship_to": party_from(ship_to) if ship_to else None,
        "lines": tuple(Line(**line) for line in values["lines"]),
        "charges": tuple(ChargeShare(**charge) for charge in values["charges"]),
        "shares": tuple(Share(**share) for share in values["shares"]),
        "preceding": tuple(values["preceding"]),
    }
    return Content(**built)


def party_from(values: dict[str, Any]) -> Party:
    """A party that JSON kept."""
    return Party(**{**values, "street": tuple(values["street"])})
