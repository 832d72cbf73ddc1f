"""A shop's settings: the way to how it delivers, how it is taxed, and what it says of itself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from comptoir.catalog.desk import desk_categories
from comptoir.catalog.services.products import set_rate
from comptoir.common.errors import Refused
from comptoir.shops.access import Right
from comptoir.shops.queries import all_delivery_methods_of, delivery_zones_of, missing_identity
from comptoir.shops.services.tax import set_tax
from comptoir.web.backoffice.desk import Desk, at_desk, desk_of
from comptoir.web.backoffice.many import give_many
from comptoir.web.backoffice.settings_forms import RateForm, TaxForm
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
    form = _tax_form(desk, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            set_tax(shop=desk.shop, **form.cleaned_data)
        except Refused as refusal:
            lay_beside(form, refusal, {"bad_regime": "vat_regime", "vat_number_missing": "oss"})
        else:
            messages.success(request, _("Saved."))
            return redirect("counter_settings", handle)
    return _tax_page(request, desk, form, _rate_form(None, desk))


@require_POST
@signed_in
def product_rates(request: HttpRequest, handle: str) -> HttpResponseBase:
    """One rate for all products of a category."""
    desk = desk_of(request, handle, Right.SETTINGS)
    form = _rate_form(request.POST, desk)
    if not form.is_valid():
        return _tax_page(request, desk, _tax_form(desk), form)
    return give_many(request, desk, form, set_rate, "counter_tax")


def _tax_form(desk: Desk, data: QueryDict | None = None) -> TaxForm:
    return TaxForm(data, initial={"vat_regime": desk.shop.vat_regime, "oss": desk.shop.oss})


def _rate_form(data: QueryDict | None, desk: Desk) -> RateForm:
    categories = desk_categories(desk.shop.pk)
    return RateForm(data, country=desk.shop.country, categories=categories)


def _tax_page(request: HttpRequest, desk: Desk, form: TaxForm, rates: RateForm) -> HttpResponseBase:
    context = {"form": form, "rates": rates}
    status = 422 if form.errors or rates.errors else 200
    return at_desk(request, desk, "tax.html", context, status=status)
