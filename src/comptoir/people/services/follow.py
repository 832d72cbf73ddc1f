"""Following and blocking."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.common.errors import NotVisible, Refused
from comptoir.common.outbox import emit
from comptoir.people.actor import Actor
from comptoir.people.events import ProfileBlocked, ProfileFollowed, ProfileUnfollowed
from comptoir.people.models import Block, Follow


def _own_profile(actor: Actor) -> int:
    if actor.profile_id is None:
        raise NotVisible
    return actor.profile_id


@transaction.atomic
def follow(*, actor: Actor, profile_id: int) -> bool:
    """The actor follows a profile that they may see; returns whether that is new.

    Raises:
        NotVisible: the actor has no profile.
        Refused: ``follow_oneself``.
    """
    follower_id = _own_profile(actor)
    if follower_id == profile_id:
        raise Refused("follow_oneself", _("You cannot follow yourself."))
    _row, new = Follow.objects.get_or_create(follower_id=follower_id, followee_id=profile_id)
    if new:
        emit(ProfileFollowed(follower_id=follower_id, followee_id=profile_id))
    return new


@transaction.atomic
def unfollow(*, actor: Actor, profile_id: int) -> bool:
    """The actor follows the profile no more; returns whether they did."""
    follower_id = _own_profile(actor)
    gone, _kinds = Follow.objects.filter(follower=follower_id, followee=profile_id).delete()
    if gone:
        emit(ProfileUnfollowed(follower_id=follower_id, followee_id=profile_id))
    return bool(gone)


@transaction.atomic
def block(*, actor: Actor, profile_id: int) -> None:
    """Neither sees the other from now on; follows between them end.

    Raises:
        Refused: ``block_oneself``.
    """
    blocker_id = _own_profile(actor)
    if blocker_id == profile_id:
        raise Refused("block_oneself", _("You cannot block yourself."))
    _row, new = Block.objects.get_or_create(blocker_id=blocker_id, blocked_id=profile_id)
    pair = [blocker_id, profile_id]
    Follow.objects.filter(follower__in=pair, followee__in=pair).delete()
    if new:
        emit(ProfileBlocked(blocker_id=blocker_id, blocked_id=profile_id))


@transaction.atomic
def unblock(*, actor: Actor, profile_id: int) -> None:
    """Takes a block back; follows that it ended do not come back."""
    Block.objects.filter(blocker=_own_profile(actor), blocked=profile_id).delete()
