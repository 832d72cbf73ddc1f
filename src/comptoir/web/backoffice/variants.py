"""Changing a variant's price and count."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from comptoir.catalog.access import product_at_desk
from comptoir.catalog.models import Product
from comptoir.catalog.services.variants import edit_variant
from comptoir.common.errors import Conflict, Refused
from comptoir.shops.access import Right
from comptoir.web.backoffice.desk import desk_of
from comptoir.web.backoffice.forms import VariantForm
from comptoir.web.backoffice.products import fresh_rows, product_page
from comptoir.web.backoffice.variant_rows import variant_form, with_refused
from comptoir.web.gates import signed_in
from comptoir.web.refusals import lay_beside
from comptoir.web.request import actor_of

FIELDS = {
    "bad_price": "price",
    "bad_stock": "stock",
    "stock_moved": "stock",
    "bad_weight": "weight",
}


@require_POST
@signed_in
def variant(
    request: HttpRequest, handle: str, product_id: int, variant_id: int
) -> HttpResponseBase:
    """Saves a row of the table; when pieces were sold meanwhile, shows how many there are now."""
    found = product_at_desk(actor_of(request), handle, product_id)
    form = variant_form(request.POST, variant_id, found.shop.currency)
    if not form.is_valid():
        return _refused(request, handle, found, form, variant_id)
    try:
        _save(found, variant_id, form)
    except Refused as refusal:
        lay_beside(form, refusal, FIELDS)
        return _refused(request, handle, found, form, variant_id, refusal)
    messages.success(request, _("Saved."))
    return redirect("counter_product", handle, product_id)


def _save(found: Product, variant_id: int, form: VariantForm) -> None:
    values = form.cleaned_data
    edit_variant(
        product=found,
        variant_id=variant_id,
        price_minor=values["price"],
        sale_price_minor=values["sale_price"],
        count=values["stock"],
        seen=values["seen"],
        weight_grams=values["weight"],
    )


def _refused(
    request: HttpRequest,
    handle: str,
    found: Product,
    form: VariantForm,
    variant_id: int,
    refusal: Refused | None = None,
) -> HttpResponseBase:
    desk = desk_of(request, handle, Right.EDIT_CATALOGUE)
    moved = isinstance(refusal, Conflict)
    rows = with_refused(fresh_rows(desk, found), form, variant_id, moved=moved)
    return product_page(request, handle, found, rows=rows, status=409 if moved else 422)
