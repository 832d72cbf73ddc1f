"""What ``sales`` does about its own events: letters and refunds, each as a job of the same commit.

Jobs carry keys of rows alone, and no row is read here: a purchase costs one statement.
"""

from procrastinate.jobs import Job

from comptoir.common.queueing import enqueue, job
from comptoir.people.events import PersonLeft
from comptoir.sales.events import (
    DisputeEnded,
    DisputeOpened,
    ExchangePlaced,
    FreeRestGivenUp,
    NothingCameBack,
    OddMoneyDue,
    OrderCancelled,
    OrderDelivered,
    OrderPaid,
    OrderRefunded,
    OrderShipped,
    PartShipped,
    PaymentAwaited,
    PaymentFailed,
    RefundAskedAgain,
    RefundDue,
    RefundFailed,
    RefundMadeElsewhere,
    ReturnAnswered,
    ReturnAsked,
    SavedCardRemoved,
    VatNumberTrusted,
    WithdrawalDeclared,
)
from comptoir.sales.jobs import (
    check_vat_number_job,
    close_payment_job,
    credit_note_job,
    forget_card_job,
    forget_customer_job,
    invoice_job,
    odd_money_job,
    refund_job,
    send_letter_job,
)
from comptoir.sales.letters.kinds import LetterKind
from comptoir.sales.models import Order
from comptoir.sales.services.accounts import open_sandbox
from comptoir.sales.services.close_payment import has_a_page_to_close
from comptoir.sales.services.downloads import hand_over_files
from comptoir.sales.services.offer_uses import forget_customer
from comptoir.sales.services.saved_cards import forget_cards_of
from comptoir.shops.events import ShopOpened

# What is written when an order is called off before it is paid, by the reason.
UNPAID = {
    Order.CancelReason.PAYMENT_FAILED.value: LetterKind.PAYMENT_REFUSED,
    Order.CancelReason.EXPIRED.value: LetterKind.ORDER_EXPIRED,
    Order.CancelReason.BY_SHOP.value: LetterKind.ORDER_CALLED_OFF,
}


def on_shop_opened(event: ShopOpened) -> None:
    """A new shop may try everything with the sandbox bank at once."""
    open_sandbox(shop_id=event.shop_id)


def on_person_left(event: PersonLeft) -> None:
    """Uses of offers stay counted, and say no more whose they were; kept cards are forgotten."""
    if event.profile_id is not None:
        forget_customer(event.profile_id)
        gone = forget_cards_of(event.profile_id)
        enqueue(*(job(forget_customer_job, customer_pk=pk) for pk in gone))


def on_saved_card_removed(event: SavedCardRemoved) -> None:
    enqueue(job(forget_card_job, card_id=event.card_id))


def on_order_paid(event: OrderPaid) -> None:
    """Confirms to the buyer and tells the shop."""
    paid = LetterKind.ORDER_PAID_LATE if event.late else LetterKind.ORDER_PAID
    enqueue(_letter(paid, event.order_id), _letter(LetterKind.SHOP_ORDER_PAID, event.order_id))


def hand_over(event: OrderPaid) -> None:
    """An order of files alone is delivered by its payment; no other is looked at."""
    if event.all_digital:
        hand_over_files(order_id=event.order_id)


def on_payment_awaited(event: PaymentAwaited) -> None:
    enqueue(_letter(LetterKind.PAYMENT_AWAITED, event.order_id))


def on_payment_failed(event: PaymentFailed) -> None:
    """Nobody may pay any more what was given up. A row is read: most providers have no page."""
    if has_a_page_to_close(event.payment_id):
        enqueue(job(close_payment_job, payment_id=event.payment_id))


def on_order_shipped(event: OrderShipped) -> None:
    """Not told when no parcel left: what was left to send was given up."""
    if event.shipment_id is None:
        return
    enqueue(_letter(LetterKind.ORDER_SENT, event.order_id, event.shipment_id))


def on_part_shipped(event: PartShipped) -> None:
    enqueue(_letter(LetterKind.PART_SENT, event.order_id, event.shipment_id))


def on_order_delivered(event: OrderDelivered) -> None:
    enqueue(_letter(LetterKind.ORDER_DELIVERED, event.order_id))


def on_order_cancelled(event: OrderCancelled) -> None:
    """A buyer who gave up before paying saw it on the page; one who withdrew gets the receipt of
    it. All others are written to."""
    if event.was_paid and event.reason == Order.CancelReason.BY_BUYER:
        return
    if event.was_paid:
        kinds = [LetterKind.ORDER_CANCELLED, LetterKind.SHOP_ORDER_CANCELLED]
    else:
        kinds = [UNPAID[event.reason]] if event.reason in UNPAID else []
    enqueue(*(_letter(kind, event.order_id) for kind in kinds))


def on_free_rest_given_up(event: FreeRestGivenUp) -> None:
    enqueue(_letter(LetterKind.REST_GIVEN_UP, event.order_id))


def on_refund_due(event: RefundDue) -> None:
    """Has the refund asked for; a capture that came too late is also explained."""
    jobs = [job(refund_job, refund_id=event.refund_id)]
    if event.reason == "late_capture":
        jobs.append(_letter(LetterKind.MONEY_TOO_LATE, event.order_id, event.refund_id))
    enqueue(*jobs)


def on_order_refunded(event: OrderRefunded) -> None:
    if event.failure_id is None:
        letter = _letter(LetterKind.REFUNDED, event.order_id, event.refund_id)
    else:
        letter = _letter(LetterKind.REFUNDED_AFTER_ALL, event.order_id, event.failure_id)
    enqueue(letter)


def on_refund_failed(event: RefundFailed) -> None:
    """The shop must act; a buyer who was told otherwise is told how it is."""
    letters = [_letter(LetterKind.SHOP_REFUND_FAILED, event.order_id, event.failure_id)]
    if event.was_told:
        letters.append(_letter(LetterKind.REFUND_FAILED, event.order_id, event.failure_id))
    enqueue(*letters)


def on_refund_made_elsewhere(event: RefundMadeElsewhere) -> None:
    enqueue(_letter(LetterKind.SHOP_REFUND_SEEN, event.order_id, event.refund_id))


def on_dispute_opened(event: DisputeOpened) -> None:
    enqueue(_letter(LetterKind.SHOP_DISPUTE, event.order_id, event.dispute_id))


def on_dispute_ended(event: DisputeEnded) -> None:
    enqueue(_letter(LetterKind.SHOP_DISPUTE_ENDED, event.order_id, event.dispute_id))


def on_odd_money_due(event: OddMoneyDue) -> None:
    """It is asked back; buyer and shop are told why the order is called off."""
    enqueue(
        job(odd_money_job, odd_money_id=event.odd_money_id),
        _letter(LetterKind.ODD_MONEY, event.order_id, event.odd_money_id),
        _letter(LetterKind.SHOP_ODD_MONEY, event.order_id, event.odd_money_id),
    )


def on_refund_asked_again(event: RefundAskedAgain) -> None:
    enqueue(job(refund_job, refund_id=event.refund_id))


def on_return_asked(event: ReturnAsked) -> None:
    enqueue(
        _letter(LetterKind.RETURN_NOTED, event.order_id, event.return_id),
        _letter(LetterKind.SHOP_RETURN_ASKED, event.order_id, event.return_id),
    )


def on_return_answered(event: ReturnAnswered) -> None:
    said = LetterKind.RETURN_ACCEPTED if event.accepted else LetterKind.RETURN_REFUSED
    enqueue(_letter(said, event.order_id, event.return_id))


def on_nothing_came_back(event: NothingCameBack) -> None:
    enqueue(_letter(LetterKind.NOTHING_CAME_BACK, event.order_id, event.return_id))


def on_exchange_placed(event: ExchangePlaced) -> None:
    enqueue(_letter(LetterKind.EXCHANGE_PLACED, event.order_id))


def on_vat_number_trusted(event: VatNumberTrusted) -> None:
    """The register of the European Union is asked; the sale does not wait for it."""
    enqueue(job(check_vat_number_job, order_id=event.order_id))


def on_withdrawal_declared(event: WithdrawalDeclared) -> None:
    """The receipt goes out without delay, and the shop hears of it."""
    enqueue(
        _letter(LetterKind.WITHDRAWAL_RECEIPT, event.order_id, event.withdrawal_id),
        _letter(LetterKind.SHOP_WITHDRAWAL, event.order_id, event.withdrawal_id),
    )


def bill_order(event: OrderPaid) -> None:
    """Has its invoice issued."""
    enqueue(job(invoice_job, order_id=event.order_id))


def bill_refund(event: OrderRefunded) -> None:
    """Has its credit note issued."""
    enqueue(job(credit_note_job, refund_id=event.refund_id))


def _letter(kind: LetterKind, order_id: int, about: int | None = None) -> Job:
    return job(send_letter_job, kind=kind.value, order_id=order_id, about=about)
