"""Mail leaves by a job: a page never waits for a mail server, and none is lost when it is down.

This is for mails that others write (accounts). Our own letters are written in their job, which
carries keys of rows only: see ``common.letter``.
"""

from collections.abc import Sequence
from email.utils import make_msgid
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
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
    """Subject, bodies and addresses, and the Message-ID by which a second sending is recognised.

    A worker that dies after the mail server took the message sends it again: the number is the
    message's, not the sending's (RFC 5322, 3.6.4).

    Raises:
        ValueError: the message has attachments (link to them instead), cc, bcc or reply_to.
    """
    if message.attachments:
        raise ValueError("queued mail carries links, not attachments")
    for field in ("cc", "bcc", "reply_to"):
        if getattr(message, field):
            raise ValueError(f"queued mail goes to its receivers only, without {field}")
    html = ""
    if isinstance(message, EmailMultiAlternatives):
        html = next((str(body) for body, kind in message.alternatives if "html" in str(kind)), "")
    return {
        "subject": str(message.subject),
        "text": str(message.body),
        "html": html,
        "to": list(message.to),
        "from": message.from_email,
        "headers": _headers(message),
    }


def _headers(message: EmailMessage) -> dict[str, str]:
    headers = {str(name): str(value) for name, value in message.extra_headers.items()}
    if "message-id" not in {name.lower() for name in headers}:
        host = urlsplit(settings.PUBLIC_URL).hostname or "localhost"
        headers["Message-ID"] = make_msgid(domain=host)
    return headers
