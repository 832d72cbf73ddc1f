"""A shop's owner beside its server: opens the shop, lets time pass, and opens the books.

Run by ``test_killed_server`` with the place's own database: ``python -m tests.survival.shop_of_ten
open|wait|close``. Each prints one line of JSON.
"""

import importlib
import json
import sys
from collections import Counter
from datetime import timedelta
from typing import Any

import django

from comptoir.config.database import ensure_database

ensure_database()  # that of the place: its server may be gone
django.setup()

from django.db import connection  # noqa: E402

from comptoir.catalog.models import StockItem  # noqa: E402
from comptoir.common import clock  # noqa: E402
from comptoir.common.models import OutboxEvent  # noqa: E402
from comptoir.sales.jobs import expire_holds, give_back_job, reconcile_payments  # noqa: E402
from comptoir.sales.links import signed_key  # noqa: E402
from comptoir.sales.models import BankCharge, Order, Payment, Refund  # noqa: E402
from comptoir.sales.services.verify_ledger import verify_ledgers  # noqa: E402
from tests import cast  # noqa: E402
from tests.sales.buying import work  # noqa: E402
from tests.sales.machine.books import faults  # noqa: E402

PIECES = 10
QUARTER = timedelta(minutes=20)
GIVE_BACK = """
UPDATE procrastinate_jobs SET status = 'todo', worker_id = NULL
WHERE status = 'doing' AND queueing_lock IS NULL
"""


def open_shop() -> dict[str, Any]:
    """One product of which ``PIECES`` are left."""
    lamp = cast.product(cast.maison_zinc(), "Lampe tempête", stock=PIECES)
    return {"product": lamp.pk}


def wait() -> dict[str, Any]:
    """The jobs of the next twenty minutes, at once; the server may be running."""
    with clock.travelled(QUARTER):
        reconcile_payments.func(0)
        give_back_job.func(0)
        expire_holds.func(0)
    return books()


def close() -> dict[str, Any]:
    """The same once the server is stopped, with what its worker still had to do."""
    _give_back_stalled()
    work(letters=False)
    wait()
    work(letters=False, after=QUARTER)
    return books() | {"faults": faults(at_last=True), "broken": len(verify_ledgers().broken)}


def _give_back_stalled() -> None:
    """What a killed worker had begun, as the next one does once the heart is silent; regular
    jobs come again by themselves."""
    with connection.cursor() as cursor:
        cursor.execute(GIVE_BACK)


def books() -> dict[str, Any]:
    """All that orders, bank, stock, outbox and mail say."""
    item = StockItem.objects.get()
    return {
        "available": item.available,
        "held": item.held,
        "orders": [_of(order) for order in Order.objects.order_by("pk")],
        "unknown_charges": BankCharge.objects.exclude(key__in=_payment_keys()).count(),
        "refunds_due": Refund.objects.filter(status=Refund.Status.DUE).count(),
        "events": OutboxEvent.objects.count(),
        "confirmations": _confirmations(),
    }


def _of(order: Order) -> dict[str, Any]:
    charges = BankCharge.objects.filter(key__in=_payment_keys(order=order))
    return {
        "page": f"/orders/{signed_key(order.key)}",
        "checkout": str(order.checkout_key),
        "email": order.email,
        "status": order.status,
        "number": order.number,
        "pieces": sum(line.quantity for line in order.lines.all()),
        "total": order.total_minor,
        "captured": sum(payment.captured_minor for payment in order.payments.all()),
        "charged": [c.amount_minor for c in charges if c.status == "charged"],
        "given_back": sum(charge.refunded_minor for charge in charges),
    }


def _payment_keys(**which: Any) -> list[str]:
    return [str(key) for key in Payment.objects.filter(**which).values_list("key", flat=True)]


def _confirmations() -> dict[str, int]:
    """How many confirmation mails were queued, by address; the mail server being down, all wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = 'sales.send_letter'")
        found = [args if isinstance(args, dict) else json.loads(args) for (args,) in cursor]
    mail_of = dict(Order.objects.values_list("pk", "email"))
    of_orders = [args["order_id"] for args in found if args["kind"].startswith("order_paid")]
    return dict(Counter(mail_of[order_id] for order_id in of_orders))


DEEDS = {"open": open_shop, "wait": wait, "close": close}


def main() -> None:
    for name in ("comptoir.sales.jobs", "comptoir.common.jobs"):
        importlib.import_module(name)
    print(json.dumps(DEEDS[sys.argv[1]]()))


if __name__ == "__main__":
    main()
