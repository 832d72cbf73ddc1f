"""Sending one letter: rows are read, words written in the reader's language, the mail handed over.

Only jobs call this: no transaction is open, and the mail server may be slow.
"""

import hashlib
from collections.abc import Callable, Mapping

from django.utils.translation import override

from comptoir.common.letter import Letter, deliver
from comptoir.sales.letters import of_goods, of_payment, of_trouble, to_shop
from comptoir.sales.letters.kinds import LetterKind
from comptoir.sales.letters.matter import Matter
from comptoir.sales.letters.reading import matter_of
from comptoir.sales.models import Order
from comptoir.shops.mailbox import shop_mailbox

Writer = Callable[[Matter], Letter | None]

TO_BUYER: Mapping[LetterKind, Writer] = {
    LetterKind.ORDER_PAID: of_payment.paid,
    LetterKind.ORDER_PAID_LATE: of_payment.paid_late,
    LetterKind.PAYMENT_AWAITED: of_payment.awaited,
    LetterKind.PAYMENT_REFUSED: of_payment.refused,
    LetterKind.ORDER_EXPIRED: of_payment.expired,
    LetterKind.ORDER_CALLED_OFF: of_payment.called_off,
    LetterKind.ORDER_CANCELLED: of_payment.cancelled,
    LetterKind.INVOICE_READY: of_payment.invoice_ready,
    LetterKind.ORDER_SENT: of_goods.sent,
    LetterKind.PART_SENT: of_goods.part_sent,
    LetterKind.REST_GIVEN_UP: of_goods.rest_given_up,
    LetterKind.ORDER_DELIVERED: of_goods.delivered,
    LetterKind.MONEY_TOO_LATE: of_payment.money_too_late,
    LetterKind.REFUNDED: of_payment.refunded,
    LetterKind.REFUND_FAILED: of_trouble.refund_failed,
    LetterKind.REFUNDED_AFTER_ALL: of_trouble.refunded_after_all,
    LetterKind.ODD_MONEY: of_trouble.odd_money,
    LetterKind.RETURN_NOTED: of_goods.return_noted,
    LetterKind.RETURN_ACCEPTED: of_goods.return_accepted,
    LetterKind.RETURN_REFUSED: of_goods.return_refused,
    LetterKind.NOTHING_CAME_BACK: of_goods.nothing_came_back,
    LetterKind.EXCHANGE_PLACED: of_payment.exchange_placed,
    LetterKind.WITHDRAWAL_LINK: of_goods.withdrawal_link_asked,
    LetterKind.WITHDRAWAL_RECEIPT: of_goods.withdrawal_receipt,
}
TO_SHOP: Mapping[LetterKind, Writer] = {
    LetterKind.SHOP_ORDER_PAID: to_shop.paid,
    LetterKind.SHOP_ORDER_CANCELLED: to_shop.cancelled,
    LetterKind.SHOP_RETURN_ASKED: to_shop.return_asked,
    LetterKind.SHOP_WITHDRAWAL: to_shop.withdrawal,
    LetterKind.SHOP_ODD_MONEY: of_trouble.shop_odd_money,
    LetterKind.SHOP_DISPUTE: of_trouble.shop_dispute,
    LetterKind.SHOP_DISPUTE_ENDED: of_trouble.shop_dispute_ended,
    LetterKind.SHOP_REFUND_SEEN: of_trouble.shop_refund_seen,
    LetterKind.SHOP_REFUND_FAILED: of_trouble.shop_refund_failed,
}
UNPAID = {LetterKind.PAYMENT_REFUSED, LetterKind.ORDER_EXPIRED, LetterKind.ORDER_CALLED_OFF}


def send_letter(*, kind: LetterKind, order_id: int, about: int | None = None) -> None:
    """Writes and sends the letter; sent twice, it has the same Message-ID.

    Who gave no address to write to is not written to.

    Raises:
        ObjectDoesNotExist: there is no such order, or ``about`` is no row of it.
        OSError, SMTPException: the mail server does not take it; sending again is safe.
    """
    order = Order.objects.select_related("shop__profile").get(pk=order_id)
    to = [order.email] if order.email else []  # none is asked at the counter
    language, answer_to = order.language, order.shop.contact_email
    if kind in TO_SHOP:
        to, language = shop_mailbox(order.shop)
        answer_to = order.email
    matter = matter_of(kind, order, language, about)
    if not to or (kind in UNPAID and _is_moot(matter)):
        return
    if kind is LetterKind.WITHDRAWAL_RECEIPT and matter.withdrawal is not None:
        to = [matter.withdrawal.email]  # the one that was given with the declaration
    letter = written(kind, matter)
    if letter is not None:
        number = letter_number(kind, order, about)
        deliver(letter, to=to, number=number, reply_to=answer_to)


def _is_moot(matter: Matter) -> bool:
    """Whether a letter that says "it was not paid" is no news: money came since, or the buyer
    placed another order there."""
    order, payment = matter.order, matter.payment
    if order.status != Order.Status.CANCELLED or (payment is not None and payment.captured_minor):
        return True
    later = Order.objects.filter(shop=order.shop_id, email=order.email, pk__gt=order.pk)
    return later.exists()


def written(kind: LetterKind, matter: Matter) -> Letter | None:
    """The letter in the reader's language; ``None``: this matter needs none of that kind."""
    writer = TO_SHOP[kind] if kind in TO_SHOP else TO_BUYER[kind]
    with override(matter.language):
        return writer(matter)


def letter_number(kind: LetterKind, order: Order, about: int | None) -> str:
    """The left part of the Message-ID: of the order's key, which is guessed by nobody."""
    said = f"{kind} {order.key} {about or ''}"
    return f"{kind}.{hashlib.sha256(said.encode()).hexdigest()[:32]}"
