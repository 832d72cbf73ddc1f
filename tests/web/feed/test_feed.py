"""The feed: what the people and shops one follows say, and why one sees each product."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest

from comptoir.common import clock
from comptoir.people.actor import Actor
from comptoir.people.models import Follow, Profile, User
from comptoir.people.services import block
from comptoir.posts.models import Post, ProductTag
from comptoir.posts.queries import PAGE_SIZE
from tests import cast, circle
from tests.cast import Person
from tests.web.visiting import SCRIPT, browser_of, links, parsed, text_of, visitor, worker_turn

pytestmark = pytest.mark.django_db
AtMost = Callable[[int], AbstractContextManager[object]]


def test_follow_post_keep_and_the_reason_that_a_friend_reads() -> None:
    ines, malo, zinc = cast.ines(), cast.malo(), cast.maison_zinc()
    pot = cast.product(zinc, "Cocotte bleue")
    malos, iness = browser_of(malo), browser_of(ines)

    malos.post("/@ines/follow", {"on": "1"})
    malos.post("/@maison_zinc/follow", {"on": "1"})
    circle.says(cast.zoe(), "Arrivée ce matin", pot, as_shop=zinc)
    page = text_of(malos.get("/"))
    assert "Arrivée ce matin" in page
    assert "Cocotte bleue" in page
    assert "From La Maison Zinc, which you follow" in page
    assert "keeps it" not in page

    iness.post(f"/products/{pot.pk}/keep", {"on": "1"})
    worker_turn()

    page = text_of(malos.get("/"))
    assert "Inès keeps it" in page
    assert "From La Maison Zinc, which you follow" not in page


def test_the_feed_is_a_list_of_real_links_to_its_end() -> None:
    malo, ines = cast.malo(), cast.ines()
    circle.follows(malo, ines)
    many_posts(ines.profile, PAGE_SIZE + 3)
    browser = browser_of(malo)

    first = browser.get("/")
    (onward,) = [str(href) for href in parsed(first).xpath("//a[@rel='next']/@href")]
    second = browser.get(onward)
    fragment = browser.get(onward, headers=SCRIPT)

    assert onward.startswith("/?after=")
    seen = [*post_ids(text_of(first)), *post_ids(text_of(second))]
    assert len(seen) == len(set(seen)) == PAGE_SIZE + 3
    assert not parsed(second).xpath("//a[@rel='next']")
    assert post_ids(text_of(fragment)) == post_ids(text_of(second))
    assert "<html" not in text_of(fragment)


@pytest.mark.parametrize("cursor", ["x", "MTIz", "AAAA.BBBB", "é", "MTIz" * 200])
def test_a_damaged_address_is_refused_in_words(cursor: str) -> None:
    for client in (browser_of(cast.malo()), visitor()):
        for path in ("/everyone", "/search", "/@malo"):
            response = client.get(path, {"after": cursor})
            assert response.status_code == 422
            assert "damaged" in text_of(response)


def test_posts_for_followers_reach_followers_only() -> None:
    ines, malo, zoe = cast.ines(), cast.malo(), cast.zoe()
    pot = cast.product(cast.maison_zinc())
    circle.follows(malo, ines)
    post = circle.says(ines, "Entre nous", pot, audience="followers")
    places = ["/", "/everyone", "/@ines", f"/posts/{post.pk}", f"/products/{pot.pk}"]

    def tells(who: Person | None, path: str) -> bool:
        client = browser_of(who) if who else visitor()
        return "Entre nous" in text_of(client.get(path))

    assert [tells(malo, path) for path in places] == [True, False, True, True, True]
    assert not any(tells(who, path) for who in (zoe, None) for path in places)


def test_blocked_people_vanish_from_the_feed() -> None:
    ines, malo = cast.ines(), cast.malo()
    circle.follows(malo, ines)
    circle.says(ines, "Bonjour")
    browser = browser_of(malo)
    assert "Bonjour" in text_of(browser.get("/"))

    browser_of(ines).post("/@malo/block")

    for path in ("/", "/everyone"):
        assert "Bonjour" not in text_of(browser.get(path))


@pytest.mark.parametrize("blocker", ["person", "shop"])
def test_products_of_a_shop_one_blocks_vanish_with_their_buttons(blocker: str) -> None:
    ines, malo, zinc = cast.ines(), cast.malo(), cast.maison_zinc()
    pot = cast.product(zinc, "Cocotte bleue")
    circle.follows(malo, ines)
    post = circle.says(ines, "Regardez", pot)
    browser = browser_of(malo)
    browser.post(f"/products/{pot.pk}/keep", {"on": "1"})
    places = ["/", "/everyone", "/@ines", f"/posts/{post.pk}", "/@malo/kept"]
    assert all("Cocotte bleue" in text_of(browser.get(place)) for place in places)

    if blocker == "person":
        block(actor=malo.actor, profile_id=zinc.pk)
    else:
        block(actor=Actor(ines.actor.user_id, zinc.pk), profile_id=malo.profile.pk)

    for place in places:
        page = text_of(browser.get(place))
        assert "Cocotte bleue" not in page, place
        assert f"/products/{pot.pk}/buy" not in page, place


@pytest.mark.parametrize("followed", [5, 200])
def test_the_feed_takes_six_queries_however_many_one_follows(
    followed: int, django_assert_max_num_queries: AtMost
) -> None:
    malo = cast.malo()
    followed_street(malo, followed)
    browser = browser_of(malo)

    with django_assert_max_num_queries(6):
        page = browser.get("/")

    assert len(post_ids(text_of(page))) == PAGE_SIZE
    assert "Cocotte" in text_of(page)


def test_the_window_shows_public_things_and_how_to_join() -> None:
    pot = cast.product(cast.maison_zinc(), "Cocotte bleue")
    circle.says(cast.ines(), "Pour tous", pot)
    circle.says(cast.ines(), "Pour peu", audience="followers")

    response = visitor().get("/")

    page = text_of(response)
    assert "Cocotte bleue" in page
    assert "Pour tous" in page
    assert "Pour peu" not in page
    assert "/accounts/signup/" in links(response)


def test_everyone_is_open_to_all_and_empty_pages_teach_a_first_step() -> None:
    assert "/posts/new" in links(visitor().get("/everyone"))
    assert "/search" in links(browser_of(cast.malo()).get("/"))
    circle.says(cast.ines(), "Bonjour")
    assert "Bonjour" in text_of(visitor().get("/everyone"))


def test_who_has_no_profile_yet_is_asked_for_one() -> None:
    user = User.objects.create_user("neuf@example.org", "un-mot-de-passe")
    client = visitor()
    client.force_login(user, backend="comptoir.people.authentication.AccountBackend")
    response = client.get("/")
    assert (response.status_code, response.headers["Location"]) == (302, "/welcome")


SCRIPTS = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7*7 }}"]


@pytest.mark.parametrize("evil", SCRIPTS)
def test_markup_in_names_bios_posts_and_titles_is_shown_as_typed(evil: str) -> None:
    ines, malo = cast.ines(), cast.malo()
    Profile.objects.filter(pk=ines.profile.pk).update(name=evil, bio=evil, place=evil)
    zinc = cast.shop(cast.zoe(), evil, "maison_zinc", sells=evil)
    pot = cast.product(zinc, evil, options={evil: evil})
    type(pot).objects.filter(pk=pot.pk).update(description=evil, brand=evil, category=evil)
    circle.follows(malo, ines)
    post = circle.says(ines, evil, pot)
    circle.recommends(ines, pot, evil)
    malos = browser_of(malo)
    malos.post(f"/posts/{post.pk}/comments", {"text": evil})

    paths = [
        "/",
        "/everyone",
        f"/posts/{post.pk}",
        f"/products/{pot.pk}",
        "/@ines",
        "/@maison_zinc",
    ]
    paths += ["/@ines/recommended", "/@maison_zinc/about", "/@maison_zinc/products", "/search"]
    for path in paths:
        response = malos.get(path)
        assert response.status_code == 200
        tree = parsed(response)
        assert not tree.xpath("//script[not(@src) and not(@type='application/ld+json')]"), path
        assert not tree.xpath("//*[@onerror]"), path
        assert "49" not in tree.xpath("string(//main)"), path
    for words in (evil, "alert"):
        assert not parsed(malos.get("/search", {"q": words})).xpath("//*[@onerror]")


def followed_street(who: Person, count: int) -> None:
    """So many people whom one follows, each with posts that show a product friends keep."""
    zinc = cast.maison_zinc()
    pots = [cast.product(zinc, f"Cocotte {n}") for n in range(5)]
    people = Profile.objects.bulk_create(
        Profile(handle=f"voisin_{n}", name=f"Voisin {n}") for n in range(count)
    )
    Follow.objects.bulk_create(Follow(follower=who.profile, followee=other) for other in people)
    posts = [post for other in people for post in many_posts(other, max(PAGE_SIZE // count, 1))]
    ProductTag.objects.bulk_create(
        ProductTag(post=post, product=pots[n % len(pots)]) for n, post in enumerate(posts)
    )


def many_posts(author: Profile, count: int) -> list[Post]:
    now = clock.now()
    return Post.objects.bulk_create(
        Post(author=author, text=f"n° {n}", published_at=now - timedelta(minutes=n))
        for n in range(count)
    )


def post_ids(page: str) -> list[str]:
    return [part.split('"')[0] for part in page.split('<article class="post" id="post-')[1:]]


def test_whom_one_might_follow_is_shown_with_the_friends_who_do() -> None:
    ines, malo, zoe, basile = cast.ines(), cast.malo(), cast.zoe(), cast.basile()
    for who, whom in ((ines, malo), (ines, basile), (malo, zoe), (basile, zoe)):
        circle.follows(who, whom)
    reading = browser_of(ines)
    assert "Followed by Malo and Basile" in text_of(reading.get("/"))
    Profile.objects.filter(pk=basile.profile.pk).update(is_suspended=True)
    page = text_of(reading.get("/"))
    assert "Followed by Malo" in page
    assert "Basile" not in page
