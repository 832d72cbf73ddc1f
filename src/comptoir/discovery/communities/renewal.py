"""The day's work: communities are found anew and written down."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from django.db import transaction

from comptoir.common.alone import alone_at
from comptoir.common.errors import Conflict
from comptoir.discovery.communities.finding import groups_of
from comptoir.discovery.communities.gathering import gather
from comptoir.discovery.communities.matching import matched
from comptoir.discovery.communities.portraits import Portrait, place_of, portrait_of
from comptoir.discovery.communities.writing import create, end, go_on, settle, write_members
from comptoir.discovery.models import Community, CommunityMember

LOCK = "discovery.communities"


@dataclass(frozen=True, slots=True)
class Renewal:
    """How many communities live now, how many of them are new, how many ended, and how many people
    were found in one."""

    living: int
    new: int
    ended: int
    people: int


def renew_communities() -> Renewal:
    """Finds the communities of today, goes on those of yesterday that they are, ends the others.

    Run again on the same acts, it finds the same. Rows are locked by the writing alone, which is
    one short transaction.

    Raises:
        Conflict: ``renewal_running``, another one is at it.
    """
    with alone_at(LOCK) as alone:
        if not alone:
            raise Conflict("renewal_running", "Communities are being found already.")
        before = list(Community.objects.filter(ended_at=None).order_by("id"))
        today = _today(before)
        with transaction.atomic():
            return _write(before, today)


def _today(before: Sequence[Community]) -> list[tuple[int | None, Portrait]]:
    """Each community of today with the key of yesterday's that it goes on, the largest first."""
    town = gather()
    groups = groups_of(town.graph)
    place = place_of(town)
    keys = [frozenset(town.profiles[group.people].tolist()) for group in groups]
    found, left = _members(before)
    goes_on = matched(found, keys)
    drawn = []
    for number, group in enumerate(groups):
        key = goes_on.get(number)
        portrait = portrait_of(place, group, left.get(key, frozenset()) if key else frozenset())
        if portrait is not None:
            drawn.append((key, portrait))
    return drawn


def _members(
    communities: Sequence[Community],
) -> tuple[Mapping[int, AbstractSet[int]], Mapping[int, AbstractSet[int]]]:
    """Who was found in each community, whether they joined it or not; and who left each."""
    found: dict[int, set[int]] = {community.pk: set() for community in communities}
    left: dict[int, set[int]] = {community.pk: set() for community in communities}
    rows = CommunityMember.objects.filter(community__in=list(found))
    for key, profile, how, closeness in rows.values_list(
        "community", "profile", "how", "closeness"
    ):
        if how == CommunityMember.How.LEFT:
            left[key].add(profile)
        elif closeness:
            found[key].add(profile)
    return found, left


def _write(before: Sequence[Community], today: Sequence[tuple[int | None, Portrait]]) -> Renewal:
    known = {community.pk: community for community in before}
    gone = known.keys() - {key for key, _portrait in today}
    end(gone)
    living = [community for community in before if community.pk not in gone]
    taken = {name.casefold() for one in living for name in (one.name, one.given_name) if name}
    placed = []
    for key, portrait in today:
        community = go_on(known[key], portrait, taken) if key else create(portrait, taken)
        taken |= {community.name.casefold()}
        placed += [(community.pk, who, near) for who, near in portrait.closeness.items()]
    write_members(placed)
    settle()
    new = sum(key is None for key, _portrait in today)
    return Renewal(living=len(today), new=new, ended=len(gone), people=len(placed))
