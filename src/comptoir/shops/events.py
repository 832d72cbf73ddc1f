"""What happened to shops."""

from dataclasses import dataclass
from typing import ClassVar

from comptoir.common.outbox import Event


@dataclass(frozen=True, slots=True)
class _ShopEvent(Event):
    shop_id: int

    def aggregate(self) -> str:
        return f"shop:{self.shop_id}"


@dataclass(frozen=True, slots=True)
class ShopAdmitted(_ShopEvent):
    """The operator let it sell."""

    name: ClassVar[str] = "shops.ShopAdmitted"


@dataclass(frozen=True, slots=True)
class ShopClosed(_ShopEvent):
    """The operator stopped it from selling."""

    name: ClassVar[str] = "shops.ShopClosed"


@dataclass(frozen=True, slots=True)
class ShopPublished(_ShopEvent):
    """Its preparation is over: it sells."""

    name: ClassVar[str] = "shops.ShopPublished"


@dataclass(frozen=True, slots=True)
class ShopOpened(_ShopEvent):
    """Someone opened it; it may have nothing to sell yet."""

    name: ClassVar[str] = "shops.ShopOpened"


@dataclass(frozen=True, slots=True)
class ShopMoved(_ShopEvent):
    """It says now that it trades from another country (ISO 3166-1)."""

    name: ClassVar[str] = "shops.ShopMoved"
    origin: str
    country: str


@dataclass(frozen=True, slots=True)
class StaffInvited(Event):
    """Someone is asked to work there; they are written to."""

    name: ClassVar[str] = "shops.StaffInvited"
    shop_id: int
    invitation_id: int

    def aggregate(self) -> str:
        return f"invitation:{self.invitation_id}"


@dataclass(frozen=True, slots=True)
class _StaffEvent(Event):
    shop_id: int
    user_id: int

    def aggregate(self) -> str:
        return f"staff:{self.shop_id}:{self.user_id}"


@dataclass(frozen=True, slots=True)
class StaffJoined(_StaffEvent):
    """They work there from now on."""

    name: ClassVar[str] = "shops.StaffJoined"


@dataclass(frozen=True, slots=True)
class StaffLeft(_StaffEvent):
    """They were let go, or left by themselves."""

    name: ClassVar[str] = "shops.StaffLeft"
