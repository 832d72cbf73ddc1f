"""Bills at the counter: made by the shop or by the buyer, paid by one phone."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.catalog.models import StockItem
from comptoir.catalog.services.counter_amounts import counter_variant, take_back
from comptoir.common import clock
from comptoir.common.errors import Conflict, Refused
from comptoir.common.markup import clean_line
from comptoir.people.actor import Actor
from comptoir.sales.bills import BillState, lines_of, order_of_bill, state_of
from comptoir.sales.models import Bill, BillLine, Order, OrderLine
from comptoir.sales.services.address import Address
from comptoir.sales.services.hand_over import hand_over
from comptoir.sales.services.items import items_of, not_offered
from comptoir.sales.services.place_order import Placed, place_order
from comptoir.sales.services.purchase import check_lines
from comptoir.sales.services.sweep import each
from comptoir.shops.models import Shop

MOST_MINOR = 10**8
MOST_RATE = 10_000
MINUTES = (5, 15, 30, 120, 1440)
KEPT_UNPAID = timedelta(days=7)


@transaction.atomic
def open_bill(
    *,
    shop: Shop,
    by_id: int | None,
    amount_minor: int | None,
    vat_rate_bp: int = 2000,
    lines: Sequence[tuple[int, int]] = (),
    note: str = "",
    minutes: int = 30,
) -> Bill:
    """A bill of a free amount (minor units, VAT included) or of chosen lines (variant, quantity).

    ``by_id`` is the login of who made it at the counter; ``None``: the buyer typed the amount.

    Raises:
        Refused: ``bad_amount``, ``bad_rate``, ``bad_minutes``, ``text_too_long``,
            ``no_such_product``, ``shop_closed``, those of ``check_lines``.
    """
    if not (shop.sells_now or shop.sells_in_test):
        raise Refused("shop_closed", _("This shop does not sell at the moment."))
    if minutes not in MINUTES:
        raise Refused("bad_minutes", _("Choose how long the bill can be paid."))
    if not 0 <= vat_rate_bp <= MOST_RATE:
        raise Refused("bad_rate", _("Choose a VAT rate."))
    words = clean_line(note, max_length=80)
    if lines:
        vat_rate_bp = _check_chosen(shop, lines)
    elif amount_minor is None or not 0 < amount_minor <= MOST_MINOR:
        raise Refused("bad_amount", _("Write an amount above zero."))
    free = None if lines else amount_minor
    variant = counter_variant(
        shop=shop, amount_minor=free or 0, vat_rate_bp=vat_rate_bp, note=words
    )
    bill = Bill.objects.create(
        shop=shop, by_id=by_id, variant=variant, amount_minor=free, note=words,
        created_at=clock.now(), expires_at=clock.now() + timedelta(minutes=minutes),
    )  # fmt: skip
    BillLine.objects.bulk_create(BillLine(bill=bill, variant_id=v, quantity=n) for v, n in lines)
    return bill


def _check_chosen(shop: Shop, lines: Sequence[tuple[int, int]]) -> int:
    """Returns the VAT rate of the first: the bill's own variant, which costs nothing beside them,
    adds none to their invoice."""
    check_lines(lines)
    items = items_of([variant for variant, _many in lines])
    mine = [items[v] for v, _n in lines if v in items and items[v].shop_id == shop.pk]
    if len(mine) != len(lines) or not all(item.on_sale for item in mine):
        raise not_offered()
    return mine[0].vat_rate_bp


def cancel_bill(*, bill: Bill) -> None:
    """Nobody can pay it any more.

    Raises:
        Conflict: ``bill_taken``, someone pays it now or has paid it.
    """
    if not take_back(variant_id=bill.variant_id):
        raise Conflict("bill_taken", _("Someone is paying this bill, or has paid it."))
    Bill.objects.filter(pk=bill.pk, cancelled_at=None, order=None).update(cancelled_at=clock.now())


def pay_bill(  # longer because it passes on what a purchase asks, and says what may go wrong
    *,
    actor: Actor,
    bill: Bill,
    checkout_key: UUID,
    expected_total_minor: int,
    email: str,
    language: str,
    return_url_for: Callable[[str], str],
    provider: str = "",
    instrument: str = "",
) -> Placed:
    """Orders what is on the bill, handed over at the counter; ``email`` may be empty.

    However many phones ask, one order pays: the others are told. The same phone asking again (the
    same ``checkout_key``) gets its own order.

    Raises:
        Conflict: ``bill_taken``; ``bill_over``, it expired or was cancelled; those of
            ``place_order``.
        Refused: those of ``place_order``.
    """
    if not Order.objects.filter(checkout_key=checkout_key).exists():
        _check_payable(bill)
    try:
        return place_order(
            actor=actor,
            checkout_key=checkout_key,
            lines=lines_of(bill),
            delivery_method_id=0,
            address=Address(recipient="", country=bill.shop.country),
            email=email.strip(),
            language=language,
            expected_total_minor=expected_total_minor,
            return_url_for=return_url_for,
            provider=provider,
            instrument=instrument,
            at_counter=True,
        )
    except Conflict as conflict:
        if conflict.details.get("variant_id") == bill.variant_id:
            raise _taken() from conflict
        raise


def _check_payable(bill: Bill) -> None:
    state = state_of(bill, order_of_bill(bill))
    if state in {BillState.BEING_PAID, BillState.PAID}:
        raise _taken()
    if state is not BillState.OPEN:
        raise Conflict("bill_over", _("This bill cannot be paid any more. Ask for a new one."))


def _taken() -> Conflict:
    return Conflict("bill_taken", _("Someone else is paying this bill, or has paid it already."))


def close_bills(*, page: int = 200) -> int:
    """Writes down which bills were paid, and hands over what was bought; returns how many.

    A job's work: whoever looks at a bill before reads its order itself.
    """
    return each(Bill.objects.filter(order=None, cancelled_at=None), _close, page=page)


def _close(bill_id: int) -> bool:
    bill = Bill.objects.select_related("shop", "variant").get(pk=bill_id)
    order = order_of_bill(bill)
    if order is None or order.paid_at is None:
        return False
    if not hand_over(order_id=order.pk) and order.status == Order.Status.CANCELLED:
        take_back(variant_id=bill.variant_id)  # it came back on the shelf when it was called off
    return bool(Bill.objects.filter(pk=bill_id, order=None).update(order=order))


@transaction.atomic
def forget_bills(*, most: int = 5000) -> int:
    """Deletes bills that nobody ordered in a week, with their variants; returns how many."""
    old = Bill.objects.filter(order=None, created_at__lt=clock.now() - KEPT_UNPAID)
    ordered = OrderLine.objects.values("variant")
    rows = list(old.exclude(variant__in=ordered).values_list("pk", "variant")[:most])
    Bill.objects.filter(pk__in=[pk for pk, _variant in rows]).delete()
    items = StockItem.objects.select_related("variant")
    for item in items.filter(pk__in=[variant for _pk, variant in rows]):
        item.variant.delete()
    return len(rows)
