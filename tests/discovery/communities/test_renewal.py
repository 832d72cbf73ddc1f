"""From day to day: communities keep address, name and people; who left stays away."""

import pytest
from django.db import IntegrityError, connection, transaction

from comptoir.common.errors import Conflict, NotVisible, Refused
from comptoir.config.wiring import dispatcher
from comptoir.discovery.communities import renewal
from comptoir.discovery.communities.renewal import renew_communities
from comptoir.discovery.models import Community, CommunityMember, TastePreference
from comptoir.discovery.privacy import export_of
from comptoir.discovery.services.communities import (
    join_community,
    leave_community,
    rename_community,
)
from comptoir.people.models import Profile
from comptoir.people.services import leave
from tests import cast
from tests.discovery.communities.town import act, handles, members, person, settle, shelves

pytestmark = pytest.mark.django_db

TEA = "Thé"


def of(kind: str) -> Community:
    """The living community that is set apart by that kind most of all."""
    return Community.objects.get(ended_at=None, terms__0__text=kind)


def test_three_tastes_are_three_communities_named_by_what_sets_them_apart() -> None:
    town = settle()
    told = renew_communities()
    assert (told.living, told.new, told.ended, told.people) == (3, 3, 0, 21)
    for kind, people in town.items():
        community = of(kind)
        assert members()[community.name] == handles(people)
        assert community.size == 7
        assert community.terms[0] | {"strength": 0} == {
            "kind": "category",
            "key": kind.lower().replace("é", "e"),
            "text": kind,
            "people": 7,
            "named": True,
            "strength": 0,
        }
        own = {product.pk for product in shelves()[kind]}
        assert community.loved
        assert set(community.loved) <= own


def test_the_same_acts_change_nothing() -> None:
    settle()
    renew_communities()
    before = _written()
    told = renew_communities()
    assert (told.new, told.ended) == (0, 0)
    assert _written() == before


def _written() -> tuple[object, object]:
    rows = CommunityMember.objects.order_by("id").values_list()
    kept = ("id", "slug", "name", "terms", "loved", "size", "found_at", "ended_at")
    return list(rows), list(Community.objects.order_by("id").values_list(*kept))


def test_people_come_and_go_and_the_community_stays_the_same() -> None:
    settle()
    renew_communities()
    first = of(TEA)
    joined = person(0, TEA)
    join_community(actor=joined.actor, community=first)
    for day in range(1, 6):
        gone, new = person(day, TEA), person(10 + day, TEA)
        act(gone, [*shelves()[TEA], *shelves()["Vélo"]], audience="me")
        act(new, shelves()[TEA][:5])
        told = renew_communities()
        assert (told.new, told.ended) == (0, 0)
        assert (of(TEA).pk, of(TEA).slug, of(TEA).name) == (first.pk, first.slug, first.name)
        here = members()[first.name] | members("joined")[first.name]
        assert gone.profile.handle not in here
        assert {new.profile.handle, joined.profile.handle} <= here


def test_who_left_is_never_put_back_and_no_more_counted() -> None:
    town = settle()
    renew_communities()
    tea, gone = of(TEA), town[TEA][0]
    assert leave_community(actor=gone.actor, community=tea) is True
    assert leave_community(actor=gone.actor, community=tea) is False
    tea.refresh_from_db()
    assert tea.size == 6
    renew_communities()
    tea.refresh_from_db()
    assert tea.size == 6
    assert tea.terms[0]["people"] == 6
    assert members("left")[tea.name] == {gone.profile.handle}
    assert members()[tea.name] == handles(town[TEA][1:])

    join_community(actor=gone.actor, community=tea)
    renew_communities()
    row = CommunityMember.objects.get(profile=gone.profile)
    assert (row.how, row.closeness > 0) == ("joined", True)


def test_who_joined_stays_wherever_their_acts_go() -> None:
    settle()
    renew_communities()
    garden, tea_lover = of("Jardin"), person(0, TEA)
    assert join_community(actor=tea_lover.actor, community=garden) is True
    assert join_community(actor=tea_lover.actor, community=garden) is False
    renew_communities()
    garden.refresh_from_db()
    assert garden.size == 8
    rows = CommunityMember.objects.filter(profile=tea_lover.profile).order_by("how")
    assert [(r.community_id, r.how) for r in rows] == [
        (of(TEA).pk, "found"),
        (garden.pk, "joined"),
    ]
    assert rows[1].closeness == 0


def test_one_that_dissolves_ends_for_all_but_those_who_chose_it() -> None:
    town = settle()
    renew_communities()
    tea, chose, left = of(TEA), town[TEA][0], town[TEA][1]
    join_community(actor=chose.actor, community=tea)
    leave_community(actor=left.actor, community=tea)
    for who in town[TEA]:
        act(who, [*shelves()[TEA], *shelves()["Jardin"]], audience="me")
    told = renew_communities()
    assert (told.living, told.new, told.ended) == (2, 0, 1)
    tea.refresh_from_db()
    assert tea.ended_at is not None
    assert (tea.size, tea.loved) == (1, [])
    assert list(tea.members.values_list("profile", "how")) == [(chose.profile.pk, "joined")]
    with pytest.raises(Refused, match="community_ended"):
        join_community(actor=left.actor, community=tea)

    # The same taste again is a new community, at an address of its own.
    for who in town[TEA]:
        act(who, shelves()[TEA][:4])
    assert renew_communities().new == 1
    again = of(TEA)
    assert again.pk != tea.pk
    assert again.slug != tea.slug
    assert leave_community(actor=chose.actor, community=tea) is True
    assert not tea.members.exists()


def test_a_name_is_kept_while_something_of_it_still_sets_apart() -> None:
    settle()
    renew_communities()
    tea = of(TEA)
    Community.objects.filter(pk=tea.pk).update(name="Infusions")
    renew_communities()
    tea.refresh_from_db()
    assert tea.name == "Infusions"
    for product in shelves()[TEA]:
        product.category, product.title = "Tisanes", f"Verveine {product.pk}"
        product.save(update_fields=["category", "title"])
    renew_communities()
    tea.refresh_from_db()
    assert tea.name.startswith("Tisanes")
    assert tea.ended_at is None


def test_the_operator_s_name_is_shown_stays_and_is_nobody_else_s() -> None:
    settle()
    renew_communities()
    operator = cast.person("Odile", "odile", is_operator=True).actor
    tea, garden = of(TEA), of("Jardin")
    rename_community(actor=operator, community=tea, name="  Les   infusés ")
    tea.refresh_from_db()
    assert str(tea) == "Les infusés"
    renew_communities()
    tea.refresh_from_db()
    assert str(tea) == "Les infusés"
    with pytest.raises(Conflict, match="name_taken"):
        rename_community(actor=operator, community=garden, name="les infusés")
    with pytest.raises(NotVisible):
        rename_community(actor=cast.malo().actor, community=garden, name="À moi")
    with pytest.raises(Refused, match="name_long"):
        rename_community(actor=operator, community=garden, name="x" * 81)


def test_switched_off_one_is_found_nowhere() -> None:
    town = settle()
    renew_communities()
    off = town[TEA][0]
    TastePreference.objects.create(profile=off.profile, personalised=False)
    renew_communities()
    assert not CommunityMember.objects.filter(profile=off.profile).exists()
    assert of(TEA).size == 6


def test_suspended_people_are_found_nowhere_and_not_counted() -> None:
    town = settle()
    renew_communities()
    gone = town[TEA][0]
    join_community(actor=gone.actor, community=of(TEA))
    Profile.objects.filter(pk=gone.profile.pk).update(is_suspended=True)
    renew_communities()
    assert of(TEA).size == 6


def test_one_renewal_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renewal, "LOCK", "discovery.communities held by a test")
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [renewal.LOCK])
            with pytest.raises(Conflict, match="renewal_running"):
                renew_communities()
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [renewal.LOCK])
    finally:
        other.close()
    renew_communities()


def test_the_database_holds_that_nobody_is_found_twice_and_no_name_is_told_twice() -> None:
    settle()
    renew_communities()
    who = person(0, TEA).profile
    with pytest.raises(IntegrityError), transaction.atomic():
        CommunityMember.objects.create(
            community=of("Jardin"), profile=who, how="found", closeness=0.5
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Community.objects.create(slug="autre", name=of(TEA).name.upper())
    with pytest.raises(IntegrityError), transaction.atomic():
        CommunityMember.objects.filter(profile=who).update(how="left")


def test_a_person_takes_it_with_them_and_leaves_nothing() -> None:
    town = settle()
    renew_communities()
    who = town[TEA][0]
    told = export_of(who.profile.pk)["communities"]
    assert [(row["community"], row["how"]) for row in told] == [(of(TEA).name, "found")]
    leave(actor=who.actor)
    dispatcher().deliver_all()
    assert not CommunityMember.objects.filter(profile=who.profile.pk).exists()
