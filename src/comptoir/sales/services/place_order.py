"""Placing an order, in three phases.

1. One transaction: stock locked, every amount recomputed from rows, order, holds and payment
   written. 2. Outside any transaction: the provider is asked, with the payment's own key.
3. One transaction: the answer is settled (``settle``), at once or when it comes.

A request that is sent again with the same ``checkout_key`` goes through the same phases and gets
the same answer: what was done is found, what was not is done.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from comptoir.catalog.models import StockItem
from comptoir.common import clock
from comptoir.common.deadlocks import retried_on_deadlock
from comptoir.common.errors import Conflict, Refused
from comptoir.common.outbox import emit
from comptoir.people.actor import Actor
from comptoir.sales.adapters.provider import (
    Outcome,
    PaymentRequest,
    ProviderAnswer,
    ProviderDown,
)
from comptoir.sales.adapters.registry import FIRST_CHOICE, provider_named
from comptoir.sales.events import OrderPlaced, about
from comptoir.sales.models import Order, OrderLine, Payment
from comptoir.sales.services.address import Address, check_address
from comptoir.sales.services.offer import check_not_blocked, check_sellable, method_of, priced
from comptoir.sales.services.purchase import Purchase, purchase
from comptoir.sales.services.quote import Quote, quote
from comptoir.sales.services.settle import mark_paid, settle
from comptoir.sales.services.stock import close_holds, hold_items, lock_items
from comptoir.shops.models import DeliveryMethod

logger = logging.getLogger(__name__)

HOLD_FOR = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Placed:
    """An order and where its buyer goes next.

    ``redirect_url``: the provider's page; '' when there is nothing to pay there (any more), or
    when the provider did not answer: the order then waits, and reconciliation will know.
    """

    order_id: int
    order_key: str
    number: str
    status: str
    redirect_url: str


def place_order(  # longer because its arguments and refusals are told in full
    *,
    actor: Actor,
    checkout_key: UUID,
    lines: Sequence[tuple[int, int]],
    delivery_method_id: int,
    address: Address,
    email: str,
    language: str,
    expected_total_minor: int,
    return_url_for: Callable[[str], str],
) -> Placed:
    """Orders ``lines`` (variant id, quantity) of one shop; ``return_url_for(order key)`` is where
    the provider sends the buyer back.

    Raises:
        Refused: ``no_lines``, ``too_many_lines``, ``bad_quantity``, ``bad_email``,
            ``several_shops``, ``no_such_product``, ``shop_closed``, ``bad_delivery``, those of
            ``check_address``.
        Conflict: ``sold_out`` (``variant_id``, ``left``), ``total_changed`` (``expected_minor``,
            ``total_minor``, ``difference_minor``), ``checkout_key_reused``.
    """
    asked = purchase(
        actor=actor,
        checkout_key=checkout_key,
        lines=lines,
        delivery_method_id=delivery_method_id,
        address=address,
        email=email,
        language=language,
        expected_total_minor=expected_total_minor,
    )
    order, payment = _place_once(asked)
    if payment is not None and payment.status == Payment.Status.CREATED:
        _start_payment(order, payment, return_url_for(order.key))
    waiting = payment is not None and payment.status == Payment.Status.PENDING
    return Placed(
        order_id=order.pk,
        order_key=order.key,
        number=order.number,
        status=order.status,
        redirect_url=payment.redirect_url if payment is not None and waiting else "",
    )


def _place_once(asked: Purchase) -> tuple[Order, Payment | None]:
    """Places it, unless this request was placed before or just now: then that order.

    Nothing is looked up first: the unique ``checkout_key`` decides, and a refusal is believed only
    when the key is unknown (the first one may have taken the last piece).
    """
    try:
        return _place(asked)
    except (IntegrityError, Refused):
        first = _placed_before(asked)
        if first is None:
            raise
        return first


def _placed_before(asked: Purchase) -> tuple[Order, Payment | None] | None:
    rows = Order.objects.select_related("shop__profile").filter(checkout_key=asked.checkout_key)
    order = rows.first()
    if order is None:
        return None
    if order.request_hash != asked.fingerprint():
        raise Conflict(
            "checkout_key_reused", _("This order was already placed with other contents.")
        )
    return order, order.payments.order_by("-id").first()


@retried_on_deadlock
@transaction.atomic(durable=True)
def _place(asked: Purchase) -> tuple[Order, Payment | None]:
    pieces = asked.pieces()
    items = {item.pk: item for item in lock_items(pieces)}
    check_sellable(pieces, items)
    shop_id = next(iter(items.values())).variant.product.shop_id
    check_not_blocked(asked.buyer_id, shop_id)
    method = method_of(shop_id, asked.delivery_method_id)
    check_address(asked.address, method.kind)
    agreed = quote([priced(items[v].variant, n, clock.now()) for v, n in asked.lines], method)
    _check_total(asked.expected_total_minor, agreed.total_minor)
    order = _new_order(asked, items, method, agreed)
    order.save(force_insert=True)
    OrderLine.objects.bulk_create(_new_lines(order, items, agreed))
    hold_items(order.pk, {v: n for v, n in pieces.items() if items[v].tracked})
    emit(OrderPlaced(**about(order)))
    if not agreed.total_minor:
        close_holds(order.pk, origin="active", to="taken")
        mark_paid(order, late=False)
        return order, None
    payment = Payment.objects.create(
        order=order,
        provider=FIRST_CHOICE,
        currency=order.currency,
        amount_minor=order.total_minor,
        created_at=clock.now(),
    )
    return order, payment


def _check_total(expected_minor: int, total_minor: int) -> None:
    if expected_minor != total_minor:
        raise Conflict(
            "total_changed",
            _("A price has changed since you looked. Please look at the new total."),
            expected_minor=expected_minor,
            total_minor=total_minor,
            difference_minor=total_minor - expected_minor,
        )


def _new_order(
    asked: Purchase, items: dict[int, StockItem], method: DeliveryMethod, agreed: Quote
) -> Order:
    shop = next(iter(items.values())).variant.product.shop
    to = asked.address
    return Order(
        checkout_key=asked.checkout_key,
        request_hash=asked.fingerprint(),
        shop=shop,
        buyer_id=asked.buyer_id,
        language=asked.language,
        email=asked.email,
        recipient=to.recipient,
        address1=to.address1,
        address2=to.address2,
        postcode=to.postcode,
        city=to.city,
        country=to.country,
        delivery_kind=method.kind,
        delivery_name=method.name,
        currency=shop.currency,
        items_minor=agreed.items_minor,
        delivery_minor=agreed.delivery_minor,
        total_minor=agreed.total_minor,
        vat_minor=agreed.vat_minor,
        placed_at=clock.now(),
        pay_until=clock.now() + HOLD_FOR,
    )


def _new_lines(order: Order, items: dict[int, StockItem], agreed: Quote) -> list[OrderLine]:
    return [
        OrderLine(
            order=order,
            variant_id=line.variant_id,
            product_id=items[line.variant_id].variant.product_id,
            position=position,
            title=items[line.variant_id].variant.product.title,
            options=items[line.variant_id].variant.label()[:200],
            quantity=line.quantity,
            unit_minor=line.unit_minor,
            vat_rate_bp=line.vat_rate_bp,
            total_minor=line.total_minor,
            vat_minor=line.vat_minor,
        )
        for position, line in enumerate(agreed.lines)
    ]


def _start_payment(order: Order, payment: Payment, return_url: str) -> None:
    """Phase 2, and phase 3 when the provider decides at once."""
    answer = _ask_to_start(order, payment, return_url)
    if answer is None:
        return
    if answer.outcome is Outcome.WAITING:
        _write_pending(order, payment, answer)
        return
    settle(payment_id=payment.pk, answer=answer)
    payment.refresh_from_db()
    order.refresh_from_db(fields=["status", "number"])


def _ask_to_start(order: Order, payment: Payment, return_url: str) -> ProviderAnswer | None:
    request = PaymentRequest(
        key=payment.key,
        amount_minor=payment.amount_minor,
        currency=payment.currency,
        description=order.shop.profile.name,
        return_url=return_url,
    )
    try:
        return provider_named(payment.provider).start(request)
    except ProviderDown:
        logger.warning("payment %s: the provider does not answer", payment.key)
        return None


def _write_pending(order: Order, payment: Payment, answer: ProviderAnswer) -> None:
    """By compare-and-set in one statement: a webhook may have settled the payment meanwhile."""
    fresh = Payment.objects.filter(pk=payment.pk, status=Payment.Status.CREATED)
    written = fresh.update(
        status=Payment.Status.PENDING,
        reference=answer.reference,
        redirect_url=answer.redirect_url,
    )
    if written:
        payment.status = Payment.Status.PENDING
        payment.redirect_url = answer.redirect_url
    else:
        payment.refresh_from_db()
        order.refresh_from_db(fields=["status", "number"])
