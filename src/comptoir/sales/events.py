"""What happened to orders and their money. Amounts are minor units."""

from dataclasses import dataclass
from typing import Any, ClassVar

from comptoir.common.outbox import Event
from comptoir.sales.models import Order


@dataclass(frozen=True, slots=True)
class _OrderEvent(Event):
    """``buyer_id`` is the buyer's profile, ``None`` for a guest."""

    order_id: int
    shop_id: int
    buyer_id: int | None

    def aggregate(self) -> str:
        return f"order:{self.order_id}"


def about(order: Order) -> dict[str, Any]:
    """The fields that every order event has."""
    return {"order_id": order.pk, "shop_id": order.shop_id, "buyer_id": order.buyer_id}


@dataclass(frozen=True, slots=True)
class OrderPaid(_OrderEvent):
    """``late``: the order had expired, and its pieces were still there. ``all_digital``: nothing of
    it is sent; an event that does not tell may be of such an order."""

    name: ClassVar[str] = "sales.OrderPaid"
    late: bool = False
    all_digital: bool = True


@dataclass(frozen=True, slots=True)
class OrderShipped(_OrderEvent):
    """Nothing is left to send; ``shipment_id`` is the parcel that leaves, ``None`` when what was
    left was given up."""

    name: ClassVar[str] = "sales.OrderShipped"
    shipment_id: int | None = None


@dataclass(frozen=True, slots=True)
class OrderCancelled(_OrderEvent):
    """``reason`` is an ``Order.CancelReason``; ``was_paid``: a refund is on its way."""

    name: ClassVar[str] = "sales.OrderCancelled"
    reason: str
    was_paid: bool


@dataclass(frozen=True, slots=True)
class FreeRestGivenUp(_OrderEvent):
    """The rest of an order that cost nothing will not come; of others the refund tells."""

    name: ClassVar[str] = "sales.FreeRestGivenUp"


@dataclass(frozen=True, slots=True)
class PaymentFailed(_OrderEvent):
    name: ClassVar[str] = "sales.PaymentFailed"
    payment_id: int
    failure: str


@dataclass(frozen=True, slots=True)
class RefundDue(_OrderEvent):
    """Money was promised back; ``reason`` is ``by_shop`` or ``late_capture``."""

    name: ClassVar[str] = "sales.RefundDue"
    refund_id: int
    amount_minor: int
    reason: str


@dataclass(frozen=True, slots=True)
class OrderRefunded(_OrderEvent):
    """``failure_id``: the failure that it makes good, when a try had failed before."""

    name: ClassVar[str] = "sales.OrderRefunded"
    refund_id: int
    amount_minor: int
    failure_id: int | None = None


@dataclass(frozen=True, slots=True)
class PartShipped(_OrderEvent):
    """A parcel left, and more is to come; the last one is told by ``OrderShipped``."""

    name: ClassVar[str] = "sales.PartShipped"
    shipment_id: int


@dataclass(frozen=True, slots=True)
class OrderDelivered(_OrderEvent):
    """Every parcel has arrived, or is taken to have: the time to withdraw runs."""

    name: ClassVar[str] = "sales.OrderDelivered"


@dataclass(frozen=True, slots=True)
class ReturnAsked(_OrderEvent):
    name: ClassVar[str] = "sales.ReturnAsked"
    return_id: int


@dataclass(frozen=True, slots=True)
class ReturnAnswered(_OrderEvent):
    name: ClassVar[str] = "sales.ReturnAnswered"
    return_id: int
    accepted: bool


@dataclass(frozen=True, slots=True)
class NothingCameBack(_OrderEvent):
    """A withdrawal's goods did not come: its money waits, and the return is closed without it."""

    name: ClassVar[str] = "sales.NothingCameBack"
    return_id: int


@dataclass(frozen=True, slots=True)
class ExchangePlaced(_OrderEvent):
    """The order that replaces returned pieces, at nothing to pay; ``OrderPaid`` is not told."""

    name: ClassVar[str] = "sales.ExchangePlaced"
    return_id: int


@dataclass(frozen=True, slots=True)
class WithdrawalDeclared(_OrderEvent):
    name: ClassVar[str] = "sales.WithdrawalDeclared"
    withdrawal_id: int


@dataclass(frozen=True, slots=True)
class PaymentAwaited(_OrderEvent):
    """No page takes the money: a bank transfer, or cash at the counter. The buyer is told how."""

    name: ClassVar[str] = "sales.PaymentAwaited"
    payment_id: int


@dataclass(frozen=True, slots=True)
class RefundFailed(_OrderEvent):
    """Money did not reach the buyer when it was given back; ``was_told``: they had been told."""

    name: ClassVar[str] = "sales.RefundFailed"
    refund_id: int
    failure_id: int
    was_told: bool


@dataclass(frozen=True, slots=True)
class RefundMadeElsewhere(_OrderEvent):
    """The shop gave money back at its provider's own desk; ``OrderRefunded`` is told too."""

    name: ClassVar[str] = "sales.RefundMadeElsewhere"
    refund_id: int


@dataclass(frozen=True, slots=True)
class RefundAskedAgain(_OrderEvent):
    """The shop has a refund that failed tried once more."""

    name: ClassVar[str] = "sales.RefundAskedAgain"
    refund_id: int


@dataclass(frozen=True, slots=True)
class SavedCardRemoved(Event):
    """A member does not want a card kept any more."""

    name: ClassVar[str] = "sales.SavedCardRemoved"
    card_id: int

    def aggregate(self) -> str:
        return f"card:{self.card_id}"


@dataclass(frozen=True, slots=True)
class DisputeOpened(_OrderEvent):
    """A buyer's bank asks for the money back; ``dispute_id`` is the row's key."""

    name: ClassVar[str] = "sales.DisputeOpened"
    dispute_id: int


@dataclass(frozen=True, slots=True)
class DisputeEnded(_OrderEvent):
    """The bank has decided."""

    name: ClassVar[str] = "sales.DisputeEnded"
    dispute_id: int


@dataclass(frozen=True, slots=True)
class OddMoneyDue(_OrderEvent):
    """Money of another amount than was asked goes back; ``odd_money_id`` is the row's key."""

    name: ClassVar[str] = "sales.OddMoneyDue"
    odd_money_id: int


@dataclass(frozen=True, slots=True)
class VatNumberTrusted(_OrderEvent):
    """An order was placed without VAT for a number that only its form speaks for."""

    name: ClassVar[str] = "sales.VatNumberTrusted"
