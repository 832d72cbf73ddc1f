"""How an order stands, in words for its buyer and steps on a line."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from comptoir.common import clock
from comptoir.sales.adapters.registry import PAID_LATER
from comptoir.sales.course import Course
from comptoir.sales.downloads import OPEN
from comptoir.sales.models import Order, Payment, Return
from comptoir.sales.queries import OrderPage, PaymentView
from comptoir.sales.under_way import awaited_by, money_under_way
from comptoir.web.formats import whole_date

GONE = frozenset({Order.Status.SHIPPED, Order.Status.DELIVERED})
MONEY_MAY_COME = timedelta(hours=1)
ANSWERS_WITHIN = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the order's way; ``at`` is ``None`` while it is to come."""

    name: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Standing:
    """``kind`` is wait, good or bad; ``again``: buying it once more makes sense."""

    kind: str
    title: str
    text: str
    steps: tuple[Step, ...]
    again: bool = False


def standing_of(page: OrderPage, course: Course | None = None) -> Standing:
    """How the order stands now. ``course``: what became of it, once it is paid."""
    status = Order.Status(page.order.status)
    if course is not None and course.all_given_back and status in GONE:
        return _given_back(page, course)
    if page.order.delivery_kind == "digital" and status in OPEN:
        return _to_download(page)
    if page.order.delivery_kind == "counter" and status in OPEN:
        return _taken_along(page)
    return STANDINGS[status](page)


def _to_download(page: OrderPage) -> Standing:
    steps = (Step(_("Placed"), page.order.placed_at), Step(_("Paid"), page.order.paid_at))
    text = _("Your files are below. You find them here again whenever you need them.")
    return Standing("good", _("Thank you!"), text, steps)


def _taken_along(page: OrderPage) -> Standing:
    text = _("You take it with you: nothing is sent.")
    return Standing("good", _("Paid. Thank you!"), text, _way(page))


def _pending(page: OrderPage) -> Standing:
    if not_begun(page.order, page.payment):
        text = _(
            "The bank did not answer when you ordered. Your order is kept for you for a short"
            " while: pay it now, or cancel it to pay another way."
        )
        return Standing("wait", _("Not paid yet"), text, _way(page))
    name, until = page.shop.profile.name, whole_date(page.order.pay_until)
    awaited = awaited_by(page.order, page.payment.provider if page.payment else "", name, until)
    return Standing("wait", awaited.title, awaited.text, _way(page))


def not_begun(order: Order, payment: PaymentView | None) -> bool:
    """Whether nothing was heard of the provider where the buyer would have paid: longer than an
    answer that is on its way takes. Where nothing opens, it is begun by itself; what was taken and
    is not what was asked (``failure``), a person looks into."""
    if order.status != Order.Status.PENDING or payment is None or payment.failure:
        return False
    if payment.status != Payment.Status.CREATED or payment.provider in PAID_LATER:
        return False
    return clock.now() - order.placed_at > ANSWERS_WITHIN


def _paid(page: OrderPage) -> Standing:
    name = page.shop.profile.name
    text = (
        _("%(shop)s gets it ready and tells you when you can come.") % {"shop": name}
        if page.order.delivery_kind == "pickup"
        else _("%(shop)s prepares your parcel and tells you when it leaves.") % {"shop": name}
    )
    return Standing("good", _("Thank you!"), text, _way(page))


def _shipped(page: OrderPage) -> Standing:
    if page.order.delivery_kind == "pickup":
        text = _("It waits for you at %(shop)s.") % {"shop": page.shop.profile.name}
        return Standing("good", _("Ready for you"), text, _way(page))
    return Standing("good", _("On its way"), _("Your parcel has left the shop."), _way(page))


def _delivered(page: OrderPage) -> Standing:
    way = (*_way(page), Step(_("Delivered"), page.order.delivered_at))
    return Standing("good", _("Delivered"), _("We hope that you like it."), way)


def _given_back(page: OrderPage, course: Course) -> Standing:
    """Nothing of it is to stay with the buyer; it is given back once the shop has it."""
    payment = page.payment
    done = payment is not None and payment.refunded_minor >= payment.captured_minor > 0
    money = _("Your money was given back.") if done else ""
    if course.on_its_way_back:
        pickup = page.order.delivery_kind == "pickup"
        title = _("To give back") if pickup else _("To send back")
        text = " ".join(filter(None, [money, _to_send_back(course)]))
        return Standing("wait", title, text, _way(page))
    if any(back.row.status == Return.Status.ASKED for back in course.returns):
        text = _("The shop answers by mail and on this page.")
        return Standing("wait", _("Return asked for"), text, _way(page))
    text = money or _("You give all of it back. How it goes on is said below.")
    return Standing("good", _("All given back"), text, _way(page))


def _to_send_back(course: Course) -> str:
    """With the day of the law (art. L221-23) until it is over: 14 days after withdrawing, as many
    as the shop has for the money."""
    declared = [back.row.withdrawal for back in course.on_its_way_back]
    days = [each.refund_by for each in declared if each is not None]
    if days and min(days) >= timezone.localdate(clock.now()):
        said = _(
            "What you have received goes back to the shop by %(day)s at the latest. How is said"
            " below."
        )
        return said % {"day": whole_date(min(days))}
    return _("What you have received goes back to the shop. How is said below.")


def _cancelled(page: OrderPage) -> Standing:
    title, text = _cancelled_words(page)
    at = page.order.cancelled_at
    steps = (*_way(page)[:2], Step(_("Cancelled"), at)) if page.order.paid_at else _called_off(page)
    # Who was given their money back changed their mind, or the shop cannot deliver.
    again = page.order.paid_at is None and page.order.cancel_reason != Order.CancelReason.BY_SHOP
    return Standing("bad", title, text, steps, again=again)


def _cancelled_words(page: OrderPage) -> tuple[str, str]:
    owed = page.payment.refund_due_minor if page.payment is not None else 0
    if owed:
        back = page.payment is not None and page.payment.refunded_minor >= owed
        money = _("Your money was given back.") if back else _("Your money is on its way back.")
        if page.payment is not None and page.payment.failed_minor:
            money = _("Your money did not reach you, and is still owed to you.")
        return _("Order cancelled"), money
    if page.payment is not None and page.payment.excess_minor:
        return _("Order cancelled"), _("Your money is on its way back.")
    reasons = {
        Order.CancelReason.PAYMENT_FAILED: (
            _("The bank refused the payment"),
            _nothing_charged(page),
        ),
        Order.CancelReason.EXPIRED: (_("Not paid in time"), _expired_words(page)),
        Order.CancelReason.BY_BUYER: (_("You cancelled this order"), _called_off_words(page)),
        Order.CancelReason.WRONG_AMOUNT: (
            _("Order cancelled"),
            _("Your bank took another amount than was asked. All of it goes back to you."),
        ),
        Order.CancelReason.BY_SHOP: (_("The shop cancelled this order"), _called_off_words(page)),
    }
    return reasons[Order.CancelReason(page.order.cancel_reason)]


def _nothing_charged(page: OrderPage) -> str:
    """At the counter one has what one pays for in one's hands: nothing was kept."""
    if page.order.delivery_kind == "counter":
        return _("Nothing was charged.")
    return _("Nothing was charged, and nothing is kept for you any more.")


def _expired_words(page: OrderPage) -> str:
    """Money of the last minute may still be on its way to us: until then, nothing final is said."""
    if clock.now() - page.order.placed_at < MONEY_MAY_COME:
        if page.order.delivery_kind == "counter":
            return _(
                "We have received nothing so far. If you have just paid, look here again in a few"
                " minutes before you pay again."
            )
        return _(
            "We have received nothing so far, and nothing is kept for you any more. If you have "
            "just paid, look here again in a few minutes before you order again."
        )
    return _nothing_charged(page)


def _called_off_words(page: OrderPage) -> str:
    """A bank that had not answered may have taken the money all the same, and say so later."""
    at, provider = page.order.cancelled_at, page.payment.provider if page.payment else ""
    known = at is not None and clock.now() - at >= MONEY_MAY_COME and provider not in PAID_LATER
    said = "" if known else money_under_way(provider)
    if said:
        return said + " " + _("Nothing is kept for you any more.")
    return _nothing_charged(page)


def _way(page: OrderPage) -> tuple[Step, ...]:
    """Two steps where nothing leaves later: what is bought at the counter is taken along."""
    order = page.order
    begun = (Step(_("Placed"), order.placed_at), Step(_("Paid"), order.paid_at))
    if order.delivery_kind == "counter":
        return begun
    last = _("Ready for you") if order.delivery_kind == "pickup" else _("Shipped")
    return (*begun, Step(last, order.shipped_at))


def _called_off(page: OrderPage) -> tuple[Step, ...]:
    return Step(_("Placed"), page.order.placed_at), Step(_("Cancelled"), page.order.cancelled_at)


STANDINGS = {
    Order.Status.PENDING: _pending,
    Order.Status.PAID: _paid,
    Order.Status.SHIPPED: _shipped,
    Order.Status.DELIVERED: _delivered,
    Order.Status.CANCELLED: _cancelled,
}
