"""What is written to those who are asked to work for a shop."""

import hashlib

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from comptoir.common.letter import Action, Letter, Words, deliver
from comptoir.shops.models import Invitation, Role


def invitation_link(key: str) -> str:
    """The page where one answers; ``web``'s, and a test there holds both to each other."""
    return f"{settings.PUBLIC_URL}/invitations/{key}"


def send_invitation(*, invitation_id: int) -> None:
    """Sends it; one that was answered or taken back meanwhile is not sent.

    Raises:
        OSError, SMTPException: the mail server does not take it; sending again is safe.
    """
    rows = Invitation.objects.select_related("shop__profile")
    invitation = rows.filter(pk=invitation_id).first()
    if invitation is not None:
        with override(invitation.language):
            letter = invitation_letter(invitation)
        number = hashlib.sha256(invitation.key.encode()).hexdigest()[:32]
        deliver(letter, to=[invitation.email], number=f"invitation.{number}")


def invitation_letter(invitation: Invitation) -> Letter:
    """The letter, in the language that is in force."""
    shop = invitation.shop.profile.name
    names = {"shop": shop, "role": role_words(invitation.role)}
    return Letter(
        language=invitation.language,
        subject=_("%(shop)s asks you to join its team") % names,
        sender=shop,
        greeting=_("Hello,"),
        parts=(
            Words(_("%(shop)s would like you to work at its counter: %(role)s.") % names),
            Words(_("The invitation stands for 14 days. You may also decline it there.")),
            Action(_("See the invitation"), invitation_link(invitation.key)),
            Words(_("If you do not know this shop, do nothing: nothing happens."), small=True),
        ),
    )


def role_words(role: str) -> str:
    """What a role may do, in a few words."""
    return {
        Role.OWNER: _("as an owner, who may do everything"),
        Role.MANAGER: _("as a manager, who runs the shop day by day"),
        Role.PACKER: _("to prepare and send orders"),
        Role.SUPPORT: _("to answer buyers"),
    }[Role(role)]
