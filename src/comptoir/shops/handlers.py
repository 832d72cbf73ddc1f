"""What ``shops`` does about its own events."""

from comptoir.common.queueing import enqueue, job
from comptoir.shops.events import StaffInvited
from comptoir.shops.jobs import send_invitation_job


def on_staff_invited(event: StaffInvited) -> None:
    enqueue(job(send_invitation_job, invitation_id=event.invitation_id))
