"""Awaited bank transfers: money put to them, by reference or by a person, and given back."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from comptoir.common import clock
from comptoir.common.errors import Conflict, NotVisible, Refused
from comptoir.sales.models import BankEntry, ExcessReturned, Payment, TransferDue
from comptoir.sales.services.settle import DECIDED, OPEN_PAYMENT, Settlement, ask_provider
from comptoir.sales.services.sweep import each

# A shop's statement tells of its rent and its wages too.
FORGOTTEN = {"set_aside": True, "payer": "", "payer_iban": "", "text": ""}
KEEP_ENTRIES = timedelta(days=365)  # how long what nobody dealt with waits


def put_to(entry: BankEntry, due: TransferDue, *, by_user_id: int | None) -> None:
    """The caller holds the transfer's lock."""
    entry.due, entry.decided_by_id, entry.doubt = due, by_user_id, ""
    entry.put_at = clock.now()
    entry.save(update_fields=["due", "decided_by", "doubt", "put_at"])
    due.received_minor += entry.amount_minor
    due.save(update_fields=["received_minor"])


def assign_entry(
    *, shop_id: int, entry_id: int, reference: str, by_user_id: int | None, sure: bool = False
) -> bool:
    """A person says which transfer an entry pays; returns whether its order became paid.

    ``sure``: also when that order is paid already, or called off.

    Raises:
        NotVisible: not an entry of that shop.
        Refused: ``no_such_transfer``, ``other_currency``; ``not_awaited`` unless ``sure``.
        Conflict: ``entry_decided``.
    """
    return settle_paid(_assign(shop_id, entry_id, reference, by_user_id, sure=sure))


@transaction.atomic
def _assign(
    shop_id: int, entry_id: int, reference: str, by_user_id: int | None, *, sure: bool
) -> int:
    bare = "".join(reference.split()).upper()
    rows = TransferDue.objects.select_for_update(no_key=True, of=("self",))
    found = rows.select_related("payment__order").filter(account__shop=shop_id, reference=bare)
    due = found.first()
    entry = _open_entry(shop_id, entry_id)
    if due is None or due.account_id != entry.account_id:
        raise Refused("no_such_transfer", _("No transfer to this account has that reference."))
    if due.currency != entry.currency:
        raise Refused("other_currency", _("This money is in another currency than the order."))
    if due.payment.status not in OPEN_PAYMENT and not sure:
        raise Refused("not_awaited", _not_awaited(due.payment))
    put_to(entry, due, by_user_id=by_user_id)
    return due.pk


def _not_awaited(payment: Payment) -> str:
    if payment.status in DECIDED:
        said = _("Order %(number)s is paid already: this money would come too much.")
        return said % {"number": payment.order.number or payment.order.reference}
    return str(_("The order of this reference was called off: it awaits no money any more."))


@transaction.atomic
def set_entry_aside(*, shop_id: int, entry_id: int, by_user_id: int | None) -> None:
    """It has nothing to do with an order: not shown any more, and what the bank told of it is
    forgotten but for day and amount.

    Raises:
        NotVisible, Conflict: see ``assign_entry``.
    """
    entry = _open_entry(shop_id, entry_id)
    entry.decided_by_id = by_user_id
    entry.save(update_fields=["decided_by"])
    BankEntry.objects.filter(pk=entry.pk).update(**FORGOTTEN)


@transaction.atomic
def take_up_entry(*, shop_id: int, entry_id: int) -> bool:
    """What was set aside waits for a person again; returns whether it was aside until now. What the
    bank told of it stays forgotten.

    Raises:
        NotVisible, Conflict: see ``assign_entry``.
    """
    entry = _locked_entry(shop_id, entry_id)
    if entry.due_id is not None:
        raise _decided()
    if not entry.set_aside:
        return False
    entry.set_aside, entry.decided_by_id = False, None
    entry.save(update_fields=["set_aside", "decided_by"])
    return True


def forget_old_entries(*, older_than: timedelta) -> int:
    """Sets aside what nobody dealt with for so long; returns how many."""
    before = clock.now().date() - older_than
    old = BankEntry.objects.filter(due=None, set_aside=False, booked_on__lt=before)
    return old.update(**FORGOTTEN)


def _open_entry(shop_id: int, entry_id: int) -> BankEntry:
    entry = _locked_entry(shop_id, entry_id)
    if entry.due_id is not None or entry.set_aside:
        raise _decided()
    return entry


def _locked_entry(shop_id: int, entry_id: int) -> BankEntry:
    rows = BankEntry.objects.select_for_update(no_key=True, of=("self",))
    entry = rows.filter(pk=entry_id, account__shop=shop_id).first()
    if entry is None:
        raise NotVisible
    return entry


def _decided() -> Conflict:
    return Conflict("entry_decided", _("Someone has dealt with this entry already."))


def settle_paid(due_id: int) -> bool:
    """Settles the order when all of its money is there; returns whether it became paid now."""
    due = TransferDue.objects.select_related("payment").get(pk=due_id)
    if not due.is_paid or due.payment.status in DECIDED:
        return False
    return ask_provider(order_id=due.payment.order_id) is Settlement.PAID


def settle_transfers() -> int:
    """Settles what is wholly received and was left over; returns how many orders became paid."""
    left = TransferDue.objects.filter(received_minor__gte=F("amount_minor") + F("given_back_minor"))
    return each(left.exclude(payment__status__in=DECIDED), settle_paid)


def excess_of(due: TransferDue) -> int:
    """What the shop must give back beside refunds, in minor units; ``due.payment`` is read.

    All beyond the price once paid; all of it for an order that was called off; nothing while the
    rest may still come.
    """
    kept = due.received_minor - due.given_back_minor
    if due.payment.status in DECIDED:
        return kept - due.amount_minor
    if due.payment.status == Payment.Status.FAILED and not due.is_paid:
        return kept
    return 0


@transaction.atomic
def confirm_excess(
    *, shop_id: int, due_id: int, amount_minor: int, by_user_id: int | None = None
) -> None:
    """The shop says that it sent back what was too much; ``amount_minor`` is what it was shown,
    ``by_user_id`` the login of who says so.

    Raises:
        NotVisible: not a transfer to that shop.
        Conflict: ``excess_changed``, it is another amount now.
    """
    rows = TransferDue.objects.select_for_update(no_key=True, of=("self",))
    found = rows.select_related("payment").filter(pk=due_id, account__shop=shop_id)
    due = found.first()
    if due is None:
        raise NotVisible
    if amount_minor <= 0 or excess_of(due) != amount_minor:
        raise Conflict("excess_changed", _("The amount to give back has changed. Look again."))
    due.given_back_minor += amount_minor
    due.save(update_fields=["given_back_minor"])
    ExcessReturned.objects.create(
        due=due, amount_minor=amount_minor, by_id=by_user_id, at=clock.now()
    )
