"""What people said about their own taste."""

from dataclasses import dataclass
from typing import ClassVar

from comptoir.common.outbox import Event


@dataclass(frozen=True, slots=True)
class _SignalEvent(Event):
    """In order with the act itself."""

    profile_id: int
    product_id: int
    kind: str

    def aggregate(self) -> str:
        return f"act:{self.profile_id}:{self.product_id}"


@dataclass(frozen=True, slots=True)
class SignalForgotten(_SignalEvent):
    """Its person took the signal out; the act stays."""

    name: ClassVar[str] = "discovery.SignalForgotten"


@dataclass(frozen=True, slots=True)
class SignalRemembered(_SignalEvent):
    name: ClassVar[str] = "discovery.SignalRemembered"


@dataclass(frozen=True, slots=True)
class PreferenceChanged(Event):
    """Personalisation, a dropped person, or something wanted less, was set or taken back."""

    name: ClassVar[str] = "discovery.PreferenceChanged"
    profile_id: int

    def aggregate(self) -> str:
        return f"taste:{self.profile_id}"
