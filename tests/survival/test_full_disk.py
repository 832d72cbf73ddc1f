"""Survival 14: a disk that is full, connections that are used up: 503 and come back soon, nothing
written by halves, and the same form sent again ends what was begun."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test import Client

from comptoir.catalog.models import Product, Variant
from comptoir.common import clock
from comptoir.common.models import OutboxEvent
from comptoir.sales.jobs import reconcile_payments
from comptoir.sales.links import signed_key
from comptoir.sales.models import BankCharge, Order, OrderLine, Payment
from tests import cast
from tests.sales.buying import work
from tests.sales.machine.books import faults
from tests.web.checkout.sheets import GUEST, fields
from tests.web.visiting import text_of

pytestmark = pytest.mark.django_db(transaction=True)

STOCK = 3
# Where a purchase writes: the order, in one statement; then the bank's own note; then the capture,
# in one statement too.
PLACING = ("sales_order", "sales_orderline", "sales_payment", "catalog_stockitem")
CAPTURING = ("common_outboxevent", "sales_ledgerentry", "sales_ordernumber")
FULL = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER no_room BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION no_room()
"""


@pytest.fixture
def bowl() -> Product:
    return cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=STOCK)


@pytest.fixture
def client() -> Client:
    """A browser, which is shown the page of an error."""
    return Client(raise_request_exception=False, headers={"accept-language": "en"})


@contextmanager
def no_room_for(table: str) -> Iterator[None]:
    """The database itself refuses to write there, as it does when its disk is full."""
    with connection.cursor() as cursor:
        cursor.execute(FULL.format(table=table))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION no_room CASCADE")


def sheet(client: Client, bowl: Product) -> dict[str, str]:
    opened = fields(client.get(f"/products/{bowl.pk}/buy"))
    return {**opened, **GUEST, "pay": "sandbox:card_ok"}


def is_told_to_come_back(answer: Any) -> None:
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "No space left" not in text_of(answer)


def rows() -> dict[str, int]:
    kinds = (Order, OrderLine, Payment, BankCharge, OutboxEvent)
    return {kind.__name__: kind.objects.count() for kind in kinds}


def is_bought_once(answer: Any, variant: Variant) -> None:
    order = Order.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        f"/orders/{signed_key(order.key)}",
    )
    assert (order.status, BankCharge.objects.get().status) == ("paid", "charged")
    assert cast.stock_of(variant) == (STOCK - 1, 0)
    work(letters=False)
    assert faults(at_last=True) == []


@pytest.mark.parametrize("table", PLACING)
def test_no_room_for_the_order_leaves_nothing_of_it(
    client: Client, bowl: Product, table: str
) -> None:
    asked, before = sheet(client, bowl), rows()
    with no_room_for(table):
        is_told_to_come_back(client.post("/checkout", asked))
        assert rows() == before
    assert cast.stock_of(cast.variant_of(bowl)) == (STOCK, 0)
    is_bought_once(client.post("/checkout", asked), cast.variant_of(bowl))


@pytest.mark.parametrize("table", CAPTURING)
def test_no_room_once_the_bank_has_charged_is_made_good_by_the_same_form(
    client: Client, bowl: Product, table: str
) -> None:
    asked, before = sheet(client, bowl), rows()["OutboxEvent"]
    with no_room_for(table):
        is_told_to_come_back(client.post("/checkout", asked))
        _waits_whole(before)
        is_told_to_come_back(client.post("/checkout", asked))
        _waits_whole(before)
    is_bought_once(client.post("/checkout", asked), cast.variant_of(bowl))


def _waits_whole(events: int) -> None:
    """Placed, charged, and not a row of the capture."""
    order, payment = Order.objects.get(), Payment.objects.get()
    assert (order.status, order.number, payment.captured_minor) == ("pending", "", 0)
    assert BankCharge.objects.get().amount_minor == order.total_minor
    assert OutboxEvent.objects.count() == events
    assert faults() == []


def test_no_room_once_the_bank_has_charged_is_made_good_without_the_buyer(
    client: Client, bowl: Product
) -> None:
    asked = sheet(client, bowl)
    with no_room_for("sales_ledgerentry"):
        is_told_to_come_back(client.post("/checkout", asked))
    with clock.travelled(timedelta(minutes=3)):
        reconcile_payments.func(0)
    is_bought_once(client.post("/checkout", asked), cast.variant_of(bowl))


@contextmanager
def one_connection_alone() -> Iterator[None]:
    """The site has one connection to its database, and someone else has it."""
    is_at, site = connection.settings_dict, "comptoir_crowded"
    with connection.cursor() as cursor:
        cursor.execute("SELECT FROM pg_roles WHERE rolname = %s", [site])
        if cursor.fetchone() is not None:  # of a test that was killed
            _forget(site)
        cursor.execute(f"CREATE ROLE {site} LOGIN PASSWORD 'crowded' CONNECTION LIMIT 1")
        cursor.execute(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {site}")
        cursor.execute(f"GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO {site}")
    before = {name: is_at[name] for name in ("USER", "PASSWORD")}
    where = {"host": is_at["HOST"], "port": is_at["PORT"] or None, "dbname": is_at["NAME"]}
    try:
        with closing(psycopg.connect(**where, user=site, password="crowded")):
            connection.close()
            is_at.update(USER=site, PASSWORD="crowded")
            yield
    finally:
        connection.close()
        is_at.update(before)
        _forget(site)


def _forget(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP OWNED BY {role}")
        cursor.execute(f"DROP ROLE {role}")


def test_connections_used_up_are_told_and_nothing_is_written(client: Client, bowl: Product) -> None:
    asked, before = sheet(client, bowl), rows()
    with one_connection_alone():
        for answer in (
            client.post("/checkout", asked),
            client.get("/"),
            client.get(f"/products/{bowl.pk}"),
        ):
            is_told_to_come_back(answer)
    assert rows() == before
    is_bought_once(client.post("/checkout", asked), cast.variant_of(bowl))
