"""What a search gives back: mistakes mended, facets, tabs, looks and posts, and nothing private."""

from itertools import permutations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.catalog.models import Product
from comptoir.discovery.search import posts, search_posts
from comptoir.discovery.search.upkeep import (
    count_loved,
    count_words,
    learn_words,
)
from comptoir.people.actor import ANYONE
from comptoir.people.models import Profile
from comptoir.people.models.profile import Audience
from comptoir.people.services import block
from comptoir.reviews.services import recommend_product, withdraw_recommendation
from tests import cast, circle
from tests.web.visiting import SCRIPT, browser_of, links, parsed, text_of, visitor

pytestmark = pytest.mark.django_db


def titles(address: str, client: object = None) -> list[str]:
    page = parsed((client or visitor()).get(address))  # type: ignore[attr-defined]
    return [str(one.text_content()).strip() for one in page.xpath("//*[@class='card-title']")]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("theieres emaillees", "Théière émaillée"),
        ("THÉIÈRE", "Théière émaillée"),
        ("chevaux", "Cheval de bois"),
        ("knife", "Small paring knife"),
        ("candle", "Scented candles"),
        ("the green candles", "Scented candles"),
        ("bougie pour la maison", "Bougie de la maison"),
        ("boug", "Bougie de la maison"),
        ("tire-bouchon 1.5", "Tire-bouchon 1.5 cl"),
        ("bouchon tire", "Tire-bouchon 1.5 cl"),
    ],
)
def test_words_are_forgiven_their_endings_accents_and_what_is_not_typed_yet(
    asked: str, found: str
) -> None:
    zinc = cast.maison_zinc()
    for title in ("Théière émaillée", "Cheval de bois", "Small paring knife", "Scented candles"):
        cast.product(zinc, title)
    for title in ("Bougie de la maison", "Tire-bouchon 1.5 cl"):
        cast.product(zinc, title)
    Product.objects.filter(title="Scented candles").update(description="Green wax")
    count_words()
    assert titles(f"/search?q={asked}")[:1] == [found]


@pytest.mark.parametrize("asked", ["theirre", "teiere", "émailllée", "thiéère", "theieere"])
def test_mistakes_are_mended_and_said(asked: str) -> None:
    cast.product(cast.maison_zinc(), "Théière émaillée")
    count_words()

    response = visitor().get("/search", {"q": asked})

    assert titles(f"/search?q={asked}") == ["Théière émaillée"]
    assert "These are results for" in text_of(response)
    same = next(href for href in links(response) if "exactly=1" in href)
    assert titles(same) == []


def test_a_rare_word_near_a_common_one_is_asked_about_not_replaced() -> None:
    zinc = cast.maison_zinc()
    cast.product(zinc, "Bole ancien")
    for number in range(4):
        cast.product(zinc, f"Bol {number}")
    count_words()

    response = visitor().get("/search", {"q": "bole"})

    assert "Bole ancien" in titles("/search?q=bole")
    assert "These are results for" not in text_of(response)


def test_with_no_product_of_all_words_those_of_some_are_shown_and_it_is_said() -> None:
    cast.product(cast.maison_zinc(), "Théière émaillée")
    response = visitor().get("/search", {"q": "théière couteau"})
    assert titles("/search?q=théière couteau") == ["Théière émaillée"]
    assert "Nothing has all of these words" in text_of(response)


def test_more_than_a_page_goes_on_where_it_ended() -> None:
    zinc = cast.maison_zinc()
    for number in range(30):
        cast.product(zinc, f"Clou {number}")
    first = visitor().get("/search", {"q": "clou"})
    following = parsed(first).xpath("string(//a[@rel='next']/@href)")
    second = titles(str(following))
    assert len(titles("/search?q=clou")) == 24
    assert len(second) == 6
    assert not set(second) & set(titles("/search?q=clou"))
    assert "30 products" in text_of(first)
    assert titles("/search?q=clou&page=99") == []


def test_my_circle_shows_only_what_people_near_me_acted_on() -> None:
    ines, malo, zinc = cast.ines(), cast.malo(), cast.maison_zinc()
    circle.follows(ines, malo)
    liked, other = cast.product(zinc, "Savon noir"), cast.product(zinc, "Savon blanc")
    circle.recommends(malo, liked)
    reading = browser_of(ines)

    assert titles("/search?q=savon", reading) == [liked.title, other.title]
    assert titles("/search?q=savon&circle=1", reading) == [liked.title]
    assert "Malo recommends it" in text_of(reading.get("/search?q=savon&circle=1"))
    assert "My circle" in text_of(reading.get("/search?q=savon"))
    assert "My circle" not in text_of(visitor().get("/search?q=savon"))
    assert "Nothing from your circle" in text_of(reading.get("/search?q=blanc&circle=1"))


@pytest.mark.parametrize("audience", [Audience.ME, Audience.FOLLOWERS])
def test_acts_that_are_not_for_me_neither_move_nor_show(audience: str) -> None:
    ines, malo, zinc = cast.ines(), cast.malo(), cast.maison_zinc()
    if audience == Audience.ME:
        circle.follows(ines, malo)
    hidden, newer = cast.product(zinc, "Savon noir"), cast.product(zinc, "Savon blanc")
    circle.recommends(malo, hidden, audience=audience)
    count_loved()

    assert titles("/search?q=savon", browser_of(ines)) == [newer.title, hidden.title]
    assert titles("/search?q=savon&circle=1", browser_of(ines)) == []
    assert titles("/search?q=savon") == [newer.title, hidden.title]


def test_a_visitor_sees_what_many_different_people_love_first() -> None:
    zinc = cast.maison_zinc()
    loved, newer = cast.product(zinc, "Savon noir"), cast.product(zinc, "Savon blanc")
    known(cast.ines(), cast.malo(), cast.basile(), loves=loved)
    assert titles("/search?q=savon") == [newer.title, loved.title]
    count_loved()
    assert titles("/search?q=savon") == [loved.title, newer.title]


def test_accounts_that_nobody_follows_lift_nothing() -> None:
    zinc = cast.maison_zinc()
    loved, pushed = cast.product(zinc, "Savon noir"), cast.product(zinc, "Savon blanc")
    known(cast.ines(), cast.malo(), loves=loved)
    for number in range(5):
        circle.recommends(cast.person(f"Zed {number}", f"zed_{number}"), pushed)
    count_loved()
    assert titles("/search?q=savon") == [loved.title, pushed.title]


def test_what_is_taken_back_counts_no_more_before_that_is_delivered() -> None:
    zinc, ines, malo = cast.maison_zinc(), cast.ines(), cast.malo()
    loved, newer = cast.product(zinc, "Savon noir"), cast.product(zinc, "Savon blanc")
    known(ines, malo, loves=loved)
    count_loved()
    withdraw_recommendation(actor=ines.actor, product_id=loved.pk)
    recommend_product(actor=malo.actor, product_id=loved.pk, word="", audience=Audience.ME)
    count_loved()
    assert titles("/search?q=savon") == [newer.title, loved.title]


def known(*people: cast.Person, loves: Product) -> None:
    """They follow one another, and recommend a product."""
    for who, whom in permutations(people, 2):
        circle.follows(who, whom)
    for who in people:
        circle.recommends(who, loves)


def test_what_one_may_not_read_hides_nothing_behind_it(monkeypatch: pytest.MonkeyPatch) -> None:
    ines, malo, pot = cast.ines(), cast.malo(), cast.product(cast.maison_zinc(), "Bougie")
    circle.says(ines, "Une bougie très belle", pot)
    monkeypatch.setattr(posts, "BY_WORDS", posts.BY_WORDS.replace(str(posts.EACH), "3"))
    for number in range(max(3, posts.LOOKS_OF_EACH)):
        circle.says(malo, f"Bougie {number}", pot, audience=Audience.ME)
    looking = posts.BY_PRODUCTS.format(seen=posts.SEEN)

    assert [row.text for row in search_posts(ANYONE, "bougie").rows] == ["Une bougie très belle"]
    with connection.cursor() as cursor:
        cursor.execute(looking, {"products": [pot.pk], "me": 0})
        assert len(cursor.fetchall()) == 1


def test_posts_and_looks_are_found_by_those_who_may_read_them() -> None:
    ines, malo, zoe = cast.ines(), cast.malo(), cast.zoe()
    circle.follows(malo, ines)
    said = {
        str(audience): circle.says(ines, f"Les hirondelles {audience}", audience=audience)
        for audience in (Audience.EVERYONE, Audience.FOLLOWERS, Audience.ME)
    }

    def found(client: object) -> set[str]:
        page = client.get("/search?q=hirondelle&in=posts")  # type: ignore[attr-defined]
        return {href for href in links(page) if href in {p.address for p in addressed}}

    addressed = [_Addressed(post.pk) for post in said.values()]
    all_of = {name: f"/posts/{post.pk}" for name, post in said.items()}
    assert found(browser_of(ines)) == set(all_of.values())
    assert found(browser_of(malo)) == {all_of["everyone"], all_of["followers"]}
    assert found(browser_of(zoe)) == {all_of["everyone"]}
    assert found(visitor()) == {all_of["everyone"]}
    block(actor=ines.actor, profile_id=zoe.profile.pk)
    assert found(browser_of(zoe)) == set()
    Profile.objects.filter(pk=ines.profile.pk).update(is_suspended=True)
    assert found(visitor()) == set()


class _Addressed:
    def __init__(self, post_id: int) -> None:
        self.address = f"/posts/{post_id}"


@pytest.mark.parametrize(
    "asked",
    [
        "q=" + "a " * 90, "q=%27%27%27", "q=a%26%7C!%3A*", "q=%3C-%3E%28%29", "q=.*%2B%3F[a-z",
        "q=%5C%5C%5C", "q=" + "%F0%9F%A7%BC", "q=savon&price=%27&shop=x&brand=%00&stock=9",
        "q=savon&page=-1", "q=savon&page=9" + "9" * 30, "q=savon&in=nothing&circle=2",
        "q=savon&shop=" + "9" * 40, "q=le+la+les+de", "q=the", "q=savon&page=%C2%B2",
        "q=" + "x" * 199, "q=" + "&".join(f"brand=b{n}" for n in range(60)),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["", "&in=looks", "&in=posts", "&in=people"])
def test_anything_may_be_asked(asked: str, kind: str) -> None:
    cast.product(cast.maison_zinc(), "Savon")
    expected = 400 if "%00" in asked else 200
    assert visitor().get(f"/search?{asked}{kind}").status_code == expected
    assert visitor().get(f"/search/suggest?{asked}").status_code == expected


def test_a_search_takes_so_many_statements_whatever_it_finds() -> None:
    ines, malo, zinc = cast.ines(), cast.malo(), cast.maison_zinc()
    circle.follows(ines, malo)
    for number in range(30):
        circle.recommends(malo, cast.product(zinc, f"Savon {number}"))
    count_words()
    reading = browser_of(ines)
    reading.get("/search?q=savon")
    with CaptureQueriesContext(
        connection,
    ) as spent:
        reading.get("/search?q=savon")
    assert len(spent) <= 13
    with CaptureQueriesContext(connection) as narrowed:
        reading.get("/search?q=savon&stock=1&price=1", headers=SCRIPT)
    assert len(narrowed) <= len(spent)


def test_suggestions_are_words_products_shops_and_people_at_most_eight() -> None:
    zinc = cast.maison_zinc()
    for number in range(6):
        cast.product(zinc, f"Théière zinguée {number}")
    cast.person("Théo", "theo")
    count_words()
    page = parsed(visitor().get("/search/suggest", {"q": "thé"}))
    rows = page.xpath("//*[@role='option']")
    assert 4 <= len(rows) <= 8
    assert page.xpath("//@data-words")[0] == "théière"
    assert "/@theo" in page.xpath("//@data-href")
    assert any(str(href).startswith("/products/") for href in page.xpath("//@data-href"))
    two = parsed(visitor().get("/search/suggest", {"q": "belle thé"}))
    assert two.xpath("//@data-words")[0] == "belle théière"
    assert "option" not in text_of(visitor().get("/search/suggest", {"q": "t"}))


def test_words_of_shops_out_of_sight_are_not_proposed() -> None:
    zinc = cast.maison_zinc()
    cast.product(zinc, "Secretaire")
    Profile.objects.filter(pk=zinc.pk).update(is_suspended=True)
    count_words()
    assert "ecretaire" not in text_of(visitor().get("/search/suggest", {"q": "secr"}))
    assert "ecretaire" not in text_of(visitor().get("/search", {"q": "secretairr"})).replace(
        "secretairr", ""
    )


def test_words_that_are_new_are_learnt_before_the_night() -> None:
    cast.product(cast.maison_zinc(), "Théière")
    learn_words()
    assert titles("/search?q=teiere") == ["Théière"]
