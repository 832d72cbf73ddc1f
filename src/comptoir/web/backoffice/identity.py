"""At the counter: who trades, and on which terms."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.catalog.desk import desk_categories
from comptoir.catalog.services.products import set_exception
from comptoir.common.errors import Refused
from comptoir.shops.access import Right
from comptoir.shops.models import Shop
from comptoir.shops.queries import identity_of, missing_identity, terms_of
from comptoir.shops.services import set_terms, set_trader
from comptoir.web.backoffice.desk import Desk, at_desk, desk_of
from comptoir.web.backoffice.identity_forms import TermsForm, TraderForm
from comptoir.web.backoffice.many import give_many
from comptoir.web.backoffice.settings_forms import ExceptionForm
from comptoir.web.gates import signed_in
from comptoir.web.refusals import lay_beside


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def identity(request: HttpRequest, handle: str) -> HttpResponseBase:
    """Who trades: what is typed is kept, even when it is not all yet."""
    desk = desk_of(request, handle, Right.SETTINGS)
    form = TraderForm(request.POST or None, initial=asdict(identity_of(desk.shop)))
    if request.method == "POST" and form.is_valid():
        try:
            missing = set_trader(shop=desk.shop, identity=form.identity())
        except Refused as refusal:
            for field in refusal.details.get("fields", [None]):  # type: ignore[attr-defined]
                form.add_error(field, str(refusal.message))
        else:
            if not missing:
                messages.success(request, _("Saved. All that the law asks for is there."))
                return redirect(_after(desk), handle)
            messages.warning(request, _("Saved. What is still missing is marked below."))
            return redirect("counter_identity", handle)
    context = {"form": form, "missing": missing_identity(desk.shop)}
    return at_desk(request, desk, "identity.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def terms(request: HttpRequest, handle: str) -> HttpResponseBase:
    """The shop's own terms of sale."""
    desk = desk_of(request, handle, Right.SETTINGS)
    form = _terms_form(desk, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            set_terms(shop=desk.shop, text=form.cleaned_data["text"])
        except Refused as refusal:
            lay_beside(form, refusal, {"text_too_long": "text", "text_broken": "text"})
        else:
            messages.success(request, _("Saved."))
            return redirect(_after(desk), handle)
    return _terms_page(request, desk, form, _exception_form(None, desk))


@require_POST
@signed_in
def product_exceptions(request: HttpRequest, handle: str) -> HttpResponseBase:
    """One exception to the right to withdraw, or none, for all products of a category."""
    desk = desk_of(request, handle, Right.SETTINGS)
    form = _exception_form(request.POST, desk)
    if not form.is_valid():
        return _terms_page(request, desk, _terms_form(desk), form)
    return give_many(request, desk, form, set_exception, "counter_terms")


def _terms_form(desk: Desk, data: QueryDict | None = None) -> TermsForm:
    kept = terms_of(desk.shop.pk)
    return TermsForm(data, initial={"text": kept.text if kept else ""})


def _exception_form(data: QueryDict | None, desk: Desk) -> ExceptionForm:
    return ExceptionForm(data, categories=desk_categories(desk.shop.pk))


def _terms_page(
    request: HttpRequest, desk: Desk, form: TermsForm, exceptions: ExceptionForm
) -> HttpResponseBase:
    context = {"form": form, "exceptions": exceptions}
    status = 422 if form.errors or exceptions.errors else 200
    return at_desk(request, desk, "terms.html", context, status=status)


def _after(desk: Desk) -> str:
    """Back to the guide while the shop is prepared."""
    return "counter_opening" if desk.shop.status == Shop.Status.PREPARING else "counter_settings"
