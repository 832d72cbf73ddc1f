"""Each result of a search says why it is where it is, as a suggestion does."""

from itertools import permutations

import pytest

from comptoir.discovery.services import set_personalised
from comptoir.people.services import unfollow
from tests import cast, circle
from tests.web.search.test_results_page import titles
from tests.web.visiting import browser_of, text_of, visitor

pytestmark = pytest.mark.django_db


def test_each_result_says_why_it_is_where_it_is() -> None:
    """To somebody, who of their taste lifted it; to a visitor, by how many it is loved."""
    ines, malo, ana, zinc = cast.ines(), cast.malo(), cast.person("Ana", "ana"), cast.maison_zinc()
    known_to_each_other(ines, malo, ana)
    unfollow(actor=ines.actor, profile_id=malo.profile.pk)
    own, lifted, _plain = (
        cast.product(zinc, f"Savon {word}") for word in ("vert", "noir", "blanc")
    )
    for who in (ines, malo, ana):
        circle.keeps(who, own)
    circle.keeps(malo, lifted)
    assert titles("/search?q=savon", browser_of(ines))[0] == lifted.title
    assert "Malo, who shares your taste, keeps it" in text_of(
        browser_of(ines).get("/search?q=noir")
    )
    assert "Loved by 3 different people" in text_of(visitor().get("/search?q=vert"))
    assert 'class="reason' not in text_of(visitor().get("/search?q=blanc"))


def test_without_personalisation_a_result_says_what_a_visitor_is_told() -> None:
    ines, malo, zinc = cast.ines(), cast.malo(), cast.maison_zinc()
    known_to_each_other(ines, malo)
    soap = cast.product(zinc, "Savon noir")
    circle.keeps(malo, soap)
    assert "Malo keeps it" in text_of(browser_of(ines).get("/search?q=savon"))
    set_personalised(actor=ines.actor, personalised=False)
    for address in ("/search?q=savon", "/search?q=savon&circle=1"):
        page = text_of(browser_of(ines).get(address))
        assert "Malo keeps it" not in page
        assert "Savon noir" in page, "nobody is left with an empty circle"
        assert "every visitor sees" in page
        assert "My circle" not in page


def known_to_each_other(*people: cast.Person) -> None:
    for who, whom in permutations(people, 2):
        circle.follows(who, whom)
