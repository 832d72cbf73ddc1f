"""Placing an order, in three phases.

1. Every amount is recomputed from rows; one transaction: stock locked and looked at, order
   and payment written, its pieces held.
2. Outside any transaction: the provider is asked, with the payment's own key.
3. One transaction: the answer is settled (``settle``), at once or when it comes.

A request that is sent again with the same ``checkout_key`` goes through the same phases and gets
the same answer: what was done is found, what was not is done.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from comptoir.common import clock
from comptoir.common.deadlocks import retried_on_deadlock
from comptoir.common.errors import Conflict, Refused
from comptoir.people.actor import Actor
from comptoir.sales.adapters.provider import Account
from comptoir.sales.adapters.registry import PAID_LATER, provider_named
from comptoir.sales.announced import truly_announced
from comptoir.sales.links import way_to_pay
from comptoir.sales.models import Order, OrderLine, Payment
from comptoir.sales.pricing.delivery import DeliveryChoice
from comptoir.sales.pricing.quote import Destination, Priced, Quote, price
from comptoir.sales.services.address import Address, check_address
from comptoir.sales.services.items import Item, check_sellable
from comptoir.sales.services.offer_uses import customer_of, use_offers
from comptoir.sales.services.purchase import Purchase, checked
from comptoir.sales.services.settle import mark_paid
from comptoir.sales.services.start_payment import Attempt, start_payment
from comptoir.sales.services.terms import account_of, handed_over, items_and_terms
from comptoir.sales.services.vat_number import trust_vat_number
from comptoir.sales.services.write_order import write_order
from comptoir.shops.arrival import expected_days
from comptoir.shops.delivery_terms import Method

GIVEN_AT_ONCE = OrderLine.Exempt.DIGITAL


@dataclass(frozen=True, slots=True)
class Placed:
    """An order and where its buyer goes next.

    ``redirect_url``: the provider's page; '' when there is nothing to pay there (any more), or
    when the provider did not answer: the order then waits, and reconciliation will know.
    ``failure``: why the provider refused at once. ``order`` is as it was placed, with the status
    and the number that it has now. ``out_of_basket``: its things are; it is paid, or paid later.
    """

    order_id: int
    order_key: str
    number: str
    status: str
    redirect_url: str
    failure: str
    order: Order
    shop_name: str
    out_of_basket: bool


def place_order(  # noqa: PLR0913 (longer because its many facts and refusals are told in full)
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
    provider: str = "",
    instrument: str = "",
    codes: Sequence[str] = (),
    company: str = "",
    vat_number: str = "",
    basket_id: int | None = None,
    at_counter: bool = False,
    consented: bool = False,
) -> Placed:
    """Orders ``lines`` (variant id, quantity) of one shop; ``return_url_for(order key)`` is where
    the provider sends the buyer back. See ``Purchase`` for the others.

    Raises:
        Refused: ``no_lines``, ``too_many_lines``, ``bad_quantity``, ``bad_email``,
            ``several_shops``, ``no_such_product``, ``shop_closed``, ``bad_delivery``,
            ``bad_provider``, ``consent_needed``, those of ``checked`` and of ``check_address``.
        Conflict: ``sold_out`` (``variant_id``, ``left``), ``total_changed`` (``expected_minor``,
            ``total_minor``, ``difference_minor``), ``checkout_key_reused`` (``order_key``: of the
            order that has it, for the same basket alone; ``given_up``).
    """
    asked = checked(
        Purchase(
            buyer_id=actor.profile_id,
            checkout_key=checkout_key,
            lines=tuple(lines),
            delivery_method_id=delivery_method_id,
            address=address,
            email=email,
            language=language,
            expected_total_minor=expected_total_minor,
            provider=provider,
            instrument=instrument,
            codes=tuple(codes),
            company=company,
            vat_number=vat_number,
            basket_id=basket_id,
            at_counter=at_counter,
            consented=consented,
        )
    )
    attempt = _place_once(asked)
    order, payment = attempt.order, attempt.payment
    if payment is not None and payment.status == Payment.Status.CREATED:
        return_url = return_url_for(order.key)
        start_payment(attempt, payment, return_url=return_url, instrument=asked.instrument)
    waiting = payment if payment and payment.status == Payment.Status.PENDING else None
    return Placed(
        order_id=order.pk,
        order_key=order.key,
        number=order.number,
        status=order.status,
        redirect_url=way_to_pay(waiting.redirect_url) if waiting is not None else "",
        failure=payment.failure if payment is not None else "",
        order=order,
        shop_name=attempt.shop_name,
        out_of_basket=order.status == Order.Status.PAID
        or (waiting is not None and waiting.provider in PAID_LATER),
    )


def _place_once(asked: Purchase) -> Attempt:
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


def _placed_before(asked: Purchase) -> Attempt | None:
    rows = Order.objects.select_related("shop__profile").filter(checkout_key=asked.checkout_key)
    order = rows.first()
    if order is None:
        return None
    if order.request_hash != asked.fingerprint():
        raise _another(asked, order)
    payment = order.payments.select_related("account").order_by("-id").first()
    account = account_of(payment) if payment is not None else Account()
    return Attempt(order, payment, account, order.shop.profile.name)


def _another(asked: Purchase, first: Order) -> Conflict:
    """Who has the same basket is told which order it is."""
    theirs = asked.basket_id is not None and asked.basket_id == first.basket_id
    return Conflict(
        "checkout_key_reused",
        _("This order was already placed with other contents."),
        order_key=first.key if theirs else "",
        given_up=first.status == Order.Status.CANCELLED and first.paid_at is None,
    )


@retried_on_deadlock
def _place(asked: Purchase) -> Attempt:
    pieces = asked.pieces()
    customer = customer_of(asked.buyer_id, asked.email)
    items, terms = items_and_terms(
        pieces, asked.buyer_id, customer=customer, codes=asked.codes, at_counter=asked.at_counter
    )
    check_sellable(pieces, items)
    seller = next(iter(items.values()))
    given_at_once = any(item.withdrawal == GIVEN_AT_ONCE for item in items.values())
    _check_consent(asked, needed=given_at_once)
    terms.check_open()
    to = Destination(asked.address.country, asked.address.postcode, asked.vat_number)
    wanted = [items[v].line(n) for v, n in asked.lines]
    offered = terms.without_offers() if asked.at_counter else terms.seller
    priced = price(wanted, truly_announced(offered, wanted), to, now=clock.now(), codes=asked.codes)
    choice = handed_over() if asked.at_counter else _chosen(priced, asked.delivery_method_id)
    account = terms.account(
        asked.provider, currency=seller.currency, delivery_kind=choice.method.kind
    )
    check_address(asked.address, choice.method.kind)
    agreed = priced.quote(choice)
    _check_total(asked.expected_total_minor, agreed.total_minor)
    order = _new_order(asked, seller, choice.method, agreed, account)
    order.standard_delivery_minor = priced.standard_delivery_minor(choice, agreed)
    order.consented_at = order.placed_at if given_at_once else None
    order.arrives_from, order.arrives_until = expected_days(choice.method, localdate(clock.now()))
    payment = _new_payment(order, account) if agreed.total_minor else None
    write = partial(write_order, order, payment, agreed.lines, items, pieces)
    _write(write, order, payment, agreed, customer)
    return Attempt(order, payment, account, seller.shop_name)


def _write(
    write: Callable[[], None], order: Order, payment: Payment | None, agreed: Quote, customer: str
) -> None:
    """Writes the order, by ``write``, and what belongs to it, in one transaction.

    Most often that is one statement, and a statement is a transaction of its own.
    """
    by_vat_number = order.tax_scheme == Order.TaxScheme.REVERSE_CHARGE
    alone = payment is not None and not agreed.uses and not by_vat_number
    if alone and not connection.in_atomic_block:
        write()
        return
    with transaction.atomic(durable=True):
        write()
        use_offers(order.pk, agreed.uses, customer)
        if by_vat_number:
            trust_vat_number(order)
        if payment is None:
            mark_paid(order)


def _chosen(priced: Priced, method_id: int) -> DeliveryChoice:
    for choice in priced.choices:
        if choice.method.id == method_id:
            return choice
    raise Refused("bad_delivery", _("Choose how to receive the order."))


def _check_consent(asked: Purchase, *, needed: bool) -> None:
    if needed and not asked.consented:
        message = _("Agree to receive it at once, which ends your right to withdraw from it.")
        raise Refused("consent_needed", message, fields=["consent"])


def _check_total(expected_minor: int, total_minor: int) -> None:
    if expected_minor != total_minor:
        raise Conflict(
            "total_changed",
            _("The total has changed since you looked. Please look at the new one."),
            expected_minor=expected_minor,
            total_minor=total_minor,
            difference_minor=total_minor - expected_minor,
        )


def _new_order(
    asked: Purchase, seller: Item, method: Method, agreed: Quote, account: Account
) -> Order:
    to, now = asked.address, clock.now()
    return Order(
        checkout_key=asked.checkout_key,
        request_hash=asked.fingerprint(),
        shop_id=seller.shop_id,
        buyer_id=asked.buyer_id,
        basket_id=asked.basket_id,
        language=asked.language,
        email=asked.email,
        recipient=to.recipient,
        address1=to.address1,
        address2=to.address2,
        postcode=to.postcode,
        city=to.city,
        country=to.country,
        company=asked.company,
        vat_number=asked.vat_number,
        tax_scheme=agreed.tax_scheme,
        tax_country=agreed.tax_country,
        delivery_kind=method.kind,
        delivery_name=method.name,
        pickup_place=method.place,
        currency=seller.currency,
        items_minor=agreed.items_minor,
        discount_minor=agreed.discount_minor,
        delivery_minor=agreed.delivery_minor,
        total_minor=agreed.total_minor,
        vat_minor=agreed.vat_minor,
        placed_at=now,
        pay_until=now + provider_named(account.provider).hold_for,
    )


def _new_payment(order: Order, account: Account) -> Payment:
    return Payment(
        order=order,
        provider=account.provider,
        account_id=account.id,
        currency=order.currency,
        amount_minor=order.total_minor,
        created_at=order.placed_at,
    )
