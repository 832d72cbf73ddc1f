"""What ``sales`` does about its own events: mails and refunds, each as a job of the same commit."""

from comptoir.sales import mails
from comptoir.sales.events import (
    OrderCancelled,
    OrderPaid,
    OrderRefunded,
    OrderShipped,
    RefundDue,
)
from comptoir.sales.jobs import refund_job, send_letter_job
from comptoir.sales.letters.kinds import LetterKind
from comptoir.sales.services.accounts import open_sandbox
from comptoir.shops.events import ShopOpened


def on_shop_opened(event: ShopOpened) -> None:
    """A new shop may try everything with the sandbox bank at once."""
    open_sandbox(shop_id=event.shop_id)


def on_order_paid(event: OrderPaid) -> None:
    """Confirms to the buyer and tells the shop."""
    page = order_page(_order(event.order_id))
    mails.confirm_to_buyer(page, late=event.late)
    mails.tell_shop_of_order(page)


def on_order_shipped(event: OrderShipped) -> None:
    mails.tell_buyer_of_parcel(_order(event.order_id))


def on_order_cancelled(event: OrderCancelled) -> None:
    """A buyer who had not paid yet saw it on the page; one who had is written to."""
    if event.was_paid:
        mails.tell_buyer_of_cancellation(_order(event.order_id))


def on_refund_due(event: RefundDue) -> None:
    """Has the refund asked for; a capture that came too late is also explained."""
    refund_job.defer(refund_id=event.refund_id)
    if event.reason == "late_capture":
        mails.tell_buyer_of_late_capture(_order(event.order_id), event.amount_minor)


def on_order_refunded(event: OrderRefunded) -> None:
    mails.tell_buyer_of_refund(_order(event.order_id), event.amount_minor)


def _order(order_id: int) -> Order:
    return Order.objects.select_related("shop__profile").get(pk=order_id)
