"""Bank statements taken in: each movement once, put to the transfer that it pays.

Entries are put to transfers in one transaction; the orders that became paid by it are settled
after, each in its own. What is cut short in between, the regular round finds
(``settle_transfers``).
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from stdnum import iso11649

from comptoir.common.errors import Refused
from comptoir.sales.adapters.bank_csv import read_bank_csv
from comptoir.sales.adapters.camt import read_camt
from comptoir.sales.adapters.statement import (
    MOST_BYTES,
    NotAStatement,
    Statement,
    fingerprints,
)
from comptoir.sales.models import BankEntry, BankStatement, PaymentAccount, TransferDue
from comptoir.sales.services.transfers import put_to, settle_paid

REFERENCE = re.compile(r"(?=(RF\d{14}))")


@dataclass(frozen=True, slots=True)
class StatementTaken:
    """``credits``: in the file; ``new``: not known before; ``matched``: put to a transfer by their
    reference; ``paid``: orders that became paid by it."""

    credits: int
    new: int
    matched: int
    paid: int


def take_statement(
    *, account: PaymentAccount, body: bytes, by_user_id: int | None
) -> StatementTaken:
    """Takes a CAMT.053 or CSV statement of that bank account in; the same one again changes
    nothing.

    Raises:
        Refused: ``statement_too_large``, ``not_a_statement``, ``statement_of_another``.
    """
    statement = _read(body)
    if statement.iban and statement.iban != account.reference:
        raise Refused(
            "statement_of_another", _("This statement is of another bank account."),
        )  # fmt: skip
    taken, due_ids = _write(account, statement, hashlib.sha256(body).hexdigest(), by_user_id)
    return StatementTaken(*taken, paid=sum(settle_paid(due_id) for due_id in due_ids))


def _read(body: bytes) -> Statement:
    if len(body) > MOST_BYTES:
        raise Refused("statement_too_large", _("This file is larger than 5 MB."))
    is_xml = body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    try:
        return read_camt(body) if is_xml else read_bank_csv(body)
    except NotAStatement as error:
        message = _(
            "This file cannot be read as a bank statement. "
            "Ask your bank for CAMT.053, or for CSV with a date and an amount in each line."
        )
        raise Refused("not_a_statement", message, reason=str(error)) from error


@transaction.atomic
def _write(
    account: PaymentAccount, statement: Statement, digest: str, by_user_id: int | None
) -> tuple[tuple[int, int, int], list[int]]:
    """What was read, new and matched; and the transfers that got something."""
    # Two files at once would each believe that it is the first to tell of an entry.
    PaymentAccount.objects.select_for_update(no_key=True).get(pk=account.pk)
    kept, first_time = BankStatement.objects.get_or_create(
        account=account,
        digest=digest,
        defaults={"form": statement.form, "taken_by_id": by_user_id},
    )
    if not first_time:
        return (len(statement.credits), 0, 0), []
    new = _new_entries(account, kept, statement)
    kept.read_count, kept.new_count = len(statement.credits), len(new)
    kept.save(update_fields=["read_count", "new_count"])
    due_ids = _match(account, new, statement.form)
    return (len(statement.credits), len(new), sum(1 for e in new if e.due_id)), due_ids


def _new_entries(
    account: PaymentAccount, kept: BankStatement, statement: Statement
) -> list[BankEntry]:
    named = dict(zip(fingerprints(statement.credits), statement.credits, strict=True))
    known = set(
        BankEntry.objects.filter(account=account, fingerprint__in=named).values_list(
            "fingerprint", flat=True
        )
    )
    entries = [
        BankEntry(
            account=account,
            statement=kept,
            fingerprint=fingerprint,
            booked_on=credit.booked_on,
            amount_minor=credit.amount_minor,
            currency=credit.currency,
            payer=credit.payer,
            payer_iban=credit.payer_iban,
            text=credit.text,
        )
        for fingerprint, credit in named.items()
        if fingerprint not in known
    ]
    return BankEntry.objects.bulk_create(entries)


def _match(account: PaymentAccount, new: Sequence[BankEntry], form: str) -> list[int]:
    """Puts each entry to the transfer whose reference it carries, unless there is a doubt."""
    wanted = {entry.pk: references_in(entry.text) for entry in new}
    every = {reference for found in wanted.values() for reference in found}
    rows = TransferDue.objects.select_for_update(no_key=True).order_by("pk")
    dues = {due.reference: due for due in rows.filter(account=account, reference__in=every)}
    touched = []
    for entry in new:
        named = [dues[reference] for reference in wanted[entry.pk] if reference in dues]
        if len(named) != 1:
            continue  # none, or two orders paid at once: a person divides it
        if (doubt := _doubt(entry, named[0], form)) != "":
            entry.doubt = doubt
            entry.save(update_fields=["doubt"])
            continue
        put_to(entry, named[0], by_user_id=None)
        touched.append(named[0].pk)
    return sorted(set(touched))


def _doubt(entry: BankEntry, due: TransferDue, form: str) -> str:
    """Files of two forms name the same movement differently: it must not count twice."""
    if entry.currency != due.currency:
        return BankEntry.Doubt.CURRENCY
    told = due.entries.filter(booked_on=entry.booked_on, amount_minor=entry.amount_minor)
    if told.exclude(statement__form=form).exists():
        return BankEntry.Doubt.TWICE
    return ""


def references_in(text: str) -> list[str]:
    """Creditor references in a transfer's text, however banks and buyers spaced them."""
    bare = re.sub(r"[^A-Z0-9]", "", text.upper())
    found = [match.group(1) for match in REFERENCE.finditer(bare)]
    return list(dict.fromkeys(one for one in found if iso11649.is_valid(one)))
