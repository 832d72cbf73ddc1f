"""The timeline of an order in words: for its buyer, who knows the shop, and for the shop's desk,
where each member of staff has a name."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.sales.invoicing.mentions import paid_words
from comptoir.sales.models import Order
from comptoir.sales.timeline import Moment, Who, timeline_of
from comptoir.web.formats import money
from comptoir.web.orders.returning import REASONS

ICONS = {
    "sent": "truck", "delivered": "check", "presumed": "clock", "cancelled": "close",
    "paid": "card", "payment_failed": "alert", "refund_due": "card", "refunded": "card",
    "invoiced": "print", "credited": "print", "withdrawn": "back", "return_asked": "back",
    "return_accepted": "check", "return_refused": "close", "return_received": "parcel",
    "exchanged": "parcel", "refund_failed": "alert", "odd_money": "card",
    "given_up": "back", "too_much": "card", "part_came": "card", "excess_returned": "back",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Told:
    """One line: what, when, by whom ('' for nobody in particular), and more in small print."""

    at: datetime
    what: str
    by: str
    more: str
    icon: str
    href: str = ""


def told(order: Order, *, at_desk: bool) -> list[Told]:
    """What happened, the newest first; one query. What was taken along at the counter was not sent
    before."""
    moments = [moment for moment in reversed(timeline_of(order)) if _is_told(order, moment)]
    return [_line(order, moment, at_desk=at_desk) for moment in moments]


def _is_told(order: Order, moment: Moment) -> bool:
    return moment.kind != "sent" or order.delivery_kind != "counter"


def _line(order: Order, moment: Moment, *, at_desk: bool) -> Told:
    return Told(
        at=moment.at,
        what=_moved(order, moment) or _paid(moment) or _what(moment),
        by=_by(order, moment, at_desk=at_desk),
        more=_more(order, moment),
        icon=ICONS.get(moment.kind, "clock"),
        href=_href(moment, at_desk=at_desk),
    )


def _moved(order: Order, moment: Moment) -> str:
    """The words for goods that change hands without a parcel; '' for everything else."""
    words = {
        ("pickup", "sent"): _("Ready"),
        ("pickup", "delivered"): _("Collected"),
        ("counter", "delivered"): _("Handed over at the counter"),
    }
    return words.get((order.delivery_kind, moment.kind), "")


def _paid(moment: Moment) -> str:
    """How it was paid, in words; '' for everything else, and where nothing was to be paid."""
    how = paid_words(moment.facts.get("provider", "")) if moment.kind == "paid" else ""
    return _("Paid %(how)s") % {"how": how} if how else ""


def _what(moment: Moment) -> str:
    words = {
        "placed": _("Order placed"),
        "paid": _("Paid"),
        "accepted": _("Order accepted: nothing to pay"),
        "payment_failed": _("The payment did not go through"),
        "invoiced": _("Invoice issued"),
        "credited": _("Credit note issued"),
        "sent": _("Parcel sent"),
        "delivered": _("Arrived"),
        "presumed": _("Taken to have arrived"),
        "cancelled": _("Order cancelled"),
        "withdrawn": _("Withdrawal received"),
        "return_asked": _("Return asked for"),
        "return_accepted": _("Return accepted"),
        "return_refused": _("Return not accepted"),
        "return_received": _("Returned pieces received"),
        "exchanged": _("Exchange prepared"),
        "return_closed": _("Return closed"),
        "refund_due": _("Refund decided"),
        "refunded": _("Refund made"),
        "given_up": _("Given up: it cost nothing"),
        "too_much": _("Too much received"),
        "part_came": _("A part of the transfer received"),
        "excess_returned": _("Given back"),
        "odd_money": _("Another amount came than was asked: given back"),
        "refund_failed": _("The refund did not arrive, and is still owed"),
    }
    return words[moment.kind]


def _by(order: Order, moment: Moment, *, at_desk: bool) -> str:
    if moment.who is Who.SYSTEM:
        return _("by itself")
    if moment.who is Who.BUYER or (moment.kind == "paid" and not at_desk):
        return order.recipient if at_desk else _("you")
    if at_desk and moment.who is Who.STAFF:
        return moment.name
    return str(order.shop.profile.name)


def _more(order: Order, moment: Moment) -> str:
    facts = moment.facts
    parts = []
    if facts.get("number"):
        parts.append(facts["number"])
    if facts.get("pieces"):
        count = int(facts["pieces"])
        parts.append(ngettext("%(num)s piece", "%(num)s pieces", count) % {"num": count})
    if moment.kind == "return_asked":
        parts.append(str(REASONS[facts["reason"]]))
    if facts.get("carrier") or facts.get("tracking"):
        parts.append(f"{facts['carrier']} {facts['tracking']}".strip())
    if facts.get("amount") is not None:
        parts.append(money(int(facts["amount"]), order.currency))
    return " · ".join(parts)


def _href(moment: Moment, *, at_desk: bool) -> str:
    if moment.kind == "withdrawn":
        return reverse("withdrawal_receipt", args=[moment.facts["key"]])
    if moment.kind == "exchanged" and not at_desk:
        return reverse("order", args=[moment.facts["key"]])
    return ""
