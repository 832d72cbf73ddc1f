"""The first page of the counter: today, the last thirty days, and what needs doing."""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_GET

from comptoir.catalog.desk import catalogue_counts
from comptoir.catalog.imports import runs_to_confirm
from comptoir.sales.figures import turnover_of
from comptoir.sales.opening import opening_of
from comptoir.sales.to_do import to_do
from comptoir.sales.vat_numbers import refused_vat_numbers
from comptoir.shops.access import Right
from comptoir.shops.models import Shop
from comptoir.web.backoffice.chart import bars_of
from comptoir.web.backoffice.desk import at_desk, desk_of
from comptoir.web.backoffice.opening import rows_of
from comptoir.web.gates import signed_in


@require_GET
@signed_in
def overview(request: HttpRequest, handle: str) -> HttpResponseBase:
    """What there is to do, and, to those who may know, how the shop does."""
    desk = desk_of(request, handle, Right.SEE_ORDERS)
    turnover = turnover_of(desk.shop.pk) if desk.may(Right.FIGURES) else None
    preparing = desk.shop.status == Shop.Status.PREPARING
    opening = opening_of(desk.shop.pk) if preparing else None
    context = {
        "opening": opening,
        "steps": rows_of(opening, desk.handle) if opening else [],
        "waiting": to_do(desk.shop.pk),
        "catalogue": catalogue_counts(desk.shop.pk),
        "turnover": turnover,
        "bars": bars_of(turnover) if turnover else (),
        "vat_numbers": refused_vat_numbers(desk.shop.pk),
        "to_confirm": runs_to_confirm(desk.shop.pk) if desk.may(Right.IMPORT) else (),
    }
    return at_desk(request, desk, "overview.html", context)
