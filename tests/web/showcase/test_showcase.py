"""Showcases: what people and shops put forward, arranged without a script."""

import pytest
from django.db import IntegrityError, transaction

from comptoir.common.errors import Refused
from comptoir.discovery.models import Signal
from comptoir.reviews.models import Showcase
from comptoir.reviews.models.showcase import MOST_SHOWN
from comptoir.reviews.services import hide_product, move_product, show_product
from comptoir.reviews.showcase import shown_by
from comptoir.shops.models import Role
from tests import cast
from tests.common.two_connections import at_once
from tests.web.visiting import browser_of, text_of, visitor, worker_turn

pytestmark = pytest.mark.django_db(transaction=True)


def products(many: int) -> list[int]:
    zinc = cast.maison_zinc()
    return [cast.product(zinc, f"Bol {n}").pk for n in range(many)]


def test_products_are_put_forward_in_one_s_own_order() -> None:
    first, second, third = products(3)
    browser = browser_of(cast.ines())
    for product in (first, second, third):
        browser.post(f"/products/{product}/showcase", {"on": "1"})
    browser.post("/me/showcase", {"up": str(third)})
    browser.post("/me/showcase", {"down": str(first)})
    assert shown_by(cast.ines().profile.pk) == [third, first, second]
    browser.post("/me/showcase", {"hide": str(first)})
    assert shown_by(cast.ines().profile.pk) == [third, second]
    page = text_of(visitor().get("/@ines"))
    assert page.index("Bol 2") < page.index("Bol 1")
    assert "Bol 0" not in page
    assert "Bol 2" in text_of(visitor().get("/@ines/showcase"))


def test_an_address_is_pasted() -> None:
    (bowl,) = products(1)
    browser = browser_of(cast.ines())
    pasted = {"add": f"https://comptoir.example/products/{bowl}?variant=3"}
    assert browser.post("/me/showcase", pasted).status_code == 302
    assert shown_by(cast.ines().profile.pk) == [bowl]
    for wrong in ("", "bonjour", "https://x.example/produits/1", "/products/999999"):
        assert browser.post("/me/showcase", {"add": wrong}).status_code == 422


def test_fifty_and_no_more() -> None:
    mine = cast.ines().profile.pk
    ids = products(MOST_SHOWN + 1)
    for product in ids[:-1]:
        show_product(profile_id=mine, product_id=product)
    with pytest.raises(Refused, match="showcase_full"):
        show_product(profile_id=mine, product_id=ids[-1])
    show_product(profile_id=mine, product_id=ids[0])
    with pytest.raises(IntegrityError, match="showcase_most"), transaction.atomic():
        Showcase.objects.create(profile_id=mine, product_id=ids[-1], position=MOST_SHOWN)


def test_two_windows_at_once_leave_no_gap() -> None:
    mine = cast.ines().profile.pk
    ids = products(4)
    works = [
        lambda product=product: show_product(profile_id=mine, product_id=product) for product in ids
    ]
    assert at_once(works) == [None] * 4
    at_once(
        [
            lambda: hide_product(profile_id=mine, product_id=ids[0]),
            lambda: move_product(profile_id=mine, product_id=ids[1], to=0),
        ]
    )
    places = Showcase.objects.filter(profile=mine).order_by("position")
    assert list(places.values_list("position", flat=True)) == [0, 1, 2]


def test_it_is_no_signal() -> None:
    (bowl,) = products(1)
    browser_of(cast.ines()).post(f"/products/{bowl}/showcase", {"on": "1"})
    worker_turn()
    assert not Signal.objects.exists()


def test_a_shop_s_showcase_is_its_staff_s() -> None:
    (bowl,) = products(1)
    cast.staff(cast.maison_zinc(), cast.malo(), Role.SUPPORT)
    page = "/counter/maison_zinc/showcase"
    assert browser_of(cast.malo()).post(page, {"add": f"/products/{bowl}"}).status_code == 404
    assert browser_of(cast.zoe()).post(page, {"add": f"/products/{bowl}"}).status_code == 302
    assert "Put forward" in text_of(visitor().get("/@maison_zinc"))
    assert page in text_of(browser_of(cast.zoe()).get("/@maison_zinc"))
