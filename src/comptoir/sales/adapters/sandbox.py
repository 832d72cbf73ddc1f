"""Comptoir's side of the line to the sandbox bank."""

import hmac
import json
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

from django.utils.translation import gettext as _

from comptoir.common import clock
from comptoir.sales.adapters import sandbox_bank as bank
from comptoir.sales.adapters.hosted import Hosted
from comptoir.sales.adapters.provider import (
    Account,
    ForgedNotice,
    Instrument,
    Outcome,
    PaymentRequest,
    ProviderAnswer,
    ProviderNotice,
)
from comptoir.sales.models import BankCharge

TOLERANCE_SECONDS = 300
OUTCOMES = {
    "waiting": Outcome.WAITING,
    "challenged": Outcome.WAITING,
    "charged": Outcome.CAPTURED,
    "refused": Outcome.FAILED,
}
# What the bank makes of a test card as soon as it sees it; anything else waits at its page.
CARDS = {
    "card_ok": BankCharge.Status.CHARGED,
    "card_refused": BankCharge.Status.REFUSED,
    "card_3ds": BankCharge.Status.CHALLENGED,
}


class SandboxProvider(Hosted):
    """The built-in bank, for trying: no money moves."""

    name = "sandbox"
    is_test = True
    refunds_by_hand = False
    closes = False
    hold_for = timedelta(minutes=15)
    means = "ZZZ"

    def label(self) -> str:
        return _("Test bank")

    def paid_how(self) -> str:
        return _("at the test bank")

    def takes(self, *, currency: str, delivery_kind: str) -> bool:
        return True

    def instruments(self, account: Account) -> tuple[Instrument, ...]:
        return (
            Instrument("card_ok", _("Test card, accepted"), _("Paid at once; no money moves.")),
            Instrument("card_3ds", _("Test card with 3-D Secure"), _("The bank asks for a code.")),
            Instrument("card_refused", _("Test card, refused"), _("The bank says no.")),
            Instrument("page", _("Test bank's page"), _("Choose there what the bank does.")),
        )

    def start(self, request: PaymentRequest) -> ProviderAnswer:
        charge = bank.bank_open(
            key=str(request.key),
            amount_minor=request.amount_minor,
            currency=request.currency,
            description=request.description,
            return_url=request.return_url,
            status=CARDS.get(request.instrument, BankCharge.Status.WAITING),
        )
        return _answer(charge)

    def fetch(self, key: UUID) -> ProviderAnswer | None:
        charge = bank.bank_find(str(key))
        return _answer(charge) if charge is not None else None

    def close(self, key: UUID) -> bool:
        return True  # its page stays open, so that late money can be tried

    def refund(self, key: UUID, refund_key: UUID, amount_minor: int) -> None:
        bank.bank_refund(key=str(key), refund_key=str(refund_key), amount_minor=amount_minor)

    def parse_webhook(self, headers: Mapping[str, str], body: bytes) -> ProviderNotice:
        _check_signature(headers, body)
        try:
            notice = json.loads(body)
            answer = ProviderAnswer(
                reference=str(notice["reference"]),
                outcome=OUTCOMES[notice["status"]],
                amount_minor=int(notice["amount_minor"]),
                currency=str(notice["currency"]),
                failure="refused" if notice["status"] == "refused" else "",
            )
            return ProviderNotice(str(notice["id"]), UUID(notice["key"]), answer)
        except (KeyError, TypeError) as error:
            raise ValueError("not a notice of the sandbox bank") from error


def _check_signature(headers: Mapping[str, str], body: bytes) -> None:
    lowered = {name.lower(): value for name, value in headers.items()}
    given = lowered.get(bank.SIGNATURE_HEADER.lower(), "")
    stamp = given.partition(",")[0].removeprefix("t=")
    if not given or not (stamp.isascii() and stamp.isdigit()) or len(stamp) > 12:
        raise ForgedNotice("unsigned")
    if not hmac.compare_digest(bank.signature(body, int(stamp)).encode(), given.encode()):
        raise ForgedNotice("signature")
    if abs(clock.now().timestamp() - int(stamp)) > TOLERANCE_SECONDS:
        raise ForgedNotice("stale")


def _answer(charge: bank.Charge) -> ProviderAnswer:
    late = charge.answers_at is not None and clock.now().timestamp() < charge.answers_at
    outcome = Outcome.WAITING if late else OUTCOMES[charge.status]
    return ProviderAnswer(
        reference=charge.reference,
        outcome=outcome,
        amount_minor=charge.amount_minor,
        currency=charge.currency,
        redirect_url=bank.PAGE.format(reference=charge.reference),
        failure="refused" if outcome is Outcome.FAILED else "",
    )
