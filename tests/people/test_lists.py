"""Lists of who follows whom, and whom one might follow."""

import pytest

from comptoir.common.keyset import Cursor
from comptoir.people.actor import ANYONE, Actor
from comptoir.people.models import Follow, Profile
from comptoir.people.queries import PAGE_SIZE, followers_of
from comptoir.people.services import block
from comptoir.people.suggestions import suggestions_for
from tests import cast, circle

pytestmark = pytest.mark.django_db


def crowd(count: int) -> list[Profile]:
    return Profile.objects.bulk_create(
        Profile(handle=f"voisin_{n:03d}", name=f"Voisin {n}") for n in range(count)
    )


def test_followers_page_by_page_each_once() -> None:
    ines = cast.ines()
    neighbours = crowd(PAGE_SIZE + 5)
    Follow.objects.bulk_create(
        Follow(follower=neighbour, followee=ines.profile) for neighbour in neighbours
    )

    first = followers_of(ANYONE, ines.profile.pk)
    assert first.next
    second = followers_of(ANYONE, ines.profile.pk, Cursor.parse(first.next))

    seen = [row.face.id for row in [*first.rows, *second.rows]]
    assert len(first.rows) == PAGE_SIZE
    assert sorted(seen) == sorted(neighbour.pk for neighbour in neighbours)
    assert second.next is None


def test_a_list_leaves_out_those_whom_the_viewer_blocks() -> None:
    ines, malo, zoe = cast.ines(), cast.malo(), cast.zoe()
    circle.follows(malo, ines)
    circle.follows(zoe, ines)
    block(actor=malo.actor, profile_id=zoe.profile.pk)

    assert [row.face.handle for row in followers_of(malo.actor, ines.profile.pk).rows] == ["malo"]
    assert len(followers_of(ANYONE, ines.profile.pk).rows) == 2


def test_friends_of_friends_come_first() -> None:
    ines, malo, zoe = cast.ines(), cast.malo(), cast.zoe()
    crowd(10)
    circle.follows(ines, malo)
    circle.follows(malo, zoe)

    found = suggestions_for(ines.actor)
    assert found.people[0].face.handle == "zoe"
    assert [face.handle for face in found.friends[found.people[0].face.id]] == ["malo"]


def test_suggestions_are_not_oneself_nor_followed_nor_blocked_nor_suspended() -> None:
    ines, malo, zoe, basile = cast.ines(), cast.malo(), cast.zoe(), cast.basile()
    circle.follows(ines, malo)
    block(actor=zoe.actor, profile_id=ines.profile.pk)
    Profile.objects.filter(pk=basile.profile.pk).update(is_suspended=True)

    assert suggestions_for(ines.actor).people == ()


def test_people_and_shops_apart_at_most_so_many_of_each() -> None:
    cast.maison_zinc()
    cast.atelier_brume()
    crowd(9)

    found = suggestions_for(Actor(), each=3)

    assert {row.face.handle for row in found.shops} == {"maison_zinc", "atelier_brume"}
    assert len(found.people) == 3
