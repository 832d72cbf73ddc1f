"""Mail leaves by a job: with the change that causes it, and tried again when the server is down."""

import json

import pytest
from django.core import mail
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.test import override_settings

from comptoir.common.jobs import send_mail_job
from comptoir.common.mail import QueuedMail, as_json

pytestmark = pytest.mark.django_db(transaction=True)
QUEUED = override_settings(EMAIL_BACKEND="comptoir.common.mail.QueuedMail")
MEMORY = override_settings(MAIL_DELIVERY_BACKEND="django.core.mail.backends.locmem.EmailBackend")


class DownMail(BaseEmailBackend):
    def send_messages(self, email_messages: object) -> int:
        raise ConnectionRefusedError("mail server down")


def letter() -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        "Votre commande",
        "Merci, Inès.",
        "bonjour@zinc.example",
        ["ines@example.org"],
        headers={"Message-ID": "<1@zinc.example>"},
    )
    message.attach_alternative("<p>Merci, Inès.</p>", "text/html")
    return message


def queued() -> list[dict[str, object]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE queue_name = 'mail' ORDER BY id")
        rows = [row[0] for row in cursor.fetchall()]
    return [(row if isinstance(row, dict) else json.loads(row))["message"] for row in rows]


@QUEUED
def test_a_message_becomes_one_job() -> None:
    letter().send()
    (message,) = queued()
    assert message["subject"] == "Votre commande"
    assert message["to"] == ["ines@example.org"]
    assert message["html"] == "<p>Merci, Inès.</p>"


@QUEUED
def test_the_mail_of_a_change_that_failed_is_not_sent() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        letter().send()
        _ = 1 // 0
    assert queued() == []


def test_attachments_are_refused() -> None:
    message = EmailMessage("Facture", "Voir la pièce jointe.", to=["ines@example.org"])
    message.attach("facture.pdf", b"%PDF", "application/pdf")
    with pytest.raises(ValueError, match="attachments"):
        QueuedMail().send_messages([message])
    assert queued() == []


@pytest.mark.parametrize("field", ["cc", "bcc", "reply_to"])
def test_receivers_that_the_job_would_not_carry_are_refused(field: str) -> None:
    message = letter()
    setattr(message, field, ["malo@example.org"])
    with pytest.raises(ValueError, match=field):
        QueuedMail().send_messages([message])
    assert queued() == []


@QUEUED
@MEMORY
@override_settings(PUBLIC_URL="https://zinc.example:8443")
def test_a_mail_sent_twice_is_recognised_by_its_number() -> None:
    EmailMessage("Votre colis", "Il part.", to=["ines@example.org"]).send()
    EmailMessage("Votre colis", "Il part.", to=["malo@example.org"]).send()
    first, second = queued()
    for message in (first, first, second):
        send_mail_job(message=message)
    once, again, other = (str(sent.message()["Message-ID"]) for sent in mail.outbox)
    assert once == again != other
    assert once.endswith("@zinc.example>")


@MEMORY
def test_the_job_hands_over_the_same_message() -> None:
    send_mail_job(message=as_json(letter()))
    (sent,) = mail.outbox
    assert (sent.subject, sent.body, sent.to) == (
        "Votre commande",
        "Merci, Inès.",
        ["ines@example.org"],
    )
    assert sent.extra_headers == {"Message-ID": "<1@zinc.example>"}
    assert isinstance(sent, EmailMultiAlternatives)
    assert [str(part[0]) for part in sent.alternatives] == ["<p>Merci, Inès.</p>"]


@override_settings(MAIL_DELIVERY_BACKEND="tests.common.test_mail_queue.DownMail")
def test_a_mail_server_that_is_down_fails_the_job_which_is_tried_again() -> None:
    with pytest.raises(ConnectionRefusedError):
        send_mail_job(message=as_json(letter()))
    strategy = send_mail_job.retry_strategy
    assert strategy is not None
