"""What ``sales`` does about its own events: letters and refunds, each as a job of the same commit.

Jobs carry keys of rows alone, and no row is read here: a purchase costs one statement.
"""

from procrastinate.jobs import Job

from comptoir.common.queueing import enqueue, job
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
    paid = LetterKind.ORDER_PAID_LATE if event.late else LetterKind.ORDER_PAID
    enqueue(_letter(paid, event.order_id), _letter(LetterKind.SHOP_ORDER_PAID, event.order_id))


def on_order_shipped(event: OrderShipped) -> None:
    enqueue(_letter(LetterKind.ORDER_SENT, event.order_id))


def on_order_cancelled(event: OrderCancelled) -> None:
    """A buyer who had not paid yet saw it on the page; one who had is written to."""
    if event.was_paid:
        enqueue(_letter(LetterKind.ORDER_CANCELLED, event.order_id))


def on_refund_due(event: RefundDue) -> None:
    """Has the refund asked for; a capture that came too late is also explained."""
    jobs = [job(refund_job, refund_id=event.refund_id)]
    if event.reason == "late_capture":
        jobs.append(_letter(LetterKind.MONEY_TOO_LATE, event.order_id, event.refund_id))
    enqueue(*jobs)


def on_order_refunded(event: OrderRefunded) -> None:
    enqueue(_letter(LetterKind.REFUNDED, event.order_id, event.refund_id))


def _letter(kind: LetterKind, order_id: int, about: int | None = None) -> Job:
    return job(send_letter_job, kind=kind.value, order_id=order_id, about=about)
