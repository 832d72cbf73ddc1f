"""The basket over HTTP: guests and members, with and without a script."""

import json
import re

import pytest
from django.test import Client

from comptoir.catalog.models import Product, StockItem, Variant
from comptoir.catalog.services.products import set_price
from comptoir.sales.baskets import basket_page
from comptoir.sales.models import BasketLine
from comptoir.sales.services.basket import holder_of
from tests import cast
from tests.sales.buying import Counted
from tests.web.visiting import SCRIPT, browser_of, parsed, text_of, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def bowl() -> Product:
    return cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=5)


@pytest.fixture
def vase() -> Product:
    return cast.product(cast.atelier_brume(), "Vase", price_minor=4200, stock=1)


def put(client: Client, made: Product, **more: str) -> None:
    assert client.post("/basket/lines", {"product": str(made.pk), **more}).status_code == 302


def count_of(client: Client, path: str = "/everyone") -> str:
    """The number that the frame shows, or '' when it shows none."""
    (badge, *_others) = parsed(client.get(path)).xpath("//*[contains(@class, 'basket-count')]")
    return "" if badge.get("hidden") is not None else str(badge.text_content())


def line_path(made: Product) -> str:
    return f"/basket/lines/{cast.variant_of(made).pk}"


def test_an_empty_basket_teaches_and_sets_no_cookie(db: None) -> None:
    guest = visitor()
    page = text_of(guest.get("/basket"))
    assert "Put things in as you meet them" in page
    assert not [name for name in guest.cookies if "basket" in name]


def test_a_guest_fills_a_basket_from_two_shops(bowl: Product, vase: Product) -> None:
    guest = visitor()
    put(guest, bowl, quantity="2")
    put(guest, vase)
    page = guest.get("/basket")
    names = parsed(page).xpath("//h2[contains(@class, 'basket-name')]")
    assert [name.text_content().strip() for name in names] == ["L'Atelier Brume", "La Maison Zinc"]
    orders = parsed(page).xpath("//a[starts-with(@href, '/checkout/new?shop=')]")
    assert [link.get("href") for link in orders] == [
        f"/checkout/new?shop={vase.shop_id}",
        f"/checkout/new?shop={bowl.shop_id}",
    ]
    assert "€48.00" in text_of(page)
    assert count_of(guest) == "3"
    assert guest.cookies["basket"]["httponly"]


def test_the_count_costs_no_query(bowl: Product) -> None:
    ines = browser_of(cast.ines())
    with Counted() as before:
        ines.get(f"/products/{bowl.pk}")
    put(ines, bowl)
    with Counted() as after:
        assert count_of(ines, f"/products/{bowl.pk}") == "1"
    assert len(after.statements) == len(before.statements)


def test_the_page_is_two_queries_beside_the_session(bowl: Product, vase: Product) -> None:
    ines = browser_of(cast.ines())
    put(ines, bowl)
    put(ines, vase)
    with Counted() as counted:
        ines.get("/basket")
    assert len(counted.statements) <= 4


def test_a_script_is_told_in_one_answer(bowl: Product) -> None:
    answer = visitor().post("/basket/lines", {"product": str(bowl.pk)}, headers=SCRIPT)
    assert answer.status_code == 204
    told = json.loads(answer.headers["HX-Trigger"])
    assert told == {"say": {"text": "“Bol” is in your basket."}, "basketcount": {"pieces": 1}}


def test_of_several_variants_one_is_chosen_on_the_page(bowl: Product) -> None:
    large = Variant.objects.create(product=bowl, price_minor=3000, options={"Size": "large"})
    StockItem.objects.create(variant=large, available=1)
    guest = visitor()
    assert guest.post("/basket/lines", {"product": bowl.pk}).headers["Location"] == (
        f"/products/{bowl.pk}"
    )
    in_place = guest.post("/basket/lines", {"product": bowl.pk}, headers=SCRIPT)
    assert in_place.headers["HX-Redirect"] == f"/products/{bowl.pk}"
    guest.post("/basket/lines", {"variant": large.pk})
    assert "large" in text_of(guest.get("/basket"))


def test_the_form_of_the_product_page_adds_with_the_button_s_own_token(bowl: Product) -> None:
    guest = Client(enforce_csrf_checks=True)
    page = parsed(guest.get(f"/products/{bowl.pk}"))
    (button,) = page.xpath("//button[@form='product-buy']")
    fields = {field.get("name"): field.get("value") for field in page.forms[0].inputs}
    (form,) = page.xpath("//form[@id='product-buy']")
    sent = {**dict(form.form_values()), button.get("name"): button.get("value")}
    assert "csrfmiddlewaretoken" not in dict(form.form_values()), fields
    assert guest.post(button.get("formaction"), sent).status_code == 302
    assert BasketLine.objects.get().variant == cast.variant_of(bowl)


def test_steps_and_typed_quantities_and_taking_out(bowl: Product) -> None:
    guest = visitor()
    put(guest, bowl)
    page = parsed(guest.get("/basket"))
    values = {
        name: page.xpath(f"//button[starts-with(@id, '{name}-')]/@value")[0]
        for name in ("less", "more", "remove")
    }
    assert values == {"less": "0", "more": "2", "remove": "0"}
    assert guest.post(line_path(bowl), {"quantity": "9"}).status_code == 302
    assert "Only 5 pieces" in text_of(guest.get("/basket"))
    assert BasketLine.objects.get().quantity == 5
    for wrong in ("-1", "1000", "NaN", "", "1.5", "9" * 30):
        refused = guest.post(line_path(bowl), {"quantity": wrong})
        assert refused.status_code == 422
        assert "A quantity is a whole number" in text_of(refused)
        (beside,) = parsed(refused).xpath("//input[@aria-invalid='true']")
        assert (beside.get("value"), beside.get("aria-describedby")) == (
            wrong[:20],
            f"count-{cast.variant_of(bowl).pk}-error",
        )
    fragment = guest.post(line_path(bowl), {"quantity": "2"}, headers=SCRIPT)
    assert "<html" not in text_of(fragment)
    assert json.loads(fragment.headers["HX-Trigger"]) == {"basketcount": {"pieces": 2}}
    guest.post(line_path(bowl), {"quantity": "0"})
    assert not BasketLine.objects.exists()
    assert count_of(guest) == ""


def test_in_place_what_is_said_is_told_to_the_frame(bowl: Product) -> None:
    guest = visitor()
    put(guest, bowl)
    guest.get("/basket")  # says that it is in
    for address, form, said in (
        (f"{line_path(bowl)}/later", {"on": "1"}, "Saved for later."),
        (f"{line_path(bowl)}/later", {"on": "0"}, "Back in the basket."),
        (line_path(bowl), {"quantity": "0"}, "“Bol” is taken out."),
    ):
        answer = guest.post(address, form, headers=SCRIPT)
        assert json.loads(answer.headers["HX-Trigger"])["say"] == {"text": said, "bad": False}
        assert said not in text_of(answer)


def test_a_changed_price_is_shown_until_it_was_seen(bowl: Product) -> None:
    guest = visitor()
    put(guest, bowl)
    set_price(
        product=bowl, variant_id=cast.variant_of(bowl).pk, price_minor=2600, sale_price_minor=None
    )
    assert "was €24.00, now €26.00" in text_of(guest.get("/basket"))
    guest.post("/basket/prices")
    assert "was €24.00" not in text_of(guest.get("/basket"))


def test_saved_for_later_and_back(bowl: Product) -> None:
    guest = visitor()
    put(guest, bowl)
    guest.post(f"{line_path(bowl)}/later", {"on": "1"})
    page = text_of(guest.get("/basket"))
    assert "Saved for later" in page
    assert "/checkout/new?shop=" not in page
    assert count_of(guest) == ""
    guest.post(f"{line_path(bowl)}/later", {"on": "0"})
    assert count_of(guest, "/basket") == "1"


def test_signing_in_brings_the_guest_s_basket_along(bowl: Product, vase: Product) -> None:
    ines = cast.ines()
    put(browser_of(ines), bowl)
    guest = visitor()
    put(guest, bowl)
    put(guest, vase)
    signed = guest.post("/accounts/login/", {"login": ines.user.email, "password": cast.PASSWORD})
    assert signed.status_code == 302
    page = basket_page(holder_of(ines.actor, ""))
    assert page.pieces_by_shop == {bowl.shop_id: 2, vase.shop_id: 1}
    assert guest.cookies["basket"].value == ""
    assert count_of(guest) == "3"
    guest.post("/accounts/logout/")
    assert count_of(guest) == ""


def test_someone_new_finds_their_basket_after_choosing_a_handle(bowl: Product) -> None:
    guest = visitor()
    put(guest, bowl)
    guest.post(
        "/accounts/signup/",
        {"email": "new@example.org", "password1": cast.PASSWORD, "password2": cast.PASSWORD},
    )
    assert count_of(guest, "/basket") == "1"
    guest.post("/welcome", {"name": "Nour", "handle": "nour"})
    assert BasketLine.objects.get().basket.owner_id is not None
    assert count_of(guest, "/basket") == "1"


def test_signed_in_by_another_door_nothing_is_lost(bowl: Product) -> None:
    guest = visitor()
    put(guest, bowl)
    ines = cast.ines()
    guest.force_login(ines.user, backend="comptoir.people.authentication.AccountBackend")
    assert "Bol" in text_of(guest.get("/basket", follow=True))
    assert BasketLine.objects.get().basket.owner_id == ines.profile.pk


@pytest.mark.parametrize("forged", ["g:1.1-", "g:1", "7:1.5", "x", "g:" + "1.1-" * 900, "g:-1.2"])
def test_a_forged_count_is_no_count(db: None, forged: str) -> None:
    guest = visitor()
    guest.cookies["basket-count"] = forged
    assert count_of(guest) == ""


def test_one_guest_never_sees_another_s(bowl: Product) -> None:
    put(visitor(), bowl)
    other = visitor()
    for key in ("", "x", "x" * 32, "%00", "' or ''='"):
        other.cookies["basket"] = key
        assert ">Bol<" not in text_of(other.get("/basket"))
        assert other.post(line_path(bowl), {"quantity": "0"}).status_code == 404
    assert BasketLine.objects.get().quantity == 1


def test_every_buy_has_its_basket_button(bowl: Product) -> None:
    page = text_of(visitor().get("/@maison_zinc/products"))
    assert re.search(rf'<button[^>]*name="product" value="{bowl.pk}" data-basket', page)


def test_a_basket_is_shared_from_its_page(bowl: Product) -> None:
    guest = visitor()
    assert not parsed(guest.get("/basket")).xpath("//form[@action='/basket/share']")
    put(guest, bowl, quantity="2")
    assert parsed(guest.get("/basket")).xpath("//form[@action='/basket/share']//button")
    shared = guest.post("/basket/share", follow=True)
    assert "Your basket, to share" in text_of(shared)
    assert "Bol" in text_of(shared)
