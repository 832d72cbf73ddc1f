"""The sheet where the price without the seller's VAT is charged: what it shows adds up."""

from decimal import Decimal
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from comptoir.catalog.models import Product
from comptoir.sales.models import Order
from tests import cast
from tests.sales.buying import work
from tests.sales.offering import offer
from tests.web.checkout.sheets import GUEST, open_sheet, send, total_shown
from tests.web.visiting import parsed, text_of, visitor

pytestmark = pytest.mark.django_db

SUMS = "//dl[@class='totals']/div[not(contains(@class, 'totals-vat'))]"
ABROAD = {"country": "US", "postcode": "10001", "city": "New York"}


@pytest.fixture
def knife() -> Product:
    made = cast.product(cast.maison_zinc(), "Couteau", price_minor=5813, stock=9)
    cast.zone(cast.maison_zinc(), "Ailleurs", [], is_rest=True)
    return made


def basket_sheet(buyer: Client, made: Product, quantity: int) -> dict[str, str]:
    buyer.post("/basket/lines", {"product": made.pk, "quantity": quantity})
    page = parsed(buyer.get(f"/checkout/new?shop={made.shop_id}"))
    (form,) = page.xpath("//form[@id='checkout']")
    return {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}


def reckoned(buyer: Client, sheet: dict[str, str], **changes: str) -> Any:
    return parsed(buyer.post("/checkout/totals", {**sheet, **changes}))


def amounts(page: Any) -> list[Decimal]:
    """What is listed, the total last."""
    said = [str(each.text_content()) for each in page.xpath(f"{SUMS}/dd")]
    bare = [each.replace("€", "").replace("−", "-").replace("Free", "0") for each in said]
    return [Decimal(each) for each in bare]


def line_sum(page: Any) -> str:
    (said,) = page.xpath("//p[@class='checkout-sum']")
    return str(said.text_content())


def test_the_price_beside_the_picture_is_the_one_that_is_charged(knife: Product) -> None:
    buyer = visitor()
    sheet = open_sheet(buyer, knife)
    for changes, shown in (({}, "€58.13"), (ABROAD, "€48.44")):
        page = reckoned(buyer, sheet, **changes)
        (price,) = page.xpath("//*[@id='checkout-price']//*[@class='price-now']")
        assert price.text_content() == shown


@pytest.mark.parametrize("announced", [True, False])
@pytest.mark.parametrize("quantity", [1, 3])
def test_what_is_listed_comes_to_the_total(knife: Product, announced: bool, quantity: int) -> None:
    offer(knife.shop, name="Fête", value=1900, **({} if announced else {"code": "FETE"}))
    buyer = visitor()
    for sheet in (
        {**open_sheet(buyer, knife), "quantity": str(quantity)},
        basket_sheet(buyer, knife, quantity),
    ):
        typed = {**GUEST, **ABROAD, "code": "" if announced else "FETE"}
        page = reckoned(buyer, sheet, **typed)
        *listed, total = amounts(page)
        assert sum(listed) == total
        assert "Fête" in page.text_content()
        assert "−" in page.xpath(f"string({SUMS}[2])")


def test_it_is_what_is_charged(knife: Product) -> None:
    offer(knife.shop, name="Fête", value=1900)
    buyer = visitor()
    sheet = {**open_sheet(buyer, knife), **GUEST, **ABROAD}
    shown = buyer.post("/checkout/totals", sheet)
    sheet["expected_total"] = parsed(shown).xpath("string(//input[@name='expected_total']/@value)")
    assert send(buyer, sheet).status_code in {302, 303}
    order = Order.objects.get()
    assert (order.tax_scheme, order.vat_minor) == ("export", 0)
    assert total_shown(shown) == f"€{order.total_minor / 100:.2f}"


def test_the_lines_are_taxed_as_the_way_of_delivery_that_is_chosen(knife: Product) -> None:
    """What is fetched bears the shop's own VAT, wherever the buyer lives."""
    buyer = visitor()
    sheet = {**basket_sheet(buyer, knife, 1), **GUEST, **ABROAD}
    fetched = reckoned(buyer, sheet, delivery=str(cast.pick_up(knife.shop).pk))
    assert (line_sum(fetched), amounts(fetched)[0]) == ("€58.13", Decimal("58.13"))
    posted = reckoned(buyer, sheet)
    assert line_sum(posted) == f"€{amounts(posted)[0]}" == "€48.44"


def test_several_lines_are_laid_in_anew_with_the_totals(knife: Product) -> None:
    buyer = visitor()
    basket_sheet(buyer, knife, 1)
    page = parsed(buyer.get(f"/checkout/new?shop={knife.shop_id}"))
    (parts,) = page.xpath("//div[@class='checkout-parts']/@hx-select-oob")
    assert "#checkout-lines" in parts
    assert page.xpath("//ul[@id='checkout-lines']")


@pytest.mark.parametrize("digital", [True, False])
def test_duties_are_asked_for_what_arrives(knife: Product, digital: bool) -> None:
    if digital:
        cast.file_of(knife)
    buyer = visitor()
    page = reckoned(buyer, open_sheet(buyer, knife), **ABROAD)
    assert "No VAT" in page.text_content()
    assert ("Duties may be asked for" in page.text_content()) is not digital
    assert ("export" in page.text_content()) is not digital


def test_files_sold_abroad_are_a_service_on_the_order_and_in_its_letter(knife: Product) -> None:
    cast.file_of(knife)
    buyer = visitor()
    sheet = {**open_sheet(buyer, knife), **GUEST, **ABROAD, "consent": "on"}
    shown = parsed(buyer.post("/checkout/totals", sheet))
    sheet["expected_total"] = shown.xpath("string(//input[@name='expected_total']/@value)")
    page = send(buyer, {**sheet, "pay": "sandbox:card_ok"}).headers["Location"]
    work()
    (letter,) = [each for each in mail.outbox if each.to == [GUEST["email"]]]
    for said in (text_of(buyer.get(page)), letter.body):
        assert "No VAT: service to a customer outside the European Union" in said
        assert "export" not in said
    assert "This is your order" in letter.body
