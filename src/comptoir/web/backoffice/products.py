"""Products at the counter: the list, one product, its words, variants, pictures, being on sale."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comptoir.catalog.access import product_at_desk
from comptoir.catalog.desk import (
    STATES,
    catalogue_counts,
    desk_files,
    desk_pictures,
    desk_products,
    desk_variants,
)
from comptoir.catalog.models import Product
from comptoir.catalog.services.products import edit_product, offer_product, withdraw_product
from comptoir.common.errors import Refused
from comptoir.common.keyset import Cursor
from comptoir.shops.access import Right
from comptoir.web.backoffice.desk import Desk, at_desk, desk_of
from comptoir.web.backoffice.forms import EditProductForm
from comptoir.web.backoffice.variant_rows import VariantRow, rows_of
from comptoir.web.gates import signed_in
from comptoir.web.refusals import lay_beside
from comptoir.web.request import actor_of, wants_fragment

LONGEST_SEARCH = 100


@require_GET
@signed_in
def products(request: HttpRequest, handle: str) -> HttpResponseBase:
    """The shop's products, newest first, searched by the beginnings of words."""
    desk = desk_of(request, handle, Right.EDIT_CATALOGUE)
    state, search = request.GET.get("state", ""), request.GET.get("q", "")[:LONGEST_SEARCH]
    state = state if state in STATES else ""
    after = Cursor.parse(request.GET.get("after"))
    page = desk_products(desk.shop.pk, search=search, state=state, after=after)
    context = {"page": page, "state": state, "search": search}
    if wants_fragment(request):
        return at_desk(request, desk, "product_rows.html", context)
    counts = catalogue_counts(desk.shop.pk)
    return at_desk(request, desk, "products.html", {**context, "counts": counts})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def product(request: HttpRequest, handle: str, product_id: int) -> HttpResponseBase:
    """One product; posting changes its words."""
    found = product_at_desk(actor_of(request), handle, product_id)
    words = _form(found, request.POST or None)
    if request.method == "POST" and words.is_valid():
        try:
            edit_product(product=found, **words.cleaned_data)
        except Refused as refusal:
            lay_beside(words, refusal, {"title_missing": "title"})
        else:
            messages.success(request, _("Saved."))
            return redirect("counter_product", handle, product_id)
    return product_page(request, handle, found, words=words, status=422 if words.errors else 200)


@require_POST
@signed_in
def offer(request: HttpRequest, handle: str, product_id: int) -> HttpResponseBase:
    """``on=1`` puts the product on sale, ``on=0`` takes it off; its page and orders stay."""
    found = product_at_desk(actor_of(request), handle, product_id)
    if request.POST.get("on") == "1":
        offer_product(product=found)
        messages.success(request, _("The product is for sale again."))
    else:
        withdraw_product(product=found)
        messages.success(
            request, _("The product is no longer for sale. Its page and its orders stay.")
        )
    return redirect("counter_product", handle, product_id)


def product_page(
    request: HttpRequest,
    handle: str,
    found: Product,
    *,
    words: EditProductForm | None = None,
    rows: list[VariantRow] | None = None,
    status: int = 200,
) -> HttpResponseBase:
    """A product's page at the counter, with the forms that were refused in place of fresh ones."""
    desk = desk_of(request, handle, Right.EDIT_CATALOGUE)
    context: dict[str, Any] = {
        "product": found,
        "words": words or _form(found),
        "rows": rows if rows is not None else fresh_rows(desk, found),
        "pictures": desk_pictures(found),
        "files": desk_files(found),
    }
    return at_desk(request, desk, "product.html", context, status=status)


def fresh_rows(desk: Desk, found: Product) -> list[VariantRow]:
    """The variants as they are now, with their forms."""
    return rows_of(desk_variants(found), desk.currency)


def _form(found: Product, sent: QueryDict | None = None) -> EditProductForm:
    kept = ("title", "description", "brand", "category", "withdrawal", "vat_rate_bp")
    return EditProductForm(
        sent,
        initial={name: getattr(found, name) for name in kept},
        country=found.shop.country,
        current_bp=found.vat_rate_bp,
    )
