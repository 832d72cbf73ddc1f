"""A shop's settings: how it delivers, and the way to all that it says of itself."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from comptoir.common.errors import Refused
from comptoir.shops.access import Right
from comptoir.shops.models import DeliveryMethod
from comptoir.shops.queries import all_delivery_methods_of, missing_identity
from comptoir.shops.services.delivery import set_delivery
from comptoir.web.amounts import typed_amount
from comptoir.web.backoffice.desk import Desk, at_desk, desk_of
from comptoir.web.backoffice.settings_forms import DeliveryForm
from comptoir.web.formats import language
from comptoir.web.gates import signed_in
from comptoir.web.refusals import lay_beside

FIELDS = {
    "bad_kind": "kind",
    "name_missing": "name",
    "bad_price": "price",
    "bad_days": "days_min",
    "last_method": "is_active",
}


@require_safe
@signed_in
def settings(request: HttpRequest, handle: str) -> HttpResponseBase:
    """The settings."""
    return _page(request, desk_of(request, handle, Right.SETTINGS))


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
    refused: tuple[int | None, DeliveryForm] | None = None,
) -> HttpResponseBase:
    wrong = dict([refused]) if refused is not None else {}
    methods = all_delivery_methods_of(desk.shop.pk)
    context = {
        "missing": missing_identity(desk.shop),
        "methods": [(m, wrong.get(m.pk) or _form_of(m, desk)) for m in methods],
        "new": wrong.get(None) or DeliveryForm(currency=desk.currency, auto_id=_ids(None)),
        "adding": None in wrong,
    }
    status = 422 if refused is not None else 200
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
