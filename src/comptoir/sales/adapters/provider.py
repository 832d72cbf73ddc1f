"""What a payment provider must be able to do for Comptoir."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class ProviderDown(Exception):
    """The provider did not answer, or not in time: what it did is not known."""


class ForgedNotice(Exception):
    """A webhook that is unsigned, badly signed, or signed too long ago; the text says which."""


class Outcome(StrEnum):
    """What a provider says of a payment."""

    WAITING = "waiting"
    CAPTURED = "captured"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PaymentRequest:
    """A payment to start. ``key`` makes it happen once, however often it is asked."""

    key: UUID
    amount_minor: int
    currency: str
    description: str
    return_url: str


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


class PaymentProvider(Protocol):
    """Calls go over the network: never within a transaction. Any may raise ``ProviderDown``."""

    name: str

    def start(self, request: PaymentRequest) -> ProviderAnswer:
        """Starts the payment, or answers for the one that was started with this key."""

    def fetch(self, key: UUID) -> ProviderAnswer | None:
        """What became of the payment of that key; ``None``: it was never started."""

    def refund(self, key: UUID, refund_key: UUID, amount_minor: int) -> None:
        """Gives back a part or all of a captured payment, once per ``refund_key``."""

    def parse_webhook(self, headers: Mapping[str, str], body: bytes) -> ProviderNotice:
        """Checks signature and age, then reads.

        Raises:
            ForgedNotice: the signature is missing, wrong or stale.
            ValueError: rightly signed, but not a notice.
        """
