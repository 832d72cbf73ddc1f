"""Sending one letter: rows are read, words written in the reader's language, the mail handed over.

Only jobs call this: no transaction is open, and the mail server may be slow.
"""

import hashlib
from collections.abc import Callable, Mapping

from django.conf import settings
from django.utils.translation import override

from comptoir.common.letter import Letter, deliver
from comptoir.people.models import User
from comptoir.sales.letters import to_buyer, to_shop
from comptoir.sales.letters.kinds import LetterKind
from comptoir.sales.letters.matter import Matter
from comptoir.sales.models import Order
from comptoir.sales.queries import order_page
from comptoir.shops.models import Role, Shop

Writer = Callable[[Matter], Letter]

TO_BUYER: Mapping[LetterKind, Writer] = {
    LetterKind.ORDER_PAID: to_buyer.paid,
    LetterKind.ORDER_PAID_LATE: to_buyer.paid_late,
    LetterKind.ORDER_SENT: to_buyer.sent,
    LetterKind.ORDER_CANCELLED: to_buyer.cancelled,
    LetterKind.MONEY_TOO_LATE: to_buyer.money_too_late,
    LetterKind.REFUNDED: to_buyer.refunded,
}
TO_SHOP: Mapping[LetterKind, Writer] = {
    LetterKind.SHOP_ORDER_PAID: to_shop.paid,
}


def send_letter(*, kind: LetterKind, order_id: int, about: int | None = None) -> None:
    """Writes and sends the letter; sent twice, it has the same Message-ID.

    A shop without any address to write to is not written to.

    Raises:
        Order.DoesNotExist: there is no such order.
        OSError, SMTPException: the mail server does not take it; sending again is safe.
    """
    order = Order.objects.select_related("shop__profile").get(pk=order_id)
    number = letter_number(kind, order, about)
    if kind in TO_BUYER:
        letter = _written(TO_BUYER[kind], Matter(order_page(order), order.language, about))
        deliver(letter, to=[order.email], number=number, reply_to=order.shop.contact_email)
        return
    to, language = shop_mailbox(order.shop)
    if to:
        letter = _written(TO_SHOP[kind], Matter(order_page(order), language, about))
        deliver(letter, to=to, number=number, reply_to=order.email)


def letter_number(kind: LetterKind, order: Order, about: int | None) -> str:
    """The left part of the Message-ID: of the order's key, which is guessed by nobody."""
    said = f"{kind} {order.key} {about or ''}"
    return f"{kind}.{hashlib.sha256(said.encode()).hexdigest()[:32]}"


def shop_mailbox(shop: Shop) -> tuple[list[str], str]:
    """Where the shop reads its mail (contact address, else its owners'), and its language."""
    owners = list(User.objects.filter(staff_of__shop=shop, staff_of__role=Role.OWNER))
    language = next((owner.language for owner in owners if owner.language), "")
    to = [shop.contact_email] if shop.contact_email else [owner.email for owner in owners]
    return to, language or settings.LANGUAGE_CODE


def _written(writer: Writer, matter: Matter) -> Letter:
    with override(matter.language):
        return writer(matter)
