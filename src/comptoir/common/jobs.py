"""Jobs that belong to no domain."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection
from procrastinate.contrib.django import app

from comptoir.common.limits import forget_expired
from comptoir.common.regularly import regularly
from comptoir.common.retries import FOUR_DAYS


@app.task(
    name="common.send_mail",
    queue="mail",
    retry=FOUR_DAYS,
)
def send_mail_job(message: dict[str, Any]) -> None:
    """Hands one queued message to the delivery backend; tried for four days, at last each hour."""
    mail = EmailMultiAlternatives(
        subject=message["subject"],
        body=message["text"],
        from_email=message["from"],
        to=message["to"],
        headers=message["headers"],
        connection=get_connection(settings.MAIL_DELIVERY_BACKEND),
    )
    if message["html"]:
        mail.attach_alternative(message["html"], "text/html")
    mail.send()


# A letter that could not be sent is about someone: it is kept a week for the operator to see.
FORGET_FAILED_MAIL = """
DELETE FROM procrastinate_jobs j WHERE queue_name = 'mail' AND status = 'failed'
  AND NOT EXISTS (SELECT 1 FROM procrastinate_events e
    WHERE e.job_id = j.id AND e.at > now() - interval '7 days')
"""


@regularly("10 4 * * *", "common.forget_old_traces")
def forget_old_traces() -> None:
    """Each night: letters that failed a week ago, and counts of limits whose time is over."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET_FAILED_MAIL)
    forget_expired()
