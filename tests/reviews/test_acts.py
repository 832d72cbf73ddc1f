"""Keeping and recommending, and who hears of it."""

import pytest

from comptoir.common.errors import NotVisible, Refused
from comptoir.common.keyset import Cursor
from comptoir.common.models import OutboxEvent
from comptoir.people.actor import ANYONE, Actor
from comptoir.people.models import Profile
from comptoir.people.services import block
from comptoir.reviews.models import Keep, Recommendation
from comptoir.reviews.queries import PAGE_SIZE, kept_by, opinion_of, recommended_by
from comptoir.reviews.services import (
    keep_product,
    recommend_product,
    set_keeps_audience,
    unkeep_product,
    withdraw_recommendation,
)
from tests import cast, circle

pytestmark = pytest.mark.django_db


def test_keeping_twice_is_keeping_once() -> None:
    ines, pot = cast.ines(), cast.product(cast.maison_zinc())

    circle.keeps(ines, pot)
    circle.keeps(ines, pot, audience="me")

    assert Keep.objects.get().audience == "me"
    unkeep_product(actor=ines.actor, product_id=pot.pk)
    unkeep_product(actor=ines.actor, product_id=pot.pk)
    assert not Keep.objects.exists()
    assert OutboxEvent.objects.filter(name="reviews.ProductUnkept").count() == 1


def test_a_keep_is_for_whom_the_person_said_by_default() -> None:
    ines, pot = cast.ines(), cast.product(cast.maison_zinc())
    Profile.objects.filter(pk=ines.profile.pk).update(keeps_audience="followers")

    keep_product(actor=ines.actor, product_id=pot.pk)

    assert Keep.objects.get().audience == "followers"


@pytest.mark.parametrize(
    ("former", "chosen", "before", "after"),
    [
        ("everyone", "me", ("everyone", "followers", "me"), ("me", "me", "me")),
        (
            "everyone",
            "followers",
            ("everyone", "followers", "me"),
            ("followers", "followers", "me"),
        ),
        ("followers", "everyone", ("everyone", "followers", "me"), ("everyone", "everyone", "me")),
        ("me", "everyone", ("me", "me", "followers"), ("everyone", "everyone", "followers")),
        ("me", "followers", ("me", "everyone", "me"), ("followers", "followers", "followers")),
        ("everyone", "everyone", ("everyone", "followers", "me"), ("everyone", "followers", "me")),
    ],
)
def test_who_sees_what_one_keeps_changes_for_what_is_kept_already(
    former: str, chosen: str, before: tuple[str, ...], after: tuple[str, ...]
) -> None:
    ines, malo, zinc = cast.ines(), cast.malo(), cast.maison_zinc()
    Profile.objects.filter(pk=ines.profile.pk).update(keeps_audience=former)
    for number, audience in enumerate(before):
        circle.keeps(ines, cast.product(zinc, f"Clou {number}"), audience=audience)
    circle.keeps(malo, cast.product(zinc, "Pot"))

    set_keeps_audience(actor=ines.actor, audience=chosen)

    mine = Keep.objects.filter(profile=ines.profile).order_by("product_id")
    assert tuple(mine.values_list("audience", flat=True)) == after
    assert Keep.objects.get(profile=malo.profile).audience == "everyone"
    assert Profile.objects.get(pk=ines.profile.pk).keeps_audience == chosen
    moved = sum(old != new for old, new in zip(before, after, strict=True))
    assert OutboxEvent.objects.filter(name="reviews.ProductKept").count() == moved


def test_a_second_word_replaces_the_first() -> None:
    ines, pot = cast.ines(), cast.product(cast.maison_zinc())

    circle.recommends(ines, pot, "Bien")
    circle.recommends(ines, pot, "  Très\n\n\n\nbien  ")

    assert Recommendation.objects.get().word == "Très\n\nbien"
    assert opinion_of(ines.actor, pot.pk).my_word == "Très\n\nbien"
    withdraw_recommendation(actor=ines.actor, product_id=pot.pk)
    assert not opinion_of(ines.actor, pot.pk).recommended_by_me


def test_what_is_refused_leaves_nothing_behind() -> None:
    ines, pot = cast.ines(), cast.product(cast.maison_zinc())
    with pytest.raises(Refused, match="bad_audience"):
        keep_product(actor=ines.actor, product_id=pot.pk, audience="all")
    with pytest.raises(Refused, match="bad_audience"):
        recommend_product(actor=ines.actor, product_id=pot.pk, audience="all")
    with pytest.raises(Refused, match="bad_audience"):
        set_keeps_audience(actor=ines.actor, audience="all")
    with pytest.raises(Refused, match="text_too_long"):
        recommend_product(actor=ines.actor, product_id=pot.pk, word="a" * 501)
    for act in (keep_product, recommend_product):
        with pytest.raises(NotVisible):
            act(actor=ANYONE, product_id=pot.pk)
    assert not Keep.objects.exists()
    assert not Recommendation.objects.exists()
    assert not OutboxEvent.objects.exists()


def test_friends_come_first_and_oneself_is_told_apart() -> None:
    ines, malo, basile = cast.ines(), cast.malo(), cast.basile()
    pot = cast.product(cast.maison_zinc())
    circle.follows(ines, malo)
    circle.recommends(malo, pot, "De Malo")
    circle.recommends(basile, pot, "De Basile")
    circle.recommends(ines, pot, "De moi")
    circle.keeps(malo, pot)
    circle.keeps(ines, pot)

    opinion = opinion_of(ines.actor, pot.pk)

    assert [(w.word, w.friend) for w in opinion.words] == [("De Malo", True), ("De Basile", False)]
    assert (opinion.my_word, opinion.recommend_count) == ("De moi", 3)
    assert (opinion.kept_by_me, opinion.keep_count) == (True, 2)
    assert [face.handle for face in opinion.keepers] == ["malo"]


@pytest.mark.parametrize(
    ("audience", "friend", "stranger"),
    [("everyone", 1, 1), ("followers", 1, 0), ("me", 0, 0)],
)
def test_acts_and_their_counts_show_to_their_audience(
    audience: str, friend: int, stranger: int
) -> None:
    ines, malo, zoe = cast.ines(), cast.malo(), cast.zoe()
    pot = cast.product(cast.maison_zinc())
    circle.follows(malo, ines)
    circle.keeps(ines, pot, audience=audience)
    circle.recommends(ines, pot, "Bien", audience=audience)

    for reader, seen in ((malo.actor, friend), (zoe.actor, stranger), (ANYONE, stranger)):
        opinion = opinion_of(reader, pot.pk)
        assert (opinion.keep_count, len(opinion.keepers)) == (seen, seen)
        assert (opinion.recommend_count, len(opinion.words)) == (seen, seen)
        assert len(kept_by(reader, ines.profile.pk).rows) == seen
        assert len(recommended_by(reader, ines.profile.pk).rows) == seen
    assert kept_by(ines.actor, ines.profile.pk).rows == [pot.pk]


def test_the_blocked_and_the_suspended_are_not_counted() -> None:
    ines, malo, zoe = cast.ines(), cast.malo(), cast.zoe()
    pot = cast.product(cast.maison_zinc())
    for who in (ines, zoe):
        circle.keeps(who, pot)
    block(actor=ines.actor, profile_id=malo.profile.pk)
    Profile.objects.filter(pk=zoe.profile.pk).update(is_suspended=True)

    assert opinion_of(malo.actor, pot.pk).keep_count == 0
    assert opinion_of(ANYONE, pot.pk).keep_count == 1
    assert list(kept_by(malo.actor, ines.profile.pk).rows) == []


def test_shelves_go_on_page_by_page_without_what_is_not_sold_any_more() -> None:
    ines, zinc = cast.ines(), cast.maison_zinc()
    made = [cast.product(zinc, f"Clou {n}") for n in range(PAGE_SIZE + 3)]
    Keep.objects.bulk_create(Keep(profile=ines.profile, product=product) for product in made)
    gone = made.pop()
    type(gone).objects.filter(pk=gone.pk).update(status="withdrawn")

    first = kept_by(ANYONE, ines.profile.pk)
    second = kept_by(ANYONE, ines.profile.pk, Cursor.parse(first.next))

    assert sorted([*first.rows, *second.rows]) == [product.pk for product in made]
    assert second.next is None


def test_opinions_cost_one_query(django_assert_num_queries: object) -> None:
    pot = cast.product(cast.maison_zinc())
    with django_assert_num_queries(1):  # type: ignore[operator]
        opinion_of(Actor(), pot.pk)
