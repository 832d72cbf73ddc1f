"""A shop's settings: the way to how it delivers, how it is taxed, and what it says of itself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from comptoir.common.errors import Refused
from comptoir.shops.access import Right
from comptoir.shops.queries import all_delivery_methods_of, delivery_zones_of, missing_identity
from comptoir.shops.services.tax import set_tax
from comptoir.web.backoffice.desk import at_desk, desk_of
from comptoir.web.backoffice.settings_forms import TaxForm
from comptoir.web.gates import signed_in
from comptoir.web.refusals import lay_beside


@require_safe
@signed_in
def settings(request: HttpRequest, handle: str) -> HttpResponseBase:
    """The settings, each with how it stands."""
    desk = desk_of(request, handle, Right.SETTINGS)
    context = {
        "missing": missing_identity(desk.shop),
        "methods": [m for m in all_delivery_methods_of(desk.shop.pk) if m.is_active],
        "zones": delivery_zones_of(desk.shop.pk),
    }
    return at_desk(request, desk, "settings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def tax(request: HttpRequest, handle: str) -> HttpResponseBase:
    """Which VAT the shop charges."""
    desk = desk_of(request, handle, Right.SETTINGS)
    known = {"vat_regime": desk.shop.vat_regime, "oss": desk.shop.oss}
    form = TaxForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        try:
            set_tax(shop=desk.shop, **form.cleaned_data)
        except Refused as refusal:
            lay_beside(form, refusal, {"bad_regime": "vat_regime", "vat_number_missing": "oss"})
        else:
            messages.success(request, _("Saved."))
            return redirect("counter_settings", handle)
    return at_desk(request, desk, "tax.html", {"form": form}, status=422 if form.errors else 200)
