"""Making a product by hand."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from comptoir.catalog.services.products import MAX_VARIANTS, VariantDraft, create_product
from comptoir.common.errors import NotVisible, Refused
from comptoir.common.once import once
from comptoir.media.access import picture_of_ticket, ticket_for
from comptoir.media.queries import PictureView, pictures
from comptoir.shops.access import Right
from comptoir.shops.models import Shop
from comptoir.web.backoffice.desk import Desk, at_desk, desk_of
from comptoir.web.backoffice.forms import NewProductForm, VariantRowForm
from comptoir.web.backoffice.photos import TOO_MANY, stored_photos
from comptoir.web.form_keys import act_key, form_key
from comptoir.web.gates import signed_in
from comptoir.web.refusals import lay_beside
from comptoir.web.whole_numbers import whole_number

MOST_PHOTOS = 10
FIELDS = {"title_missing": "title"}


@dataclass(slots=True)
class Draft:
    """A product being made: its words, its rows of variants, the photos that were kept so far."""

    words: NewProductForm
    rows: list[VariantRowForm]
    photos: list[PictureView]
    problems: list[str]

    def is_valid(self) -> bool:
        good = [form.is_valid() for form in (self.words, *self.rows)]
        return all(good) and not self.problems and self._rows_differ()

    def _rows_differ(self) -> bool:
        chosen = [(r.cleaned_data["value1"], r.cleaned_data["value2"]) for r in self.rows]
        if len(set(chosen)) == len(chosen):
            return True
        self.problems.append(_("Two variants have the same options."))
        return False

    def drafts(self) -> list[VariantDraft]:
        """The variants of a valid draft."""
        names = [self.words.cleaned_data[key] or word for key, word in _option_names()]
        return [
            VariantDraft(
                price_minor=row.cleaned_data["price"],
                stock=row.cleaned_data["stock"],
                weight_grams=row.cleaned_data["weight"],
                options={
                    name: value for name, value in zip(names, _values(row), strict=True) if value
                },
            )
            for row in self.rows
        ]


def _option_names() -> list[tuple[str, str]]:
    return [("option1", _("Size")), ("option2", _("Colour"))]


def _values(row: VariantRowForm) -> tuple[str, str]:
    return row.cleaned_data["value1"], row.cleaned_data["value2"]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def product_new(request: HttpRequest, handle: str) -> HttpResponseBase:
    """The form; its buttons add a variant, take one away, or make the product."""
    desk = desk_of(request, handle, Right.EDIT_CATALOGUE)
    if request.method != "POST":
        return _form(request, desk, _begun(desk))
    draft = _sent(request, desk)
    step = request.POST.get("step", "make")
    if step != "make":
        return _form(request, desk, _stepped(request.POST, desk, draft, step))
    if draft.is_valid():
        try:
            made = once(
                act_key(request.POST, f"new product of shop {desk.shop.pk}"),
                lambda: create_product(**_asked(desk, draft)).pk,
            )
        except Refused as refusal:
            lay_beside(draft.words, refusal, FIELDS)
        else:
            return redirect("counter_product", handle, made)
    return _form(request, desk, draft, status=422)


def _asked(desk: Desk, draft: Draft) -> dict[str, Any]:
    words = draft.words.cleaned_data
    kept = ("title", "description", "brand", "category", "vat_rate_bp", "withdrawal")
    return {
        **{name: words[name] for name in kept},
        "shop": desk.shop,
        "variants": draft.drafts(),
        "pictures": [(photo.id, "") for photo in draft.photos],
    }


def _begun(desk: Desk) -> Draft:
    return Draft(NewProductForm(country=desk.shop.country), [_row(None, 0, desk)], [], [])


def _sent(request: HttpRequest, desk: Desk) -> Draft:
    stored, problems = stored_photos(request)
    photos = list(dict.fromkeys([*_kept_before(request.POST, desk.shop), *stored]))
    if len(photos) > MOST_PHOTOS and str(TOO_MANY) not in problems:
        problems.append(str(TOO_MANY))
    photos = photos[:MOST_PHOTOS]
    known = pictures(photos)
    return Draft(
        words=NewProductForm(request.POST, country=desk.shop.country),
        rows=[_row(request.POST, n, desk) for n in range(_row_count(request.POST))],
        photos=[known[key] for key in photos],
        problems=problems,
    )


def _row(data: QueryDict | None, number: int, desk: Desk, **options: Any) -> VariantRowForm:
    return VariantRowForm(data, prefix=f"row{number}", currency=desk.currency, **options)


def _row_count(data: QueryDict) -> int:
    return min(whole_number(data.get("rows", ""), digits=4) or 1, MAX_VARIANTS)


def _kept_before(data: QueryDict, shop: Shop) -> list[int]:
    kept = []
    for ticket in data.getlist("photo")[:MOST_PHOTOS]:
        try:
            kept.append(picture_of_ticket(ticket, holder=_holder(shop)))
        except NotVisible:
            continue
    return kept


def _holder(shop: Shop) -> str:
    return f"shop:{shop.pk}"


def _stepped(data: QueryDict, desk: Desk, draft: Draft, step: str) -> Draft:
    """The same draft, shown without judging it, with one row more or one less."""
    typed = [_typed(row) for row in draft.rows]
    verb, _colon, number = step.partition(":")
    if verb == "more" and len(typed) < MAX_VARIANTS:
        typed.append({name: typed[-1].get(name, "") for name in ("price", "weight")})
    if verb == "less" and number.isdecimal() and len(typed) > 1:
        typed = [values for n, values in enumerate(typed) if str(n) != number]
    rows = [_row(None, n, desk, initial=values) for n, values in enumerate(typed)]
    words = NewProductForm(initial=data.dict(), country=desk.shop.country)
    return Draft(words, rows, draft.photos, draft.problems)


def _typed(row: forms.Form) -> dict[str, Any]:
    return {name: row[name].value() or "" for name in row.fields}


def _form(request: HttpRequest, desk: Desk, draft: Draft, status: int = 200) -> HttpResponseBase:
    tickets = [
        (photo, ticket_for(picture_id=photo.id, holder=_holder(desk.shop)))
        for photo in draft.photos
    ]
    context = {
        "draft": draft,
        "tickets": tickets,
        "names": [name for _k, name in _option_names()],
        "key": form_key(request.POST),
    }
    return at_desk(request, desk, "product_new.html", context, status=status)
