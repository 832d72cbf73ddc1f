"""The work of ``shops`` that nobody waits for."""

from procrastinate.contrib.django import app

from comptoir.common.regularly import regularly
from comptoir.common.retries import FOUR_DAYS
from comptoir.shops.letters import send_invitation
from comptoir.shops.services.staff import forget_old_invitations


@app.task(name="shops.send_invitation", queue="mail", retry=FOUR_DAYS)
def send_invitation_job(invitation_id: int) -> None:
    """Sends one invitation; tried for four days, at last each hour."""
    send_invitation(invitation_id=invitation_id)


@regularly("20 4 * * *", "shops.forget_invitations")
def forget_invitations_job() -> None:
    """Each night: invitations that nobody answered in time, with the addresses in them."""
    forget_old_invitations()
