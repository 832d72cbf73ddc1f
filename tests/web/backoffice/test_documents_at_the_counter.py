"""Invoices and slips, through the doors that lead to them."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from comptoir.catalog.models import Variant
from comptoir.sales import documents
from comptoir.sales.links import signed_key
from comptoir.sales.models import Order, PaymentAccount
from comptoir.sales.services.cancel_order import cancel_by_shop
from comptoir.shops.models import Role
from tests import cast
from tests.sales.after import bought
from tests.sales.buying import basket, order_of, work
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


@pytest.mark.parametrize("papers", ["slips", "invoices"])
def test_what_one_file_does_not_hold_is_said(papers: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MOST_AT_ONCE", 2)
    orders = [bought((thing(title), 1)) for title in ("Bol", "Carafe", "Tasse")]
    zoe = browser_of(cast.zoe())
    for ticked in ([], [order.number for order in orders]):
        assert len(pages_of(zoe.get(f"{COUNTER}/{papers}", {"order": ticked}))) == 2
        assert "1 more order is not in the file" in text_of(zoe.get(f"{COUNTER}/orders"))
    zoe.get(f"{COUNTER}/{papers}", {"order": [orders[2].number]})
    assert "not in the file" not in text_of(zoe.get(f"{COUNTER}/orders"))


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
