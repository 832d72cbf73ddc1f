"""On what terms a shop sells to this buyer now: one statement, alone or with what is asked for."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from django.utils.translation import gettext as _

from comptoir.common import clock
from comptoir.common.errors import Refused
from comptoir.common.rows import array, bigint, fetch_row, the_row
from comptoir.sales.adapters.provider import Account
from comptoir.sales.models import Payment
from comptoir.sales.pricing.delivery import DeliveryChoice
from comptoir.sales.pricing.offer_terms import OFFERS_SQL, offer_terms
from comptoir.sales.pricing.quote import SellerTerms
from comptoir.sales.services.items import ITEMS, Item, not_offered
from comptoir.sales.ways_to_pay import suitable
from comptoir.shops.delivery_terms import DELIVERY_TERMS_SQL, Method, delivery_terms


@dataclass(frozen=True, slots=True)
class Terms:
    """``blocked``: one of shop and buyer has blocked the other. ``accounts``: in the shop's order.
    ``in_test``: the shop is not published yet; its own staff may buy (``may_test``), at test
    accounts alone."""

    blocked: bool
    seller: SellerTerms
    accounts: tuple[Account, ...]
    in_test: bool
    may_test: bool

    def check_open(self) -> None:
        """Raises: Refused: ``no_such_product`` (blocked), ``shop_closed`` (being prepared)."""
        if self.blocked:
            raise not_offered()
        if self.in_test and not self.may_test:
            raise Refused("shop_closed", _("This shop does not sell at the moment."))

    def without_offers(self) -> SellerTerms:
        """At the counter the price is the one that is said."""
        return replace(self.seller, offers=())

    def account(self, provider: str, *, currency: str, delivery_kind: str) -> Account:
        """The shop's account at that provider, or ('') its first one, that takes such an order.

        Raises:
            Refused: ``bad_provider``.
        """
        for account in suitable(self.accounts, currency=currency, delivery_kind=delivery_kind):
            if provider in {"", account.provider}:
                return account
        raise Refused("bad_provider", _("Choose another way to pay."))


def terms_of(
    shop_id: int, buyer_id: int | None, *, customer: str = "", codes: Sequence[str] = ()
) -> Terms:
    """The shop's terms for a member's profile, or for a guest (``None``).

    ``customer`` is how offers know the buyer (``offer_uses.customer_of``); ``codes`` are folded.
    """
    values = {"shop": bigint(shop_id), **_buyer(buyer_id, customer, codes)}
    return _terms(the_row(TERMS, values)[0])


def items_and_terms(
    variant_ids: Collection[int],
    buyer_id: int | None,
    *,
    customer: str = "",
    codes: Sequence[str] = (),
    at_counter: bool = False,
) -> tuple[dict[int, Item], Terms]:
    """Both of what is asked for in one statement, nothing locked: see ``items_of``, ``terms_of``.

    Of several shops, the terms are those of the first variant's.

    Raises:
        Refused: ``no_such_product``: the first one is unknown.
    """
    values = {
        "variants": array(variant_ids),
        "first": bigint(next(iter(variant_ids))),
        "at_counter": at_counter,
        **_buyer(buyer_id, customer, codes),
    }
    row = fetch_row(ITEMS_AND_TERMS, values)
    if row is None:
        raise not_offered()
    items = [Item(*each) for each in json.loads(row[0])]
    return {item.variant_id: item for item in items}, _terms(row[1])


def _buyer(buyer_id: int | None, customer: str, codes: Sequence[str]) -> dict[str, Any]:
    return {
        "buyer": bigint(buyer_id),
        "customer": customer,
        "codes": list(codes),
        "now": clock.now(),
    }


def _terms(told: str) -> Terms:
    country, regime, oss, delivery, offers, accounts, *flags = json.loads(told)
    blocked, in_test, may_test = flags
    seller = SellerTerms(country, regime, oss, delivery_terms(delivery), offer_terms(offers))
    found = tuple(Account(**one) for one in accounts)
    return Terms(blocked, seller, found, in_test, may_test)


def handed_over() -> DeliveryChoice:
    """What is taken along at the counter: in no list of ways to choose from."""
    return DeliveryChoice(Method(-1, "counter", _("At the counter"), 0), 0)


def account_of(payment: Payment) -> Account:
    """The account that a payment goes to; its row comes with it."""
    row = payment.account
    if row is None:
        return Account(provider=payment.provider)
    return Account(row.pk, row.provider, row.reference, row.details, row.is_test)


# One text of all: reading it at once takes less than a column for each.
TOGETHER = f"""json_build_array(
s.country, s.vat_regime, s.oss, {DELIVERY_TERMS_SQL}, {OFFERS_SQL},
  COALESCE(
    (SELECT json_agg(json_build_object('id', a.id, 'provider', a.provider, 'reference',
       a.reference, 'details', a.details, 'is_test', a.is_test) ORDER BY a.position, a.id)
     FROM sales_paymentaccount a WHERE a.shop_id = %(shop)s
       AND CASE WHEN s.status = 'preparing' THEN a.is_test ELSE a.is_active END), '[]'),
  %(buyer)s::bigint IS NOT NULL AND EXISTS (
    SELECT FROM people_block b
    WHERE (b.blocker_id, b.blocked_id) IN ((%(buyer)s::bigint, %(shop)s), (%(shop)s, %(buyer)s))),
  s.status = 'preparing',
  s.status = 'preparing' AND EXISTS (
    SELECT FROM shops_staffmember w JOIN people_profile q ON q.user_id = w.user_id
    WHERE w.shop_id = %(shop)s AND q.id = %(buyer)s::bigint))::text
"""
TERMS = f"SELECT {TOGETHER} FROM shops_shop s WHERE s.profile_id = %(shop)s"
ITEM = ", ".join(f"i.{field.name}" for field in fields(Item))
ITEMS_AND_TERMS = f"""
SELECT (SELECT json_agg(json_build_array({ITEM}))::text
  FROM ({ITEMS}) AS i ({ITEM.replace("i.", "")})),
  {TOGETHER.replace("%(shop)s", "s.profile_id")}
FROM shops_shop s WHERE s.profile_id = (
  SELECT p.shop_id FROM catalog_variant v JOIN catalog_product p ON p.id = v.product_id
  WHERE v.id = %(first)s)
"""
