"""What is decided at once is said in the sheet; codes, companies, countries and consent."""

from typing import Any

import pytest

from comptoir.catalog.models import Product
from comptoir.sales.links import signed_key
from comptoir.sales.models import Order
from tests import cast
from tests.sales.buying import Counted
from tests.web.checkout.sheets import GUEST, fields, open_sheet, send, total_shown
from tests.web.visiting import SCRIPT, parsed, text_of, visitor

pytestmark = pytest.mark.django_db

AT_ONCE = {"pay": "sandbox:card_ok"}


@pytest.fixture
def bowl() -> Product:
    return cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=5)


def sheet_of(bowl: Product, **changes: str) -> dict[str, str]:
    return {**open_sheet(visitor(), bowl), **GUEST, **AT_ONCE, **changes}


def in_place(sheet: dict[str, str]) -> Any:
    return visitor().post("/checkout", sheet, headers=SCRIPT)


def test_the_usual_way_to_pay_is_chosen(bowl: Product) -> None:
    opened = fields(visitor().get(f"/products/{bowl.pk}/buy"))
    assert opened["pay"] == "sandbox:card_ok"


def test_thanked_in_the_sheet_without_leaving(bowl: Product) -> None:
    answer = in_place(sheet_of(bowl))
    order = Order.objects.get()
    assert answer.status_code == 200
    assert answer.headers["HX-Push-Url"] == f"/orders/{signed_key(order.key)}"
    assert "HX-Redirect" not in answer.headers
    page = text_of(answer)
    assert "<html" not in page
    assert "Thank you!" in page
    assert order.number in page
    assert (order.status, order.total_minor) == ("paid", 2990)


def test_without_a_script_one_is_sent_to_the_order(bowl: Product) -> None:
    sent = visitor().post("/checkout", sheet_of(bowl))
    assert sent.status_code == 303
    assert sent.headers["Location"] == f"/orders/{signed_key(Order.objects.get().key)}"


def test_refused_in_the_sheet_with_all_kept_and_a_new_key(bowl: Product) -> None:
    sheet = sheet_of(bowl, pay="sandbox:card_refused", quantity="2", expected_total="5390")
    refused = in_place(sheet)
    assert refused.status_code == 422
    assert "HX-Push-Url" not in refused.headers
    again = fields(refused)
    assert again["checkout_key"] != sheet["checkout_key"]
    for name in (*GUEST, "quantity", "expected_total", "pay"):
        assert again[name] == sheet[name], name
    assert parsed(refused).xpath("//*[@id='id_pay-error']")
    # Sent once more by a double click, the same order is refused once more, not placed twice.
    assert in_place(sheet).status_code == 422
    assert Order.objects.count() == 1
    assert in_place({**again, **AT_ONCE}).status_code == 200
    assert sorted(Order.objects.values_list("status", flat=True)) == ["cancelled", "paid"]
    assert cast.stock_of(cast.variant_of(bowl)) == (3, 0)


def test_a_provider_with_a_page_of_its_own_is_gone_to(bowl: Product) -> None:
    asked = in_place(sheet_of(bowl, pay="sandbox:card_3ds"))
    assert asked.status_code == 204
    assert asked.headers["HX-Redirect"].startswith("/bank/")


@pytest.mark.parametrize("pay", ["nobody:card", "x" * 81])
def test_a_way_that_is_not_there_is_said_beside(bowl: Product, pay: str) -> None:
    refused = in_place(sheet_of(bowl, pay=pay))
    assert refused.status_code == 422
    assert parsed(refused).xpath("//*[@id='id_pay-error']")
    assert not Order.objects.exists()


def test_a_code_unknown_is_said_and_not_passed_over(bowl: Product) -> None:
    sheet = sheet_of(bowl, code="NOEL")
    asked = in_place(sheet)
    assert asked.status_code == 422
    assert "NOEL" in text_of(asked).upper()
    assert not Order.objects.exists()
    # Seen, and ordered all the same: at the full price that was shown.
    assert in_place(fields(asked)).status_code == 200
    assert Order.objects.get().total_minor == 2990


def test_a_code_that_took_nothing_off_is_taken_out_again_without_a_word(bowl: Product) -> None:
    asked = in_place(sheet_of(bowl, code="NOEL"))
    assert in_place({**fields(asked), "code": ""}).status_code == 200
    assert Order.objects.get().total_minor == 2990


def test_codes_are_applied_without_a_script(bowl: Product) -> None:
    guest = visitor()
    sheet = {**open_sheet(guest, bowl), "code": "NOEL, ete24"}
    applied = guest.post("/checkout/totals", sheet)
    assert fields(applied)["codes_seen"] == "NOEL, ete24"
    assert "is not known here" in text_of(applied)


def test_a_company_is_asked_for_when_it_buys(bowl: Product) -> None:
    refused = in_place(sheet_of(bowl, company="Quincaillerie Morvan", vat_number="FR00123"))
    assert refused.status_code == 422
    assert parsed(refused).xpath("//*[@id='id_vat_number-error']")
    good = in_place({**fields(refused), "vat_number": "FR40303265045"})
    assert good.status_code == 200
    order = Order.objects.get()
    assert (order.company, order.vat_number) == ("Quincaillerie Morvan", "FR40303265045")


def test_no_field_is_more_than_its_form_takes(bowl: Product) -> None:
    long = dict.fromkeys(("company", "vat_number", "code", "city", "country"), "x" * 3000)
    refused = in_place(sheet_of(bowl, **long))
    assert refused.status_code == 422
    assert not Order.objects.exists()


def test_the_withdrawal_right_or_its_exception_is_said(bowl: Product) -> None:
    page = text_of(visitor().get(f"/products/{bowl.pk}/buy"))
    assert "within 14 days" in page
    Product.objects.filter(pk=bowl.pk).update(withdrawal="personalised")
    page = text_of(visitor().get(f"/products/{bowl.pk}/buy"))
    assert "“Bol” is made for you: you cannot withdraw from it." in page
    assert "within 14 days" not in page


def test_the_right_to_withdraw_from_sealed_goods_is_said_with_its_limit(bowl: Product) -> None:
    Product.objects.filter(pk=bowl.pk).update(withdrawal="sealed")
    page = text_of(visitor().get(f"/products/{bowl.pk}/buy"))
    assert "within 14 days" in page
    assert "once opened, you cannot withdraw from it" in page


def test_what_is_given_at_once_is_given_on_express_consent(bowl: Product) -> None:
    Product.objects.filter(pk=bowl.pk).update(withdrawal="digital")
    sheet = sheet_of(bowl)
    assert (sheet["consent_asked"], sheet.get("consent")) == ("1", None)
    refused = in_place(sheet)
    assert refused.status_code == 422
    assert parsed(refused).xpath("//*[@id='id_consent-error']")
    assert not Order.objects.exists()
    assert in_place({**fields(refused), "consent": "on"}).status_code == 200


def test_the_sheet_from_a_card_takes_three_statements(bowl: Product) -> None:
    with Counted() as counted:
        page = visitor().get(f"/products/{bowl.pk}/buy", headers=SCRIPT)
    assert total_shown(page) == "€29.90"
    assert len(counted.statements) <= 3


def test_a_free_order_needs_no_way_to_pay(bowl: Product) -> None:
    gift = cast.product(bowl.shop, "Carte postale", price_minor=0, stock=3)
    guest = visitor()
    opened = {**open_sheet(guest, gift), "delivery": str(cast.pick_up(bowl.shop).pk)}
    sheet = fields(guest.post("/checkout/totals", opened))
    assert total_shown(guest.post("/checkout/totals", opened)) == "€0.00"
    assert send(guest, sheet, email="a@example.org", recipient="Gaël").status_code == 303
