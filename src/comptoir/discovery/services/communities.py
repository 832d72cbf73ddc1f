"""What a person decides about a community; what the operator calls it."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from comptoir.common import clock
from comptoir.common.errors import Conflict, NotVisible, Refused
from comptoir.discovery.models import Community, CommunityMember
from comptoir.people.actor import Actor

JOINED, LEFT = CommunityMember.How.JOINED, CommunityMember.How.LEFT


@transaction.atomic
def join_community(*, actor: Actor, community: Community) -> bool:
    """The actor joins, found there or not, until they leave; returns whether that is new.

    Raises:
        NotVisible: the actor has no profile.
        Refused: ``community_ended``.
    """
    profile_id, member = _member(actor, community)
    if community.ended_at is not None:
        raise Refused("community_ended", _("This community is no more."))
    if member is not None and member.how == JOINED:
        return False
    if member is None or member.how == LEFT:
        _count(community, 1)
    CommunityMember.objects.update_or_create(
        community=community,
        profile_id=profile_id,
        defaults={"how": JOINED, "at": clock.now()},
    )
    return True


@transaction.atomic
def leave_community(*, actor: Actor, community: Community) -> bool:
    """The actor leaves and is never found there again; returns whether they were there.

    Raises:
        NotVisible: the actor has no profile.
    """
    _profile_id, member = _member(actor, community)
    if member is None or member.how == LEFT:
        return False
    if community.ended_at is not None:
        member.delete()
    else:
        member.how, member.closeness, member.at = LEFT, 0.0, clock.now()
        member.save(update_fields=["how", "closeness", "at"])
    _count(community, -1)
    return True


def rename_community(*, actor: Actor, community: Community, name: str) -> None:
    """The operator gives it a name; an empty one gives it back its own.

    Raises:
        NotVisible: the actor is no operator.
        Refused: ``name_long``.
        Conflict: ``name_taken``, another community is called so.
    """
    if not actor.is_operator:
        raise NotVisible
    given = " ".join(name.split())
    if len(given) > 80:
        raise Refused("name_long", _("A name has at most 80 characters."))
    try:
        with transaction.atomic():
            Community.objects.filter(pk=community.pk).update(given_name=given)
    except IntegrityError as error:
        raise Conflict("name_taken", _("Another community has this name.")) from error


def _member(actor: Actor, community: Community) -> tuple[int, CommunityMember | None]:
    profile_id = actor.profile_id
    if profile_id is None:
        raise NotVisible
    # The community first: the same order for every act, and counts that add up.
    Community.objects.select_for_update().get(pk=community.pk)
    rows = CommunityMember.objects.filter(community=community, profile=profile_id)
    return profile_id, rows.first()


def _count(community: Community, by: int) -> None:
    """The day's work counts anew; a count that is off by one keeps nobody from leaving."""
    Community.objects.filter(pk=community.pk, size__gte=-by).update(size=F("size") + by)
