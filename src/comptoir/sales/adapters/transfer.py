"""SEPA transfers to the shop's own bank account, by reference; no bank is called.

What came is learned from the bank statements that the shop hands in (``services.statements``).
"""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext as _
from stdnum.iso7064 import mod_97_10

from comptoir.common import clock
from comptoir.sales.adapters.provider import (
    Account,
    Awaited,
    ByHand,
    ForgedNotice,
    Instrument,
    Outcome,
    PaymentRequest,
    ProviderAnswer,
    ProviderNotice,
)
from comptoir.sales.models import TransferDue

PAGE = "/pay/transfer/{token}"
DIGITS = 12


class TransferProvider:
    """The buyer's bank sends the money; a page of ours says how much, where to and with what."""

    name = "transfer"
    hosted = False
    is_test = False
    refunds_by_hand = True
    closes = False
    hold_for = timedelta(days=7)
    means = "ZZZ"  # 58 where its account is named (BR-50 of EN 16931)

    def label(self) -> str:
        return _("Bank transfer")

    def paid_how(self) -> str:
        return _("by bank transfer")

    def awaited(self, *, shop: str, until: str, recipient: str) -> Awaited:
        said = _("%(shop)s prepares your order as soon as your transfer has come, until %(day)s.")
        return Awaited(_("Waiting for your transfer"), said % {"shop": shop, "day": until})

    def under_way(self) -> str:
        return _("If you have sent the transfer already, it is given back.")

    def takes(self, *, currency: str, delivery_kind: str) -> bool:
        return currency == "EUR" and delivery_kind != "counter"

    def instruments(self, account: Account) -> tuple[Instrument, ...]:
        note = _("The order is kept for seven days, and prepared once the money has come.")
        return (Instrument("transfer", self.label(), note),)

    def start(self, request: PaymentRequest) -> ProviderAnswer:
        due = TransferDue.objects.raw(
            OPEN,
            [
                request.key,
                request.account.id,
                secrets.token_urlsafe(24),
                creditor_reference(request.key),
                request.amount_minor,
                request.currency,
                clock.now(),
            ],
        )[0]
        return _answer(due)

    def fetch(self, key: UUID) -> ProviderAnswer | None:
        due = TransferDue.objects.filter(payment__key=key).first()
        return _answer(due) if due is not None else None

    def close(self, key: UUID) -> bool:
        return True  # a transfer is in nobody's hands any more

    def refund(self, key: UUID, refund_key: UUID, amount_minor: int) -> None:
        raise ByHand

    def parse_webhook(self, headers: Mapping[str, str], body: bytes) -> ProviderNotice:
        raise ForgedNotice("bank transfers have no webhook")


def creditor_reference(key: UUID) -> str:
    """RF, two check digits and twelve digits made from the payment's key (ISO 11649).

    Digits alone, for they are typed on phones and read out.
    """
    digest = hashlib.sha256(key.bytes).digest()
    body = f"{int.from_bytes(digest[:8], 'big') % 10**DIGITS:0{DIGITS}d}"
    return f"RF{mod_97_10.calc_check_digits(body + 'RF')}{body}"


def _answer(due: TransferDue) -> ProviderAnswer:
    return ProviderAnswer(
        reference=due.reference,
        outcome=Outcome.CAPTURED if due.is_paid else Outcome.WAITING,
        amount_minor=due.amount_minor,
        currency=due.currency,
        redirect_url=PAGE.format(token=due.token),
    )


# The empty update makes the statement return the row that is there.
OPEN = """
INSERT INTO sales_transferdue
  (payment_id, account_id, token, reference, amount_minor, currency, received_minor,
   given_back_minor, created_at)
VALUES (%s, %s, %s, %s, %s, %s, 0, 0, %s)
ON CONFLICT (payment_id) DO UPDATE SET payment_id = excluded.payment_id
RETURNING *
"""
