"""Jobs that belong to no domain."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app


@app.task(
    name="common.send_mail",
    queue="mail",
    retry=RetryStrategy(max_attempts=9, exponential_wait=4),
)
def send_mail_job(message: dict[str, Any]) -> None:
    """Hands one queued message to the delivery backend; tried ten times in four days."""
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
