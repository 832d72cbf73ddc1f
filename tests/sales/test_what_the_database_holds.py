"""What no service, console or repair script can write: the database itself refuses it."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from comptoir.catalog.models import Variant
from comptoir.sales.models import Order, Payment
from comptoir.sales.services.refund_order import RefundPart, refund_order
from tests import cast
from tests.sales.after import bought, line_of
from tests.sales.buying import work
from tests.sales.offering import offer

pytestmark = pytest.mark.django_db

KEYS = ("id", "key", "checkout_key")
REST = ", ".join(str(f.column) for f in Order._meta.local_concrete_fields if f.column not in KEYS)
A_KEY = "gen_random_uuid()"


def order_again(checkout_key: str) -> str:
    """The same order once more, with another key."""
    return (
        f"INSERT INTO sales_order (key, checkout_key, {REST})"
        f" SELECT {A_KEY}, {checkout_key}, {REST} FROM sales_order"
    )


def payment_again(status: str, times: int) -> str:
    return (
        "INSERT INTO sales_payment (key, order_id, provider, reference, redirect_url, status,"
        " failure, currency, amount_minor, captured_minor, refunded_minor, refund_due_minor)"
        f" SELECT {A_KEY}, id, 'sandbox', '', '', '{status}', '', 'EUR', 1590, 0, 0, 0"
        f" FROM sales_order, generate_series(1, {times})"
    )


USE_AGAIN = """
INSERT INTO sales_offeruse (offer_id, order_id, customer, amount_minor, status)
SELECT offer_id, order_id, customer, 0, 'used' FROM sales_offeruse
"""
LOGGED_AGAIN = """
SELECT sales_ledger_append(o.shop_id, 'refunded', -r.amount_minor, 'EUR', o.id, p.id, r.id)
FROM sales_refund r JOIN sales_payment p ON p.id = r.payment_id
JOIN sales_order o ON o.id = p.order_id
"""
CAPTURED_AGAIN = """
SELECT sales_ledger_append(o.shop_id, 'captured', 1, 'EUR', o.id, p.id, NULL)
FROM sales_payment p JOIN sales_order o ON o.id = p.order_id
"""
LESS = "UPDATE catalog_stockitem SET"
PAID = "UPDATE sales_payment SET"
LINE = "UPDATE sales_linetally SET"
# By which constraint each is refused.
REFUSED = {
    f"{LESS} available = -1": "stock_available",
    f"{LESS} held = -1": "stock_held",
    f"{PAID} captured_minor = amount_minor + 1": "payment_captured",
    f"{PAID} refund_due_minor = captured_minor + 1": "payment_refunded",
    f"{PAID} refunded_minor = refund_due_minor + 1": "payment_refunded",
    f"{PAID} refunded_minor = -1": "payment_refunded",
    payment_again("captured", 1): "payment_captured_once",
    payment_again("created", 2): "payment_one_open",
    f"{LINE} refunded_minor = total_minor + 1": "tally_money",
    f"{LINE} restocked = ordered + 1": "tally_restocked",
    order_again("checkout_key"): "sales_order_checkout_key_key",
    order_again(A_KEY): "order_number_unique",
    "UPDATE sales_order SET paid_at = NULL": "order_status",
    "UPDATE sales_order SET total_minor = total_minor + 1": "order_total",
    "UPDATE sales_offer SET uses = 2": "offer_uses",
    "UPDATE sales_offer SET uses = -1": "sales_offer_uses_check",
    "UPDATE sales_offercustomer SET uses = 2": "offer_customer_uses",
    USE_AGAIN: "offer_use_once",
    CAPTURED_AGAIN: "ledger_captured_once",
    LOGGED_AGAIN: "ledger_refund_balance",
}


@pytest.fixture
def cup() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), "Tasse", price_minor=1000, stock=5))


def test_the_books_cannot_be_written_wrong(cup: Variant) -> None:
    """Of an order of two pieces under an offer of one use, 7.00 were given back."""
    once = {"limit_total": 1, "limit_per_customer": 1}
    offer(cup.product.shop, code="PORT", kind="free_delivery", value=0, **once)
    order = bought((cup, 2), codes=("PORT",))
    part = RefundPart(line_of(order, cup).pk, 1, 700)
    refund_order(order=order, refund_key=uuid4(), parts=[part])
    work()
    assert Payment.objects.get().refunded_minor == 700
    assert {statement: refusal_of(statement) for statement in REFUSED} == REFUSED


def refusal_of(statement: str) -> str:
    """The constraint that it breaks."""
    with (
        pytest.raises(IntegrityError) as refused,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    diagnosis = getattr(refused.value.__cause__, "diag", None)
    return str(getattr(diagnosis, "constraint_name", ""))
