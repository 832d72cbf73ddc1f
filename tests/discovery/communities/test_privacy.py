"""What is kept to oneself moves nothing that others see; what is hidden is gone at once."""

from random import Random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from comptoir.catalog.models import Product
from comptoir.discovery.communities.queries import (
    communities_for,
    joined_members,
    loved_in,
    placed_by,
    view_of,
)
from comptoir.discovery.communities.renewal import renew_communities
from comptoir.discovery.models import Community, CommunityMember, Signal, TastePreference
from comptoir.discovery.services.communities import join_community
from comptoir.people.actor import ANYONE
from comptoir.people.models import Profile
from comptoir.people.services import block
from comptoir.reviews.models import Keep, Recommendation
from tests import cast, circle
from tests.cast import Person
from tests.discovery.communities.town import act, known, person, settle, shelves

pytestmark = pytest.mark.django_db


def shown(*viewers: Person) -> list[object]:
    """Everything that pages tell of communities to a visitor and to these people."""
    told: list[object] = []
    for actor in (ANYONE, *(viewer.actor for viewer in viewers)):
        rows = communities_for(actor)
        told.append((rows, loved_in(actor, rows, each=24)))
        told += [joined_members(actor, row) for row in rows]
        told += [placed_by(actor, row) for row in rows if row.mine == "found"]
    return [*told, list(Community.objects.order_by("id").values_list("name", "terms", "size"))]


def hide(chance: Random, who: Person, product: Product) -> None:
    """An act of which others may not know, or that may not count, of one kind or another."""
    way = chance.choice(["me", "followers", "forgotten", "paid", "late"])
    if way in {"me", "followers"}:
        act(who, [product], audience=way)
    elif way == "forgotten":
        act(who, [product])
        Signal.objects.filter(actor=who.profile, product=product).update(forgotten=True)
    elif way == "paid":
        Recommendation.objects.create(profile=who.profile, product=product, interest="paid")
        Signal.objects.create(actor=who.profile, product=product, kind="recommended")
    else:  # the signal remembers what the act says no more
        act(who, [product])
        Keep.objects.filter(profile=who.profile, product=product).update(audience="me")


@pytest.mark.parametrize("seed", range(4))
def test_hidden_acts_change_nothing_that_anyone_else_sees(seed: int) -> None:
    chance, town = Random(seed), settle()
    things = [product for shelf in shelves().values() for product in shelf]
    told = set(Signal.objects.values_list("actor", "product"))
    renew_communities()
    viewers = (town["Thé"][0], town["Vélo"][3])
    before = shown(*viewers)

    everyone = [who for kind in town.values() for who in kind if who not in viewers]
    secret = [known(cast.person(f"Secret {n}", f"secret_{n}")) for n in range(6)]
    for who in [*everyone, *secret, *secret]:
        product = chance.choice(things)
        if (who.profile.pk, product.pk) not in told:
            told.add((who.profile.pk, product.pk))
            hide(chance, who, product)
    renew_communities()

    assert shown(*viewers) == before
    assert not CommunityMember.objects.filter(profile__handle__startswith="secret").exists()


def test_an_act_hidden_since_last_night_is_not_counted_at_once() -> None:
    town = settle()
    renew_communities()
    viewer = town["Vélo"][0].actor
    tea = view_of(viewer, Community.objects.get(terms__0__text="Thé"))
    loved = {one.product_id: one.people for one in loved_in(viewer, [tea], 24)[tea.id]}
    product, people = max(loved.items(), key=lambda told: told[1])
    actors = Keep.objects.filter(product=product, profile__handle__startswith="t_")
    assert actors.count() == people > 3

    def counted() -> int:
        told = loved_in(viewer, [tea], 24)[tea.id]
        return {one.product_id: one.people for one in told}.get(product, 0)

    actors.filter(pk=actors.order_by("id")[0].pk).update(audience="followers")
    assert counted() == people - 1
    other = actors.filter(audience="everyone").order_by("id")[0].profile
    TastePreference.objects.create(profile=other, personalised=False)
    assert counted() == people - 2
    # Of fewer than three, nothing is said.
    kept = list(actors.filter(audience="everyone").exclude(profile=other).values_list("pk"))[2:]
    actors.filter(pk__in=[pk for (pk,) in kept]).update(audience="me")
    assert counted() == 0


def test_only_what_is_shown_is_asked_about_and_the_next_takes_the_place_of_the_hidden() -> None:
    town = settle()
    renew_communities()
    viewer = town["Vélo"][0].actor
    rows = communities_for(viewer)
    shown = loved_in(viewer, rows, 24)
    first, second = (one.product_id for one in shown[rows[0].id][:2])

    with CaptureQueriesContext(connection) as queries:
        told = loved_in(viewer, rows, 1)
    assert told == {key: row[:1] for key, row in shown.items()}
    assert len(queries) == 1
    asked = ",".join(str(one.loved[0]) for one in rows)
    assert f"'{{{asked}}}'" in queries[0]["sql"]

    Keep.objects.filter(product=first).update(audience="me")
    Recommendation.objects.filter(product=first).update(audience="me")
    assert loved_in(viewer, rows[:1], 1)[rows[0].id][0].product_id == second


def test_who_was_found_is_told_to_themselves_alone_and_not_once_they_switched_it_off() -> None:
    town = settle()
    renew_communities()
    tea = Community.objects.get(terms__0__text="Thé")
    mine, other = town["Thé"][0], town["Thé"][1]
    circle.follows(other, mine)
    assert view_of(mine.actor, tea).mine == "found"
    seen = view_of(other.actor, tea)
    assert (seen.friends, joined_members(other.actor, seen).rows) == ((), [])
    TastePreference.objects.create(profile=mine.profile, personalised=False)
    assert view_of(mine.actor, tea).mine == ""

    join_community(actor=mine.actor, community=tea)
    assert [face.handle for face in view_of(other.actor, tea).friends] == ["t_00"]
    seen = view_of(other.actor, tea)
    assert [row.face.handle for row in joined_members(other.actor, seen).rows] == ["t_00"]
    assert joined_members(ANYONE, seen).rows == []


@pytest.mark.parametrize("way", ["blocks", "is blocked", "suspended"])
def test_members_are_those_the_viewer_may_see(way: str) -> None:
    town = settle()
    renew_communities()
    tea = Community.objects.get(terms__0__text="Thé")
    member, viewer = town["Thé"][0], town["Thé"][1]
    circle.follows(viewer, member)
    join_community(actor=member.actor, community=tea)
    if way == "suspended":
        Profile.objects.filter(pk=member.profile.pk).update(is_suspended=True)
    else:
        one, other = (viewer, member) if way == "blocks" else (member, viewer)
        block(actor=one.actor, profile_id=other.profile.pk)
    seen = view_of(viewer.actor, tea)
    assert (seen.friends, joined_members(viewer.actor, seen).rows) == ((), [])


def test_why_one_was_placed_is_told_by_one_s_own_public_acts() -> None:
    town = settle()
    renew_communities()
    me, tea = person(0, "Thé"), Community.objects.get(terms__0__text="Thé")
    Keep.objects.filter(profile=me.profile, product=shelves()["Thé"][0]).update(audience="me")
    told = placed_by(me.actor, view_of(me.actor, tea))
    own = {product.pk for product in shelves()["Thé"][1:4]}
    assert {one.product_id for one in told if one.people} <= own
    assert {one.product_id for one in told} == own | {shelves()["Jardin"][0].pk}
    for one in told:
        others = Keep.objects.filter(product=one.product_id, profile__handle__startswith="t_")
        count = others.exclude(profile=me.profile).count()
        assert one.people == (count if count >= 3 else 0)
    assert [one.people for one in told] == sorted((one.people for one in told), reverse=True)
    assert len(town["Thé"]) == 7
