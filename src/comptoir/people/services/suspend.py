"""Suspending a profile, by the operator."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.common.errors import NotVisible, Refused
from comptoir.common.outbox import emit
from comptoir.people.actor import Actor
from comptoir.people.events import ProfileRestored, ProfileSuspended
from comptoir.people.models import Profile, User


@transaction.atomic
def suspend_profile(*, actor: Actor, handle: str) -> None:
    """The profile is seen nowhere any more, and a person's sessions end at their next request.

    Raises:
        NotVisible: the actor is not the operator, or there is no such profile.
        Refused: ``suspend_operator``.
    """
    profile = _profile(actor, handle)
    if profile.user is not None and profile.user.is_operator:
        raise Refused("suspend_operator", _("The operator cannot be suspended."))
    Profile.objects.filter(pk=profile.pk).update(is_suspended=True)
    # A session asks for its user at each request: one that is not active is nobody.
    if profile.user is not None:
        User.objects.filter(pk=profile.user.pk).update(is_active=False)
    emit(ProfileSuspended(profile_id=profile.pk))


@transaction.atomic
def restore_profile(*, actor: Actor, handle: str) -> None:
    """The profile is seen again, and its person may sign in.

    Raises:
        NotVisible: the actor is not the operator, or there is no such profile.
    """
    profile = _profile(actor, handle)
    Profile.objects.filter(pk=profile.pk).update(is_suspended=False)
    if profile.user is not None:
        User.objects.filter(pk=profile.user.pk).update(is_active=True)
    emit(ProfileRestored(profile_id=profile.pk))


def _profile(actor: Actor, handle: str) -> Profile:
    rows = Profile.objects.select_related("user").select_for_update(of=("self",), no_key=True)
    profile = rows.filter(handle=handle.lower()).first() if actor.is_operator else None
    if profile is None:
        raise NotVisible
    return profile
