"""Stripe's webhooks: whose they are, and what they say of payments and disputes."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import stripe
from django.conf import settings

from comptoir.sales.adapters.provider import (
    DisputeNotice,
    ForgedNotice,
    Notice,
    Outcome,
    PartialPayment,
    ProviderAnswer,
    ProviderNotice,
    RefundMadeNotice,
    RefundNotice,
    UnknownPayment,
)
from comptoir.sales.adapters.stripe_amounts import from_stripe
from comptoir.sales.models import StripeCharge

TOLERANCE_SECONDS = 300
SESSION_PAID = {"checkout.session.completed", "checkout.session.async_payment_succeeded"}
SESSION_OVER = {"checkout.session.expired", "checkout.session.async_payment_failed"}
INTENT_PAID = "payment_intent.succeeded"
# Money that is kept aside and not taken, or a part of it: we never ask for such.
INTENT_PARTIAL = {"payment_intent.amount_capturable_updated", "payment_intent.partially_funded"}
REFUND_TOLD = {"refund.created", "refund.failed", "refund.updated", "charge.refund.updated"}
REFUND_MADE = {"succeeded", "pending"}  # the money has left the account
REFUND_OVER = {"failed", "canceled"}  # the money is back on the account


def read_notice(headers: Mapping[str, str], body: bytes) -> Notice | None:
    """What a webhook says; ``None``: nothing that concerns a payment of ours.

    Raises:
        ForgedNotice: the signature is missing, wrong or stale, or it speaks of a payment that is
            at another account than its own: anyone may connect an account, and make events there.
        UnknownPayment: it speaks of a payment that we never opened at Stripe.
        PartialPayment: of a payment of ours, and not of all its money.
        ValueError: rightly signed, but not understood.
    """
    event = _believed(headers, body)
    try:
        kind, about = str(event["type"]), event["data"]["object"]
        if kind.startswith("charge.dispute."):
            return _dispute(event, about)
        if kind in REFUND_TOLD:
            return _refund(event, about)
        if kind in SESSION_PAID | SESSION_OVER:
            return _of_session(event, kind, about)
        if kind in INTENT_PARTIAL and _is_ours(event, about):
            raise PartialPayment(kind)
        return _of_intent(event, about) if kind == INTENT_PAID else None
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not an event as Stripe writes them") from error


def _believed(headers: Mapping[str, str], body: bytes) -> Any:
    """Several secrets may be valid: an endpoint for the place, one for connected accounts."""
    lowered = {name.lower(): value for name, value in headers.items()}
    given, text = lowered.get("stripe-signature", ""), body.decode()
    if not given:
        raise ForgedNotice("unsigned")
    if not given.isascii():  # the library would stumble over it
        raise ForgedNotice("signature")
    reason = "no secret is configured"
    for secret in settings.STRIPE_WEBHOOK_SECRETS:
        try:
            stripe.WebhookSignature.verify_header(text, given, secret, TOLERANCE_SECONDS)
        except stripe.SignatureVerificationError as error:
            late = "outside the tolerance" in str(error)
            reason = "stale" if late or reason == "stale" else "signature"
        else:
            return json.loads(text)
    raise ForgedNotice(reason)


def _of_session(event: Any, kind: str, session: Any) -> ProviderNotice | None:
    named = (session.get("metadata") or {}).get("payment_key")
    if not named or (kind in SESSION_PAID and session["payment_status"] != "paid"):
        return None
    charge = _checked(named, event)
    if kind in SESSION_OVER and charge.session_id not in {"", session["id"]}:
        return None  # one whose address was lost: the buyer was sent to another
    key = charge.payment_id
    currency = str(session["currency"]).upper()
    paid = kind in SESSION_PAID
    answer = ProviderAnswer(
        reference=str(session["payment_intent"] if paid else session["id"]),
        outcome=Outcome.CAPTURED if paid else Outcome.FAILED,
        amount_minor=from_stripe(int(session["amount_total"]), currency),
        currency=currency,
        failure="" if paid else "expired",
    )
    return ProviderNotice(str(event["id"]), key, answer)


def _of_intent(event: Any, intent: Any) -> ProviderNotice | None:
    named = (intent.get("metadata") or {}).get("payment_key")
    if not named:
        return None
    currency = str(intent["currency"]).upper()
    answer = ProviderAnswer(
        reference=str(intent["id"]),
        outcome=Outcome.CAPTURED,
        amount_minor=from_stripe(int(intent["amount_received"]), currency),
        currency=currency,
    )
    return ProviderNotice(str(event["id"]), _checked(named, event).payment_id, answer)


def _is_ours(event: Any, intent: Any) -> bool:
    named = str((intent.get("metadata") or {}).get("payment_key") or "")
    try:
        return bool(named and _checked(named, event))
    except UnknownPayment:
        return False


def _checked(named: str, event: Any) -> StripeCharge:
    key = UUID(named)
    charge = StripeCharge.objects.select_related("account").filter(payment__key=key).first()
    if charge is None:
        raise UnknownPayment(named)
    if charge.account.reference != (event.get("account") or ""):
        raise ForgedNotice("of another account")
    return charge


def _dispute(event: Any, dispute: Any) -> DisputeNotice:
    due = (dispute.get("evidence_details") or {}).get("due_by")
    currency = str(dispute["currency"]).upper()
    return DisputeNotice(
        event_id=str(event["id"]),
        account=str(event.get("account") or ""),
        payment_reference=str(dispute["payment_intent"]),
        reference=str(dispute["id"]),
        amount_minor=from_stripe(int(dispute["amount"]), currency),
        currency=currency,
        reason=str(dispute["reason"]),
        status=str(dispute["status"]),
        respond_by=_moment(due) if due else None,
        told_at=_moment(event["created"]),
    )


def _refund(event: Any, refund: Any) -> RefundNotice | RefundMadeNotice | None:
    """``None``: one that we asked for goes well, or one is neither made nor failed."""
    named = (refund.get("metadata") or {}).get("refund_key")
    key = UUID(named) if named else uuid5(NAMESPACE_URL, f"stripe:{refund['id']}")
    if refund["status"] in REFUND_OVER:
        return RefundNotice(
            event_id=str(event["id"]),
            account=str(event.get("account") or ""),
            payment_reference=str(refund["payment_intent"]),
            refund_key=key,
            failure=str(refund.get("failure_reason") or refund["status"]),
            told_at=_moment(event["created"]),
            ours=bool(named),
        )
    if named or refund["status"] not in REFUND_MADE:
        return None
    currency = str(refund["currency"]).upper()
    return RefundMadeNotice(
        event_id=str(event["id"]),
        account=str(event.get("account") or ""),
        payment_reference=str(refund["payment_intent"]),
        refund_key=key,
        amount_minor=from_stripe(int(refund["amount"]), currency),
        currency=currency,
        told_at=_moment(event["created"]),
    )


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(int(seconds), UTC)
