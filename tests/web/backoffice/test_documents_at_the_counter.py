"""Invoices, slips and reports, through the doors that lead to them."""

import csv
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from comptoir.catalog.models import Variant
from comptoir.sales.links import signed_key
from comptoir.sales.models import Order, PaymentAccount
from comptoir.sales.services.cancel_order import cancel_by_shop
from comptoir.shops.models import Role
from tests import cast
from tests.sales.after import bought
from tests.sales.buying import at_bank, basket, order_of, work
from tests.web.visiting import browser_of, links, text_of, visitor

pytestmark = pytest.mark.django_db
COUNTER = "/counter/maison_zinc"


@pytest.fixture(autouse=True)
def _money_moves() -> None:
    shop = cast.maison_zinc()
    PaymentAccount.objects.filter(shop=shop).update(is_test=False)


def thing(title: str = "Tire-bouchon", **more: Any) -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), title, stock=50, **more))


def pages_of(response: Any) -> list[str]:
    assert response["Content-Type"] == "application/pdf"
    pages = PdfReader(BytesIO(response.content), strict=True).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def rows_of(response: Any) -> list[dict[str, str]]:
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text)))


def at_work(role: Role) -> Client:
    who = cast.person(role.title(), f"{role}_zinc")
    cast.staff(cast.maison_zinc(), who, role)
    return browser_of(who)


def test_a_guest_has_the_invoice_by_the_link_of_the_order() -> None:
    order = bought((thing(), 1))
    page = visitor().get(f"/orders/{signed_key(order.key)}")
    assert f"/orders/{signed_key(order.key)}/invoice" in links(page)

    (shown,) = pages_of(visitor().get(f"/orders/{signed_key(order.key)}/invoice"))
    assert "Inès Le Goff" in shown
    assert order.number in shown
    assert visitor().get("/orders/another-key/invoice").status_code == 404


def test_a_members_invoice_is_theirs_alone() -> None:
    order = bought((thing(), 1), actor=cast.ines().actor)
    address = f"/orders/{signed_key(order.key)}/invoice"
    assert browser_of(cast.ines()).get(address).status_code == 200
    assert browser_of(cast.malo()).get(address).status_code == 404
    assert visitor().get(address).status_code == 404


def test_what_is_not_paid_has_no_invoice() -> None:
    waiting = order_of(basket((thing(), 1)).sent())
    assert f"/orders/{signed_key(waiting.key)}/invoice" not in links(
        visitor().get(f"/orders/{signed_key(waiting.key)}")
    )
    assert visitor().get(f"/orders/{signed_key(waiting.key)}/invoice").status_code == 404


def test_a_refund_shows_its_credit_note() -> None:
    order = bought((thing(), 1))
    cancel_by_shop(order=order)
    work()
    note = order.invoices.get(kind="credit_note")
    address = f"/orders/{signed_key(order.key)}/documents/{note.number}"
    assert address in links(visitor().get(f"/orders/{signed_key(order.key)}"))
    (shown,) = pages_of(visitor().get(address))
    assert note.number in shown
    other = bought((thing("Bol"), 1))
    assert (
        visitor().get(f"/orders/{signed_key(other.key)}/documents/{note.number}").status_code == 404
    )


def test_slips_and_invoices_of_the_ticked_orders_are_one_file_each() -> None:
    one = bought((thing(options={"Matière": "Laiton"}), 3))
    two = bought((thing("Bol"), 1))
    bought((thing("Carafe"), 1))
    zoe = browser_of(cast.zoe())
    ticked = {"order": [one.number, two.number]}

    slips = pages_of(zoe.get(f"{COUNTER}/slips", ticked))
    assert len(slips) == 2
    assert "3 × Tire-bouchon Laiton" in slips[0]
    assert "3 rue des Lices" in slips[0]
    assert "€" not in "".join(slips)
    invoices = pages_of(zoe.get(f"{COUNTER}/invoices", ticked))
    assert [number in page for number, page in zip(ticked["order"], invoices, strict=True)] == [
        True, True]  # fmt: skip
    assert [page.endswith(" 1") for page in invoices] == [True, True]  # each counts its pages


def test_slips_of_all_that_waits() -> None:
    bought((thing(), 1))
    bought((thing("Bol"), 1))
    for papers in ("slips", "invoices"):
        assert len(pages_of(browser_of(cast.zoe()).get(f"{COUNTER}/{papers}"))) == 2


def test_nothing_to_print_leads_back_to_the_orders() -> None:
    cast.maison_zinc()
    answer = browser_of(cast.zoe()).get(f"{COUNTER}/invoices", {"order": "2020-00001"}, follow=True)
    assert "There is nothing to print" in text_of(answer)


def cancelled() -> Order:
    order = bought((thing("Carafe"), 2))
    cancel_by_shop(order=order)
    work()
    return order_again(order)


def order_again(order: Order) -> Order:
    order.refresh_from_db()
    return order


def sold_at_the_counter() -> Order:
    order = bought((thing("Bol"), 1))
    Order.objects.filter(pk=order.pk).update(delivery_kind="counter")
    return order


def of_files() -> Order:
    order = bought((thing("Patron"), 1))
    order.lines.update(digital=True)
    return order


def test_a_cancelled_order_has_no_packing_slip() -> None:
    order, zoe = cancelled(), browser_of(cast.zoe())
    page = links(zoe.get(f"{COUNTER}/orders/{order.number}"))
    assert not [link for link in page if "slips" in link]
    answer = zoe.get(f"{COUNTER}/slips", {"order": order.number}, follow=True)
    assert "1 order has no packing slip and was left out" in text_of(answer)
    assert answer.redirect_chain[0][0] == f"{COUNTER}/orders"
    assert len(pages_of(zoe.get(f"{COUNTER}/invoices", {"order": order.number}))) == 1


def test_slips_are_of_what_is_packed_alone_and_the_rest_is_said() -> None:
    kept = bought((thing(), 3))
    others = [cancelled(), sold_at_the_counter(), of_files()]
    zoe = browser_of(cast.zoe())
    ticked = {"order": [order.number for order in (kept, *others)]}
    (slip,) = pages_of(zoe.get(f"{COUNTER}/slips", ticked))
    assert kept.number in slip
    assert "3 orders have no packing slip and were left out" in text_of(
        zoe.get(f"{COUNTER}/orders")
    )
    assert len(pages_of(zoe.get(f"{COUNTER}/slips"))) == 1


def test_what_cannot_be_printed_has_no_box_to_tick() -> None:
    basket((thing(), 1)).sent()
    zoe = browser_of(cast.zoe())
    for query in ("", "?state=new"):
        page = text_of(zoe.get(f"{COUNTER}/orders{query}"))
        assert 'id="prints"' not in page
        assert 'name="order"' not in page
    order = cancelled()
    assert f'value="{order.number}"' in text_of(zoe.get(f"{COUNTER}/orders"))
    packer = text_of(at_work(Role.PACKER).get(f"{COUNTER}/orders"))
    assert f'value="{order.number}"' not in packer
    assert 'id="prints"' not in packer


def test_orders_of_another_shop_are_not_printed() -> None:
    order = bought((thing(), 1))
    cast.atelier_brume()
    basile = browser_of(cast.basile())
    for kind in ("slips", "invoices"):
        answer = basile.get(f"/counter/atelier_brume/{kind}", {"order": order.number})
        assert answer.status_code == 302
    assert basile.get(f"/counter/atelier_brume/orders/{order.number}/invoice").status_code == 404


@pytest.mark.parametrize(
    ("role", "slips", "invoices", "reports"),
    [
        (Role.MANAGER, 200, 200, 200),
        (Role.SUPPORT, 200, 200, 404),
        (Role.PACKER, 200, 404, 404),
    ],
)
def test_each_role_prints_what_it_may(role: Role, slips: int, invoices: int, reports: int) -> None:
    order = bought((thing(), 1))
    client, ticked = at_work(role), {"order": order.number}
    assert client.get(f"{COUNTER}/slips", ticked).status_code == slips
    assert client.get(f"{COUNTER}/invoices", ticked).status_code == invoices
    assert client.get(f"{COUNTER}/documents").status_code == invoices
    assert client.get(f"{COUNTER}/orders/{order.number}/invoice").status_code == invoices
    assert client.get(f"{COUNTER}/reports/transactions").status_code == reports


def test_the_list_of_documents_leads_to_each_and_to_the_reports() -> None:
    order = bought((thing(), 1))
    page = browser_of(cast.zoe()).get(f"{COUNTER}/documents")
    number = order.invoices.get().number
    assert f"{COUNTER}/orders/{order.number}/documents/{number}" in links(page)
    assert f"{COUNTER}/reports/dac7" in text_of(page)
    (shown,) = pages_of(
        browser_of(cast.zoe()).get(f"{COUNTER}/orders/{order.number}/documents/{number}")
    )
    assert number in shown


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
