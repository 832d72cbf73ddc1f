"""A bank to try with: its own books, its own page, its own webhooks.

It behaves as an outside service would. Nobody but ``adapters.sandbox`` (our side of the line), the
bank's page and the job that posts its notices may call it.
"""

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from comptoir.common import clock
from comptoir.common.durability import LIGHTLY
from comptoir.common.errors import Conflict, NotVisible, Refused
from comptoir.common.rows import bigint, fetch_rows, the_row
from comptoir.common.states import transition
from comptoir.sales.models import BankCharge, BankRefund
from comptoir.sales.states import BANK_CHARGE

PAGE = "/bank/{reference}"
SIGNATURE_HEADER = "Bank-Signature"
LATE = timedelta(seconds=60)
NOTICE_JOB = "sales.post_bank_notice"
CODE = "1234"


class Choice(StrEnum):
    """What the person at the bank's page makes the bank do."""

    APPROVE = "approve"
    REFUSE = "refuse"
    SECURE = "secure"
    TIME_OUT = "time_out"
    WEBHOOK_LATE = "webhook_late"
    WEBHOOK_TWICE = "webhook_twice"


CHOICES = {
    BankCharge.Status.WAITING: tuple(Choice),
    BankCharge.Status.CHALLENGED: (Choice.APPROVE, Choice.REFUSE),
}


@dataclass(slots=True)
class Charge:
    """What the bank answers of a charge. ``answers_at``: seconds since 1970 until which it says
    that the charge is under way, or ``None``."""

    reference: str
    status: str
    amount_minor: int
    currency: str
    answers_at: float | None


@dataclass(frozen=True, slots=True)
class BankView:
    """What the bank's page shows. ``choices`` is empty once the bank has decided; ``silent``: it
    charged and will never say so, the buyer is left waiting here."""

    reference: str
    status: str
    amount_minor: int
    currency: str
    description: str
    return_url: str
    silent: bool
    choices: tuple[Choice, ...]


def bank_page(reference: str) -> BankView:
    """Raises: NotVisible: the bank knows of no such charge."""
    charge = BankCharge.objects.filter(reference=reference).first()
    if charge is None:
        raise NotVisible
    return BankView(
        reference=charge.reference,
        status=charge.status,
        amount_minor=charge.amount_minor,
        currency=charge.currency,
        description=charge.description,
        return_url=charge.return_url,
        silent=charge.silent,
        choices=CHOICES.get(BankCharge.Status(charge.status), ()),
    )


@transaction.atomic
def bank_choose(reference: str, choice: str, code: str = CODE) -> str:
    """Does what was chosen, once; returns where the buyer's browser goes next.

    ``code`` is what the buyer typed on the 3-D Secure page; elsewhere it is not looked at.

    Raises:
        NotVisible: the bank knows of no such charge.
        Refused: ``wrong_code``, nothing was charged.
        Conflict: ``bank_choice``, not to be chosen at this point.
    """
    charge = BankCharge.objects.select_for_update().filter(reference=reference).first()
    if charge is None:
        raise NotVisible
    if charge.status in {BankCharge.Status.CHARGED, BankCharge.Status.REFUSED}:
        return PAGE.format(reference=reference) if charge.silent else charge.return_url
    if choice not in CHOICES[BankCharge.Status(charge.status)]:
        raise Conflict("bank_choice", _("The bank does not offer this choice now."))
    if charge.status == BankCharge.Status.CHALLENGED and choice == Choice.APPROVE and code != CODE:
        raise Refused("wrong_code", _("This is not the code."))
    return DEEDS[Choice(choice)](charge)


def _approve(charge: BankCharge) -> str:
    transition(charge, BANK_CHARGE, BankCharge.Status.CHARGED)
    _post_notice(charge)
    return charge.return_url


def _refuse(charge: BankCharge) -> str:
    transition(charge, BANK_CHARGE, BankCharge.Status.REFUSED)
    _post_notice(charge)
    return charge.return_url


def _ask_code(charge: BankCharge) -> str:
    transition(charge, BANK_CHARGE, BankCharge.Status.CHALLENGED)
    return PAGE.format(reference=charge.reference)


def _fall_silent(charge: BankCharge) -> str:
    transition(charge, BANK_CHARGE, BankCharge.Status.CHARGED, silent=True)
    return PAGE.format(reference=charge.reference)


def _answer_late(charge: BankCharge) -> str:
    until = clock.now() + LATE
    transition(charge, BANK_CHARGE, BankCharge.Status.CHARGED, answers_at=until)
    _post_notice(charge, after=LATE)
    return charge.return_url


def _answer_twice(charge: BankCharge) -> str:
    _approve(charge)
    _post_notice(charge)
    return charge.return_url


DEEDS: dict[Choice, Callable[[BankCharge], str]] = {
    Choice.APPROVE: _approve,
    Choice.REFUSE: _refuse,
    Choice.SECURE: _ask_code,
    Choice.TIME_OUT: _fall_silent,
    Choice.WEBHOOK_LATE: _answer_late,
    Choice.WEBHOOK_TWICE: _answer_twice,
}


def _post_notice(charge: BankCharge, after: timedelta = timedelta()) -> None:
    """By the job's name: the bank does not know the code of those whom it informs."""
    task = app.configure_task(
        NOTICE_JOB, queue="sales", schedule_in={"seconds": int(after.total_seconds())}
    )
    task.defer(reference=charge.reference)


def bank_open(
    *,
    key: str,
    amount_minor: int,
    currency: str,
    description: str,
    return_url: str,
    status: str = BankCharge.Status.WAITING,
) -> Charge:
    """Opens a charge, or finds the one that was opened with this key, in one statement.

    ``status`` is where a new one begins: a test card may be decided at once, and no notice is then
    sent, for the answer says it.
    """
    reference, words = secrets.token_urlsafe(12), description[:200]
    asked = (key, reference, bigint(amount_minor), currency, words, return_url, status)
    return Charge(*the_row(OPEN, dict(zip(OPENED, asked, strict=True))))


def bank_find(key: str) -> Charge | None:
    """The charge of that key."""
    found = fetch_rows(Charge, FIND, {"key": key})
    return found[0] if found else None


@transaction.atomic
def bank_refund(*, key: str, refund_key: str, amount_minor: int) -> None:
    """Gives money back, once per ``refund_key``.

    Raises:
        IntegrityError: more than was charged, or nothing was (``bank_refund_within_charge``).
        BankCharge.DoesNotExist: no charge of that key.
    """
    charge = BankCharge.objects.select_for_update().get(key=key)
    _refund, new = BankRefund.objects.get_or_create(
        key=refund_key, defaults={"charge": charge, "amount_minor": amount_minor}
    )
    if new:
        charge.refunded_minor += amount_minor
        charge.save(update_fields=["refunded_minor"])


def bank_notice(reference: str) -> tuple[dict[str, str], bytes]:
    """The webhook that tells of the charge's end: headers and body, signed now."""
    charge = BankCharge.objects.get(reference=reference)
    notice = {
        "id": f"{charge.reference}-{charge.status}",
        "key": charge.key,
        "reference": charge.reference,
        "status": charge.status,
        "amount_minor": charge.amount_minor,
        "currency": charge.currency,
    }
    body = json.dumps(notice).encode()
    return {SIGNATURE_HEADER: signature(body, int(clock.now().timestamp()))}, body


def signature(body: bytes, timestamp: int) -> str:
    """``t=…,v1=…``: HMAC-SHA256 over time and body, with a key derived from the site's secret."""
    key = hmac.new(settings.SECRET_KEY.encode(), b"sandbox bank webhook", hashlib.sha256).digest()
    made = hmac.new(key, f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={timestamp},v1={made}"


COLUMNS = "reference, status, amount_minor, currency, extract(epoch FROM answers_at)::float8"
FIND = f"SELECT {COLUMNS} FROM sales_bankcharge WHERE key = %(key)s"

# The empty update makes the statement return the row that is there. What is written from its answer
# is written after it in the same log: no capture is kept whose charge is lost.
OPENED = ("key", "reference", "amount_minor", "currency", "description", "return_url", "status")
OPEN = f"""
INSERT INTO sales_bankcharge ({", ".join(OPENED)}, refunded_minor, silent)
SELECT {", ".join(f"%({name})s" for name in OPENED)}, 0, false FROM {LIGHTLY}
ON CONFLICT (key) DO UPDATE SET key = excluded.key
RETURNING {COLUMNS}
"""
