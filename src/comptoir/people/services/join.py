"""Joining, and keeping one's own profile."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from comptoir.common.errors import Conflict, NotVisible, Refused
from comptoir.common.markup import clean_line, clean_text
from comptoir.people.actor import Actor
from comptoir.people.handles import check_handle
from comptoir.people.models import Profile, User
from comptoir.people.models.profile import Audience

LANGUAGES = ("fr", "en", "")


def join(*, user: User, name: str, handle: str, bio: str = "", place: str = "") -> Profile:
    """Gives a login its personal profile.

    Raises:
        Refused: ``handle_form``, ``handle_reserved``, ``name_missing``.
        Conflict: ``handle_taken``, or ``already_joined``.
    """
    kept = check_handle(handle)
    clean = clean_line(name, max_length=60)
    if not clean:
        raise Refused("name_missing", _("Tell people your name."))
    return create_profile(
        kind=Profile.Kind.PERSON, handle=kept, name=clean, bio=bio, place=place, user=user
    )


def create_profile(
    *,
    kind: Profile.Kind,
    handle: str,
    name: str,
    bio: str = "",
    place: str = "",
    user: User | None = None,
) -> Profile:
    """Makes a profile; the handle is checked by the caller, its being free is settled here.

    Raises:
        Conflict: ``handle_taken``, or ``already_joined``.
    """
    try:
        with transaction.atomic():
            return Profile.objects.create(
                kind=kind,
                handle=handle,
                name=name,
                bio=clean_text(bio, max_length=500),
                place=clean_line(place, max_length=80),
                user=user,
            )
    except IntegrityError as error:
        if user is not None and Profile.objects.filter(user=user).exists():
            raise Conflict("already_joined", _("You already have a profile.")) from error
        raise Conflict("handle_taken", _("This handle is taken. Choose another.")) from error


def edit_profile(
    *,
    actor: Actor,
    name: str,
    bio: str,
    place: str,
    keeps_audience: str,
    avatar_id: int | None = None,
) -> None:
    """Changes one's own profile; ``avatar_id`` ``None`` leaves the avatar as it is.

    Raises:
        NotVisible: the actor has no profile.
        Refused: ``name_missing``, ``bad_audience``.
    """
    clean = clean_line(name, max_length=60)
    if not clean:
        raise Refused("name_missing", _("Tell people your name."))
    if keeps_audience not in Audience.values:
        raise Refused("bad_audience", _("Choose who sees what you keep."))
    changes: dict[str, object] = {
        "name": clean,
        "bio": clean_text(bio, max_length=500),
        "place": clean_line(place, max_length=80),
        "keeps_audience": keeps_audience,
    }
    if avatar_id is not None:
        changes["avatar_id"] = avatar_id
    if actor.profile_id is None:
        raise NotVisible
    Profile.objects.filter(pk=actor.profile_id).update(**changes)


def set_language(*, actor: Actor, language: str) -> None:
    """Keeps the language a person chose; '' goes back to the browser's.

    Raises:
        NotVisible: the actor is not signed in.
        Refused: ``bad_language``.
    """
    if language not in LANGUAGES:
        raise Refused("bad_language", _("Comptoir speaks French and English."))
    if actor.user_id is None:
        raise NotVisible
    User.objects.filter(pk=actor.user_id).update(language=language)
