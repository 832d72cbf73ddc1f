"""The shelf at the counter: what there is, an inventory, a change with its reason."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from comptoir.catalog.models import StockChange
from comptoir.catalog.services.products import MAX_STOCK
from comptoir.catalog.services.stock_changes import change_shelf, count_shelf
from comptoir.catalog.stock_list import STATES, changes_of, shelf_listed, shelf_row
from comptoir.common.errors import Refused
from comptoir.common.keyset import Cursor
from comptoir.shops.access import Right
from comptoir.web.backoffice.desk import Desk, at_desk, desk_of
from comptoir.web.form_keys import act_key
from comptoir.web.gates import signed_in
from comptoir.web.refusals import lay_beside
from comptoir.web.request import actor_of, wants_fragment

Reason = StockChange.Reason
REASONS = {
    Reason.RECEIVED: gettext_lazy("A delivery came in"),
    Reason.RETURNED: gettext_lazy("Brought back"),
    Reason.DAMAGED: gettext_lazy("Damaged"),
    Reason.LOST: gettext_lazy("Lost"),
    Reason.OTHER: gettext_lazy("Something else"),
}
SAID = {**REASONS, Reason.COUNTED: gettext_lazy("Counted")}
FIELDS = {
    "bad_stock": "counted",
    "below_held": "counted",
    "stock_moved": "counted",
    "below_none": "delta",
    "bad_change": "delta",
    "bad_reason": "reason",
    "words_missing": "words",
}
OF_CHANGES = {"bad_stock": "delta", "below_held": "delta", "not_counted": "delta"}
COUNT_IDS, CHANGE_IDS = "count_%s", "change_%s"  # both forms are on one page
WHOLE = {"inputmode": "numeric", "autocomplete": "off"}


class CountForm(forms.Form):
    """How many are on the shelf; ``seen`` is the count that the person had before them."""

    counted = forms.IntegerField(
        label=gettext_lazy("Counted on the shelf"),
        min_value=0,
        max_value=MAX_STOCK,
        widget=forms.NumberInput(WHOLE),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    key = forms.UUIDField(initial=uuid4, widget=forms.HiddenInput)


class ChangeForm(forms.Form):
    """So many more or fewer, and why."""

    delta = forms.IntegerField(
        label=gettext_lazy("Pieces more, or fewer with a minus"),
        min_value=-MAX_STOCK,
        max_value=MAX_STOCK,
        widget=forms.TextInput(WHOLE | {"inputmode": "text", "placeholder": "-2"}),
    )
    reason = forms.ChoiceField(label=gettext_lazy("Reason"), choices=list(REASONS.items()))
    words = forms.CharField(
        label=gettext_lazy("In a few words"),
        help_text=gettext_lazy("Needed for “Something else”, optional otherwise."),
        max_length=200,
        required=False,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    key = forms.UUIDField(initial=uuid4, widget=forms.HiddenInput)


@require_GET
@signed_in
def stock(request: HttpRequest, handle: str) -> HttpResponseBase:
    """Every variant that is sold, with what is available, held and on the shelf."""
    desk = desk_of(request, handle, Right.STOCK)
    search, state = request.GET.get("q", "")[:100], request.GET.get("state", "")
    state = state if state in STATES else ""
    after = Cursor.parse(request.GET.get("after"))
    page = shelf_listed(desk.shop.pk, search=search, state=state, after=after)
    context = {"page": page, "search": search, "state": state}
    template = "stock_rows.html" if wants_fragment(request) else "stock.html"
    return at_desk(request, desk, template, context)


@require_GET
@signed_in
def shelf(request: HttpRequest, handle: str, variant_id: int) -> HttpResponseBase:
    """One variant: its count, the forms that change it, and who changed it before."""
    return _shelf_page(request, desk_of(request, handle, Right.STOCK), variant_id)


@require_POST
@signed_in
def count(request: HttpRequest, handle: str, variant_id: int) -> HttpResponseBase:
    """An inventory of one variant."""
    desk = desk_of(request, handle, Right.STOCK)
    form = CountForm(request.POST, auto_id=COUNT_IDS)

    def save(said: dict[str, Any]) -> None:
        count_shelf(
            shop=desk.shop,
            variant_id=variant_id,
            counted=said["counted"],
            seen=said["seen"],
            key=act_key(request.POST, f"count of variant {variant_id}"),
            by_id=actor_of(request).user_id,
        )

    return _saved(request, desk, variant_id, form, save)


@require_POST
@signed_in
def change(request: HttpRequest, handle: str, variant_id: int) -> HttpResponseBase:
    """Pieces more or fewer, with the reason."""
    desk = desk_of(request, handle, Right.STOCK)
    form = ChangeForm(request.POST, auto_id=CHANGE_IDS)

    def save(said: dict[str, Any]) -> None:
        change_shelf(
            shop=desk.shop,
            variant_id=variant_id,
            by_id=actor_of(request).user_id,
            **{**said, "key": act_key(request.POST, f"change of variant {variant_id}")},
        )

    return _saved(request, desk, variant_id, form, save)


def _saved(
    request: HttpRequest,
    desk: Desk,
    variant_id: int,
    form: CountForm | ChangeForm,
    save: Callable[[dict[str, Any]], None],
) -> HttpResponseBase:
    shelf_row(desk.shop.pk, variant_id)
    status = 422
    if form.is_valid():
        try:
            save(form.cleaned_data)
        except Refused as refusal:
            known = FIELDS if isinstance(form, CountForm) else FIELDS | OF_CHANGES
            lay_beside(form, refusal, known)
            status = 409 if refusal.code == "stock_moved" else 422
        else:
            messages.success(request, _("Saved."))
            return redirect(reverse("counter_shelf", args=[desk.handle, variant_id]))
    return _shelf_page(request, desk, variant_id, form, status)


def _shelf_page(
    request: HttpRequest,
    desk: Desk,
    variant_id: int,
    refused: CountForm | ChangeForm | None = None,
    status: int = 200,
) -> HttpResponseBase:
    row = shelf_row(desk.shop.pk, variant_id)
    counting: CountForm = CountForm(initial={"seen": row.shelf, "key": uuid4()}, auto_id=COUNT_IDS)
    changing: ChangeForm = ChangeForm(initial={"key": uuid4()}, auto_id=CHANGE_IDS)
    if isinstance(refused, CountForm):
        # What is true now is seen now: to send the form again is to insist.
        now = "" if row.shelf is None else str(row.shelf)
        refused.data = {name: refused.data.get(name) for name in refused.fields} | {"seen": now}
        counting = refused
    elif refused is not None:
        changing = refused
    said = [(change, SAID[Reason(change.reason)]) for change in changes_of(variant_id)]
    context = {"row": row, "counting": counting, "changing": changing, "changes": said}
    return at_desk(request, desk, "shelf.html", context, status=status)
