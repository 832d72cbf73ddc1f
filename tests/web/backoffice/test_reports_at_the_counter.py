"""Reports, through the doors that lead to them."""

import csv
from io import StringIO
from typing import Any

import pytest
from django.test import Client

from comptoir.catalog.models import StockItem, Variant
from comptoir.common import clock
from comptoir.sales.models import LedgerEntry, Order, PaymentAccount
from comptoir.sales.services import expire_orders
from comptoir.sales.services.cancel_order import cancel_by_shop
from comptoir.shops.models import Role, Shop
from tests import cast
from tests.sales.after import bought
from tests.sales.buying import EXPIRED, at_bank, basket, order_of, work
from tests.web.visiting import browser_of, text_of

pytestmark = pytest.mark.django_db
COUNTER = "/counter/maison_zinc"


@pytest.fixture(autouse=True)
def _money_moves() -> None:
    shop = cast.maison_zinc()
    PaymentAccount.objects.filter(shop=shop).update(is_test=False)


def thing(title: str = "Tire-bouchon", **more: Any) -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), title, stock=50, **more))


def rows_of(response: Any) -> list[dict[str, str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def at_work(role: Role) -> Client:
    who = cast.person(role.title(), f"{role}_zinc")
    cast.staff(cast.maison_zinc(), who, role)
    return browser_of(who)


def test_sales_by_day_and_rate() -> None:
    bought((thing(), 1), (thing("Huile", price_minor=1850, vat_rate_bp=550), 2))
    gone = bought((thing("Bol"), 1))
    cancel_by_shop(order=gone)
    work()
    zoe = browser_of(cast.zoe())

    told = rows_of(zoe.get(f"{COUNTER}/reports/transactions"))
    assert {(row["category"], row["vat_rate"], row["transactions"]) for row in told} == {
        ("TLB1", "20.00", "2"),
        ("TLB1", "5.50", "1"),
    }
    paid = rows_of(zoe.get(f"{COUNTER}/reports/payments"))
    came = sum(round(float(row["amount_with_vat"]) * 100) for row in paid)
    assert came == 1290 + 3700 + 590
    of_invoices = sum(float(row["taxable_amount"]) + float(row["vat"]) for row in told)
    assert abs(of_invoices - came / 100) < 0.03


def test_businesses_are_not_among_consumers() -> None:
    placed = basket((thing(), 1)).sent()
    Order.objects.filter(pk=placed.order_id).update(company="Brasserie du Môle")
    at_bank(placed, "approve")
    work()
    assert order_of(placed).invoices.get().buyer["contact"] == "Inès Le Goff"
    assert rows_of(browser_of(cast.zoe()).get(f"{COUNTER}/reports/transactions")) == []


def test_trials_are_not_told() -> None:
    PaymentAccount.objects.update(is_test=True)
    bought((thing(), 1))
    for report in ("transactions", "payments", "dac7"):
        assert rows_of(browser_of(cast.zoe()).get(f"{COUNTER}/reports/{report}")) == []


def test_dac7_of_the_shop_and_of_the_place() -> None:
    bought((thing(), 1))
    gone = bought((thing("Bol"), 1))
    cancel_by_shop(order=gone)
    work()
    cast.atelier_brume()

    (row,) = rows_of(browser_of(cast.zoe()).get(f"{COUNTER}/reports/dac7"))
    assert (row["seller"], row["consideration"], row["activities"], row["fees"]) == (
        "maison_zinc", "18.80", "2", "0.00")  # fmt: skip
    assert row["legal_name"] == cast.trader().legal_name
    assert row["reportable"] == "no"
    operator = browser_of(cast.person("Odile", "odile", is_operator=True))
    assert [one["seller"] for one in rows_of(operator.get("/operator/dac7.csv"))] == ["maison_zinc"]
    assert browser_of(cast.zoe()).get("/operator/dac7.csv").status_code == 404


def test_a_report_that_there_is_not() -> None:
    cast.maison_zinc()
    assert browser_of(cast.zoe()).get(f"{COUNTER}/reports/secrets").status_code == 404


def test_a_month_without_sales_has_its_columns_alone() -> None:
    cast.maison_zinc()
    answer: Any = browser_of(cast.zoe()).get(f"{COUNTER}/reports/payments", {"month": "2021-02"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert text.splitlines() == ["date,currency,category,vat_country,vat_rate,amount_with_vat"]


@pytest.mark.parametrize("month", ["2026-99", "2026", "soon", "2026-02-30"])
def test_a_month_that_is_none_gives_no_file(month: str) -> None:
    manager = at_work(Role.MANAGER)
    for report in ("transactions", "payments", "dac7"):
        address = f"{COUNTER}/reports/{report}"
        assert manager.get(address, {"month": month}).status_code == 404
        assert manager.get(address, {"month": "2026-03"}).status_code == 200
        assert manager.get(address).status_code == 200


@pytest.mark.parametrize("demo", [True, False])
def test_the_reports_say_whether_trials_are_in_them(settings: Any, demo: bool) -> None:
    settings.DEMO = demo
    page = text_of(at_work(Role.MANAGER).get(f"{COUNTER}/documents"))
    assert ("trials at the test bank are in them" in page) == demo
    assert ("Trials at the test bank are not in them" in page) != demo


def test_money_that_came_too_late_is_no_sale() -> None:
    placed = basket((sold := thing(), 1)).sent()
    with clock.travelled(EXPIRED):
        expire_orders()
        StockItem.objects.filter(variant=sold).update(available=0)
        at_bank(placed, "approve")
        work()
    assert LedgerEntry.objects.filter(order=placed.order_id, kind="captured").exists()
    assert rows_of(browser_of(cast.zoe()).get(f"{COUNTER}/reports/dac7")) == []


@pytest.mark.parametrize(("country", "told"), [("RE", "TLB1"), ("BE", "TNT1")])
def test_french_vat_is_that_of_reunion_too(country: str, told: str) -> None:
    Shop.objects.filter(pk=cast.maison_zinc().pk).update(country=country)
    bought((thing(), 1), method=cast.pick_up(cast.maison_zinc()))
    (row,) = rows_of(browser_of(cast.zoe()).get(f"{COUNTER}/reports/transactions"))
    assert (row["category"], row["vat_country"]) == (told, country)
