"""On what terms a shop sells to this buyer now: one statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from comptoir.common.errors import Refused
from comptoir.sales.adapters.provider import Account
from comptoir.sales.models import Payment
from comptoir.sales.services.items import not_offered
from comptoir.shops.models import DeliveryMethod


@dataclass(frozen=True, slots=True)
class Terms:
    """``blocked``: one of shop and buyer has blocked the other. ``methods`` and ``accounts``: in
    the shop's order. ``in_test``: the shop is not published yet; its own staff may buy
    (``may_test``), at test accounts alone."""

    blocked: bool
    methods: tuple[DeliveryMethod, ...]
    accounts: tuple[Account, ...]
    in_test: bool = False
    may_test: bool = False

    def check_open(self) -> None:
        """Raises: Refused: ``no_such_product`` (blocked), ``shop_closed`` (being prepared)."""
        if self.blocked:
            raise not_offered()
        if self.in_test and not self.may_test:
            raise Refused("shop_closed", _("This shop does not sell at the moment."))

    def method(self, method_id: int) -> DeliveryMethod:
        """Raises: Refused: ``bad_delivery``, not a method that the shop offers now."""
        for method in self.methods:
            if method.pk == method_id:
                return method
        raise Refused("bad_delivery", _("Choose how to receive the order."))

    def account(self, provider: str) -> Account:
        """The shop's account at that provider, or ('') its first one.

        Raises:
            Refused: ``bad_provider``.
        """
        for account in self.accounts:
            if provider in {"", account.provider}:
                return account
        raise Refused("bad_provider", _("Choose another way to pay."))


def terms_of(shop_id: int, buyer_id: int | None) -> Terms:
    """The shop's terms for a member's profile, or for a guest (``None``)."""
    with connection.cursor() as cursor:
        cursor.execute(TERMS, {"shop": shop_id, "buyer": buyer_id})
        blocked, methods, accounts, in_test, may_test = cursor.fetchone()
    return Terms(
        blocked=blocked,
        methods=tuple(map(_method, methods)),
        accounts=tuple(Account(**one) for one in accounts),
        in_test=in_test,
        may_test=may_test,
    )


def handed_over() -> DeliveryMethod:
    """What is taken along at the counter; in no list of ways to choose from, and not saved."""
    return DeliveryMethod(
        kind="counter", name=_("At the counter"), price_minor=0, days_min=0, days_max=0
    )


def account_of(payment: Payment) -> Account:
    """The account that a payment goes to; its row comes with it."""
    row = payment.account
    if row is None:
        return Account(provider=payment.provider)
    return Account(row.pk, row.provider, row.reference, row.details, row.is_test)


def _method(values: Mapping[str, Any]) -> DeliveryMethod:
    return DeliveryMethod(**values)


TERMS = """
SELECT
  %(buyer)s::bigint IS NOT NULL AND EXISTS (
    SELECT FROM people_block b
    WHERE (b.blocker_id, b.blocked_id) IN ((%(buyer)s::bigint, %(shop)s), (%(shop)s, %(buyer)s))),
  COALESCE(
    (SELECT json_agg(to_json(m) ORDER BY m.position, m.id)
     FROM shops_deliverymethod m WHERE m.shop_id = %(shop)s AND m.is_active), '[]'),
  COALESCE(
    (SELECT json_agg(json_build_object('id', a.id, 'provider', a.provider, 'reference',
       a.reference, 'details', a.details, 'is_test', a.is_test) ORDER BY a.position, a.id)
     FROM sales_paymentaccount a WHERE a.shop_id = %(shop)s
       AND CASE WHEN s.status = 'preparing' THEN a.is_test ELSE a.is_active END), '[]'),
  s.status = 'preparing',
  s.status = 'preparing' AND EXISTS (
    SELECT FROM shops_staffmember w JOIN people_profile q ON q.user_id = w.user_id
    WHERE w.shop_id = %(shop)s AND q.id = %(buyer)s::bigint)
FROM shops_shop s WHERE s.profile_id = %(shop)s
"""
