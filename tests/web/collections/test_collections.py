"""Collections of a shop: chosen products, a rule, an order, a page of their own."""

import pytest

from comptoir.catalog.collections import collection_cards, collections_of
from comptoir.catalog.models import Collection, Product
from comptoir.catalog.services.collections import choose_product, set_collection
from comptoir.common.errors import Conflict, NotVisible, Refused
from comptoir.shops.models import Role
from tests import cast
from tests.web.visiting import browser_of, links, text_of, visitor

pytestmark = pytest.mark.django_db
DESK = "/counter/maison_zinc/collections"


def stocked() -> dict[str, Product]:
    zinc = cast.maison_zinc()
    made = {
        "bowl": cast.product(zinc, "Bol", price_minor=1200),
        "pot": cast.product(zinc, "Cocotte", price_minor=12_000),
        "spoon": cast.product(zinc, "Cuillère", price_minor=300),
    }
    Product.objects.filter(pk=made["bowl"].pk).update(category="Table > Bols", brand="Cap")
    Product.objects.filter(pk=made["spoon"].pk).update(category="Table", brand="Fer & Fils")
    return made


def titles(collection: Collection) -> list[str]:
    return [card.title for card in collection_cards(collection)]


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ({}, []),
        ({"category": "table"}, ["Cuillère", "Bol"]),
        ({"brand": "CAP"}, ["Bol"]),
        ({"most_minor": 1200}, ["Cuillère", "Bol"]),
        ({"category": "Table", "most_minor": 500}, ["Cuillère"]),
    ],
)
def test_a_rule_finds_products(rule: dict[str, object], found: list[str]) -> None:
    stocked()
    made = set_collection(shop=cast.maison_zinc(), collection_id=None, title="T", **rule)  # type: ignore[arg-type]
    assert titles(made) == found


def test_chosen_ones_come_first_in_their_order() -> None:
    made = stocked()
    one = set_collection(
        shop=cast.maison_zinc(), collection_id=None, title="Noël", category="Table"
    )
    for name in ("pot", "bowl"):
        choose_product(collection=one, product_id=made[name].pk)
    assert titles(one) == ["Cocotte", "Bol", "Cuillère"]


def test_other_shops_and_withdrawn_products_stay_out() -> None:
    made = stocked()
    one = set_collection(shop=cast.maison_zinc(), collection_id=None, title="T", most_minor=10**6)
    vase = cast.product(cast.atelier_brume(), "Vase", price_minor=100)
    with pytest.raises(Refused, match="no_such_product"):
        choose_product(collection=one, product_id=vase.pk)
    Product.objects.filter(pk=made["bowl"].pk).update(status="withdrawn")
    assert titles(one) == ["Cuillère", "Cocotte"]
    with pytest.raises(NotVisible):
        set_collection(shop=cast.atelier_brume(), collection_id=one.pk, title="Volée")


def test_titles_and_their_addresses() -> None:
    zinc = cast.maison_zinc()
    one = set_collection(shop=zinc, collection_id=None, title="Pour l'été")
    assert one.slug == "pour-lete"
    set_collection(shop=zinc, collection_id=one.pk, title="Pour l'hiver")
    assert Collection.objects.get().slug == "pour-lete"
    with pytest.raises(Conflict, match="title_taken"):
        set_collection(shop=zinc, collection_id=None, title="Pour l'été")
    with pytest.raises(Refused, match="title_missing"):
        set_collection(shop=zinc, collection_id=None, title=" !! ")


def test_a_title_in_another_script_has_an_address() -> None:
    one = set_collection(shop=cast.maison_zinc(), collection_id=None, title="Зимний чай")
    choose_product(collection=one, product_id=stocked()["bowl"].pk)
    address = f"/@maison_zinc/collections/{one.slug}"
    assert one.slug == "зимний-чай"
    assert "Зимний чай" in text_of(visitor().get(address))


def test_a_shop_makes_one_at_its_desk_and_visitors_find_it() -> None:
    made = stocked()
    desk = browser_of(cast.zoe())
    page = desk.post(DESK, {"title": "Moins de 20 euros", "most": "20"}).headers["Location"]
    desk.post(f"{page}/act", {"add": f"https://x.example/products/{made['pot'].pk}"})
    shown = text_of(visitor().get("/@maison_zinc/collections/moins-de-20-euros"))
    assert shown.index("Cocotte") < shown.index("Cuillère") < shown.index("Bol")
    shop = visitor().get("/@maison_zinc/products")
    assert "/@maison_zinc/collections/moins-de-20-euros" in links(shop)
    desk.post(f"{page}/act", {"hide": str(made["pot"].pk)})
    assert titles(Collection.objects.get()) == ["Cuillère", "Bol"]
    desk.post(DESK, {"title": "Neuf"})
    desk.post(f"{page}/act", {"move": "down"})
    assert [one.title for one in collections_of(cast.maison_zinc().pk)] == [
        "Neuf",
        "Moins de 20 euros",
    ]
    desk.post(f"{page}/act", {"remove": "yes"})
    assert Collection.objects.get().title == "Neuf"
    assert visitor().get("/@maison_zinc/collections/rien").status_code == 404


def test_packers_make_none() -> None:
    cast.staff(cast.maison_zinc(), cast.malo(), Role.PACKER)
    assert browser_of(cast.malo()).post(DESK, {"title": "T"}).status_code == 404
