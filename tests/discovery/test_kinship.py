"""More like this: of what the same people chose, things of its own kind first."""

from itertools import product as pairs

import pytest

from comptoir.catalog.models import Product
from comptoir.discovery.kinship import Kinship, kinship
from comptoir.discovery.suggest import bought_together, like_this
from comptoir.people.actor import ANYONE
from tests import cast, circle
from tests.web.visiting import parsed, visitor

KINDS = {
    "Savon": "Soin > Savons", "Vélo": "Plein air > Vélos", "Baume": "Soin > Baumes",
    "Peigne": "Soin", "Savonnette": "Soin > Savons", "Pot": "",
}  # fmt: skip
OTHERS = ("Savon", "Vélo", "Pot")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Soin > Savons", "Soin > Savons", Kinship.SAME),
        ("Soin > Savons", "Soin > Baumes", Kinship.UNDER_ONE_PARENT),
        ("Soin > Savons", "Soin", Kinship.UNDER_ONE_PARENT),
        ("Maison > Table > Bols", "Maison > Table > Plats", Kinship.UNDER_ONE_PARENT),
        ("Maison > Table > Bols", "Maison > Linge > Nappes", Kinship.OTHER),
        ("Soin", "Soin", Kinship.SAME),
        ("Soin", "Jardin", Kinship.OTHER),
        ("Soin > Savons", "Soins > Savons", Kinship.OTHER),
        ("", "", Kinship.OTHER),
        ("", "Soin", Kinship.OTHER),
    ],
)
def test_kinds_by_the_path_of_the_category(one: str, other: str, expected: Kinship) -> None:
    assert kinship(one, other) == expected == kinship(other, one)


@pytest.fixture
def chosen() -> dict[str, Product]:
    """Malo bought all of it; Ana and Zoé the soap and what is of another kind."""
    zinc, brume = cast.maison_zinc(), cast.atelier_brume()
    found = {}
    for title, category in KINDS.items():
        found[title] = cast.product(zinc if title == "Savon" else brume, title)
        Product.objects.filter(pk=found[title].pk).update(category=category)
    malo, ana, zoe = cast.malo(), cast.person("Ana", "ana"), cast.zoe()
    for one, other in pairs((malo, ana, zoe), repeat=2):
        if one is not other:
            circle.follows(one, other)
    for who, (title, each) in pairs((malo, ana, zoe), found.items()):
        if who is malo or title in OTHERS:
            circle.shows_bought(who, each)
    return found


@pytest.mark.django_db
def test_what_is_of_its_kind_comes_first_and_nothing_is_left_out(
    chosen: dict[str, Product],
) -> None:
    page = parsed(visitor().get(f"/products/{chosen['Savon'].pk}/beside"))
    shown = [one.text_content().strip() for one in page.xpath("//*[@class='card-title']")]
    assert sorted(shown) == sorted(set(KINDS) - {"Savon"}), "each stands once"

    found = like_this(ANYONE, chosen["Savon"].pk)

    titles = {product.pk: title for title, product in chosen.items()}
    kinds = [KINDS[titles[one.product_id]] for one in found]
    assert kinds[0] == "Soin > Savons"
    assert set(kinds[1:3]) == {"Soin > Baumes", "Soin"}
    assert {titles[one.product_id] for one in found[3:]} == {"Vélo", "Pot"}
    assert found[3].score > found[0].score, "a score says what people chose, and no more"
    assert {one.kind for one in found} == {"pairs"}
    (first,) = like_this(ANYONE, chosen["Savon"].pk, limit=1)
    assert titles[first.product_id] == "Savonnette", "however few places there are"


@pytest.mark.django_db
def test_what_was_bought_together_is_of_any_kind(chosen: dict[str, Product]) -> None:
    found = bought_together(ANYONE, chosen["Savon"].pk)
    assert {one.product_id for one in found} == {chosen["Vélo"].pk, chosen["Pot"].pk}
