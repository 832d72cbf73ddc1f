"""The texts of packing slips, in the language of who packs."""

from collections.abc import Sequence
from typing import Any

from babel import Locale
from babel.dates import format_date
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from comptoir.sales.invoicing.parties import ship_to_of
from comptoir.sales.models import LineTally, Order, OrderLine
from comptoir.sales.services.tallies import to_send

Texts = dict[str, Any]


def slips_paper(orders: Sequence[Order], shop_name: str, language: str) -> Texts:
    """The template's data for these orders; each comes with its shop's profile, its lines and
    their tallies."""
    return {
        "title": f"{_('Packing slips')} · {shop_name}",
        "author": shop_name,
        "language": language,
        "documents": [_slip(order, shop_name, language) for order in orders],
    }


def has_slip(order: Order) -> bool:
    """Whether there is anything to pack of it, or was; it comes as in ``slips_paper``."""
    return order.is_packed and bool(_to_pack(order))


def _slip(order: Order, shop_name: str, language: str) -> Texts:
    lines = _to_pack(order)
    pieces = sum(quantity for _line, quantity in lines)
    at = timezone.localtime(order.placed_at)
    facts = [
        [pgettext("document", "Order"), order.number],
        [_("Ordered on"), str(format_date(at, "long", locale=language))],
        [_("Delivery"), order.delivery_name],
    ]
    return {
        "shop": shop_name,
        "heading": _("Packing slip"),
        "number": order.number,
        "to": {"label": _for_whom(order), "lines": _address(order, language)},
        "facts": [fact for fact in facts if fact[1]],
        "columns": [pgettext("invoice", "Quantity"), pgettext("invoice", "Description")],
        "lines": [
            {
                "quantity": f"{quantity} \N{MULTIPLICATION SIGN}",
                "title": line.title,
                "more": [line.options] if line.options else [],
            }
            for line, quantity in lines
        ],
        "pieces": ngettext("%(num)s piece in all", "%(num)s pieces in all", pieces)
        % {"num": pieces},
        "words": "",
        "foot": f"{shop_name} · {order.shop.contact_email}".rstrip(" ·"),
    }


def _to_pack(order: Order) -> list[tuple[OrderLine, int]]:
    """What still has to leave; what left, once nothing is to follow."""
    goods = [line for line in order.lines.all() if not line.digital]
    waiting = [(line, left) for line in goods if (left := _left(line))]
    gone = [(line, went) for line in goods if (went := _went(line))]
    return waiting or gone


def _left(line: OrderLine) -> int:
    """Pieces that still have to leave; without a tally, nothing happened to the line yet."""
    tally: LineTally | None = getattr(line, "tally", None)
    return to_send(tally) if tally is not None else line.quantity


def _went(line: OrderLine) -> int:
    tally: LineTally | None = getattr(line, "tally", None)
    return tally.sent if tally is not None else 0


def _for_whom(order: Order) -> str:
    return _("Send to") if order.delivery_kind == "post" else _("Collected by")


def _address(order: Order, language: str) -> list[str]:
    """Who it is for and, if it is sent, where."""
    if (to := ship_to_of(order)) is None:
        return [order.recipient, order.email]
    country = str(Locale.parse(language).territories.get(to.country, to.country))
    company = [order.company] if order.company else []
    return [to.name, *company, *to.street, f"{to.postcode} {to.city}".strip(), country]
