"""Who works for a shop: asked, welcomed, given another role, let go.

A shop's row is locked by whatever may take an owner away, so that one always stays.
"""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.common import clock
from comptoir.common.errors import Conflict, NotVisible, Refused
from comptoir.common.markup import clean_line
from comptoir.common.outbox import emit
from comptoir.people.access import blocked_between
from comptoir.people.actor import Actor
from comptoir.people.models import User
from comptoir.people.queries import who_confirmed
from comptoir.shops.events import StaffInvited, StaffJoined, StaffLeft
from comptoir.shops.models import Invitation, Role, Shop, StaffMember
from comptoir.shops.models.staff import new_key

STANDS = timedelta(days=14)
MOST_OPEN = 50


@transaction.atomic
def invite(*, shop: Shop, by: Actor, whom: str, role: str, language: str) -> Invitation:
    """Asks someone, by e-mail address or @handle; asked again, the newer invitation counts.

    Whether an address belongs to a member is told to nobody: they are asked by mail either way.
    Who has not shown that an address is theirs is not taken for the one who is asked there.

    Raises:
        Refused: ``bad_role``, ``bad_email``, ``no_such_person``, ``too_many_invitations``.
        Conflict: ``works_here``.
    """
    _check_role(role)
    said = clean_line(whom, max_length=254)
    email, user = _meant(shop, said)
    Shop.objects.select_for_update(no_key=True).get(pk=shop.pk)
    if StaffMember.objects.filter(shop=shop, user__email__iexact=email).exists():
        raise Conflict("works_here", _("This person works here already."))
    others = Invitation.objects.filter(shop=shop).exclude(email__iexact=email)
    if others.count() >= MOST_OPEN:
        raise Refused("too_many_invitations", _("Too many invitations are open: take some back."))
    Invitation.objects.filter(shop=shop, email__iexact=email).delete()
    made = Invitation.objects.create(
        shop=shop, email=email, said=said, user=user, role=role, language=_reads(user, language),
        by_id=by.user_id, created_at=clock.now(), expires_at=clock.now() + STANDS, key=new_key(),
    )  # fmt: skip
    emit(StaffInvited(shop_id=shop.pk, invitation_id=made.pk))
    return made


@transaction.atomic
def accept(*, actor: Actor, key: str) -> StaffMember:
    """The actor works there from now on; one who does already keeps their role.

    Raises:
        NotVisible: there is no such invitation, it is too old, or it is for someone else.
    """
    invitation = _open(actor, key)
    user = User.objects.get(pk=actor.user_id or 0)
    member, new = StaffMember.objects.get_or_create(
        shop_id=invitation.shop_id, user=user, defaults={"role": invitation.role}
    )
    invitation.delete()
    if new:
        emit(StaffJoined(shop_id=member.shop_id, user_id=member.user_id))
    return member


@transaction.atomic
def decline(*, actor: Actor, key: str) -> None:
    """Raises: NotVisible: as ``accept``."""
    _open(actor, key).delete()


def take_back(*, shop: Shop, invitation_id: int) -> None:
    """Raises: NotVisible: no such invitation of that shop."""
    gone, _kinds = Invitation.objects.filter(pk=invitation_id, shop=shop).delete()
    if not gone:
        raise NotVisible


@transaction.atomic
def set_role(*, shop: Shop, member_id: int, role: str) -> None:
    """Gives another role; it counts from the next page on.

    Raises:
        NotVisible: nobody of that shop's staff.
        Refused: ``bad_role``.
        Conflict: ``last_owner``.
    """
    _check_role(role)
    member = _locked_member(shop, member_id)
    if role != Role.OWNER:
        _check_not_last_owner(member)
    StaffMember.objects.filter(pk=member.pk).update(role=role)


@transaction.atomic
def remove(*, shop: Shop, member_id: int) -> None:
    """Ends their work there at once: rights are asked of the row that is gone.

    Raises:
        NotVisible: nobody of that shop's staff.
        Conflict: ``last_owner``.
    """
    member = _locked_member(shop, member_id)
    _check_not_last_owner(member)
    member.delete()
    emit(StaffLeft(shop_id=shop.pk, user_id=member.user_id))


def leave_shop(*, actor: Actor, shop: Shop) -> None:
    """The actor works there no more.

    Raises:
        NotVisible: they do not work there.
        Conflict: ``last_owner``.
    """
    mine = StaffMember.objects.filter(shop=shop, user=actor.user_id).values_list("pk", flat=True)
    if not mine:
        raise NotVisible
    remove(shop=shop, member_id=mine[0])


def forget_old_invitations() -> int:
    """Deletes those whose time is over; returns how many."""
    gone, _kinds = Invitation.objects.filter(expires_at__lte=clock.now()).delete()
    return gone


def _open(actor: Actor, key: str) -> Invitation:
    rows = Invitation.objects.select_for_update(of=("self",)).filter(
        key=key, expires_at__gt=clock.now()
    )
    found = rows.first() if actor.signed_in else None
    if found is None or found.user_id not in {None, actor.user_id}:
        raise NotVisible
    return found


def _meant(shop: Shop, typed: str) -> tuple[str, User | None]:
    if typed.startswith("@") or "@" not in typed:
        handle = typed.removeprefix("@").lower()
        user = User.objects.filter(
            profile__handle=handle, profile__is_suspended=False, is_active=True
        ).first()
        if user is None or blocked_between(shop.pk, user.profile.pk):
            raise Refused("no_such_person", _("Nobody has this handle. Try their e-mail address."))
        return user.email, user
    try:
        validate_email(typed)
    except ValidationError as error:
        raise Refused("bad_email", _("Write an e-mail address, or a handle.")) from error
    return typed.lower(), who_confirmed(typed)


def _reads(user: User | None, language: str) -> str:
    return (user.language if user is not None else "") or language[:2]


def _check_role(role: str) -> None:
    if role not in Role.values:
        raise Refused("bad_role", _("Choose a role."))


def _locked_member(shop: Shop, member_id: int) -> StaffMember:
    Shop.objects.select_for_update(no_key=True).get(pk=shop.pk)
    member = StaffMember.objects.filter(pk=member_id, shop=shop).first()
    if member is None:
        raise NotVisible
    return member


def _check_not_last_owner(member: StaffMember) -> None:
    others = StaffMember.objects.filter(
        shop=member.shop_id, role=Role.OWNER, user__is_active=True
    ).exclude(pk=member.pk)
    if member.role == Role.OWNER and not others.exists():
        message = _("A shop keeps one owner: make someone else an owner first.")
        raise Conflict("last_owner", message)
