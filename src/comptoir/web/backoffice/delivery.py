"""At the counter: where a shop sends, how, and at what price."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.common.errors import NotVisible, Refused
from comptoir.common.once import once
from comptoir.sales.pricing.delivery import DeliveryChoice, offered
from comptoir.shops.access import Right
from comptoir.shops.models import DeliveryMethod, DeliveryZone
from comptoir.shops.queries import all_delivery_methods_of, delivery_terms_of, delivery_zones_of
from comptoir.shops.services.delivery import set_delivery
from comptoir.shops.services.zones import remove_zone, set_zone
from comptoir.web.backoffice.delivery_forms import TrialForm
from comptoir.web.backoffice.delivery_rows import MethodDraft
from comptoir.web.backoffice.desk import Desk, at_desk, desk_of
from comptoir.web.backoffice.zone_forms import ZoneForm
from comptoir.web.checkout.countries import name_of
from comptoir.web.form_keys import act_key, form_key
from comptoir.web.formats import language
from comptoir.web.gates import signed_in
from comptoir.web.refusals import lay_beside

METHOD_FIELDS = {
    "bad_kind": "kind",
    "name_missing": "name",
    "too_long": "place",
    "bad_price": "price",
    "bad_days": "days_min",
    "last_method": "is_active",
    "bands_missing": "price_by",
    "bad_bands": "price_by",
}
ZONE_FIELDS = {
    "name_missing": "name",
    "countries_missing": "countries",
    "bad_country": "countries",
    "bad_prefix": "prefixes",
    "prefixes_of_one_country": "prefixes",
    "second_rest": "is_rest",
}


@require_safe
@signed_in
def delivery(request: HttpRequest, handle: str) -> HttpResponseBase:
    """The zones, the ways of delivery in each, and what a buyer somewhere would be offered."""
    desk = desk_of(request, handle, Right.SETTINGS)
    methods = all_delivery_methods_of(desk.shop.pk)
    zones = delivery_zones_of(desk.shop.pk)
    form = TrialForm(request.GET if "country" in request.GET else None, currency=desk.currency)
    context = {
        "zones": [(z, _where(z), [m for m in methods if m.zone_id == z.pk]) for z in zones],
        "anywhere": [m for m in methods if m.zone_id is None],
        "trial": form,
        "offers": _offers(desk, form) if form.is_bound and form.is_valid() else None,
    }
    return at_desk(request, desk, "delivery.html", context, status=422 if form.errors else 200)


def _offers(desk: Desk, form: TrialForm) -> tuple[DeliveryChoice, ...]:
    asked = form.cleaned_data
    terms = delivery_terms_of(desk.shop.pk)
    weight, goods = asked["weight"] or 0, asked["goods"] or 0
    return offered(terms, asked["country"], asked["postcode"], weight, goods)


def _where(zone: DeliveryZone) -> str:
    if zone.is_rest:
        return _("Everywhere that no other zone is")
    names = ", ".join(name_of(code, language()[:2]) for code in zone.countries)
    if not zone.prefixes:
        return names
    return _("%(country)s, postcodes that begin with %(starts)s") % {
        "country": names,
        "starts": ", ".join(zone.prefixes),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def method(request: HttpRequest, handle: str, method_id: int | None = None) -> HttpResponseBase:
    """A way of delivery: changed, or (without an id) added."""
    desk = desk_of(request, handle, Right.SETTINGS)
    kept = _method(desk, method_id)
    zones = delivery_zones_of(desk.shop.pk)
    draft = MethodDraft.of(kept, zones, desk.currency, zone=request.GET.get("zone", ""))
    if request.method == "POST":
        draft = MethodDraft.typed(request.POST, zones, desk.currency)
        if draft.is_valid():
            try:
                act = partial(set_delivery, shop=desk.shop, method_id=method_id, **draft.asked())
                _set(request, act, "" if kept else f"new method of shop {desk.shop.pk}")
            except Refused as refusal:
                lay_beside(draft.form, refusal, METHOD_FIELDS)
            else:
                return _saved(request, handle)
    context = {"draft": draft, "kept": kept, "key": form_key(request.POST)}
    return at_desk(request, desk, "delivery_method.html", context, status=_status(draft.wrong))


def _method(desk: Desk, method_id: int | None) -> DeliveryMethod | None:
    """Raises: NotVisible: not a method of this shop."""
    if method_id is None:
        return None
    for kept in all_delivery_methods_of(desk.shop.pk):
        if kept.pk == method_id:
            return kept
    raise NotVisible


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def zone(request: HttpRequest, handle: str, zone_id: int | None = None) -> HttpResponseBase:
    """A zone: changed, or (without an id) added."""
    desk = desk_of(request, handle, Right.SETTINGS)
    kept = _zone(desk, zone_id)
    form = ZoneForm(request.POST or None, initial=_initial(kept))
    if request.method == "POST" and form.is_valid():
        try:
            act = partial(set_zone, shop=desk.shop, zone_id=zone_id, **form.zone())
            _set(request, act, "" if kept else f"new zone of shop {desk.shop.pk}")
        except Refused as refusal:
            lay_beside(form, refusal, ZONE_FIELDS)
        else:
            return _saved(request, handle)
    context = {"form": form, "kept": kept, "key": form_key(request.POST)}
    return at_desk(request, desk, "delivery_zone.html", context, status=_status(bool(form.errors)))


@require_POST
@signed_in
def zone_removal(request: HttpRequest, handle: str, zone_id: int) -> HttpResponseBase:
    """Takes a zone away, if no way of delivery goes there."""
    desk = desk_of(request, handle, Right.SETTINGS)
    try:
        remove_zone(shop=desk.shop, zone_id=zone_id)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return redirect("counter_zone", handle, zone_id)
    messages.success(request, _("The zone is gone."))
    return redirect("counter_delivery", handle)


def _zone(desk: Desk, zone_id: int | None) -> DeliveryZone | None:
    """Raises: NotVisible: not a zone of this shop."""
    if zone_id is None:
        return None
    for kept in delivery_zones_of(desk.shop.pk):
        if kept.pk == zone_id:
            return kept
    raise NotVisible


def _initial(kept: DeliveryZone | None) -> Mapping[str, Any]:
    if kept is None:
        return {}
    plain = {name: getattr(kept, name) for name in ("name", "is_rest", "countries")}
    return {**plain, "prefixes": " ".join(kept.prefixes)}


def _set(request: HttpRequest, act: Callable[[], DeliveryMethod | DeliveryZone], new: str) -> None:
    """Changes it, or (``new``: what it is) adds it once for a form that is sent twice."""
    if new:
        once(act_key(request.POST, new), lambda: act().pk)
    else:
        act()


def _saved(request: HttpRequest, handle: str) -> HttpResponseBase:
    messages.success(request, _("Saved."))
    return redirect("counter_delivery", handle)


def _status(wrong: bool) -> int:
    return 422 if wrong else 200
