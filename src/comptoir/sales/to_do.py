"""What waits for a shop, counted for the first page of its counter."""

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Func, IntegerField, QuerySet, Subquery

from comptoir.sales.models import Order, Payment, Return
from comptoir.sales.models.order import desk_reference
from comptoir.sales.payment_tasks import (
    entries_without_order,
    excesses,
    open_disputes,
    refunds_by_hand,
    refunds_failed,
)
from comptoir.shops.models import Shop


@dataclass(frozen=True, slots=True)
class ToDo:
    """How many of each wait. ``cash_pickups`` are fetched and paid at the counter; ``returns_back``
    are received and not settled; ``refunds`` are made by hand or failed; ``excesses`` came too much
    by transfer; ``disputed`` is the order of the dispute to be answered first, or ''."""

    to_prepare: int
    cash_pickups: int
    returns_asked: int
    returns_back: int
    refunds: int
    excesses: int
    entries: int
    disputes: int
    disputed: str


def to_do(shop_id: int) -> ToDo:
    """All of it, in one query."""
    returns = Return.objects.filter(order__shop=shop_id)
    urgent = open_disputes(shop_id).order_by(F("respond_by").asc(nulls_last=True), "id")
    counted = Shop.objects.filter(pk=shop_id).values_list(
        _many(Order.objects.filter(shop=shop_id, status=Order.Status.PAID)),
        _many(_cash_pickups(shop_id)),
        _many(returns.filter(status=Return.Status.ASKED)),
        _many(returns.filter(status=Return.Status.RECEIVED)),
        _many(refunds_by_hand(shop_id)) + _many(refunds_failed(shop_id)),
        _many(excesses(shop_id)),
        _many(entries_without_order(shop_id)),
        _many(open_disputes(shop_id)),
        Subquery(urgent.values("payment__order")[:1]),
        Subquery(urgent.values("payment__order__number")[:1]),
    )
    *counts, order_id, number = counted.get()
    disputed = desk_reference(order_id, number) if order_id else ""
    return ToDo(*[*counts, disputed])


def _cash_pickups(shop_id: int) -> QuerySet[Payment]:
    return Payment.objects.filter(
        status=Payment.Status.PENDING,
        provider="cash",
        order__shop=shop_id,
        order__status=Order.Status.PENDING,
        order__delivery_kind="pickup",
    )


def _many(rows: QuerySet[Any, Any]) -> Subquery:
    """How many rows there are, as a part of another query."""
    count = Func(F("pk"), function="count", output_field=IntegerField())
    return Subquery(rows.order_by().annotate(many=count).values("many"))
