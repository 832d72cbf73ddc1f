"""The receipt of a withdrawal: what was declared, in words that do not change any more."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from comptoir.common.money import show_money
from comptoir.sales.models import Order, OrderLine


@dataclass(frozen=True, slots=True)
class Declared:
    """What is withdrawn from; amounts in the order's currency. ``pieces``: (line, how many, money
    due). ``send_back``: whether some of it was sent, and so has to come back. ``dearer_delivery``:
    only a part of the delivery is due, for the buyer had chosen a dearer way."""

    order: Order
    at: datetime
    name: str
    email: str
    pieces: Sequence[tuple[OrderLine, int, int]]
    delivery_minor: int
    amount_minor: int
    refund_by: date
    send_back: bool
    dearer_delivery: bool = False


def statement_of(declared: Declared) -> str:
    """The receipt's text, in the order's language; each line of it is a fact."""
    with override(declared.order.language):
        return "\n".join([*_head(declared), "", *_contents(declared), "", *_after(declared)])


def digest_of(statement: str) -> str:
    """The statement's SHA-256, in hexadecimal: whoever has the text can compute it again."""
    return hashlib.sha256(statement.encode()).hexdigest()


def _head(declared: Declared) -> list[str]:
    order, shop = declared.order, declared.order.shop
    known = [shop.legal_name or shop.profile.name, shop.legal_address, shop.registration]
    trader = ", ".join(" ".join(part.split()) for part in [*known, shop.contact_email] if part)
    return [
        _("Receipt of a withdrawal"),
        "",
        _said(_("Received on"), moment(declared.at, order.language)),
        _said(_("Declared by"), f"{declared.name} <{declared.email}>"),
        _said(_("Address"), _address(order)),
        _said(_("Seller"), trader),
        _said(
            _("Contract"),
            _("order %(number)s of %(day)s")
            % {"number": order.number, "day": _day(order.placed_at, order.language)},
        ),
    ]


def _contents(declared: Declared) -> list[str]:
    def shown(minor: int) -> str:
        return show_money(minor, declared.order.currency, declared.order.language)

    rows = [_("The buyer withdraws from the contract for:")]
    for line, pieces, amount in declared.pieces:
        title = " · ".join(filter(None, [line.title, line.options]))
        rows.append(_said(f"{pieces} × {title}", shown(amount)))
    if declared.delivery_minor:
        rows.append(_said(_("Delivery"), shown(declared.delivery_minor)))
    return [*rows, _said(_("Due back to the buyer"), shown(declared.amount_minor))]


def _after(declared: Declared) -> list[str]:
    language = declared.order.language
    by = format_date(declared.refund_by, "long", locale=language)
    if not declared.amount_minor:
        return _nothing_due(by, send_back=declared.send_back)
    rows = [_dearer()] if declared.dearer_delivery else []
    rows += [
        _("The seller gives the money back by %(day)s at the latest, the way it was paid.")
        % {"day": by}
    ]
    if declared.send_back:
        rows.append(
            _(
                "The buyer sends the goods back by %(day)s at the latest. The seller may wait for "
                "them, or for the proof that they were sent, before giving the money back."
            )
            % {"day": by}
        )
    return rows


def _nothing_due(by: str, *, send_back: bool) -> list[str]:
    rows = [_("Nothing was paid for it: no money is due.")]
    if send_back:
        rows.append(_("The buyer sends the goods back by %(day)s at the latest.") % {"day": by})
    return rows


def _dearer() -> str:
    return _(
        "Of the delivery, what the cheapest way offered would have cost is given back: a dearer one"
        " was chosen (art. L221-24 of the French consumer code)."
    )


def moment(at: datetime, language: str) -> str:
    """The exact time with its zone, for people and for records."""
    local = at.astimezone(ZoneInfo(settings.TIME_ZONE))
    return f"{local_time(at, language)} ({local.isoformat(timespec='seconds')})"


def local_time(at: datetime, language: str) -> str:
    """ "22 November 2026 at 10:04:05 CET", where the place is."""
    local = at.astimezone(ZoneInfo(settings.TIME_ZONE))
    return str(format_datetime(local, "long", locale=language))


def _day(at: datetime, language: str) -> str:
    local = at.astimezone(ZoneInfo(settings.TIME_ZONE))
    return str(format_date(local.date(), "long", locale=language))


def _address(order: Order) -> str:
    town = f"{order.postcode} {order.city}".strip()
    country = str(Locale.parse(order.language).territories.get(order.country, order.country))
    parts = [order.recipient, order.address1, order.address2, town, country]
    return ", ".join(part for part in parts if part)


def _said(what: str, value: str) -> str:
    return _("%(what)s: %(value)s") % {"what": what, "value": value}
