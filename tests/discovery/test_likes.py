"""A like of a post is a light act on the products that it shows, for those who may know of it."""

import pytest

from comptoir.catalog.models import Product
from comptoir.config.wiring import dispatcher
from comptoir.discovery import suggest
from comptoir.discovery.models import Signal
from comptoir.discovery.privacy import export_of
from comptoir.discovery.reasons import NO_REASON, reasons_for
from comptoir.discovery.services.taste import forget_signal
from comptoir.people.actor import ANYONE
from comptoir.people.services import leave
from comptoir.posts.models import Post
from comptoir.posts.services import delete_post, edit_post, react, unreact
from comptoir.shops.models import Role
from tests import cast, circle
from tests.cast import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def pot() -> Product:
    return cast.product(cast.maison_zinc(), "Pot")


def likes(who: Person, post: Post) -> None:
    """Likes it, and the handlers hear of it."""
    react(actor=who.actor, post=post)
    dispatcher().deliver_all()


def signals(who: Person) -> set[tuple[int, str, str]]:
    rows = Signal.objects.filter(actor=who.profile)
    return set(rows.values_list("product", "kind", "audience"))


def told(viewer: Person, product: Product) -> str:
    return reasons_for(viewer.actor, [product.pk])[product.pk].kind


def heard(viewer: Person) -> set[int]:
    return {one.product_id for one in suggest.for_you(viewer.actor) if one.kind == "circle"}


def malo_reads_ines() -> tuple[Person, Person]:
    ines, malo = cast.ines(), cast.malo()
    circle.follows(malo, ines)
    return ines, malo


def test_a_friends_like_brings_what_the_post_shows_and_is_the_reason(pot: Product) -> None:
    ines, malo = malo_reads_ines()
    other = cast.product(cast.maison_zinc(), "Bol")
    likes(ines, circle.says(cast.basile(), "Voilà", pot, other))
    assert signals(ines) == {(pot.pk, "liked", "everyone"), (other.pk, "liked", "everyone")}
    assert told(malo, pot) == "liked"
    assert heard(malo) == {pot.pk, other.pk}


def test_a_like_says_less_than_a_keep(pot: Product) -> None:
    ines, malo = malo_reads_ines()
    kept = cast.product(cast.maison_zinc(), "Bol")
    circle.keeps(ines, kept)
    likes(ines, circle.says(cast.basile(), "Voilà", pot))
    assert [one.product_id for one in suggest.for_you(malo.actor)][:2] == [kept.pk, pot.pk]
    likes(ines, circle.says(cast.basile(), "Et voici", kept))
    assert told(malo, kept) == "kept"


def test_what_two_kept_goes_together_before_what_one_post_shows(pot: Product) -> None:
    ines, malo = malo_reads_ines()
    circle.follows(ines, malo)
    shown, kept = (cast.product(cast.maison_zinc(), title) for title in ("Bol", "Lampe"))
    post = circle.says(cast.basile(), "Voilà", pot, shown)
    for who in (ines, malo):
        likes(who, post)
    circle.keeps(malo, pot)
    circle.keeps(malo, kept)
    found = [one.product_id for one in suggest.like_this(ANYONE, pot.pk)]
    assert found[:2] == [kept.pk, shown.pk]


def test_a_like_taken_back_says_nothing_at_the_next_read(pot: Product) -> None:
    ines, malo = malo_reads_ines()
    post = circle.says(cast.basile(), "Voilà", pot)
    likes(ines, post)
    assert heard(malo) == {pot.pk}
    unreact(actor=ines.actor, post=post)
    assert reasons_for(malo.actor, [pot.pk])[pot.pk] == NO_REASON
    assert heard(malo) == set()
    dispatcher().deliver_all()
    assert signals(ines) == set()


def test_it_stands_as_long_as_one_of_the_posts_is_liked(pot: Product) -> None:
    ines = cast.ines()
    first, second = (circle.says(cast.basile(), word, pot) for word in ("Un", "Deux"))
    likes(ines, first)
    likes(ines, second)
    unreact(actor=ines.actor, post=first)
    dispatcher().deliver_all()
    assert signals(ines) == {(pot.pk, "liked", "everyone")}


def test_a_like_of_ones_own_post_is_no_signal(pot: Product) -> None:
    ines = cast.ines()
    likes(ines, circle.says(ines, "Voilà", pot))
    assert signals(ines) == set()


def test_a_like_of_a_post_for_followers_counts_for_its_person_alone(pot: Product) -> None:
    ines, malo = malo_reads_ines()
    circle.follows(ines, cast.basile())
    likes(ines, circle.says(cast.basile(), "Entre nous", pot, audience="followers"))
    assert signals(ines) == {(pot.pk, "liked", "me")}
    assert told(malo, pot) == "none"
    assert heard(malo) == set()


@pytest.mark.parametrize("interest", ["gift", "paid", "commission", "own"])
def test_a_like_of_a_post_with_an_interest_is_no_signal(pot: Product, interest: str) -> None:
    ines, malo = malo_reads_ines()
    post = circle.says(cast.basile(), "Voilà", pot)
    likes(ines, post)
    edit_post(post=post, text="Voilà", audience="everyone", interest=interest)
    assert told(malo, pot) == "none"
    dispatcher().deliver_all()
    assert signals(ines) == set()
    assert heard(malo) == set()


def test_declaring_no_interest_any_more_makes_the_like_count(pot: Product) -> None:
    ines, malo = malo_reads_ines()
    post = circle.says(cast.basile(), "Voilà", pot)
    edit_post(post=post, text="Voilà", audience="everyone", interest="gift")
    likes(ines, post)
    assert signals(ines) == set()
    edit_post(post=Post.objects.get(pk=post.pk), text="Voilà", audience="everyone", interest="")
    dispatcher().deliver_all()
    assert heard(malo) == {pot.pk}


def test_narrowing_or_deleting_the_post_takes_its_likes_with_it(pot: Product) -> None:
    ines, malo = malo_reads_ines()
    other = cast.product(cast.maison_zinc(), "Bol")
    narrowed, gone = (
        circle.says(cast.basile(), "Un", pot),
        circle.says(cast.basile(), "Deux", other),
    )
    likes(ines, narrowed)
    likes(ines, gone)
    edit_post(post=narrowed, text="Un", audience="followers")
    delete_post(post=gone)
    assert told(malo, pot) == told(malo, other) == "none"
    dispatcher().deliver_all()
    assert signals(ines) == {(pot.pk, "liked", "me")}
    assert heard(malo) == set()


def test_who_works_at_the_shop_says_nothing_of_its_products(pot: Product) -> None:
    ines = cast.ines()
    cast.staff(cast.maison_zinc(), ines, Role.PACKER)
    likes(ines, circle.says(cast.basile(), "Voilà", pot))
    assert signals(ines) == set()


def test_one_takes_it_out_and_it_stays_out(pot: Product) -> None:
    ines, malo = malo_reads_ines()
    post = circle.says(cast.basile(), "Voilà", pot)
    likes(ines, post)
    forget_signal(actor=ines.actor, product_id=pot.pk, kind="liked")
    likes(ines, circle.says(cast.basile(), "Encore", pot))
    assert told(malo, pot) == "none"
    assert heard(malo) == set()


def test_it_is_in_the_export_and_goes_with_its_person(pot: Product) -> None:
    ines = cast.ines()
    likes(ines, circle.says(cast.basile(), "Voilà", pot))
    (kept,) = export_of(ines.profile.pk)["signals"]
    assert (kept["product"], kept["kind"]) == (pot.pk, "liked")
    leave(actor=ines.actor)
    dispatcher().deliver_all()
    assert not Signal.objects.exists()


def test_when_the_author_leaves_the_likes_of_their_posts_say_nothing_more(pot: Product) -> None:
    ines, malo = malo_reads_ines()
    basile = cast.basile()
    likes(ines, circle.says(basile, "Voilà", pot))
    leave(actor=basile.actor)
    dispatcher().deliver_all()
    dispatcher().deliver_all()
    assert signals(ines) == set()
    assert heard(malo) == set()
