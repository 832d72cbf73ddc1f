"""Leaving: one's account and all that one said are erased."""

from django.db import transaction

from comptoir.common.errors import NotVisible
from comptoir.common.outbox import emit
from comptoir.people.actor import Actor
from comptoir.people.events import PersonLeft
from comptoir.people.models import Profile, User


@transaction.atomic
def leave(*, actor: Actor) -> None:
    """Signs the person out everywhere and hides them at once; ``PersonLeft`` erases the rest.

    Callers settle first what the person still answers for (an open shop).

    Raises:
        NotVisible: the actor is not signed in.
    """
    if actor.user_id is None:
        raise NotVisible
    user = User.objects.select_for_update().get(pk=actor.user_id)
    user.set_unusable_password()  # changes the session hash: every session ends
    User.objects.filter(pk=user.pk).update(is_active=False, password=user.password)
    Profile.objects.filter(user=user).update(is_suspended=True)
    emit(PersonLeft(user_id=user.pk, profile_id=actor.profile_id))
