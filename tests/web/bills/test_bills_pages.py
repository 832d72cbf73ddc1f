"""Paying at the counter with a phone, as both sides see it; codes to print and to share."""

from typing import Any
from uuid import uuid4

import pytest
from lxml import html

from comptoir.catalog.services.products import VariantDraft, create_product
from comptoir.sales.models import Bill, Order
from comptoir.shops.models import Role, Shop
from tests import cast
from tests.sales.buying import work
from tests.web.visiting import SCRIPT, browser_of, parsed, text_of, visitor

pytestmark = pytest.mark.django_db(transaction=True)

COUNTER = "/counter/maison_zinc/bills"
ASKED = {"amount": "12,50", "note": "Table 4", "vat_rate_bp": "1000", "minutes": "30"}


@pytest.fixture
def desk() -> Any:
    cast.maison_zinc()
    return browser_of(cast.zoe())


def screen_of(desk: Any, **asked: str) -> str:
    """A new bill; where its screen is."""
    return str(desk.post(COUNTER, {**ASKED, **asked}).headers["Location"])


def phone_page(key: str) -> str:
    return f"/pay/{key}"


def form_of(response: Any) -> dict[str, str]:
    page: Any = html.fromstring(text_of(response))
    (form,) = page.xpath("//section[@id='bill-phone']//form")
    sent = {name: value for name, value in form.form_values() if name != "csrfmiddlewaretoken"}
    return {**sent, "pay": "sandbox:"}  # at the bank’s own page


def test_the_counter_shows_the_amount_and_the_code(desk: Any) -> None:
    screen = screen_of(desk)
    page = desk.get(screen)
    bill = Bill.objects.get()
    assert "€12.50" in text_of(page)
    assert f"/pay/{bill.key}" in text_of(page)
    assert parsed(page).xpath("//div[@class='bill-code']/*[local-name()='svg']")
    assert "style=" not in text_of(page)
    assert f"{screen}/state" in str(parsed(page).xpath("string(//*[@id='bill-screen']/@hx-get)"))
    assert "http-equiv" in text_of(page)


@pytest.mark.parametrize("regime", ["normal", "franchise"])
def test_vat_is_said_to_be_included_where_there_is_some(desk: Any, regime: str) -> None:
    Shop.objects.update(vat_regime=regime)
    screen_of(desk)
    page = text_of(visitor().get(phone_page(Bill.objects.get().key)))
    assert ("VAT included" in page) == (regime == "normal")
    assert ("art. 293 B" in page) == (regime == "franchise")
    assert "You take it with you: nothing is sent." in page


def test_the_phone_pays_and_the_screen_confirms_by_itself(desk: Any) -> None:
    screen = screen_of(desk)
    key = Bill.objects.get().key
    phone = visitor()
    form = form_of(phone.get(phone_page(key)))
    assert "email" not in form
    state = f"{screen}/state?seen=open"
    assert desk.get(state, headers=SCRIPT).status_code == 204
    bank = phone.post(phone_page(key), form)
    assert bank.status_code == 302
    assert "A phone is paying it now" in text_of(desk.get(state, headers=SCRIPT))
    back = phone.post(bank.headers["Location"], {"choice": "approve"})
    phone.get(back.headers["Location"])
    work()
    seen = desk.get(f"{screen}/state?seen=being_paid", headers=SCRIPT)
    assert "Paid" in text_of(seen)
    assert "every 2s" not in text_of(seen)
    assert "Paid. Thank you!" in text_of(phone.get(phone_page(key)))
    assert "This bill is paid already." in text_of(visitor().get(phone_page(key)))
    assert Order.objects.get().total_minor == 1250
    assert "€12.50" in text_of(desk.get(COUNTER))


def test_another_phone_is_told(desk: Any) -> None:
    screen_of(desk)
    page = phone_page(Bill.objects.get().key)
    first, second = visitor(), visitor()
    forms = form_of(first.get(page)), form_of(second.get(page))
    assert first.post(page, forms[0]).status_code == 302
    told = second.post(page, forms[1])
    assert told.status_code == 409
    assert "Someone else is paying this bill" in text_of(told)
    assert "Your payment is under way." in text_of(first.get(page))


def test_after_a_refused_payment_the_same_phone_tries_again(desk: Any) -> None:
    screen_of(desk)
    page = phone_page(Bill.objects.get().key)
    phone = visitor()
    bank = phone.post(page, form_of(phone.get(page)))
    phone.post(bank.headers["Location"], {"choice": "refuse"})
    work()
    again = phone.post(page, form_of(phone.get(page)))
    assert again.headers["Location"].startswith("/bank/")
    assert Order.objects.count() == 2


def test_a_page_with_an_old_key_says_so_and_pays_with_the_next(desk: Any) -> None:
    """The place's secret was changed since the phone opened it, or somebody wrote another key."""
    screen_of(desk)
    page = phone_page(Bill.objects.get().key)
    phone = visitor()
    form = form_of(phone.get(page))
    for key in ("", "9" * 400, f"{uuid4()}:{'x' * 43}"):
        told = phone.post(page, {**form, "checkout_key": key})
        assert told.status_code == 422
        assert "This sheet is too old" in text_of(told)
        assert form_of(told)["checkout_key"] not in {"", key}
    assert phone.post(page, form_of(told)).headers["Location"].startswith("/bank/")
    assert "Your payment is under way." in text_of(phone.get(page))


def test_products_are_put_on_a_bill(desk: Any) -> None:
    bowl = cast.product(cast.maison_zinc(), "Bol", price_minor=2400)
    screen = screen_of(desk, amount="", **{f"variant-{cast.variant_of(bowl).pk}": "2"})
    page = text_of(desk.get(screen))
    assert "€48.00" in page
    assert "2 × Bol" in page
    assert "2 × Bol" in text_of(visitor().get(phone_page(Bill.objects.get().key)))


def test_each_variant_that_is_there_can_be_chosen(desk: Any) -> None:
    drafts = [
        VariantDraft(price_minor=price, stock=stock, options={"size": size})
        for price, stock, size in ((3500, 4, "M"), (3900, 2, "L"), (4200, 0, "XL"))
    ]
    apron = create_product(
        shop=cast.maison_zinc(), title="Tablier", description="", variants=drafts
    )
    medium, large, _gone = apron.variants.order_by("pk")
    names = parsed(desk.get(COUNTER)).xpath("//input[starts-with(@name, 'variant-')]/@name")
    assert names == [f"variant-{medium.pk}", f"variant-{large.pk}"]
    chosen = {names[0]: "1", names[1]: "2", "variant-x": "3", "variant-": "1"}
    screen = text_of(desk.get(screen_of(desk, amount="", **chosen)))
    assert "€113.00" in screen
    assert "2 × Tablier · L" in screen
    elsewhere = cast.variant_of(cast.product(cast.atelier_brume(), "Vase"))
    refused = desk.post(COUNTER, {**ASKED, f"variant-{elsewhere.pk}": "1"})
    assert refused.status_code == 422


@pytest.mark.parametrize("typed", ["1000", "-1", "1,5", "deux"])
def test_a_number_of_pieces_that_is_none_is_not_passed_over(desk: Any, typed: str) -> None:
    """The amount beside it would be asked for alone."""
    cup = cast.variant_of(cast.product(cast.maison_zinc(), "Tasse", stock=10))
    name = f"variant-{cup.pk}"
    refused = desk.post(COUNTER, {**ASKED, name: typed})
    assert refused.status_code == 422
    assert "Write a number of pieces such as 1." in text_of(refused)
    (number,) = parsed(refused).xpath(f"//details[@open]//input[@name='{name}']")
    assert (number.get("value"), number.get("aria-invalid")) == (typed, "true")
    assert not Bill.objects.exists()
    assert desk.post(COUNTER, {**ASKED, name: " "}).status_code == 302


def test_behind_tls_the_key_of_a_phone_stays_on_it(desk: Any, settings: Any) -> None:
    settings.SESSION_COOKIE_SECURE = True
    screen_of(desk)
    key = Bill.objects.get().key
    cookie = visitor().get(phone_page(key)).cookies[f"bill_{key}"]
    assert (cookie["secure"], cookie["httponly"]) == (True, True)


def test_the_buyer_types_the_amount_at_the_standing_code(desk: Any) -> None:
    cast.product(cast.maison_zinc(), "Livre", vat_rate_bp=550)
    sign = text_of(desk.get(f"{COUNTER}/sign"))
    assert "/@maison_zinc/pay" in sign
    phone = visitor()
    typed = phone.post("/@maison_zinc/pay", {"amount": "7,30"})
    bill = Bill.objects.get()
    assert typed.headers["Location"] == phone_page(bill.key)
    assert (bill.amount_minor, bill.by_id, bill.variant.product.vat_rate_bp) == (730, None, 550)
    assert "Typed by the buyer" in text_of(desk.get(COUNTER))
    for wrong in ("", "0", "-3", "beaucoup", "1e9"):
        assert phone.post("/@maison_zinc/pay", {"amount": wrong}).status_code == 422


def test_a_bill_is_cancelled_at_the_counter(desk: Any) -> None:
    screen = screen_of(desk)
    desk.post(f"{screen}/cancellation")
    page = phone_page(Bill.objects.get().key)
    assert "The shop has cancelled this bill." in text_of(visitor().get(page))


def test_who_may_take_payments(desk: Any) -> None:
    screen = screen_of(desk)
    cast.staff(cast.maison_zinc(), cast.malo(), Role.PACKER)
    cast.staff(cast.maison_zinc(), cast.ines(), Role.SUPPORT)
    assert browser_of(cast.malo()).get(screen).status_code == 200
    assert browser_of(cast.ines()).get(screen).status_code == 404
    cast.atelier_brume()
    foreign = screen.replace("maison_zinc", "atelier_brume")
    assert browser_of(cast.basile()).get(foreign).status_code == 404


def test_a_product_has_a_code_to_print() -> None:
    bowl = cast.product(cast.maison_zinc(), "Bol")
    page = text_of(visitor().get(f"/products/{bowl.pk}/code"))
    assert f"/products/{bowl.pk}" in page
    assert "<svg" in page


def test_a_search_for_products_keeps_what_the_bill_has_and_opens_none() -> None:
    cup, towel = (
        cast.variant_of(cast.product(cast.maison_zinc(), title, price_minor=1000, stock=10))
        for title in ("Tasse", "Torchon")
    )
    zoe, address = browser_of(cast.zoe()), "/counter/maison_zinc/bills"
    bill = {"vat_rate_bp": "2000", "minutes": "30", "amount": "7,5", "note": "Table 4"}
    for sought in ({"q": "torchon"}, {"q": "torchon", "q_shown": "torchon", "search": "1"}):
        page = parsed(zoe.post(address, {**bill, f"variant-{cup.pk}": "2", **sought}))
        (form,) = page.xpath("//form[@id='bill-form']")
        kept = dict(form.form_values())
        assert {"amount": "7,5", "note": "Table 4", "q_shown": "torchon"}.items() <= kept.items()
        assert (kept[f"variant-{cup.pk}"], kept[f"variant-{towel.pk}"]) == ("2", "0")
        assert not Bill.objects.exists()
    zoe.post(address, {**kept, "q": "torchon", f"variant-{towel.pk}": "1"})
    lines = Bill.objects.get().lines.values_list("variant", "quantity")
    assert dict(lines) == {cup.pk: 2, towel.pk: 1}


def test_a_product_named_twice_is_on_the_bill_once_with_both_numbers() -> None:
    cup = cast.variant_of(cast.product(cast.maison_zinc(), "Tasse", price_minor=1000, stock=10))
    form = {"vat_rate_bp": "2000", "minutes": "30", "amount": "", "note": ""}
    twice = {f"variant-{cup.pk}": "1", f"variant-0{cup.pk}": "2"}
    browser_of(cast.zoe()).post("/counter/maison_zinc/bills", {**form, **twice})
    assert Bill.objects.get().lines.get().quantity == 3
