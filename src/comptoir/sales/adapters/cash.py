"""Cash at the counter: a member of staff takes it and says so (``services.take_cash``)."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext as _

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
from comptoir.sales.models import CashDue


class CashProvider:
    """Paid where the order is fetched."""

    name = "cash"
    hosted = False
    is_test = False
    refunds_by_hand = True
    closes = False
    hold_for = timedelta(days=3)
    means = "10"  # in cash

    def label(self) -> str:
        return _("At the counter")

    def paid_how(self) -> str:
        return _("in cash")

    def awaited(self, *, shop: str, until: str, recipient: str) -> Awaited:
        kept = _("%(shop)s keeps your order until %(day)s. You pay when you fetch it.")
        # An order has no number before it is paid.
        known = _("At the counter, say the name of the order: %(name)s.") % {"name": recipient}
        text = kept % {"shop": shop, "day": until} + " " + known
        return Awaited(_("To be paid at the counter"), text)

    def under_way(self) -> str:
        return ""

    def takes(self, *, currency: str, delivery_kind: str) -> bool:
        return delivery_kind in {"pickup", "counter"}

    def instruments(self, account: Account) -> tuple[Instrument, ...]:
        note = _("You pay when you fetch the order; it is kept for three days.")
        return (Instrument("cash", self.label(), note),)

    def start(self, request: PaymentRequest) -> ProviderAnswer:
        due = CashDue.objects.raw(
            OPEN,
            [
                request.key,
                request.account.id,
                request.amount_minor,
                request.currency,
                clock.now(),
            ],
        )[0]
        return _answer(due)

    def fetch(self, key: UUID) -> ProviderAnswer | None:
        due = CashDue.objects.filter(payment__key=key).first()
        return _answer(due) if due is not None else None

    def close(self, key: UUID) -> bool:
        return True

    def refund(self, key: UUID, refund_key: UUID, amount_minor: int) -> None:
        raise ByHand

    def parse_webhook(self, headers: Mapping[str, str], body: bytes) -> ProviderNotice:
        raise ForgedNotice("cash has no webhook")


def _answer(due: CashDue) -> ProviderAnswer:
    return ProviderAnswer(
        reference=f"cash-{due.pk}",
        outcome=Outcome.WAITING if due.taken_at is None else Outcome.CAPTURED,
        amount_minor=due.amount_minor,
        currency=due.currency,
    )


# The empty update makes the statement return the row that is there.
OPEN = """
INSERT INTO sales_cashdue (payment_id, account_id, amount_minor, currency, created_at)
VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (payment_id) DO UPDATE SET payment_id = excluded.payment_id
RETURNING *
"""
