"""What the sheet refuses, what it keeps, and what it never believes."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from comptoir.catalog.models import Product, StockItem, Variant
from comptoir.catalog.services.products import set_price, withdraw_product
from comptoir.common.money import show_money
from comptoir.sales.links import signed_key
from comptoir.sales.models import Offer, Order
from comptoir.sales.services.offers import stop_offer
from comptoir.shops.models import Shop
from comptoir.shops.services.admit import close_shop
from tests import cast
from tests.sales.buying import basket
from tests.sales.offering import offer
from tests.web.checkout.sheets import GUEST, fields, open_sheet, send, total_shown
from tests.web.visiting import SCRIPT, browser_of, text_of, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def bowl() -> Product:
    return cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=5)


def errors(response: Any) -> list[str]:
    """What the page says is wrong, in its order."""
    found = re.findall(r'class="(?:field-error|notice is-error)"[^>]*>(.*?)</p>', text_of(response))
    return [re.sub("<[^>]+>", "", text) for text in found]


def test_what_is_missing_is_said_and_the_rest_is_kept(bowl: Product) -> None:
    guest = visitor()
    sheet = open_sheet(guest, bowl)
    refused = send(guest, sheet, **{**GUEST, "email": "not an address", "city": ""})
    assert refused.status_code == 422
    kept = fields(refused)
    assert (kept["email"], kept["recipient"]) == ("not an address", "Gaël Morvan")
    assert kept["checkout_key"] == sheet["checkout_key"]
    wrong = "Write an e-mail address that can receive the confirmation."
    assert errors(refused) == [wrong, "This field is required."]
    refused = send(guest, kept, email="gael@example.org")
    assert errors(refused) == ["This field is required."]
    assert send(guest, fields(refused), city="Brest").status_code == 303


def test_all_that_is_wrong_is_said_at_the_first_try(bowl: Product) -> None:
    guest = visitor()
    wrong = {"quantity": "0", "postcode": "ABC", "country": "FR", "vat_number": "FR12"}
    refused = send(guest, open_sheet(guest, bowl), **wrong)
    needed = "This field is required."
    assert errors(refused) == [
        *("Buy at least one.", needed, needed, needed, "This postcode is not right.", needed),
        "This VAT number is not right: check it, or leave it empty.",
    ]


def test_what_is_fetched_needs_no_address_after_another_mistake(bowl: Product) -> None:
    guest = visitor()
    at_the_shop = str(cast.pick_up(cast.maison_zinc()).pk)
    refused = send(guest, open_sheet(guest, bowl), delivery=at_the_shop, email="gael@example.org")
    assert errors(refused) == ["This field is required."]  # the name


@pytest.mark.parametrize(
    ("quantity", "said"),
    [
        ("0", "Buy at least one."),
        ("-2", "Buy at least one."),
        ("1.5", "Write a whole number."),
        ("", "Write a whole number."),
        ("1000", "At most 999 in one order."),
    ],
)
@pytest.mark.parametrize("headers", [{}, SCRIPT])
def test_totals_say_that_a_quantity_is_none_and_nothing_of_the_rest(
    bowl: Product, quantity: str, said: str, headers: dict[str, str]
) -> None:
    guest = visitor()
    typed = {**open_sheet(guest, bowl), "email": "gael@", "quantity": quantity}
    shown = guest.post("/checkout/totals", typed, headers=headers)
    assert (shown.status_code, errors(shown)) == (200, [said])
    assert fields(shown).get("quantity", "") == quantity
    # A field that was left is not gone back to in place.
    assert ("autofocus" in text_of(shown)) is not bool(headers)


def test_a_wrong_postcode_is_said_beside_it(bowl: Product) -> None:
    guest = visitor()
    refused = send(guest, open_sheet(guest, bowl), **{**GUEST, "postcode": "ABC"})
    assert refused.status_code == 422
    assert 'id="id_postcode-error"' in text_of(refused)


@pytest.mark.parametrize(
    "quantity", ["-1", "0", "1000", "99999999999999999999", "1.5", "NaN", "1e3", "", "1;2", "٣½"]
)
def test_a_quantity_that_is_none_is_refused(bowl: Product, quantity: str) -> None:
    guest = visitor()
    refused = send(guest, open_sheet(guest, bowl), **GUEST, quantity=quantity)
    assert refused.status_code == 422
    assert not Order.objects.exists()
    assert cast.stock_of(cast.variant_of(bowl)) == (5, 0)


@pytest.mark.parametrize("quantity", ["-1", "0", "NaN", "1e3", "1000"])
def test_a_sheet_does_not_open_on_such_a_quantity(bowl: Product, quantity: str) -> None:
    address = f"/checkout/new?variant={cast.variant_of(bowl).pk}&quantity={quantity}"
    assert visitor().get(address).status_code == 404


@pytest.mark.parametrize("sent", [{"variant": ""}, {"variant": "", "lines": ""}, {}])
def test_a_sheet_of_nothing_orders_nothing(bowl: Product, sent: dict[str, str]) -> None:
    guest = visitor()
    sheet = {**open_sheet(guest, bowl), **GUEST}
    bare = {name: value for name, value in sheet.items() if name != "variant"}
    assert guest.post("/checkout", {**bare, **sent}).status_code == 404
    assert not Order.objects.exists()


def test_a_price_from_the_client_counts_for_nothing(bowl: Product) -> None:
    guest = visitor()
    sheet = {**open_sheet(guest, bowl), **GUEST}
    refused = send(guest, sheet, expected_total="1", price="1", unit_minor="1", total="1")
    assert refused.status_code == 422
    assert not Order.objects.exists()
    sent = send(guest, sheet, price="1", unit_minor="1", total_minor="1")
    assert sent.status_code == 303
    assert Order.objects.get().total_minor == 2990


def test_a_changed_price_is_shown_and_asked_again(bowl: Product) -> None:
    guest = visitor()
    sheet = {**open_sheet(guest, bowl), **GUEST}
    set_price(
        product=bowl, variant_id=cast.variant_of(bowl).pk, price_minor=2600, sale_price_minor=None
    )
    asked = send(guest, sheet)
    assert asked.status_code == 422
    assert "It went up by €2.00." in text_of(asked)
    assert total_shown(asked) == "€31.90"
    assert not Order.objects.exists()
    assert send(guest, fields(asked)).status_code == 303
    assert Order.objects.get().total_minor == 3190


def dearer_to_send(at: Shop) -> None:
    method = cast.by_post(at)
    method.price_minor += 200
    method.save()


def offer_over(at: Shop) -> None:
    stop_offer(offer=Offer.objects.get(shop=at))


def offer_begun(at: Shop) -> None:
    offer(at, kind="amount", value=300)


@pytest.mark.parametrize(
    ("meanwhile", "moved", "asked"),
    [
        (dearer_to_send, "It went up by €2.00.", "€31.90"),
        (offer_over, "It went up by €2.00.", "€29.90"),
        (offer_begun, "It went down by €3.00.", "€26.90"),
    ],
)
def test_a_total_that_moved_without_any_price_is_called_so(
    bowl: Product, meanwhile: Callable[[Shop], None], moved: str, asked: str
) -> None:
    """Between seeing and ordering: what sending costs, and what offers take off."""
    at = cast.maison_zinc()
    if meanwhile is offer_over:
        offer(at, kind="amount", value=200)
    guest = visitor()
    sheet = open_sheet(guest, bowl)
    meanwhile(at)
    refused = send(guest, sheet, **GUEST)
    assert (refused.status_code, Order.objects.count()) == (422, 0)
    said = "The total has changed since you looked. Please look at the new one."
    assert errors(refused) == [f"{said} {moved}"]
    assert total_shown(refused) == asked
    assert "price" not in " ".join(errors(refused))
    assert send(guest, fields(refused)).status_code == 303
    assert show_money(Order.objects.get().total_minor, "EUR", "en") == asked


def test_sold_out_meanwhile_it_says_how_many_are_left(bowl: Product) -> None:
    guest = visitor()
    sheet = {**open_sheet(guest, bowl), **GUEST, "quantity": "3"}
    three = fields(guest.post("/checkout/totals", sheet))
    basket((cast.variant_of(bowl), 3)).sent()
    refused = send(guest, three)
    assert refused.status_code == 422
    (said,) = errors(refused)
    assert "Only 2 pieces" in said
    assert fields(refused)["recipient"] == "Gaël Morvan"


def test_a_sold_out_product_has_no_form(bowl: Product) -> None:
    StockItem.objects.filter(variant__product=bowl).update(available=0)
    page = text_of(visitor().get(f"/products/{bowl.pk}/buy"))
    assert "Sold out" in page
    assert 'id="checkout"' not in page


def test_another_variant_is_chosen_in_the_sheet(bowl: Product) -> None:
    small = cast.variant_of(bowl)
    Variant.objects.filter(pk=small.pk).update(options={"Size": "small"})
    large = Variant.objects.create(product=bowl, price_minor=3000, options={"Size": "large"})
    StockItem.objects.create(variant=large, available=1)
    guest = visitor()
    sheet = {**open_sheet(guest, bowl), **GUEST, "variant": str(large.pk)}
    chosen = guest.post("/checkout/totals", sheet)
    assert total_shown(chosen) == "€35.90"
    assert send(guest, fields(chosen)).status_code == 303
    assert Order.objects.get().lines.get().options == "large"


def test_a_withdrawn_product_cannot_be_bought(bowl: Product) -> None:
    guest = visitor()
    sheet = {**open_sheet(guest, bowl), **GUEST}
    withdraw_product(product=bowl)
    assert send(guest, sheet).status_code in {404, 422}
    assert not Order.objects.exists()


def test_a_closed_shop_sells_nothing(bowl: Product) -> None:
    operator = cast.person("Odile", "odile", is_operator=True)
    guest = visitor()
    sheet = {**open_sheet(guest, bowl), **GUEST}
    close_shop(actor=operator.actor, handle=bowl.shop.profile.handle)
    refused = send(guest, sheet)
    assert refused.status_code == 422
    assert "This shop does not sell at the moment." in text_of(refused)


def test_a_fragment_is_refused_as_a_fragment(bowl: Product) -> None:
    guest = visitor()
    refused = guest.post("/checkout", open_sheet(guest, bowl), headers=SCRIPT)
    assert refused.status_code == 422
    assert "<html" not in text_of(refused)


def test_another_shop_s_delivery_is_not_offered(bowl: Product) -> None:
    guest = visitor()
    foreign = str(cast.pick_up(cast.atelier_brume()).pk)
    refused = send(guest, open_sheet(guest, bowl), **GUEST, delivery=foreign)
    assert refused.status_code == 422
    assert not Order.objects.exists()


def test_another_s_order_lends_nobody_its_address(bowl: Product) -> None:
    placed = basket((cast.variant_of(bowl), 1), actor=cast.ines().actor).sent()
    again = signed_key(placed.order_key)
    address = f"/checkout/new?variant={cast.variant_of(bowl).pk}&again={again}"
    assert browser_of(cast.malo()).get(address).status_code == 404
    assert "rue des Lices" in text_of(browser_of(cast.ines()).get(address))


def test_html_in_names_is_shown_as_text(bowl: Product) -> None:
    guest = visitor()
    script = "<script>alert(1)</script>"
    sent = send(guest, open_sheet(guest, bowl), **{**GUEST, "recipient": script})
    back = guest.post(sent.headers["Location"], {"choice": "approve"})
    page = text_of(guest.get(back.headers["Location"], follow=True))
    assert script not in page
    assert "&lt;script&gt;" in page
