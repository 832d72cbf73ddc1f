"""A shop's settings: who trades, and how it delivers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.common.errors import Refused
from comptoir.shops.access import Right
from comptoir.shops.models import DeliveryMethod
from comptoir.shops.queries import all_delivery_methods_of
from comptoir.shops.services import describe_trader
from comptoir.shops.services.delivery import set_delivery
from comptoir.web.amounts import typed_amount
from comptoir.web.backoffice.desk import Desk, at_desk, desk_of
from comptoir.web.backoffice.settings_forms import DeliveryForm, TraderForm
from comptoir.web.formats import language
from comptoir.web.gates import signed_in
from comptoir.web.refusals import lay_beside

TRADER = ("legal_name", "legal_address", "registration", "contact_email", "contact_phone")
FIELDS = {
    "bad_kind": "kind",
    "name_missing": "name",
    "bad_price": "price",
    "bad_days": "days_min",
    "last_method": "is_active",
}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def settings(request: HttpRequest, handle: str) -> HttpResponseBase:
    """The settings; posting says who trades."""
    desk = desk_of(request, handle, Right.SETTINGS)
    if request.method != "POST":
        return _page(request, desk)
    trader = TraderForm(request.POST)
    if not trader.is_valid():
        return _page(request, desk, trader=trader)
    describe_trader(shop=desk.shop, **trader.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("counter_settings", handle)


@require_POST
@signed_in
def delivery(request: HttpRequest, handle: str, method_id: int | None = None) -> HttpResponseBase:
    """Changes a way of delivery, or adds one."""
    desk = desk_of(request, handle, Right.SETTINGS)
    form = DeliveryForm(request.POST, currency=desk.currency, auto_id=_ids(method_id))
    if form.is_valid():
        try:
            set_delivery(shop=desk.shop, method_id=method_id, **_asked(form))
        except Refused as refusal:
            lay_beside(form, refusal, FIELDS)
        else:
            messages.success(request, _("Saved."))
            return redirect("counter_settings", handle)
    return _page(request, desk, refused=(method_id, form))


def _asked(form: DeliveryForm) -> dict[str, Any]:
    values = dict(form.cleaned_data)
    amounts = {"price_minor": values.pop("price"), "free_from_minor": values.pop("free_from")}
    return {**values, **amounts}


def _page(
    request: HttpRequest,
    desk: Desk,
    *,
    trader: TraderForm | None = None,
    refused: tuple[int | None, DeliveryForm] | None = None,
) -> HttpResponseBase:
    wrong = dict([refused]) if refused is not None else {}
    methods = all_delivery_methods_of(desk.shop.pk)
    known = {name: getattr(desk.shop, name) for name in TRADER}
    context = {
        "trader": trader or TraderForm(initial=known),
        "methods": [(m, wrong.get(m.pk) or _form_of(m, desk)) for m in methods],
        "new": wrong.get(None) or DeliveryForm(currency=desk.currency, auto_id=_ids(None)),
        "adding": None in wrong,
    }
    status = 422 if trader is not None or refused is not None else 200
    return at_desk(request, desk, "settings.html", context, status=status)


def _form_of(method: DeliveryMethod, desk: Desk) -> DeliveryForm:
    def shown(minor: int | None) -> str:
        return typed_amount(minor, desk.currency, language())

    plain = ("name", "kind", "days_min", "days_max", "is_active")
    initial = {
        **{name: getattr(method, name) for name in plain},
        "price": shown(method.price_minor),
        "free_from": shown(method.free_from_minor),
    }
    return DeliveryForm(initial=initial, currency=desk.currency, auto_id=_ids(method.pk))


def _ids(method_id: int | None) -> str:
    return f"id_{method_id or 'new'}_%s"
