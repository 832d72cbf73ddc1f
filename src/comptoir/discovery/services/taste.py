"""What a person decides about their own circle of taste. Saying it twice is the same as once."""

from typing import Any

from django.db import transaction

from comptoir.common import clock
from comptoir.common.errors import NotVisible
from comptoir.common.outbox import emit
from comptoir.discovery.events import PreferenceChanged, SignalForgotten, SignalRemembered
from comptoir.discovery.live.changes import log_changes
from comptoir.discovery.models import Change, DroppedPerson, LessOf, Signal, TastePreference
from comptoir.people.actor import Actor


def _own_profile(actor: Actor) -> int:
    if actor.profile_id is None:
        raise NotVisible
    return actor.profile_id


@transaction.atomic
def set_personalised(*, actor: Actor, personalised: bool) -> None:
    """Whether what the actor sees first follows their circle, or is what a visitor sees."""
    profile_id = _own_profile(actor)
    TastePreference.objects.update_or_create(
        profile_id=profile_id, defaults={"personalised": personalised}
    )
    emit(PreferenceChanged(profile_id=profile_id))


@transaction.atomic
def drop_person(*, actor: Actor, person_id: int) -> None:
    """That person moves nothing for the actor any more; they learn nothing of it.

    The caller has seen that the actor may know of them.

    Raises:
        NotVisible: oneself.
    """
    profile_id = _own_profile(actor)
    if person_id == profile_id:
        raise NotVisible
    DroppedPerson.objects.get_or_create(
        profile_id=profile_id, person_id=person_id, defaults={"at": clock.now()}
    )
    emit(PreferenceChanged(profile_id=profile_id))


@transaction.atomic
def take_back_person(*, actor: Actor, person_id: int) -> None:
    """That person counts again."""
    profile_id = _own_profile(actor)
    DroppedPerson.objects.filter(profile=profile_id, person=person_id).delete()
    emit(PreferenceChanged(profile_id=profile_id))


@transaction.atomic
def less_of(
    *, actor: Actor, product_id: int | None = None, shop_id: int | None = None, category: str = ""
) -> LessOf:
    """The actor wants to be shown less of one thing: give exactly one of the three.

    Raises:
        ValueError: none of them, or more than one.
    """
    profile_id = _own_profile(actor)
    if sum((product_id is not None, shop_id is not None, bool(category))) != 1:
        raise ValueError("one of product_id, shop_id and category")
    thing: dict[str, Any] = {"product_id": product_id, "shop_id": shop_id, "category": category}
    row, _new = LessOf.objects.get_or_create(
        profile_id=profile_id, **thing, defaults={"at": clock.now()}
    )
    emit(PreferenceChanged(profile_id=profile_id))
    return row


@transaction.atomic
def more_again(*, actor: Actor, less_of_id: int) -> None:
    """Takes back a wish for less.

    Raises:
        NotVisible: it is not the actor's.
    """
    profile_id = _own_profile(actor)
    gone, _kinds = LessOf.objects.filter(pk=less_of_id, profile=profile_id).delete()
    if not gone:
        raise NotVisible
    emit(PreferenceChanged(profile_id=profile_id))


@transaction.atomic
def forget_signal(*, actor: Actor, product_id: int, kind: str) -> None:
    """What the actor did moves no ranking any more, neither theirs nor others'. The act stays.

    Raises:
        NotVisible: the actor did no such thing.
    """
    profile_id = _mark(actor, product_id, kind, forgotten=True)
    emit(SignalForgotten(profile_id=profile_id, product_id=product_id, kind=kind))


@transaction.atomic
def remember_signal(*, actor: Actor, product_id: int, kind: str) -> None:
    """What the actor did counts again.

    Raises:
        NotVisible: the actor did no such thing.
    """
    profile_id = _mark(actor, product_id, kind, forgotten=False)
    emit(SignalRemembered(profile_id=profile_id, product_id=product_id, kind=kind))


def _mark(actor: Actor, product_id: int, kind: str, *, forgotten: bool) -> int:
    profile_id = _own_profile(actor)
    rows = Signal.objects.filter(actor=profile_id, product=product_id, kind=kind)
    if not rows.update(forgotten=forgotten):
        raise NotVisible
    log_changes(Change.Kind.ACT, [(profile_id, product_id)])
    return profile_id
