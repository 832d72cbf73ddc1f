"""Buying over HTTP: the sheet, the order, the bank, the thanks page; as a guest and a member."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.urls import reverse

from comptoir.catalog.models import Product
from comptoir.config.wiring import dispatcher
from comptoir.sales.links import signed_key
from comptoir.sales.models import Order
from comptoir.sales.queries import orders_of_buyer
from tests import cast
from tests.sales.buying import Counted, jobs_waiting, work
from tests.web.checkout.sheets import GUEST, fields, open_sheet, send, total_shown
from tests.web.visiting import SCRIPT, browser_of, parsed, text_of, visitor


@pytest.fixture
def bowl(db: None) -> Product:
    return cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=5)


def test_a_guest_buys_without_an_account(bowl: Product) -> None:
    guest = visitor()
    sent = send(guest, open_sheet(guest, bowl), **GUEST)
    assert sent.status_code == 303
    assert "/bank/" in sent.headers["Location"]
    back = guest.post(sent.headers["Location"], {"choice": "approve"})
    order_page = guest.get(back.headers["Location"], follow=True)
    assert "Thank you!" in text_of(order_page)
    order = Order.objects.get()
    assert (order.status, order.total_minor, order.recipient) == ("paid", 2990, "Gaël Morvan")
    assert order.buyer_id is None
    work()
    assert mail.outbox[0].to == ["gael@example.org"]
    assert reverse("order", args=[order.key]) in mail.outbox[0].body


def test_a_member_finds_their_last_address_again(bowl: Product) -> None:
    ines = cast.ines()
    browser = browser_of(ines)
    first = open_sheet(browser, bowl)
    assert (first["email"], first.get("recipient")) == ("ines@example.org", None)
    assert send(browser, first, **GUEST).status_code == 303
    again = open_sheet(browser, bowl)
    assert {name: again[name] for name in GUEST} == GUEST
    row = orders_of_buyer(ines.profile.pk).rows[0]
    assert f"/orders/{signed_key(row.key)}" in text_of(browser.get("/orders"))


def test_the_button_says_what_the_law_asks(bowl: Product) -> None:
    page = text_of(visitor().get(f"/products/{bowl.pk}/buy"))
    (button,) = re.findall(r'<button[^>]*id="checkout-order"[^>]*>(.*?)</button>', page)
    assert "Order with obligation to pay" in button


def test_the_sheet_is_a_page_and_a_fragment(bowl: Product) -> None:
    page = text_of(visitor().get(f"/products/{bowl.pk}/buy"))
    fragment = text_of(visitor().get(f"/products/{bowl.pk}/buy", headers=SCRIPT))
    assert "<html" in page
    assert "<html" not in fragment
    assert 'id="sheet-title"' in fragment


def test_in_place_the_page_is_sent_on_to_the_bank(bowl: Product) -> None:
    guest = visitor()
    sheet = open_sheet(guest, bowl)
    sent = guest.post("/checkout", {**sheet, **GUEST}, headers=SCRIPT)
    assert sent.status_code == 204
    assert sent.headers["HX-Redirect"].startswith("/bank/")


def test_totals_follow_quantity_and_delivery(bowl: Product) -> None:
    guest, zinc = visitor(), cast.maison_zinc()
    sheet = open_sheet(guest, bowl)
    two = guest.post("/checkout/totals", {**sheet, "quantity": "2", "email": "gael@example.org"})
    assert total_shown(two) == "€53.90"
    assert fields(two)["expected_total"] == "5390"
    assert fields(two)["email"] == "gael@example.org"
    fetched = {**fields(two), "delivery": str(cast.pick_up(zinc).pk)}
    assert total_shown(guest.post("/checkout/totals", fetched)) == "€48.00"
    assert not Order.objects.exists()


def test_fetched_at_the_shop_an_order_needs_no_address(bowl: Product) -> None:
    guest = visitor()
    fetched = {**open_sheet(guest, bowl), "delivery": str(cast.pick_up(bowl.shop).pk)}
    sheet = fields(guest.post("/checkout/totals", fetched))
    assert send(guest, sheet, email="a@example.org", recipient="Gaël").status_code == 303
    assert Order.objects.get().address1 == ""


def test_sent_twice_it_is_one_order(bowl: Product) -> None:
    guest = visitor()
    sheet = {**open_sheet(guest, bowl), **GUEST}
    first, second = send(guest, sheet), send(guest, sheet)
    assert first.headers["Location"] == second.headers["Location"]
    assert Order.objects.count() == 1
    assert cast.stock_of(cast.variant_of(bowl)) == (4, 1)


def test_changed_after_it_was_sent_it_asks_before_a_second_order(bowl: Product) -> None:
    guest = visitor()
    sheet = {**open_sheet(guest, bowl), **GUEST}
    send(guest, sheet)
    refused = send(guest, sheet, recipient="Maud Morvan")
    assert refused.status_code == 422
    assert "already placed an order" in text_of(refused)
    assert send(guest, fields(refused)).status_code == 303
    assert Order.objects.count() == 2


def test_a_free_product_goes_straight_to_its_order(bowl: Product) -> None:
    gift = cast.product(bowl.shop, "Carte postale", price_minor=0, stock=3)
    guest = visitor()
    opened = {**open_sheet(guest, gift), "delivery": str(cast.pick_up(bowl.shop).pk)}
    sheet = fields(guest.post("/checkout/totals", opened))
    sent = send(guest, sheet, email="a@example.org", recipient="Gaël")
    assert sent.headers["Location"] == reverse("order", args=[Order.objects.get().key])
    assert "Thank you!" in text_of(guest.get(sent.headers["Location"]))


def test_tried_again_after_a_refusal_the_address_is_kept(bowl: Product) -> None:
    guest = visitor()
    sent = send(guest, open_sheet(guest, bowl), **GUEST)
    back = guest.post(sent.headers["Location"], {"choice": "refuse"})
    refused = text_of(guest.get(back.headers["Location"], follow=True))
    assert "The bank refused the payment" in refused
    (link,) = re.findall(r'href="(/checkout/new\?[^"]+)"', refused)
    again = fields(guest.get(link.replace("&amp;", "&")))
    assert {name: again[name] for name in GUEST} == GUEST
    assert send(guest, again).status_code == 303


def test_tried_again_the_way_and_the_company_are_kept(bowl: Product) -> None:
    guest = visitor()
    fetched = str(cast.pick_up(bowl.shop).pk)
    company = {"company": "Quincaillerie Morvan", "vat_number": "FR40303265045"}
    sent = send(guest, {**open_sheet(guest, bowl), "delivery": fetched}, **GUEST, **company)
    assert sent.status_code == 422  # the total of this way is shown first
    sent = send(guest, fields(sent))
    back = guest.post(sent.headers["Location"], {"choice": "refuse"})
    refused = text_of(guest.get(back.headers["Location"], follow=True))
    (link,) = re.findall(r'href="(/checkout/new\?[^"]+)"', refused)
    again = fields(guest.get(link.replace("&amp;", "&")))
    assert {**company, "delivery": fetched}.items() <= again.items()


def test_who_signs_in_midway_finds_how_many_and_which_way_again(bowl: Product) -> None:
    guest = visitor()
    fetched = str(cast.pick_up(bowl.shop).pk)
    chosen = {**open_sheet(guest, bowl), "delivery": fetched, "quantity": "3"}
    page = parsed(guest.post("/checkout/totals", chosen, headers=SCRIPT))
    (link,) = page.xpath("//*[@id='checkout-sign-in']/a/@href")
    (onward,) = parse_qs(urlsplit(link).query)["next"]
    again = fields(browser_of(cast.ines()).get(onward))
    assert (again["quantity"], again["delivery"]) == ("3", fetched)
    for odd in ("x", "-1", "9" * 30, "123456"):
        address = f"/checkout/new?variant={cast.variant_of(bowl).pk}&delivery={odd}"
        assert guest.get(address).status_code in {200, 404}


@pytest.mark.django_db(transaction=True)
def test_a_whole_purchase_takes_at_most_thirty_queries() -> None:
    bowl = cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=5)
    guest = visitor()
    with Counted() as counted:
        sheet = open_sheet(guest, bowl, **SCRIPT)
        sent = guest.post("/checkout", {**sheet, **GUEST}, headers=SCRIPT)
        bank = sent.headers["HX-Redirect"]
        guest.get(bank)
        back = guest.post(bank, {"choice": "approve"})
        page = guest.get(back.headers["Location"], follow=True)
    assert "Thank you!" in text_of(page)
    assert len(counted.statements) <= 30
    with Counted() as told:
        dispatcher().deliver_all()
    assert len(jobs_waiting("sales.send_letter")) == 2
    assert len(told.statements) <= 12
    work()
    assert len(mail.outbox) == 2
