"""Mail leaves by a job: a page never waits for a mail server, and none is lost when it is down."""

from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from comptoir.common.jobs import send_mail_job


class QueuedMail(BaseEmailBackend):
    """Django's mail backend that enqueues each message on the ``mail`` queue.

    The job is a row of the current transaction: it exists if and only if the change does.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            send_mail_job.defer(message=as_json(message))
        return len(email_messages)


def as_json(message: EmailMessage) -> dict[str, Any]:
    """Subject, bodies and addresses; attachments are refused (link to them instead).

    Raises:
        ValueError: the message has attachments.
    """
    if message.attachments:
        raise ValueError("queued mail carries links, not attachments")
    html = ""
    if isinstance(message, EmailMultiAlternatives):
        html = next((str(body) for body, kind in message.alternatives if "html" in str(kind)), "")
    return {
        "subject": str(message.subject),
        "text": str(message.body),
        "html": html,
        "to": list(message.to),
        "from": message.from_email,
        "headers": {str(k): str(v) for k, v in message.extra_headers.items()},
    }
