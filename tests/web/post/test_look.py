"""A look bought as a whole: chosen in one sheet, put into the basket or ordered at once."""

import pytest
from django.test import Client

from comptoir.catalog.models import Product, StockItem
from comptoir.catalog.services.products import VariantDraft, create_product, withdraw_product
from comptoir.posts.models import Post
from comptoir.sales.models import BasketLine, Order
from tests import cast, circle
from tests.catalog.test_price_changes import bowl as old_bowl
from tests.sales.offering import offer
from tests.web.checkout.sheets import GUEST, fields, send, total_shown
from tests.web.visiting import SCRIPT, Answer, parsed, text_of, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def bowl() -> Product:
    return cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=5)


@pytest.fixture
def shirt() -> Product:
    """In two sizes, of which the first one is sold out."""
    sizes = [
        VariantDraft(price_minor=6000, stock=stock, options={"size": size})
        for size, stock in (("M", 0), ("L", 2))
    ]
    at = cast.maison_zinc()
    return create_product(shop=at, title="Chemise", description="", variants=sizes)


@pytest.fixture
def vase() -> Product:
    return cast.product(cast.atelier_brume(), "Vase", price_minor=4200, stock=1)


def opened(client: Client, shown: Post) -> list[tuple[str, str]]:
    """What the look's form would send as it opens."""
    return form_values(client.get(f"/posts/{shown.pk}/look"))


def form_values(answer: Answer) -> list[tuple[str, str]]:
    (form,) = parsed(answer).xpath("//form[@class='look']")
    return [(name, value) for name, value in form.form_values() if name == "variant"]


def chosen(client: Client, shown: Post) -> dict[str, list[str]]:
    return {"variant": [value for _name, value in opened(client, shown)]}


def in_basket() -> dict[str, int]:
    rows = BasketLine.objects.select_related("variant__product")
    return {row.variant.product.title: row.quantity for row in rows}


def test_the_page_of_a_look_leads_to_all_of_it(bowl: Product, shirt: Product) -> None:
    look = circle.says(cast.ines(), "Ma table", bowl, shirt)
    alone = circle.says(cast.ines(), "Un bol", bowl)
    assert f"/posts/{look.pk}/look" in text_of(visitor().get(f"/posts/{look.pk}"))
    assert f"/posts/{alone.pk}/look" not in text_of(visitor().get(f"/posts/{alone.pk}"))
    sizes = {str(each.pk): each for each in shirt.variants.all()}
    sent = [value for _name, value in opened(visitor(), look)]
    assert sent[0] == str(cast.variant_of(bowl).pk)
    assert sizes[sent[1]].options == {"size": "L"}  # the first one that can be had


def test_all_of_it_goes_into_the_basket_once_however_often_it_is_sent(
    bowl: Product, shirt: Product, vase: Product
) -> None:
    look = circle.says(cast.ines(), "Ma table", bowl, shirt, vase)
    guest = visitor()
    guest.post("/basket/lines", {"product": bowl.pk, "quantity": 2})
    form = chosen(guest, look)
    for _time in range(2):
        answer = guest.post("/looks/basket", form, follow=True)
    assert "3 things are in your basket." in text_of(answer)
    assert in_basket() == {"Bol": 2, "Chemise": 1, "Vase": 1}


def test_a_script_is_led_to_the_basket(bowl: Product, vase: Product) -> None:
    guest, look = visitor(), circle.says(cast.ines(), "Ma table", bowl, vase)
    answer = guest.post("/looks/basket", chosen(guest, look), headers=SCRIPT)
    assert (answer.status_code, answer["HX-Redirect"]) == (204, "/basket")
    assert in_basket() == {"Bol": 1, "Vase": 1}


def test_each_that_is_refused_is_named_and_the_rest_is_taken(
    bowl: Product, shirt: Product, vase: Product
) -> None:
    guest, look = visitor(), circle.says(cast.ines(), "Ma table", bowl, shirt, vase)
    form = chosen(guest, look)
    StockItem.objects.filter(variant__product=vase).update(available=0)
    withdraw_product(product=shirt)
    page = text_of(guest.post("/looks/basket", form, follow=True))
    assert "“Vase” is sold out." in page
    assert "“Chemise”: A product is not offered any more." in page
    assert in_basket() == {"Bol": 1}


def test_a_look_of_one_shop_is_ordered_at_once_without_the_basket(
    bowl: Product, shirt: Product
) -> None:
    guest, look = visitor(), circle.says(cast.ines(), "Ma table", bowl, shirt)
    guest.post("/basket/lines", {"product": bowl.pk})
    sheet = guest.post("/looks/checkout", chosen(guest, look), headers=SCRIPT)
    assert total_shown(sheet) == "€84.00"  # free delivery from 60
    done = send(guest, {**fields(sheet), **GUEST, "pay": "sandbox:card_ok"})
    assert done.status_code == 303
    lines = Order.objects.get().lines.order_by("position")
    assert [(line.title, line.quantity) for line in lines] == [("Bol", 1), ("Chemise", 1)]
    # What had been put into the basket before is another matter, and still counted in the header.
    assert in_basket() == {"Bol": 1}
    assert parsed(guest.get("/everyone")).xpath("string((//*[@class='basket-count'])[1])") == "1"


def test_without_a_script_the_sheet_has_an_address(bowl: Product, shirt: Product) -> None:
    guest, look = visitor(), circle.says(cast.ines(), "Ma table", bowl, shirt)
    answer = guest.post("/looks/checkout", chosen(guest, look))
    large = shirt.variants.get(options={"size": "L"})
    lines = f"{cast.variant_of(bowl).pk}.1-{large.pk}.1"
    assert answer["Location"] == f"/checkout/new?lines={lines}"
    assert fields(guest.get(answer["Location"]))["lines"] == lines
    # Signing in leads back to it.
    assert f"lines%3D{lines}" in text_of(guest.get(answer["Location"]))


def test_what_is_sold_meanwhile_is_left_out(bowl: Product, shirt: Product) -> None:
    guest, look = visitor(), circle.says(cast.ines(), "Ma table", bowl, shirt)
    form = chosen(guest, look)
    StockItem.objects.filter(variant__product=shirt).update(available=0)
    sheet = guest.post("/looks/checkout", form, headers=SCRIPT)
    assert fields(sheet)["lines"] == f"{cast.variant_of(bowl).pk}.1"


def test_a_look_of_two_shops_goes_into_the_basket_alone(bowl: Product, vase: Product) -> None:
    look = circle.says(cast.ines(), "Ma table", bowl, vase)
    page = text_of(visitor().get(f"/posts/{look.pk}/look"))
    assert "/looks/basket" in page
    assert "/looks/checkout" not in page


@pytest.mark.parametrize("address", ["/looks/basket", "/looks/checkout"])
@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ([], 422),
        ([""], 422),
        (["x"], 404),
        (["1"] * 101, 404),
        (["9" * 30], 404),
        (["9" * 18], (204, 302, 422)),
    ],
)
def test_what_no_form_sends_is_refused(
    address: str, sent: list[str], status: int | tuple[int, ...]
) -> None:
    answer = visitor().post(address, {"variant": sent})
    assert answer.status_code in (status if isinstance(status, tuple) else (status,))
    assert not BasketLine.objects.exists()


def test_a_look_that_one_may_not_see_is_not_there(bowl: Product, shirt: Product) -> None:
    hidden = circle.says(cast.ines(), "Ma table", bowl, shirt, audience="me")
    assert visitor().get(f"/posts/{hidden.pk}/look").status_code == 404


def sums(answer: Answer) -> list[str]:
    """What the look's sheet says that the ticked things come to."""
    said = parsed(answer).xpath("//*[@id='look-sum']//*[contains(@class, 'totals-sum')]/dd")
    return [str(each.text_content()) for each in said]


def priced(answer: Answer, made: Product) -> str:
    (shown,) = parsed(answer).xpath(f"//*[@id='look-price-{made.pk}']")
    return " ".join(shown.xpath(".//*[@class='price-now' or @class='price-was']/text()"))


def test_the_sheet_says_what_stands_ticked_comes_to(
    bowl: Product, shirt: Product, vase: Product
) -> None:
    guest, look = visitor(), circle.says(cast.ines(), "Ma table", bowl, shirt, vase)
    address = f"/posts/{look.pk}/look"
    form = chosen(guest, look)
    assert sums(guest.get(address)) == ["€126.00"]
    first, *_rest = form["variant"]
    again = guest.post(address, {"variant": [first, ""]}, headers=SCRIPT)
    assert sums(again) == ["€24.00"]
    assert [value for _name, value in form_values(again)] == [first, ""]
    nothing = guest.post(address, {"variant": ["", "x", "9" * 30]})
    assert sums(nothing) == []
    assert "Choose something to buy first." in text_of(nothing)
    assert not BasketLine.objects.exists()


def test_the_sheet_says_prices_under_what_is_announced_and_other_offers_beside(
    shirt: Product,
) -> None:
    made = old_bowl(2000)
    offer(cast.maison_zinc(), name="Twenty", value=2000, product_ids=[made.pk])
    offer(cast.maison_zinc(), name="Five", kind="amount", value=500, minimum_minor=7000)
    guest, look = visitor(), circle.says(cast.ines(), "Ma table", made, shirt)
    opened_sheet = guest.get(f"/posts/{look.pk}/look")
    assert priced(opened_sheet, made) == "€16.00 €20.00"
    assert sums(opened_sheet) == ["€71.00"]
    assert "Five" in text_of(opened_sheet)
    ordered = guest.post("/looks/checkout", chosen(guest, look), headers=SCRIPT)
    assert "€71.00" in text_of(ordered)
    alone = guest.post(f"/posts/{look.pk}/look", {"variant": [str(cast.variant_of(made).pk)]})
    assert sums(alone) == ["€16.00"]
