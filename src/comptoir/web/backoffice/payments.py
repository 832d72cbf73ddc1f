"""Where the shop is paid: its accounts, and disputes of its payments."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.contrib import messages
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.common.errors import NotVisible, Refused
from comptoir.sales.access import order_at_desk
from comptoir.sales.adapters.stripe_door import is_configured
from comptoir.sales.payment_queries import AccountRow, accounts_of, ways_without_payment
from comptoir.sales.payment_tasks import disputes_of
from comptoir.sales.services.accounts import (
    activate_account,
    add_cash_account,
    add_transfer_account,
    pause_account,
    put_account_first,
)
from comptoir.sales.services.stripe_accounts import connect_stripe, look_at_stripe, use_own_stripe
from comptoir.sales.services.take_cash import take_cash
from comptoir.shops.access import Right
from comptoir.web.backoffice.desk import Desk, at_desk, desk_of
from comptoir.web.backoffice.payment_forms import BankAccountForm
from comptoir.web.gates import signed_in
from comptoir.web.refusals import lay_beside, refusals_told
from comptoir.web.request import actor_of, user_of

FIELDS = {"bad_iban": "iban", "not_sepa": "iban", "bad_bic": "bic", "holder_missing": "holder"}
BACK = "back"
ACTS = {"use": activate_account, "pause": pause_account, "first": put_account_first}
DONE = {
    "use": gettext_lazy("%(account)s is in use."),
    "pause": gettext_lazy("%(account)s is paused: no new order is paid there."),
    "first": gettext_lazy("%(account)s is chosen first from now on."),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def payments(request: HttpRequest, handle: str) -> HttpResponseBase:
    """The accounts; a bank account is added here."""
    desk = desk_of(request, handle, Right.SETTINGS)
    form = BankAccountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with _pauses_told(request, desk):
                add_transfer_account(shop=desk.shop, **form.cleaned_data)
        except Refused as refusal:
            lay_beside(form, refusal, FIELDS)
        else:
            messages.success(request, _("Buyers can pay by transfer now."))
            return redirect("counter_payments", handle)
    return _page(request, desk, form, status=422 if form.errors else 200)


def _page(
    request: HttpRequest, desk: Desk, form: BankAccountForm, status: int = 200
) -> HttpResponse:
    accounts = accounts_of(desk.shop.pk)
    context = {
        "accounts": accounts,
        "in_test": all(account.is_test for account in accounts if account.is_active),
        "unpaid_ways": ways_without_payment(desk.shop, accounts),
        "kinds": {account.provider for account in accounts},
        "disputes": disputes_of(desk.shop.pk),
        "form": form,
        "stripe_configured": is_configured(),
        "operator": actor_of(request).is_operator,
    }
    return at_desk(request, desk, "payments.html", context, status=status)


@require_POST
@signed_in
def cash_account(request: HttpRequest, handle: str) -> HttpResponseBase:
    """Buyers who fetch their order may pay at the counter."""
    desk = desk_of(request, handle, Right.SETTINGS)
    with _pauses_told(request, desk):
        add_cash_account(shop=desk.shop)
    messages.success(request, _("Buyers who fetch their order can pay at the counter now."))
    return redirect("counter_payments", handle)


@require_POST
@signed_in
def account(request: HttpRequest, handle: str, account_id: int) -> HttpResponseBase:
    """Uses an account, pauses it, or puts it first."""
    desk = desk_of(request, handle, Right.SETTINGS)
    act = request.POST.get("act", "")
    if act not in ACTS:
        raise NotVisible
    with refusals_told(request), _pauses_told(request, desk, but=account_id):
        ACTS[act](shop_id=desk.shop.pk, account_id=account_id)
        named = {one.id: _name(one) for one in accounts_of(desk.shop.pk)}
        messages.success(request, DONE[act] % {"account": named.get(account_id, "")})
    return redirect("counter_payments", handle)


@contextmanager
def _pauses_told(request: HttpRequest, desk: Desk, but: int = 0) -> Iterator[None]:
    """Tells which accounts the block paused beside what it was asked for, which is ``but``."""
    used = {one.id for one in accounts_of(desk.shop.pk) if one.is_active}
    yield
    for one in accounts_of(desk.shop.pk):
        if one.id in used and not one.is_active and one.id != but:
            messages.warning(request, DONE["pause"] % {"account": _name(one)})


def _name(account: AccountRow) -> str:
    return f"{account.label} {account.name}".strip()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def stripe_account(request: HttpRequest, handle: str) -> HttpResponseBase:
    """POST: to Stripe, to say who one is; or, to ``ask`` it how one stands. GET: asks too, back
    from there: by the address that Stripe alone was given, for an account is used from then on."""
    desk = desk_of(request, handle, Right.SETTINGS)
    if request.method != "POST" and not _is_back(request, desk):
        return redirect("counter_payments", handle)
    try:
        with _pauses_told(request, desk):
            if request.method == "POST" and "ask" not in request.POST:
                return _to_stripe(request, desk)
            ready = look_at_stripe(shop=desk.shop)
    except Refused as refusal:
        messages.error(request, str(refusal.message))
    else:
        if ready:
            messages.success(request, _("Buyers can pay by card now."))
        else:
            messages.warning(request, _("Stripe still asks for something, or checks it."))
    return redirect("counter_payments", handle)


def _to_stripe(request: HttpRequest, desk: Desk) -> HttpResponseBase:
    """By a page of ours, for a form may not lead to another site."""
    if request.POST.get("own"):
        use_own_stripe(actor=actor_of(request), shop=desk.shop)
        return redirect("counter_payments", desk.handle)
    there = reverse("counter_stripe", args=[desk.handle])
    back = request.build_absolute_uri(f"{there}?{BACK}={_back_from_stripe().sign(desk.shop.pk)}")
    address = connect_stripe(shop=desk.shop, return_url=back, refresh_url=back)
    return at_desk(request, desk, "stripe_onward.html", {"address": address})


def _is_back(request: HttpRequest, desk: Desk) -> bool:
    try:
        shop = _back_from_stripe().unsign(request.GET.get(BACK, ""), max_age=timedelta(days=1))
    except BadSignature:
        return False
    return shop == str(desk.shop.pk)


def _back_from_stripe() -> TimestampSigner:
    return TimestampSigner(salt="back from Stripe")


@require_POST
@signed_in
def cash(request: HttpRequest, handle: str, reference: str) -> HttpResponseBase:
    """The money for an order was taken at the counter."""
    found = order_at_desk(actor_of(request), handle, reference, Right.TAKE_CASH)
    with refusals_told(request):
        take_cash(order=found, by_user_id=user_of(request).pk)
        found.refresh_from_db(fields=["paid_at"])
        if found.paid_at is not None:
            messages.success(request, _("Cash received: the order is paid."))
        else:
            messages.warning(
                request, _("The order was called off in this moment: give the money back.")
            )
    return redirect("counter_order", handle, reference)
