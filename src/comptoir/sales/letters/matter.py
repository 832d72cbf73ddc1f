"""What a letter is about: rows that were read before a word is written."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date
from django.conf import settings

from comptoir.common.money import show_money
from comptoir.sales.adapters.registry import BY_HAND
from comptoir.sales.models import (
    OddMoney,
    Order,
    OrderLine,
    Payment,
    Refund,
    RefundFailure,
    Return,
    Shipment,
    StripeDispute,
    TransferDue,
    Withdrawal,
)
from comptoir.sales.pricing.tax import VatShare
from comptoir.sales.used_offers import NO_OFFERS, UsedOffers
from comptoir.shops.models import Shop


@dataclass(frozen=True, slots=True)
class Pieces:
    """So many of a line: those in a parcel, those that come back."""

    line: OrderLine
    quantity: int


@dataclass(frozen=True, slots=True)
class Matter:
    """An order with its lines and products, and what a letter of one kind is about besides.

    ``language`` is the reader's. Nothing is read from the database by those who have it.
    """

    language: str
    order: Order
    shop: Shop
    lines: tuple[OrderLine, ...] = ()
    vat_shares: tuple[VatShare, ...] = ()
    offers: UsedOffers = NO_OFFERS
    payment: Payment | None = None
    transfer: TransferDue | None = None
    shipment: Shipment | None = None
    refund: Refund | None = None
    failure: RefundFailure | None = None
    dispute: StripeDispute | None = None
    odd_money: OddMoney | None = None
    giving_back: Return | None = None
    withdrawal: Withdrawal | None = None
    pieces: tuple[Pieces, ...] = ()
    until: date | None = None
    presumed: bool = False
    all_given_back: bool = False

    @property
    def shop_name(self) -> str:
        return str(self.shop.profile.name)

    @property
    def names(self) -> dict[str, str]:
        """What sentences name: shop, number and recipient."""
        order = self.order
        return {"shop": self.shop_name, "number": order.number, "recipient": order.recipient}

    @property
    def is_collected(self) -> bool:
        return self.order.delivery_kind == "pickup"

    @property
    def is_sent(self) -> bool:
        """Whether something travels."""
        return self.order.delivery_kind == "post"

    @property
    def by_business(self) -> bool:
        return bool(self.order.vat_number)

    @property
    def can_withdraw(self) -> bool:
        """Whether the law gives its buyer the right at all, as ``withdrawal.right`` has it: not a
        business, nor from what was taken along at the counter, nor from what cost nothing."""
        order = self.order
        at_a_distance = order.delivery_kind != "counter"
        return at_a_distance and order.total_minor > 0 and not self.by_business

    @property
    def by_hand_minor(self) -> int:
        """What a person of the shop must give back now; 0 where the provider does it."""
        payment = self.payment
        if payment is None or payment.provider not in BY_HAND:
            return 0
        return payment.refund_due_minor - payment.refunded_minor

    def money(self, minor: int) -> str:
        """An amount in the order's currency, as the reader writes it."""
        return show_money(minor, self.order.currency, self.language)

    def day(self, when: datetime | date) -> str:
        """ "22 November 2026"; a moment's day is that of the place."""
        day = when
        if isinstance(when, datetime):
            day = when.astimezone(ZoneInfo(settings.TIME_ZONE)).date()
        return str(format_date(day, "long", locale=self.language))
