"""An order, its lines and its payment, its pieces held: one statement, if the pieces are there.

The stock is locked and looked at by the statement itself, so that what many want is locked for as
long as it runs. Alone it is a transaction of its own.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models

from comptoir.common.errors import Conflict
from comptoir.common.rows import array, bigint, the_row
from comptoir.sales.models import Order, Payment
from comptoir.sales.pricing.lines import PricedLine
from comptoir.sales.services.items import Item, sold_out_message

FIELDS = {  # by column
    str(field.column): field.attname
    for field in Order._meta.local_concrete_fields
    if not field.primary_key
}
NUMBERS = [
    str(field.column)
    for field in Order._meta.local_concrete_fields
    if not field.primary_key and isinstance(field, models.IntegerField | models.ForeignKey)
]


def write_order(
    order: Order,
    payment: Payment | None,
    lines: Sequence[PricedLine],
    items: Mapping[int, Item],
    pieces: Mapping[int, int],
) -> None:
    """Writes them, and sets the keys of ``order`` and ``payment``; ``None``: nothing is to be paid.

    ``pieces`` by variant are held. Stock rows are locked in key order, so that two purchases of the
    same things never wait in a circle.

    Raises:
        Conflict: ``sold_out`` (``variant_id``, ``left``): a piece is gone since ``items`` were
            read; nothing is written.
        IntegrityError: the checkout key was used before (``checkout_key``).
    """
    values: dict[str, Any] = {column: getattr(order, name) for column, name in FIELDS.items()}
    values |= {column: bigint(values[column]) for column in NUMBERS}
    values["lines"] = json.dumps(
        [_line(place, line, items[line.variant_id]) for place, line in enumerate(lines)]
    )
    values["wanted"], values["pieces"] = array(pieces), array(pieces.values())
    values["payment_key"] = payment.key if payment is not None else None
    values["provider"] = payment.provider if payment is not None else ""
    values["account"] = bigint(payment.account_id) if payment is not None else None
    order.pk, payment_id, lacking, left = the_row(WRITE, values)
    if lacking is not None:
        message = sold_out_message(items[lacking].title, left)
        raise Conflict("sold_out", message, variant_id=lacking, left=left)
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


# A row that another purchase changed meanwhile is read anew once it is locked, here and where it is
# counted: ``there`` is what the shelf has, and not what the statement saw when it began.
WRITE = f"""
WITH wanted AS (
  SELECT * FROM unnest(%(wanted)s::bigint[], %(pieces)s::int[]) AS w (item, pieces)),
there AS (
  SELECT s.variant_id AS item, wanted.pieces, s.tracked, s.available,
    CASE WHEN s.tracked THEN s.available >= wanted.pieces ELSE s.in_stock END AS enough
  FROM wanted JOIN catalog_stockitem s ON s.variant_id = wanted.item
  ORDER BY s.variant_id
  FOR NO KEY UPDATE OF s),
placed AS (
  INSERT INTO sales_order ({", ".join(FIELDS)})
  SELECT {", ".join(f"%({column})s" for column in FIELDS)}
  WHERE (SELECT bool_and(enough) FROM there)
  RETURNING id),
written AS (
  INSERT INTO sales_orderline (order_id, variant_id, product_id, position, title, options,
    quantity, unit_minor, discount_minor, vat_rate_bp, total_minor, vat_minor, weight_grams,
    digital, withdrawal, counted)
  SELECT placed.id, line.*, there.tracked
  FROM placed, json_to_recordset(%(lines)s) AS line (variant_id bigint, product_id bigint,
    position int, title text, options text, quantity int, unit_minor bigint,
    discount_minor bigint, vat_rate_bp int, total_minor bigint, vat_minor bigint,
    weight_grams int, digital boolean, withdrawal text)
  JOIN there ON there.item = line.variant_id),
held AS (
  UPDATE catalog_stockitem s
  SET available = s.available - there.pieces, held = s.held + there.pieces
  FROM placed, there WHERE s.variant_id = there.item AND there.tracked),
asked AS (
  INSERT INTO sales_payment (key, order_id, provider, account_id, reference, redirect_url, status,
    failure, currency, amount_minor, captured_minor, refunded_minor, refund_due_minor, created_at)
  SELECT %(payment_key)s, placed.id, %(provider)s, %(account)s, '', '', 'created', '', %(currency)s,
    %(total_minor)s, 0, 0, 0, %(placed_at)s
  FROM placed WHERE %(payment_key)s::uuid IS NOT NULL
  RETURNING id)
SELECT (SELECT id FROM placed), (SELECT id FROM asked), lacking.item, lacking.left
FROM (VALUES (1)) AS one LEFT JOIN LATERAL (
  SELECT item, CASE WHEN tracked THEN available ELSE 0 END AS left
  FROM there WHERE NOT enough ORDER BY item LIMIT 1) AS lacking ON TRUE
"""
