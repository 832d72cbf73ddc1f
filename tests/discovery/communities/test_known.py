"""Nobody makes a community by opening accounts, and no shop has one to itself."""

from collections.abc import Sequence

import pytest

from comptoir.catalog.models import Product
from comptoir.discovery.communities.renewal import renew_communities
from comptoir.discovery.models import Community, CommunityMember, Signal
from comptoir.people.models import Follow
from tests import cast
from tests.cast import Person
from tests.discovery.communities.town import act, known, settle

pytestmark = pytest.mark.django_db


def candles(*shops: str) -> list[Product]:
    """Six, of these shops in turn, of a kind that nobody else sells."""
    of = {"zinc": cast.maison_zinc, "brume": cast.atelier_brume}
    made = [
        cast.product(of[shops[number % len(shops)]](), f"Superbougie {number}")
        for number in range(6)
    ]
    Product.objects.filter(pk__in=[one.pk for one in made]).update(category="Bougies")
    return made


def accounts(keep: Sequence[Product]) -> list[Person]:
    """Twelve new ones, who keep all of it."""
    made = [cast.person(f"Ombre {number}", f"ombre_{number}") for number in range(12)]
    for who in made:
        act(who, keep)
    return made


def named() -> set[str]:
    return set(Community.objects.filter(ended_at=None).values_list("terms__0__text", flat=True))


TOWN = {"Thé", "Jardin", "Vélo"}


def test_accounts_that_nobody_known_follows_make_none_and_move_none() -> None:
    town = settle()
    shadows = accounts(candles("zinc", "brume"))
    lead, *_others = shadows
    # They follow everybody, and one another's leader; that is all they can do.
    honest = [who.profile for people in town.values() for who in people]
    Follow.objects.bulk_create(
        Follow(follower=who.profile, followee=whom)
        for who in shadows
        for whom in (*honest, lead.profile)
        if who.profile != whom
    )
    assert renew_communities().living == 3
    assert named() == TOWN
    assert not CommunityMember.objects.filter(profile__handle__startswith="ombre").exists()


def test_the_same_people_once_known_are_a_community() -> None:
    settle()
    for who in accounts(candles("zinc", "brume")):
        known(who)
    renew_communities()
    assert named() == {*TOWN, "Bougies"}


def test_known_people_who_love_one_shop_s_products_alone_are_no_community() -> None:
    settle()
    for who in accounts(candles("brume")):
        known(who)
    renew_communities()
    assert named() == TOWN


def test_likes_neither_make_a_community_nor_place_anybody() -> None:
    settle()
    liked = candles("zinc", "brume")
    for number in range(12):
        who = known(cast.person(f"Ombre {number}", f"ombre_{number}"))
        Signal.objects.bulk_create(
            Signal(actor=who.profile, product=product, kind=Signal.Kind.LIKED) for product in liked
        )
    renew_communities()
    assert named() == TOWN
    assert not CommunityMember.objects.filter(profile__handle__startswith="ombre").exists()


def test_where_nobody_follows_anybody_nothing_is_said() -> None:
    settle()
    Follow.objects.all().delete()
    assert renew_communities().living == 0
