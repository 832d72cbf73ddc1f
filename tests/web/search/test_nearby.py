"""What is sold near the searcher, as far as places written in words can tell."""

import pytest

from comptoir.people.models import Profile
from comptoir.web.search.facet_labels import is_near
from tests import cast
from tests.web.search.test_facets import titles
from tests.web.visiting import browser_of, parsed, visitor


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Les Cordiers", "rue des Cordiers", True),
        ("nantes", "Nantes, île Feydeau", True),
        ("Orléans", "ORLEANS", True),
        ("Vieux-Port", "Port-Garance", False),
        ("Rue des Salins", "Rue des Cordiers", False),
        ("", "Nantes", False),
        ("Pau", "pau", True),
        ("Pau", "Eu", False),
    ],
)
def test_places_are_one_as_people_write_them(one: str, other: str, near: bool) -> None:
    assert is_near(one, other) is near
    assert is_near(other, one) is near


@pytest.mark.django_db
def test_what_is_sold_near_the_searcher_is_a_choice_of_its_own_and_first() -> None:
    ines, zinc, brume = cast.ines(), cast.maison_zinc(), cast.atelier_brume()
    for who, place in (
        (ines.profile.pk, "Les Cordiers"),
        (zinc.pk, "Rue des Cordiers"),
        (brume.pk, "Les Salins"),
    ):
        profile = Profile.objects.get(pk=who)
        profile.place = place
        profile.save(update_fields=["place"])
    cast.product(zinc, "Savon noir")
    for title in ("Savon blanc", "Savon vert"):
        cast.product(brume, title)

    def places(page: object) -> list[str]:
        rows = page.xpath("//input[@name='place']/parent::label")  # type: ignore[attr-defined]
        return [" ".join(row.text_content().split()) for row in rows]

    mine = places(parsed(browser_of(ines).get("/search?q=savon")))
    assert mine[0].startswith("Near you: Rue des Cordiers")
    assert places(parsed(visitor().get("/search?q=savon")))[0].startswith("Les Salins")
    near = "/search?q=savon&place=Rue+des+Cordiers"
    assert titles(near, browser_of(ines)) == ["Savon noir"]
