"""Payments of another amount than was asked, as the operator sees them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from comptoir.people.models import User
from comptoir.sales.adapters.registry import PROVIDERS
from comptoir.sales.models import Payment
from comptoir.sales.services.settle import AMOUNT_MISMATCH, AMOUNT_RETURNED

MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class OddPayment:
    """``state``: waiting (nobody decided), going (on its way back), failed (the provider could not:
    ``failure``), done. ``came_minor`` is none when the provider did not say yet."""

    payment_id: int
    key: str
    shop_name: str
    shop_handle: str
    provider: str
    asked_minor: int
    currency: str
    came_minor: int | None
    came_currency: str
    state: str
    failure: str
    decided_by: str
    placed_at: datetime


def odd_payments() -> list[OddPayment]:
    """Those that wait first, then the newest, in one query."""
    rows = Payment.objects.filter(
        Q(failure=AMOUNT_MISMATCH) | Q(failure=AMOUNT_RETURNED, odd_money__isnull=False)
    ).select_related("order__shop__profile", "odd_money__decided_by__profile")
    found = [_row(row) for row in rows.order_by("-id")[:MOST_SHOWN]]
    return sorted(found, key=lambda one: one.state not in {"waiting", "failed"})


def _row(row: Payment) -> OddPayment:
    odd = getattr(row, "odd_money", None)
    profile = row.order.shop.profile
    return OddPayment(
        payment_id=row.pk,
        key=str(row.key),
        shop_name=profile.name,
        shop_handle=profile.handle,
        provider=PROVIDERS[row.provider].label(),
        asked_minor=row.amount_minor,
        currency=row.currency,
        came_minor=odd.amount_minor if odd is not None else None,
        came_currency=odd.currency if odd is not None else "",
        state=_state(row),
        failure=odd.failure if odd is not None else "",
        decided_by=_name(odd.decided_by) if odd is not None else "",
        placed_at=row.order.placed_at,
    )


def _name(user: User | None) -> str:
    """Of an operator, who may have no page."""
    if user is None:
        return ""
    profile = getattr(user, "profile", None)
    return profile.name if profile is not None else user.email


def _state(row: Payment) -> str:
    odd = getattr(row, "odd_money", None)
    if odd is None or row.failure == AMOUNT_MISMATCH:
        return "waiting"
    if odd.done_at is not None:
        return "done"
    return "failed" if odd.failure else "going"
