"""Reads of what is paid where: a shop's accounts, and the pages that lead a buyer to pay."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from stdnum import iban as iban_number
from stdnum import iso11649

from comptoir.common.errors import NotVisible
from comptoir.sales.adapters.registry import PROVIDERS
from comptoir.sales.models import Payment, PaymentAccount, StripeCharge, TransferDue
from comptoir.shops.models import Shop
from comptoir.shops.queries import delivery_methods_of

OPEN = (Payment.Status.CREATED, Payment.Status.PENDING)


@dataclass(frozen=True, slots=True)
class AccountRow:
    """``name``: what tells it from others, such as an IBAN in groups; '' when nothing does."""

    id: int
    provider: str
    label: str
    name: str
    is_active: bool
    is_test: bool
    statements: bool


@dataclass(frozen=True, slots=True)
class TransferPage:
    """How to pay by transfer. ``state``: waiting, paid, or over (nothing is to be sent any more).
    ``reference`` and ``iban`` are in groups, as people read them."""

    token: str
    order_key: str
    shop_name: str
    holder: str
    iban: str
    bic: str
    reference: str
    amount_minor: int
    received_minor: int
    missing_minor: int
    currency: str
    pay_until: datetime
    state: str


def accounts_of(shop_id: int) -> list[AccountRow]:
    """All of a shop's accounts, paused ones too, in its order."""
    rows = PaymentAccount.objects.filter(shop=shop_id).order_by("position", "id")
    return [
        AccountRow(
            id=row.pk,
            provider=row.provider,
            label=PROVIDERS[row.provider].label(),
            name=iban_number.format(row.reference) if row.provider == "transfer" else row.reference,
            is_active=row.is_active,
            is_test=row.is_test,
            statements=row.provider == "transfer",
        )
        for row in rows
        if row.provider in PROVIDERS
    ]


def ways_without_payment(shop: Shop, accounts: Iterable[AccountRow]) -> list[str]:
    """The names of the ways the shop delivers that no account in use can be paid for."""
    used = [PROVIDERS[account.provider] for account in accounts if account.is_active]
    return [
        method.name
        for method in delivery_methods_of(shop.pk)
        if not any(one.takes(currency=shop.currency, delivery_kind=method.kind) for one in used)
    ]


def transfer_account(shop_id: int, account_id: int) -> PaymentAccount:
    """Raises: NotVisible: the shop has no such bank account."""
    rows = PaymentAccount.objects.filter(shop=shop_id, pk=account_id, provider="transfer")
    if (found := rows.first()) is None:
        raise NotVisible
    return found


def transfer_page(token: str) -> TransferPage:
    """The page of whoever holds its token.

    Raises:
        NotVisible: there is none.
    """
    rows = TransferDue.objects.select_related(
        "account__shop__profile", "payment__order"
    )  # the page names all of them
    due = rows.filter(token=token).first()
    if due is None:
        raise NotVisible
    state = "waiting" if due.payment.status in OPEN else "over"
    details = due.account.details
    return TransferPage(
        token=token,
        order_key=due.payment.order.key,
        shop_name=due.account.shop.profile.name,
        holder=details["holder"],
        iban=iban_number.format(due.account.reference),
        bic=details.get("bic", ""),
        reference=iso11649.format(due.reference),
        amount_minor=due.amount_minor,
        received_minor=due.received_minor - due.given_back_minor,
        missing_minor=due.missing_minor,
        currency=due.currency,
        pay_until=due.payment.order.pay_until,
        state="paid" if due.payment.status == Payment.Status.CAPTURED else state,
    )


def transfer_reference(order_id: int) -> str:
    """What the buyer writes on the transfer, in groups; '' where none is awaited."""
    rows = TransferDue.objects.filter(payment__order=order_id, payment__status__in=OPEN)
    found = rows.values_list("reference", flat=True).first()
    return iso11649.format(found) if found is not None else ""


def stripe_address(token: str) -> tuple[str, str]:
    """Stripe's page of a payment that is open, or '', and the order's key.

    Raises:
        NotVisible: there is no such payment.
    """
    rows = StripeCharge.objects.select_related("payment__order")
    charge = rows.filter(token=token).first()
    if charge is None:
        raise NotVisible
    waiting = charge.payment.status in OPEN
    return charge.url if waiting else "", charge.payment.order.key
