"""Uses of offers by orders: held, used, given back.

Offers are locked in key order, after the order's own row and the stock, so that two purchases
never wait for each other in a circle. Every use counts, whether the offer is limited today or not,
so that a limit that is set later finds a true count; purchases under one offer therefore write
their last steps one after the other.
"""

import hashlib
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, connection
from django.utils.translation import gettext_lazy as _

from comptoir.common.errors import Conflict

LIMITS = {"offer_uses", "offer_customer_uses"}


def customer_of(profile_id: int | None, email: str) -> str:
    """How offers know a customer: 'p:' and the profile, or 'e:' and a digest for a guest."""
    if profile_id is not None:
        return f"p:{profile_id}"
    return f"e:{hashlib.sha256(email.strip().casefold().encode()).hexdigest()}"


def use_offers(order_id: int, uses: Sequence[tuple[int, int]], customer: str) -> None:
    """Writes what offers took off an order, (offer id, minor units) each, and counts the uses.

    One statement, none when there is nothing to write; for the transaction that places the order.

    Raises:
        Conflict: ``offer_used_up``: an offer has no use left, in all or for that customer.
    """
    if not uses:
        return
    params: dict[str, Any] = {
        "order": order_id,
        "customer": customer,
        "offers": [offer for offer, _amount in uses],
        "amounts": [amount for _offer, amount in uses],
    }
    try:
        with connection.cursor() as cursor:
            cursor.execute(USE_SQL, params)
    except IntegrityError as error:
        if _constraint_of(error) in LIMITS:
            raise Conflict(
                "offer_used_up", _("An offer was used up while you were ordering.")
            ) from error
        raise


def confirm_offers(order_id: int) -> None:
    """The order is paid: its held uses are used. One statement."""
    _execute(CONFIRM_SQL, {"order": order_id})


def release_offers(order_id: int) -> None:
    """The order is called off: its uses go back, once. One statement."""
    _execute(RELEASE_SQL, {"order": order_id})


def retake_offers(order_id: int) -> bool:
    """An order that had been given up is paid after all: its released uses are used again.

    All of them or none; returns whether there were enough left (true when it has none).
    """
    with connection.cursor() as cursor:
        cursor.execute(RETAKE_SQL, {"order": order_id})
        (enough,) = cursor.fetchone()
    return bool(enough)


def forget_customer(profile_id: int) -> None:
    """Takes a person who left out of the uses; the counts stay."""
    _execute(FORGET_SQL, {"customer": customer_of(profile_id, "")})


def _execute(sql: str, params: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def _constraint_of(error: IntegrityError) -> str:
    diagnosis = getattr(error.__cause__, "diag", None)
    return str(getattr(diagnosis, "constraint_name", ""))


USE_SQL = """
WITH wanted AS (
  SELECT * FROM unnest(%(offers)s::bigint[], %(amounts)s::bigint[]) AS w (offer_id, amount_minor)),
locked AS (
  SELECT o.id, o.limit_per_customer FROM sales_offer o
  WHERE o.id = ANY(%(offers)s::bigint[]) ORDER BY o.id FOR NO KEY UPDATE),
counted AS (
  UPDATE sales_offer o SET uses = o.uses + 1 FROM locked WHERE o.id = locked.id),
counted_for_customer AS (
  INSERT INTO sales_offercustomer AS c (offer_id, customer, uses, most)
  SELECT id, %(customer)s, 1, limit_per_customer FROM locked ORDER BY id
  ON CONFLICT (offer_id, customer) DO UPDATE SET uses = c.uses + 1, most = excluded.most)
INSERT INTO sales_offeruse (order_id, offer_id, customer, amount_minor, status)
SELECT %(order)s, offer_id, %(customer)s, amount_minor, 'held' FROM wanted
"""

CONFIRM_SQL = """
UPDATE sales_offeruse SET status = 'used' WHERE order_id = %(order)s AND status = 'held'
"""

RELEASE_SQL = """
WITH mine AS (
  SELECT u.id FROM sales_offeruse u JOIN sales_offer o ON o.id = u.offer_id
  WHERE u.order_id = %(order)s AND u.status <> 'released'
  ORDER BY o.id FOR NO KEY UPDATE OF o),
gone AS (
  UPDATE sales_offeruse u SET status = 'released' FROM mine
  WHERE u.id = mine.id AND u.status <> 'released'
  RETURNING u.offer_id, u.customer),
given_to_customer AS (
  UPDATE sales_offercustomer c SET uses = c.uses - 1 FROM gone
  WHERE c.offer_id = gone.offer_id AND c.customer = gone.customer)
UPDATE sales_offer o SET uses = o.uses - 1 FROM gone WHERE o.id = gone.offer_id
"""

# What is read after the lock is the newest, whatever the statement's snapshot says. Who left is no
# customer any more: their use counts in all.
RETAKE_SQL = """
WITH mine AS (
  SELECT u.id, u.offer_id, u.customer, o.limit_per_customer AS most,
    o.limit_total IS NULL OR o.uses < o.limit_total AS room
  FROM sales_offeruse u JOIN sales_offer o ON o.id = u.offer_id
  WHERE u.order_id = %(order)s AND u.status = 'released'
  ORDER BY o.id FOR NO KEY UPDATE OF o),
theirs AS (
  SELECT mine.most IS NULL OR c.uses < mine.most AS room
  FROM mine
  JOIN sales_offercustomer c ON c.offer_id = mine.offer_id AND c.customer = mine.customer
  ORDER BY c.offer_id FOR NO KEY UPDATE OF c),
enough AS (
  SELECT coalesce(bool_and(room), TRUE) AS all_there
  FROM (SELECT room FROM mine UNION ALL SELECT room FROM theirs) AS rooms),
again AS (
  UPDATE sales_offeruse u SET status = 'used' FROM mine, enough
  WHERE u.id = mine.id AND enough.all_there),
counted AS (
  UPDATE sales_offer o SET uses = o.uses + 1 FROM mine, enough
  WHERE o.id = mine.offer_id AND enough.all_there),
counted_for_customer AS (
  UPDATE sales_offercustomer c SET uses = c.uses + 1, most = mine.most FROM mine, enough
  WHERE c.offer_id = mine.offer_id AND c.customer = mine.customer AND enough.all_there)
SELECT all_there FROM enough
"""

FORGET_SQL = """
WITH gone AS (DELETE FROM sales_offercustomer WHERE customer = %(customer)s)
UPDATE sales_offeruse SET customer = '' WHERE customer = %(customer)s
"""
