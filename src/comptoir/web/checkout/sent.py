"""The sheet of what was sent: what cannot be used is left at its start."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.http import HttpRequest

from comptoir.common.errors import NotVisible
from comptoir.sales.baskets import basket_part
from comptoir.sales.pricing.quote import Destination
from comptoir.web.basket.cookies import basket_holder
from comptoir.web.checkout.forms import CheckoutForm, codes_in
from comptoir.web.checkout.sheet import Sheet, Typed, sheet_of_the_rest
from comptoir.web.checkout.source import Wanted, unsealed
from comptoir.web.request import actor_of


def typed_in(values: Mapping[str, Any], regions: Sequence[str] = ()) -> Typed:
    """What of these fields, as far as they are there, changes the sheet; ``regions``: where the
    buyer may be."""
    return Typed(
        to=Destination(
            country=(values.get("country") or "").strip().upper(),
            postcode=" ".join((values.get("postcode") or "").split()),
            vat_number=values.get("vat_number") or "",
        ),
        delivery_id=values.get("delivery"),
        pay=values.get("pay") or "",
        codes=codes_in(values.get("code") or ""),
        email=values.get("email") or "",
        regions=regions,
    )


def sheet_of_form(request: HttpRequest, form: CheckoutForm) -> Sheet:
    """The sheet for a form that was checked. Of things from the basket, those that are no more to
    be had are left out.

    Raises:
        NotVisible: nothing to be bought was sent, or see ``sheet_for``.
        Refused: see ``sales.sheet.sheet_of``.
    """
    actor, wanted = actor_of(request), _wanted(request, form)
    # What was refused is out of the cleaned data, and stays chosen.
    typed = typed_in({**form.cleaned_data, "pay": form.data.get("pay")})
    return sheet_of_the_rest(actor, wanted, typed)


def _wanted(request: HttpRequest, form: CheckoutForm) -> Wanted:
    good = form.cleaned_data
    if good.get("lines"):
        wanted = Wanted(tuple(good["lines"]), many=True)
        if not good.get("shop") or unsealed(request, good.get("basket") or "") is None:
            return wanted
        return replace(wanted, part=basket_part(basket_holder(request), good["shop"]))
    if good.get("variant"):
        return Wanted(((good["variant"], good.get("quantity") or 1),))
    raise NotVisible
