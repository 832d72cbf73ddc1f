"""What an offer gives and asks, said in the reader's language."""

from datetime import datetime
from typing import Protocol

from django.utils.translation import gettext as _

from comptoir.sales.pricing.offer_terms import Reason
from comptoir.sales.pricing.offers import CodeRefused
from comptoir.web.formats import moment, money, percent

WHOLE_BP = 10_000


class Told(Protocol):
    """An offer, as far as its words go."""

    @property
    def kind(self) -> str: ...
    @property
    def value(self) -> int: ...
    @property
    def buy_quantity(self) -> int: ...
    @property
    def get_quantity(self) -> int: ...
    @property
    def minimum_minor(self) -> int: ...
    @property
    def ends(self) -> datetime | None: ...


def offer_gives(offer: Told, currency: str) -> str:
    """ "10% off", "€5.00 off", "Free delivery", "Buy 2, get 1 free"."""
    if offer.kind == "percent":
        return _("%(percent)s%% off") % {"percent": percent(offer.value)}
    if offer.kind == "amount":
        return _("%(amount)s off") % {"amount": money(offer.value, currency)}
    if offer.kind == "free_delivery":
        return _("Free delivery")
    counts = {"buy": offer.buy_quantity, "get": offer.get_quantity}
    if offer.value == WHOLE_BP:
        return _("Buy %(buy)s, get %(get)s free") % counts
    return _("Buy %(buy)s, get %(get)s at %(percent)s%% off") % {
        **counts,
        "percent": percent(offer.value),
    }


def offer_asks(offer: Told, currency: str) -> str:
    """What it depends on, such as "from €50.00 · until March 3"; '' when nothing."""
    said = []
    if offer.minimum_minor:
        said.append(_("from %(amount)s") % {"amount": money(offer.minimum_minor, currency)})
    if offer.ends is not None:
        said.append(_("until %(moment)s") % {"moment": moment(offer.ends)})
    return " · ".join(said)


def code_refused(refused: CodeRefused, currency: str) -> str:
    """Why a code takes nothing off, for the person who typed it."""
    if refused.reason is Reason.MINIMUM:
        message = _("The code %(code)s asks for %(amount)s more of what it is for.")
        return message % {"code": refused.code, "amount": money(refused.missing_minor, currency)}
    return _reason(refused.reason) % {"code": refused.code}


def _reason(reason: Reason) -> str:
    return {
        Reason.UNKNOWN: _("The code %(code)s is not known here."),
        Reason.NOT_STARTED: _("The code %(code)s does not count yet."),
        Reason.ENDED: _("The code %(code)s has ended."),
        Reason.FOLLOWERS_ONLY: _("The code %(code)s is for those who follow the shop."),
        Reason.USED_UP: _("The code %(code)s is used up."),
        Reason.USED_BY_YOU: _("You have used the code %(code)s already."),
        Reason.OTHER_PRODUCTS: _("The code %(code)s is for other products."),
        Reason.NOT_BETTER: _("Another offer gives you at least as much as the code %(code)s."),
    }[reason]


FILTERS = {"offer_gives": offer_gives, "offer_asks": offer_asks, "code_refused": code_refused}
