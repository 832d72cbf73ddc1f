"""An order, its lines, its held pieces and its payment: one statement."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import connection

from comptoir.sales.models import Order, Payment
from comptoir.sales.pricing.lines import PricedLine
from comptoir.sales.services.items import Item

FIELDS = {  # by column
    str(field.column): field.attname
    for field in Order._meta.local_concrete_fields
    if not field.primary_key
}


def write_order(
    order: Order,
    payment: Payment | None,
    lines: Sequence[PricedLine],
    items: Mapping[int, Item],
    pieces: Mapping[int, int],
) -> None:
    """Writes them, and sets the keys of ``order`` and ``payment``; ``None``: nothing is to be paid.

    ``pieces`` by variant are held: the caller locked and checked them.

    Raises:
        IntegrityError: the checkout key was used before (``checkout_key``), or an item has fewer
            pieces (``stock_available``).
    """
    held = [(v, n) for v, n in pieces.items() if items[v].tracked]
    values: dict[str, Any] = {column: getattr(order, name) for column, name in FIELDS.items()}
    values["lines"] = json.dumps(
        [_line(place, line, items[line.variant_id]) for place, line in enumerate(lines)]
    )
    values["held"], values["pieces"] = [v for v, _n in held], [n for _v, n in held]
    values["payment_key"] = payment.key if payment is not None else None
    values["provider"] = payment.provider if payment is not None else ""
    values["account"] = payment.account_id if payment is not None else None
    with connection.cursor() as cursor:
        cursor.execute(WRITE, values)
        order.pk, payment_id = cursor.fetchone()
    order._state.adding = False
    if payment is not None:
        payment.pk, payment.order_id = payment_id, order.pk
        payment._state.adding = False


def _line(position: int, line: PricedLine, item: Item) -> dict[str, Any]:
    return {
        "variant_id": line.variant_id,
        "product_id": item.product_id,
        "position": position,
        "title": item.title,
        "options": item.options,
        "quantity": line.quantity,
        "unit_minor": line.unit_minor,
        "discount_minor": line.discount_minor,
        "vat_rate_bp": line.vat_rate_bp,
        "total_minor": line.total_minor,
        "vat_minor": line.vat_minor,
        "weight_grams": line.weight_grams or None,
        "digital": line.digital,
        "withdrawal": item.withdrawal,
    }


WRITE = f"""
WITH placed AS (
  INSERT INTO sales_order ({", ".join(FIELDS)})
  VALUES ({", ".join(f"%({column})s" for column in FIELDS)})
  RETURNING id),
written AS (
  INSERT INTO sales_orderline (order_id, variant_id, product_id, position, title, options,
    quantity, unit_minor, discount_minor, vat_rate_bp, total_minor, vat_minor, weight_grams,
    digital, withdrawal)
  SELECT placed.id, line.*
  FROM placed, json_to_recordset(%(lines)s) AS line (variant_id bigint, product_id bigint,
    position int, title text, options text, quantity int, unit_minor bigint,
    discount_minor bigint, vat_rate_bp int, total_minor bigint, vat_minor bigint,
    weight_grams int, digital boolean, withdrawal text)),
wanted AS (
  SELECT item, pieces FROM unnest(%(held)s::bigint[], %(pieces)s::int[]) AS w (item, pieces)),
counted AS (
  UPDATE catalog_stockitem s
  SET available = s.available - wanted.pieces, held = s.held + wanted.pieces
  FROM wanted WHERE s.variant_id = wanted.item),
kept AS (
  INSERT INTO sales_hold (order_id, item_id, quantity, status)
  SELECT placed.id, wanted.item, wanted.pieces, 'active' FROM placed, wanted),
asked AS (
  INSERT INTO sales_payment (key, order_id, provider, account_id, reference, redirect_url, status,
    failure, currency, amount_minor, captured_minor, refunded_minor, refund_due_minor, created_at)
  SELECT %(payment_key)s, placed.id, %(provider)s, %(account)s, '', '', 'created', '', %(currency)s,
    %(total_minor)s, 0, 0, 0, %(placed_at)s
  FROM placed WHERE %(payment_key)s::uuid IS NOT NULL
  RETURNING id)
SELECT placed.id, (SELECT id FROM asked) FROM placed
"""
