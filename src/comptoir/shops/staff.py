"""Reads of who works for a shop."""

from dataclasses import dataclass
from datetime import datetime

from comptoir.common import clock
from comptoir.common.errors import NotVisible
from comptoir.people.actor import Actor
from comptoir.people.faces import Face, face_of
from comptoir.shops.models import Invitation, StaffMember


@dataclass(frozen=True, slots=True)
class StaffRow:
    """Someone who works there; ``face`` is ``None`` while they have no profile."""

    id: int
    user_id: int
    role: str
    face: Face | None
    since: datetime


def works_at(user_id: int, shop_id: int) -> bool:
    return StaffMember.objects.filter(shop=shop_id, user=user_id).exists()


def staff_of(shop_id: int) -> list[StaffRow]:
    """All who work there, the first first; one statement."""
    rows = StaffMember.objects.filter(shop=shop_id).select_related("user__profile__avatar")
    return [
        StaffRow(
            id=row.pk,
            user_id=row.user_id,
            role=row.role,
            face=face_of(row.user.profile) if hasattr(row.user, "profile") else None,
            since=row.created_at,
        )
        for row in rows.order_by("created_at", "id")
    ]


def invitations_of(shop_id: int) -> list[Invitation]:
    """Those that still stand, the newest first."""
    rows = Invitation.objects.filter(shop=shop_id, expires_at__gt=clock.now())
    return list(rows.order_by("-created_at", "-id"))


def invitation_for(actor: Actor, key: str) -> Invitation:
    """The invitation behind a link, with its shop's profile.

    Raises:
        NotVisible: there is none (any more), or it is for someone else.
    """
    rows = Invitation.objects.select_related("shop__profile__avatar", "by__profile")
    found = rows.filter(key=key, expires_at__gt=clock.now()).first()
    if found is None or not actor.signed_in or found.user_id not in {None, actor.user_id}:
        raise NotVisible
    return found


def invitations_to(actor: Actor) -> list[Invitation]:
    """Those that wait for the actor's answer, with each shop's profile."""
    if not actor.signed_in:
        return []
    rows = Invitation.objects.filter(user=actor.user_id, expires_at__gt=clock.now())
    return list(rows.select_related("shop__profile").order_by("-id"))
