"""The only way in to profiles from pages: what the actor may not know of is not there."""

from django.db.models import Q

from comptoir.common.errors import NotVisible
from comptoir.people.actor import Actor
from comptoir.people.models import Block, Profile


def profile_for(actor: Actor, handle: str) -> Profile:
    """The profile of that handle.

    Raises:
        NotVisible: there is none, it is suspended, or one blocked the other.
    """
    profile = (
        Profile.objects.select_related("avatar", "banner")
        .filter(handle=handle.lower(), is_suspended=False)
        .first()
    )
    if profile is None or blocked_between(actor.profile_id, profile.pk):
        raise NotVisible
    return profile


def blocked_between(one: int | None, other: int | None) -> bool:
    """Whether either of two profiles blocks the other."""
    if one is None or other is None or one == other:
        return False
    pair = [one, other]
    return Block.objects.filter(Q(blocker__in=pair, blocked__in=pair)).exists()
