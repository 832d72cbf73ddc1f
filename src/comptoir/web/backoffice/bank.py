"""Money that comes by transfer, and money that goes back by hand."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.common.errors import Refused
from comptoir.sales.adapters.statement import MOST_BYTES
from comptoir.sales.payment_queries import accounts_of, transfer_account
from comptoir.sales.payment_tasks import awaited_transfers, open_entries, to_give_back
from comptoir.sales.services.give_back import confirm_given_back
from comptoir.sales.services.refund_failed import try_refund_again
from comptoir.sales.services.statements import StatementTaken, take_statement
from comptoir.sales.services.transfers import (
    assign_entry,
    confirm_excess,
    set_entry_aside,
    take_up_entry,
)
from comptoir.sales.set_aside import set_aside_entries
from comptoir.shops.access import Right
from comptoir.web.backoffice.desk import Desk, at_desk, desk_of
from comptoir.web.backoffice.payment_forms import EntryForm, StatementForm
from comptoir.web.gates import signed_in
from comptoir.web.refusals import refusals_told
from comptoir.web.request import user_of
from comptoir.web.whole_numbers import whole_number


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked once more before an entry is put to that reference."""

    entry_id: int
    reference: str
    why: str


@never_cache
@require_http_methods(["GET", "HEAD"])
@signed_in
def bank_desk(request: HttpRequest, handle: str) -> HttpResponseBase:
    """Transfers awaited, money to sort, money to give back."""
    desk = desk_of(request, handle, Right.BANK)
    return _page(request, desk)


def _page(
    request: HttpRequest,
    desk: Desk,
    sent: StatementForm | None = None,
    account_id: int = 0,
    asked: Asked | None = None,
) -> HttpResponse:
    """``sent`` is the form of that account, when something is wrong with it."""
    accounts = [one for one in accounts_of(desk.shop.pk) if one.statements]
    forms = (sent if one.id == account_id else None for one in accounts)
    context = {
        "bank_accounts": [
            (one, form or StatementForm(auto_id=f"statement-{one.id}-%s"))
            for one, form in zip(accounts, forms, strict=True)
        ],
        "awaited": awaited_transfers(desk.shop.pk),
        "entries": open_entries(desk.shop.pk),
        "asked": asked,
        "aside": set_aside_entries(desk.shop.pk),
        "to_give_back": to_give_back(desk.shop.pk),
    }
    status = 200 if sent is None and asked is None else 422
    return at_desk(request, desk, "bank.html", context, status=status)


@require_POST
@signed_in
def statement(request: HttpRequest, handle: str, account_id: int) -> HttpResponseBase:
    """A bank statement is handed in."""
    desk = desk_of(request, handle, Right.BANK)
    account = transfer_account(desk.shop.pk, account_id)
    form = StatementForm(request.POST, request.FILES, auto_id=f"statement-{account_id}-%s")
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            taken = take_statement(
                account=account, body=file.read(MOST_BYTES + 1), by_user_id=user_of(request).pk
            )
        except Refused as refusal:
            form.add_error("file", str(refusal.message))
        else:
            messages.success(request, _told(taken))
            return redirect("counter_bank", handle)
    return _page(request, desk, form, account_id)


def _told(taken: StatementTaken) -> str:
    if not taken.new:
        return _("Nothing new in this statement.")
    found = ngettext("%(num)s new payment in it.", "%(num)s new payments in it.", taken.new)
    paid = ngettext("%(num)s order is paid.", "%(num)s orders are paid.", taken.paid)
    return f"{found % {'num': taken.new}} {paid % {'num': taken.paid}}"


@require_POST
@signed_in
def entry(request: HttpRequest, handle: str, entry_id: int) -> HttpResponseBase:
    """A person says which order some money is for, that it is for none, or that it may be for one
    after all."""
    desk = desk_of(request, handle, Right.BANK)
    shop_id, act = desk.shop.pk, request.POST.get("act")
    with refusals_told(request):
        if act == "aside":
            set_entry_aside(shop_id=shop_id, entry_id=entry_id, by_user_id=user_of(request).pk)
            said = _("Set aside: its day and amount alone are kept, at the foot of this page.")
            messages.success(request, said)
        elif act == "again":
            if take_up_entry(shop_id=shop_id, entry_id=entry_id):
                messages.success(request, _("Taken up again: say which transfer it is for."))
            else:
                messages.info(request, _("This was taken up already."))
        elif asked := _assign(request, desk, entry_id):
            return _page(request, desk, asked=asked)
    return redirect("counter_bank", handle)


def _assign(request: HttpRequest, desk: Desk, entry_id: int) -> Asked | None:
    """Puts it to the transfer of the reference that was typed; what to ask first, if anything.
    ``sure`` holds the reference that was asked about, for another may be typed then."""
    form = EntryForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write the reference of the transfer."))
        return None
    reference = form.cleaned_data["reference"]
    try:
        assign_entry(
            shop_id=desk.shop.pk,
            entry_id=entry_id,
            reference=reference,
            by_user_id=user_of(request).pk,
            sure=request.POST.get("sure") == reference,
        )
    except Refused as refusal:
        if refusal.code != "not_awaited":
            raise
        return Asked(entry_id, reference, str(refusal.message))
    messages.success(request, _("Noted."))
    return None


@require_POST
@signed_in
def given_back(request: HttpRequest, handle: str, refund_id: int) -> HttpResponseBase:
    """The shop gave a refund back by hand; or has one that failed tried again (``act``)."""
    desk = desk_of(request, handle, Right.BANK)
    attempt = whole_number(request.POST.get("attempt", ""), digits=4) or 0
    which = {"shop_id": desk.shop.pk, "refund_id": refund_id, "attempt": attempt}
    with refusals_told(request):
        if request.POST.get("act") == "again":
            try_refund_again(**which)
            messages.success(request, _("Your provider is asked once more."))
        elif confirm_given_back(**which):
            messages.success(request, _("Noted. The buyer is told."))
        else:
            messages.info(request, _("This was noted already."))
    return redirect("counter_bank", handle)


@require_POST
@signed_in
def excess(request: HttpRequest, handle: str, due_id: int) -> HttpResponseBase:
    """The shop sent back what was too much."""
    desk = desk_of(request, handle, Right.BANK)
    amount = whole_number(request.POST.get("amount", ""), digits=15) or 0
    with refusals_told(request):
        by = user_of(request).pk
        confirm_excess(shop_id=desk.shop.pk, due_id=due_id, amount_minor=amount, by_user_id=by)
        messages.success(request, _("Noted."))
    return redirect("counter_bank", handle)
