"""The shelf at the counter: found, counted, changed with a reason."""

import pytest
from django.test import Client

from comptoir.catalog.models import StockChange, Variant
from comptoir.shops.models import Role
from tests import cast
from tests.sales.buying import Counted, basket
from tests.web.visiting import browser_of, parsed, text_of

pytestmark = pytest.mark.django_db
STOCK = "/counter/maison_zinc/stock"


@pytest.fixture
def bowl() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), "Grand bol", stock=10))


def packer() -> Client:
    cast.staff(cast.maison_zinc(), cast.malo(), Role.PACKER)
    return browser_of(cast.malo())


def form_of(browser: Client, variant: Variant, which: str) -> dict[str, str]:
    """The hidden fields of one of the two forms, as the page shows them."""
    page = parsed(browser.get(f"{STOCK}/{variant.pk}"))
    found = page.xpath(f"//form[contains(@action, '/{which}')]//input[@type='hidden']")
    return {str(box.get("name")): str(box.get("value") or "") for box in found}


def test_the_shelf_lists_what_is_available_held_and_there(bowl: Variant) -> None:
    basket((bowl, 3)).sent()
    cast.product(cast.maison_zinc(), "Sable", stock=None)
    cast.product(cast.maison_zinc(), "Dernier", stock=1)
    cast.product(cast.maison_zinc(), "Fini", stock=0)
    cast.product(cast.atelier_brume(), "Vase", stock=5)
    browser = packer()
    numbers = parsed(browser.get(f"{STOCK}?q=grand")).xpath("//*[@class='shelf-number']/text()")
    assert numbers == ["7", "3", "10"]
    for state, title in {"low": "Dernier", "out": "Fini", "uncounted": "Sable"}.items():
        titles = parsed(browser.get(f"{STOCK}?state={state}")).xpath(
            "//*[@class='order-row-title']/text()"
        )
        assert titles == [title]
    assert "Vase" not in text_of(browser.get(STOCK))


def test_a_count_and_its_history(bowl: Variant) -> None:
    browser = packer()
    sent = {**form_of(browser, bowl, "count"), "counted": "9"}
    page = browser.post(f"{STOCK}/{bowl.pk}/count", sent, follow=True)
    assert cast.stock_of(bowl) == (9, 0)
    shown = text_of(page)
    assert "Saved." in shown
    assert "10 → 9" in shown
    assert "Malo" in shown
    browser.post(f"{STOCK}/{bowl.pk}/count", sent)  # sent twice
    assert StockChange.objects.count() == 1


def test_a_count_of_what_was_sold_meanwhile_is_asked_again(bowl: Variant) -> None:
    browser = packer()
    sent = {**form_of(browser, bowl, "count"), "counted": "10"}
    StockChange.objects.all()
    cast.product(cast.maison_zinc(), "Autre")
    other = {**form_of(browser, bowl, "change"), "delta": "-1", "reason": "lost"}
    browser.post(f"{STOCK}/{bowl.pk}/change", other)
    answer = browser.post(f"{STOCK}/{bowl.pk}/count", sent)
    assert answer.status_code == 409
    assert "moved in the meantime" in text_of(answer)
    seen = parsed(answer).xpath("//input[@name='seen']/@value")
    assert seen == ["9"]
    assert cast.stock_of(bowl) == (9, 0)


def test_a_change_needs_its_reason(bowl: Variant) -> None:
    browser = packer()
    sent = {**form_of(browser, bowl, "change"), "delta": "-2", "reason": "other"}
    answer = browser.post(f"{STOCK}/{bowl.pk}/change", sent)
    assert answer.status_code == 422
    assert "Say the reason" in text_of(answer)
    browser.post(f"{STOCK}/{bowl.pk}/change", {**sent, "words": "Lent to the museum"})
    assert cast.stock_of(bowl) == (8, 0)
    assert "Lent to the museum" in text_of(browser.get(f"{STOCK}/{bowl.pk}"))


def test_more_than_there_is_cannot_go_and_the_number_says_so(bowl: Variant) -> None:
    browser = packer()
    sent = {**form_of(browser, bowl, "change"), "delta": "-99", "reason": "lost"}
    answer = browser.post(f"{STOCK}/{bowl.pk}/change", sent)
    assert answer.status_code == 422
    page = parsed(answer)
    (told,) = page.xpath("//*[@id='change_delta-error']")
    assert told.text_content() == "There are only 10 on the shelf."
    assert not page.xpath("//*[@role='alert']")
    assert cast.stock_of(bowl) == (10, 0)
    basket((bowl, 3)).sent()
    held = parsed(browser.post(f"{STOCK}/{bowl.pk}/change", {**sent, "delta": "-8"}))
    (told,) = held.xpath("//*[@id='change_delta-error']")
    assert "3 of them are held" in told.text_content()


def test_the_words_say_when_they_are_needed(bowl: Variant) -> None:
    page = parsed(packer().get(f"{STOCK}/{bowl.pk}"))
    (hint,) = page.xpath("//*[@id='change_words-hint']")
    assert hint.text_content() == "Needed for “Something else”, optional otherwise."
    assert not page.xpath("//label[@for='change_words']/*[@class='field-optional']")


def test_ids_of_the_page_are_unique(bowl: Variant) -> None:
    ids = parsed(packer().get(f"{STOCK}/{bowl.pk}")).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_the_list_costs_the_same_however_long() -> None:
    browser, costs = packer(), []
    for many in (2, 12):
        for number in range(many):
            cast.product(cast.maison_zinc(), f"Bol {number}", stock=2)
        with Counted() as counted:
            browser.get(STOCK)
        costs.append(len(counted.statements))
    assert costs[0] == costs[1]
