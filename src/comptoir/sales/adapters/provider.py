"""What a payment provider must be able to do for Comptoir."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID


class ProviderDown(Exception):
    """The provider did not answer, or not in time: what it did is not known."""


class WillNotSay(ProviderDown):
    """It answers, and will not tell of this payment: the shop's account was taken off, say. Asking
    again may never help."""


class ForgedNotice(Exception):
    """A webhook that is unsigned, badly signed, or signed too long ago; the text says which."""


class ByHand(Exception):
    """No machine gives this money back: a person of the shop does, and says so."""


class UnknownPayment(Exception):
    """A notice of a payment that was never opened at that provider."""


class PartialPayment(ValueError):
    """A notice of money that is only kept aside, or of a part: nothing is settled by it."""


class NotGivenBack(Exception):
    """A refund that failed, or never will be made; the text says why, in the provider's words."""


class Outcome(StrEnum):
    """What a provider says of a payment."""

    WAITING = "waiting"
    CAPTURED = "captured"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Account:
    """Where a shop is paid: a row of ``PaymentAccount``, as its provider reads it."""

    id: int = 0
    provider: str = ""
    reference: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)
    is_test: bool = True


@dataclass(frozen=True, slots=True)
class Instrument:
    """A way to pay within a provider, as the sheet offers it, in the reader's language.

    ``code`` comes back in ``PaymentRequest.instrument``; ``note`` says what will happen. ``kept``
    is the code that comes back instead when a member asks to have what they pay with kept for next
    time; '' when it cannot be.
    """

    code: str
    label: str
    note: str = ""
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Awaited:
    """What an order waits for, for its buyer: a heading and a text, in the reader's language."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class PaymentRequest:
    """A payment to start. ``key`` makes it happen once, however often it is asked.

    ``instrument`` is the code of one of the provider's instruments, '' for the provider's own
    first step. ``return_url`` is absolute and opens the order: it is told to the provider, and kept
    in no row of ours. ``buyer_id`` is the member's profile, ``None`` for a guest.
    """

    key: UUID
    amount_minor: int
    currency: str
    description: str
    return_url: str
    account: Account = field(default_factory=Account)
    instrument: str = ""
    order_number: str = ""
    language: str = "fr"
    email: str = ""
    buyer_id: int | None = None


@dataclass(frozen=True, slots=True)
class ProviderAnswer:
    """``amount_minor`` is what the provider asked or took; ``redirect_url`` is where the buyer
    pays, when they must go somewhere."""

    reference: str
    outcome: Outcome
    amount_minor: int
    currency: str
    redirect_url: str = ""
    failure: str = ""


@dataclass(frozen=True, slots=True)
class ProviderNotice:
    """A webhook whose signature is good. ``event_id`` is the same each time it is sent."""

    event_id: str
    key: UUID
    answer: ProviderAnswer


@dataclass(frozen=True, slots=True)
class DisputeNotice:
    """A buyer's bank asks for money back. ``payment_reference`` is the payment's at the provider,
    ``account`` the shop's there; ``status`` and ``reason`` are in the provider's words;
    ``told_at`` orders notices that come in disorder."""

    event_id: str
    account: str
    payment_reference: str
    reference: str
    amount_minor: int
    currency: str
    reason: str
    status: str
    respond_by: datetime | None
    told_at: datetime


@dataclass(frozen=True, slots=True)
class RefundNotice:
    """A refund failed: the money is back at the shop's ``account``. ``refund_key`` is the one that
    it was asked with; ``failure`` is in the provider's words. ``ours``: we had asked for it, and
    the shop had not made it there itself."""

    event_id: str
    account: str
    payment_reference: str
    refund_key: UUID
    failure: str
    told_at: datetime
    ours: bool = True


@dataclass(frozen=True, slots=True)
class RefundMadeNotice:
    """The shop gave money back at the provider's own desk, which nobody here asked for.
    ``refund_key`` is made of the provider's reference: the same each time it is told."""

    event_id: str
    account: str
    payment_reference: str
    refund_key: UUID
    amount_minor: int
    currency: str
    told_at: datetime


Notice = ProviderNotice | DisputeNotice | RefundNotice | RefundMadeNotice


class PaymentProvider(Protocol):
    """Calls go over the network: never within a transaction. Any may raise ``ProviderDown``.

    ``hosted``: the buyer leaves for a page of the provider's; else the order is placed for good
    before it is paid, and its things are out of the basket. ``hold_for``: how long the pieces of
    an unpaid order are kept. ``is_test``: no money moves. ``refunds_by_hand``: ``refund`` always
    raises ``ByHand``. ``closes``: it has pages where one could still pay what was called off, and
    ``close`` is called then. ``means``: the code of how it is paid, on invoices that name no
    account (UNTDID 4461; ``ZZZ``: mutually defined).
    """

    name: str
    hosted: bool
    is_test: bool
    refunds_by_hand: bool
    closes: bool
    hold_for: timedelta
    means: str

    def label(self) -> str:
        """What people call it, in the reader's language."""

    def paid_how(self) -> str:
        """How it was paid, as it follows on "Paid": "by card", in the reader's language."""

    def awaited(self, *, shop: str, until: str, recipient: str) -> Awaited:
        """What an order waits for that is kept until that day."""

    def under_way(self) -> str:
        """What becomes of money that may be on its way when its order is called off, in the
        reader's language; '' where none can be."""

    def takes(self, *, currency: str, delivery_kind: str) -> bool:
        """Whether it can pay such an order at all."""

    def instruments(self, account: Account) -> tuple[Instrument, ...]:
        """What the buyer may choose, the usual one first; needs no network."""

    def start(self, request: PaymentRequest) -> ProviderAnswer:
        """Starts the payment, or answers for the one that was started with this key.

        The answer may be the end already: ``CAPTURED`` or ``FAILED``.
        """

    def fetch(self, key: UUID) -> ProviderAnswer | None:
        """What became of the payment of that key; ``None``: it was never started."""

    def close(self, key: UUID) -> bool:
        """Sees to it that the payment of that key cannot be made any more; ``False``: it was made.

        Called again, it says the same.
        """

    def refund(self, key: UUID, refund_key: UUID, amount_minor: int) -> None:
        """Gives back a part or all of a captured payment, once per ``refund_key``.

        Raises:
            ByHand: the shop must do it, and confirm it.
            NotGivenBack: it failed for good with this key, or cannot be made at all.
        """

    def parse_webhook(self, headers: Mapping[str, str], body: bytes) -> Notice | None:
        """Checks signature and age, then reads; ``None``: it is not about a payment of ours.

        Raises:
            ForgedNotice: the signature is missing, wrong or stale, or of another account.
            UnknownPayment: it is of a payment that was never opened there.
            PartialPayment: of a payment of ours, and not of all its money.
            ValueError: rightly signed, but not a notice.
        """
