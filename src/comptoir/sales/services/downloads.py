"""Files of digital lines: handed over with the payment, taken by the buyer, counted."""

from dataclasses import dataclass

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from comptoir.catalog.models import ProductFile
from comptoir.common import clock
from comptoir.common.errors import NotVisible, Refused
from comptoir.common.states import transition
from comptoir.sales.downloads import OPEN, TAKEABLE
from comptoir.sales.models import Order
from comptoir.sales.services.tallies import lock_order
from comptoir.sales.states import ORDER

MOST_DOWNLOADS = 50


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that a buyer may have now; ``path`` is under ``FILES_ROOT``, ``size`` in bytes."""

    path: str
    name: str
    media_type: str
    size: int


@transaction.atomic
def take_file(*, order: Order, line_id: int, file_id: int) -> Taken:
    """Counts a download of a file of a paid line; ``order`` came through ``access``.

    Raises:
        NotVisible: not a file of that line, or the line was given back.
        Refused: ``not_paid``; ``too_many_downloads``.
    """
    if order.status not in OPEN:
        raise Refused("not_paid", _("The files are there once the order is paid."))
    asked = {"order": order.pk, "line": line_id, "file": file_id, "most": MOST_DOWNLOADS}
    with connection.cursor() as cursor:
        cursor.execute(COUNT, {"now": clock.now(), **asked})
        found = cursor.fetchone()
    if found is None:
        raise NotVisible
    if not found[0]:
        message = _("This file was downloaded %(most)s times. Ask the shop for it.")
        raise Refused("too_many_downloads", message % {"most": MOST_DOWNLOADS})
    file = ProductFile.objects.get(pk=file_id)
    return Taken(file.path, file.name, file.media_type, file.size)


# Says whether it was counted: not when the most is reached; no row when there is nothing to take.
COUNT = f"""
WITH takeable AS (
  SELECT l.id AS line_id, f.id AS file_id {TAKEABLE} AND l.id = %(line)s AND f.id = %(file)s),
counted AS (
  INSERT INTO sales_download AS d (line_id, file_id, count, first_at, last_at)
  SELECT line_id, file_id, 1, %(now)s, %(now)s FROM takeable
  ON CONFLICT (line_id, file_id) DO UPDATE
    SET count = d.count + 1, last_at = greatest(d.last_at, excluded.last_at)
    WHERE d.count < %(most)s
  RETURNING 1)
SELECT EXISTS (SELECT FROM counted) FROM takeable
"""


@transaction.atomic
def hand_over_files(*, order_id: int) -> bool:
    """An order of files alone is delivered by its payment: the files are there.

    Safe to repeat; returns whether the order was one and is delivered now. No letter of its own:
    the confirmation of the order leads to the files.
    """
    if not Order.objects.filter(pk=order_id, delivery_kind="digital").exists():
        return False
    order = lock_order(order_id)
    if order.status != Order.Status.PAID:
        return order.status == Order.Status.DELIVERED
    now = clock.now()
    transition(order, ORDER, Order.Status.SHIPPED, shipped_at=now)
    transition(order, ORDER, Order.Status.DELIVERED, delivered_at=now)
    return True
