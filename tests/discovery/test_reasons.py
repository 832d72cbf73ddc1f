"""The reason line: people one follows, and never what they keep to themselves."""

from datetime import timedelta

import pytest

from comptoir.common import clock
from comptoir.config.wiring import dispatcher
from comptoir.discovery.acts import SHOWN
from comptoir.discovery.models import Signal
from comptoir.discovery.reasons import NO_REASON, reasons_for
from comptoir.people.actor import ANYONE
from comptoir.people.models import Follow, Profile
from comptoir.people.services import block, unfollow
from comptoir.posts.events import PurchaseShared, PurchaseUnshared
from comptoir.posts.services import delete_post
from comptoir.reviews.models import Keep
from comptoir.reviews.services import unkeep_product, withdraw_recommendation
from tests import cast, circle

pytestmark = pytest.mark.django_db


def test_without_anyone_one_follows_there_is_no_reason() -> None:
    ines, malo = cast.ines(), cast.malo()
    pot = cast.product(cast.maison_zinc())
    circle.keeps(malo, pot)

    assert reasons_for(ines.actor, [pot.pk]) == {pot.pk: NO_REASON}
    assert reasons_for(ANYONE, [pot.pk]) == {pot.pk: NO_REASON}
    assert reasons_for(ines.actor, []) == {}


def test_the_strongest_act_speaks_and_all_acts_are_told() -> None:
    ines, malo, zoe = cast.ines(), cast.malo(), cast.zoe()
    pot = cast.product(cast.atelier_brume())
    for friend in (malo, zoe):
        circle.follows(ines, friend)
        circle.keeps(friend, pot)
    circle.recommends(zoe, pot)

    reason = reasons_for(ines.actor, [pot.pk])[pot.pk]

    assert (reason.kind, reason.count) == ("recommended", 1)
    assert [face.handle for face in reason.faces] == ["zoe"]
    assert [(a.kind, a.face.handle) for a in reason.acts] == [
        ("recommended", "zoe"),
        ("kept", "zoe"),
        ("kept", "malo"),
    ]


def test_a_followed_shop_is_the_reason_when_no_friend_is() -> None:
    ines, zinc = cast.ines(), cast.maison_zinc()
    pot = cast.product(zinc)
    circle.follows(ines, zinc)
    assert reasons_for(ines.actor, [pot.pk])[pot.pk].kind == "shop"

    circle.follows(ines, cast.malo())
    circle.keeps(cast.malo(), pot)
    assert reasons_for(ines.actor, [pot.pk])[pot.pk].kind == "kept"


def test_what_one_keeps_oneself_is_known_and_is_no_reason() -> None:
    ines, pot = cast.ines(), cast.product(cast.maison_zinc())
    circle.keeps(ines, pot)

    reason = reasons_for(ines.actor, [pot.pk])[pot.pk]

    assert (reason.kind, reason.kept_by_me, reason.acts) == ("none", True, ())


def test_an_act_kept_to_oneself_is_nobodys_reason() -> None:
    ines, malo = cast.ines(), cast.malo()
    pot = cast.product(cast.maison_zinc())
    circle.follows(ines, malo)
    circle.keeps(malo, pot, audience="me")
    assert reasons_for(ines.actor, [pot.pk])[pot.pk] == NO_REASON

    circle.keeps(malo, pot, audience="followers")
    assert reasons_for(ines.actor, [pot.pk])[pot.pk].kind == "kept"
    circle.keeps(malo, pot, audience="me")
    assert reasons_for(ines.actor, [pot.pk])[pot.pk] == NO_REASON


def test_undone_acts_ended_follows_blocks_and_suspension_take_the_reason_away() -> None:
    ines, malo, zoe, basile = cast.ines(), cast.malo(), cast.zoe(), cast.basile()
    zinc, brume = cast.maison_zinc(), cast.atelier_brume()
    pots = [cast.product(shop, f"Pot {n}") for n, shop in enumerate((zinc, zinc, brume, zinc))]
    for friend, pot in zip((malo, malo, zoe, basile), pots, strict=True):
        circle.follows(ines, friend)
        circle.recommends(friend, pot)
    assert {r.kind for r in reasons_for(ines.actor, [p.pk for p in pots]).values()} == {
        "recommended"
    }

    withdraw_recommendation(actor=malo.actor, product_id=pots[0].pk)
    dispatcher().deliver_all()
    unfollow(actor=ines.actor, profile_id=malo.profile.pk)
    block(actor=zoe.actor, profile_id=ines.profile.pk)
    Profile.objects.filter(pk=basile.profile.pk).update(is_suspended=True)

    assert set(reasons_for(ines.actor, [p.pk for p in pots]).values()) == {NO_REASON}


def test_a_crowd_is_counted_and_twelve_are_named_newest_first() -> None:
    ines, pot = cast.ines(), cast.product(cast.maison_zinc())
    crowd = Profile.objects.bulk_create(
        Profile(handle=f"voisin_{n}", name=f"Voisin {n}") for n in range(SHOWN + 8)
    )
    Follow.objects.bulk_create(Follow(follower=ines.profile, followee=other) for other in crowd)
    Keep.objects.bulk_create(Keep(profile=other, product=pot) for other in crowd)
    Signal.objects.bulk_create(
        Signal(actor=other, product=pot, kind="kept", at=clock.now() - timedelta(hours=n))
        for n, other in enumerate(crowd)
    )

    reason = reasons_for(ines.actor, [pot.pk])[pot.pk]

    assert reason.count == SHOWN + 8
    assert [act.face.handle for act in reason.acts] == [f"voisin_{n}" for n in range(SHOWN)]
    assert len(reason.faces) == 3


def test_events_told_twice_are_one_signal_and_a_purchase_can_be_unshared() -> None:
    ines, malo = cast.ines(), cast.malo()
    pot = cast.product(cast.maison_zinc())
    circle.follows(malo, ines)
    post = circle.shows_bought(ines, pot)
    told = PurchaseShared(
        post_id=post.pk, profile_id=ines.profile.pk, product_id=pot.pk, audience="everyone"
    )
    from_wiring = dispatcher()._handlers["posts.PurchaseShared"]
    for handler in (*from_wiring, *from_wiring):
        handler(told)
    assert Signal.objects.count() == 1
    assert reasons_for(malo.actor, [pot.pk])[pot.pk].kind == "bought"

    delete_post(post=post)
    undone = PurchaseUnshared(post_id=post.pk, profile_id=ines.profile.pk, product_id=pot.pk)
    for handler in dispatcher()._handlers["posts.PurchaseUnshared"]:
        handler(undone)
    assert reasons_for(malo.actor, [pot.pk])[pot.pk] == NO_REASON


def test_unkeeping_forgets_the_signal() -> None:
    ines, pot = cast.ines(), cast.product(cast.maison_zinc())
    circle.keeps(ines, pot)
    unkeep_product(actor=ines.actor, product_id=pot.pk)
    dispatcher().deliver_all()
    assert not Signal.objects.exists()


def test_reasons_of_many_products_cost_one_query(django_assert_num_queries: object) -> None:
    ines, zinc = cast.ines(), cast.maison_zinc()
    ids = [cast.product(zinc, f"Clou {n}").pk for n in range(20)]
    with django_assert_num_queries(1):  # type: ignore[operator]
        reasons_for(ines.actor, ids)
