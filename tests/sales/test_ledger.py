"""The chained payment log: what it says, what it refuses, and what it shows."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Sum

from comptoir.sales.models import LedgerCheck, LedgerEntry, Payment
from comptoir.sales.services.cancel_order import cancel_by_shop
from comptoir.sales.services.ledger import append_to_ledger
from comptoir.sales.services.verify_ledger import (
    Broken,
    Fault,
    check_ledgers,
    verify_ledger,
    verify_ledgers,
)
from tests import cast
from tests.sales.buying import at_bank, basket, order_of, payment_of, work
from tests.web.visiting import browser_of, text_of

pytestmark = pytest.mark.django_db

WITHOUT_THE_TRIGGER = (
    "ALTER TABLE sales_ledgerentry DISABLE TRIGGER sales_ledger_append_only; {} ;"
    "ALTER TABLE sales_ledgerentry ENABLE TRIGGER sales_ledger_append_only"
)


def bought(count: int = 1) -> list[Payment]:
    """Purchases at la Maison Zinc, paid."""
    variant = cast.variant_of(cast.product(cast.maison_zinc(), stock=50))
    made = []
    for _ in range(count):
        placed = basket((variant, 1)).sent()
        at_bank(placed, "approve")
        work()
        made.append(payment_of(placed))
    return made


def tampered(sql: str) -> None:
    """What someone with the owner's password could do."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(WITHOUT_THE_TRIGGER.format(sql))


def test_a_purchase_and_its_refund_are_two_links_that_balance() -> None:
    (payment,) = bought()
    cancel_by_shop(order=payment.order)
    work()

    entries = list(LedgerEntry.objects.order_by("sequence"))
    assert [(e.sequence, e.kind, e.amount_minor) for e in entries] == [
        (1, "captured", 1880),
        (2, "refunded", -1880),
    ]
    assert entries[0].previous_hash == ""
    assert entries[1].previous_hash == entries[0].hash
    payment.refresh_from_db()
    total = LedgerEntry.objects.aggregate(sum=Sum("amount_minor"))["sum"]
    assert total == payment.captured_minor - payment.refunded_minor
    assert verify_ledger(payment.order.shop_id) is None


def test_the_database_refuses_to_change_or_remove_an_entry() -> None:
    bought()
    for sql in ("UPDATE sales_ledgerentry SET amount_minor = 1", "DELETE FROM sales_ledgerentry"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(sql)


@pytest.mark.parametrize(
    ("sql", "sequence", "fault"),
    [
        ("UPDATE sales_ledgerentry SET amount_minor = 99 WHERE sequence = 2", 2, Fault.CONTENT),
        ("UPDATE sales_ledgerentry SET at = at - interval '1 day' WHERE sequence = 1", 1,
         Fault.CONTENT),
        ("UPDATE sales_ledgerentry SET previous_hash = hash WHERE sequence = 3", 3, Fault.LINK),
        ("DELETE FROM sales_ledgerentry WHERE sequence = 2", 2, Fault.SEQUENCE),
        ("DELETE FROM sales_ledgerentry WHERE sequence = 3", 3, Fault.END),
        ("DELETE FROM sales_ledgerentry; DELETE FROM sales_ledgerhead", 0, Fault.BALANCE),
    ],
)  # fmt: skip
def test_what_was_altered_is_found(sql: str, sequence: int, fault: Fault) -> None:
    bought(3)
    shop_id = cast.maison_zinc().pk
    assert verify_ledgers().broken == ()

    tampered(sql)

    assert verify_ledger(shop_id) == Broken(shop_id, sequence, fault)
    assert verify_ledgers().broken == (Broken(shop_id, sequence, fault),)


def test_a_payment_changed_behind_the_log_is_found() -> None:
    (payment,) = bought()
    Payment.objects.filter(pk=payment.pk).update(captured_minor=payment.captured_minor - 1)
    broken = verify_ledger(payment.order.shop_id)
    assert broken is not None
    assert broken.fault == Fault.BALANCE


def test_a_sign_that_the_kind_does_not_have_is_refused() -> None:
    (payment,) = bought()
    with pytest.raises(IntegrityError), transaction.atomic():
        append_to_ledger(payment, payment.order.shop_id, LedgerEntry.Kind.CAPTURED, -1)
    assert verify_ledger(payment.order.shop_id) is None


def test_the_command_says_what_is_broken(capsys: pytest.CaptureFixture[str]) -> None:
    bought(2)
    call_command("ledger", "verify")
    assert "2 entries, every link holds." in capsys.readouterr().out

    tampered("UPDATE sales_ledgerentry SET amount_minor = 99 WHERE sequence = 2")
    with pytest.raises(SystemExit, match="Payment logs that do not hold: 1"):
        call_command("ledger", "verify")
    assert f"shop {cast.maison_zinc().pk}: entry 2: content" in capsys.readouterr().out


def test_the_operator_sees_it() -> None:
    bought()
    operator = browser_of(cast.person("Odile", "odile", is_operator=True))
    assert "Checked for the first time tonight" in text_of(operator.get("/operator"))
    check_ledgers()
    assert "1 entry, whole" in text_of(operator.get("/operator"))

    tampered("UPDATE sales_ledgerentry SET amount_minor = 99")
    check_ledgers()
    page = text_of(operator.get("/operator"))
    assert "Altered at entry 1 of La Maison Zinc" in page
    assert "Something needs your hand" in page
    assert LedgerCheck.objects.count() == 2


def test_each_shop_has_its_own_chain() -> None:
    bought()
    pot = cast.variant_of(cast.product(cast.atelier_brume(), "Bol"))
    placed = basket((pot, 1)).sent()
    at_bank(placed, "approve")
    work(after=timedelta(seconds=1))
    assert LedgerEntry.objects.get(order=order_of(placed)).sequence == 1
    assert verify_ledgers().entries == 2
