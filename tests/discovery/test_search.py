"""Search: words in any accent, the circle's weight, and nobody who should not be found."""

import pytest

from comptoir.catalog.models import Product
from comptoir.discovery.search import search_products, search_profiles
from comptoir.discovery.search.products import PAGE_SIZE
from comptoir.discovery.search.words import typed
from comptoir.people.actor import ANYONE
from comptoir.people.models import Profile
from comptoir.people.services import block
from tests import cast, circle

pytestmark = pytest.mark.django_db


def titles(words: str, actor: object = ANYONE) -> list[str]:
    return [card.title for card in search_products(actor, words)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "words", ["théière", "theiere", "THÉIÈRES", "thé", "théière émaillée", "emaillees theiere"]
)
def test_words_match_without_accents_in_any_number_and_while_typed(words: str) -> None:
    zinc = cast.maison_zinc()
    cast.product(zinc, "Théière émaillée")
    cast.product(zinc, "Couteau")
    assert titles(words) == ["Théière émaillée"]


@pytest.mark.parametrize("words", ["", "   ", "!!! ---", "couteau", "zzz"])
def test_no_word_or_no_match_finds_nothing(words: str) -> None:
    cast.product(cast.maison_zinc(), "Théière émaillée")
    assert titles(words) == []


@pytest.mark.parametrize(
    "words", ["a & b", "a | !b", "'; DROP TABLE x; --", "<->", "a:*", "\\", "%", "(", "é" * 5000]
)
def test_anything_may_be_typed(words: str) -> None:
    assert titles(words) == []
    assert search_profiles(ANYONE, words) == []


def test_only_so_many_words_are_looked_at() -> None:
    assert len(typed("mot " * 50)) == 8


def test_a_match_in_the_title_comes_before_one_in_the_text() -> None:
    zinc = cast.maison_zinc()
    cast.product(zinc, "Torchon")
    Product.objects.update(description="Pour essuyer la cocotte")
    cast.product(zinc, "Cocotte")
    assert titles("cocotte") == ["Cocotte", "Torchon"]


def test_what_ones_circle_recommends_rises() -> None:
    ines, malo, zinc = cast.ines(), cast.malo(), cast.maison_zinc()
    circle.follows(ines, malo)
    liked = cast.product(zinc, "Savon de Marseille")
    cast.product(zinc, "Savon de Marseille")
    circle.recommends(malo, liked)

    assert search_products(ines.actor, "savon")[0].id == liked.pk
    assert search_products(ANYONE, "savon")[0].id != liked.pk


def test_withdrawn_products_and_suspended_shops_are_not_found() -> None:
    gone = cast.product(cast.maison_zinc(), "Savon")
    cast.product(cast.atelier_brume(), "Savon")
    Product.objects.filter(pk=gone.pk).update(status="withdrawn")
    Profile.objects.filter(handle="atelier_brume").update(is_suspended=True)

    assert titles("savon") == []


def test_a_very_common_word_finds_a_bounded_number() -> None:
    zinc = cast.maison_zinc()
    for n in range(PAGE_SIZE + 2):
        cast.product(zinc, f"Clou {n}")
    assert len(titles("clou")) == PAGE_SIZE


def test_people_are_found_by_name_or_handle_and_the_exact_handle_first() -> None:
    cast.person("Inessa", "inessa")
    cast.ines()
    cast.maison_zinc()
    for words in ("@ines", "INÈS", " inès "):
        found = [row.face.handle for row in search_profiles(ANYONE, words)]
        assert found == ["ines", "inessa"], words
    for words in ("zinc", "maison zi", "@maison_z"):
        assert [row.face.handle for row in search_profiles(ANYONE, words)] == ["maison_zinc"], words


def test_the_blocked_and_the_suspended_are_not_found() -> None:
    ines, malo, zoe = cast.ines(), cast.malo(), cast.zoe()
    block(actor=ines.actor, profile_id=malo.profile.pk)
    Profile.objects.filter(pk=zoe.profile.pk).update(is_suspended=True)

    assert search_profiles(malo.actor, "ines") == []
    assert search_profiles(malo.actor, "zoe") == []
    assert [row.face.handle for row in search_profiles(ANYONE, "ines")] == ["ines"]


def test_products_of_a_shop_that_blocks_the_searcher_are_not_found() -> None:
    malo, zinc = cast.malo(), cast.maison_zinc()
    cast.product(zinc, "Savon")
    block(actor=malo.actor, profile_id=zinc.pk)
    assert titles("savon", malo.actor) == []
    assert titles("savon") == ["Savon"]
