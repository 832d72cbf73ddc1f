"""Following and blocking."""

import pytest

from comptoir.common.errors import NotVisible, Refused
from comptoir.common.models import OutboxEvent
from comptoir.people.access import blocked_between, profile_for
from comptoir.people.actor import ANYONE
from comptoir.people.queries import blocked_by, followed_by, followers_of, head_of
from comptoir.people.services import block, follow, unblock, unfollow
from tests import cast, circle

pytestmark = pytest.mark.django_db


def events() -> list[str]:
    return list(OutboxEvent.objects.order_by("pk").values_list("name", flat=True))


def test_following_twice_is_following_once() -> None:
    ines, malo = cast.ines(), cast.malo()

    assert follow(actor=malo.actor, profile_id=ines.profile.pk)
    assert not follow(actor=malo.actor, profile_id=ines.profile.pk)

    assert [row.face.handle for row in followers_of(ANYONE, ines.profile.pk).rows] == ["malo"]
    assert events() == ["people.ProfileFollowed"]


def test_unfollowing_whom_one_does_not_follow_changes_nothing() -> None:
    ines, malo = cast.ines(), cast.malo()

    assert not unfollow(actor=malo.actor, profile_id=ines.profile.pk)
    assert events() == []


def test_nobody_follows_or_blocks_themselves() -> None:
    ines = cast.ines()

    with pytest.raises(Refused, match="follow_oneself"):
        follow(actor=ines.actor, profile_id=ines.profile.pk)
    with pytest.raises(Refused, match="block_oneself"):
        block(actor=ines.actor, profile_id=ines.profile.pk)


def test_a_visitor_follows_nobody() -> None:
    with pytest.raises(NotVisible):
        follow(actor=ANYONE, profile_id=cast.ines().profile.pk)


def test_a_block_hides_both_ways_and_ends_follows() -> None:
    ines, malo = cast.ines(), cast.malo()
    circle.follows(malo, ines)
    circle.follows(ines, malo)

    block(actor=ines.actor, profile_id=malo.profile.pk)

    assert blocked_between(malo.profile.pk, ines.profile.pk)
    assert list(followers_of(ANYONE, ines.profile.pk).rows) == []
    assert list(followers_of(ANYONE, malo.profile.pk).rows) == []
    for one, other in ((ines, malo), (malo, ines)):
        with pytest.raises(NotVisible):
            profile_for(one.actor, other.profile.handle)
    assert profile_for(cast.zoe().actor, "ines").pk == ines.profile.pk


def test_a_block_can_be_taken_back_but_follows_do_not_return() -> None:
    ines, malo = cast.ines(), cast.malo()
    circle.follows(malo, ines)
    block(actor=ines.actor, profile_id=malo.profile.pk)
    assert [face.handle for face in blocked_by(ines.actor)] == ["malo"]

    unblock(actor=malo.actor, profile_id=ines.profile.pk)
    assert blocked_between(ines.profile.pk, malo.profile.pk), "only who blocked takes it back"
    unblock(actor=ines.actor, profile_id=malo.profile.pk)

    assert blocked_by(ines.actor) == []
    assert profile_for(malo.actor, "ines").pk == ines.profile.pk
    assert list(followers_of(ANYONE, ines.profile.pk).rows) == []


def test_a_suspended_profile_is_not_there() -> None:
    ines, malo = cast.ines(), cast.malo()
    circle.follows(malo, ines)
    type(ines.profile).objects.filter(pk=ines.profile.pk).update(is_suspended=True)

    with pytest.raises(NotVisible):
        profile_for(malo.actor, "ines")
    assert list(followed_by(malo.actor, malo.profile.pk).rows) == []


def test_the_head_of_a_page_says_who_follows_whom() -> None:
    ines, malo, zoe = cast.ines(), cast.malo(), cast.zoe()
    circle.follows(ines, malo)
    circle.follows(malo, zoe)
    circle.follows(zoe, ines)

    head = head_of(ines.actor, zoe.profile)

    assert (head.followers, head.following) == (1, 1)
    assert (head.followed_by_me, head.follows_me, head.is_me) == (False, True, False)
    assert [face.handle for face in head.friends_following] == ["malo"]
    assert head_of(zoe.actor, zoe.profile).is_me


def test_a_suspended_friend_is_not_named() -> None:
    ines, malo, zoe = cast.ines(), cast.malo(), cast.zoe()
    circle.follows(ines, malo)
    circle.follows(malo, zoe)
    type(malo.profile).objects.filter(pk=malo.profile.pk).update(is_suspended=True)

    assert head_of(ines.actor, zoe.profile).friends_following == ()
