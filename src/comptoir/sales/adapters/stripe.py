"""Card payments at Stripe, by Checkout Sessions: cards are typed there, never here.

Charges are direct: made on the shop's own connected account, so that the place never holds a shop's
money. A session that was opened but whose answer was lost cannot be paid, for nobody has its
address; asked again with the same key, Stripe gives the same session.
"""

import logging
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from comptoir.common import clock
from comptoir.sales.adapters.hosted import Hosted
from comptoir.sales.adapters.provider import (
    Account,
    Instrument,
    NotGivenBack,
    Notice,
    Outcome,
    PaymentRequest,
    ProviderAnswer,
    ProviderDown,
    WillNotSay,
)
from comptoir.sales.adapters.stripe_amounts import NotCountable, from_stripe, is_counted, to_stripe
from comptoir.sales.adapters.stripe_door import StripeRefused, at_stripe, options, stripe_client
from comptoir.sales.adapters.stripe_notices import REFUND_OVER, read_notice
from comptoir.sales.adapters.stripe_wallet import KEPT, customer_for, forget_missing
from comptoir.sales.models import StripeCharge

logger = logging.getLogger(__name__)

PAGE = "/pay/stripe/{token}"
# Stripe closes a session no earlier than thirty minutes after it was opened.
SHORTEST = timedelta(minutes=30)
OPEN_FOR = timedelta(minutes=31)
HELD = "requires_capture"  # the bank keeps money aside, and nothing was taken
# Why a refund is refused for a while: the shop fills its balance, and the job asks again for days.
MAY_PASS = {"balance_insufficient", "insufficient_funds", "lock_timeout", "rate_limit"}


class StripeProvider(Hosted):
    """Cards and wallets; 3-D Secure is Stripe's affair."""

    name = "stripe"
    is_test = False
    refunds_by_hand = False
    closes = True
    hold_for = OPEN_FOR + timedelta(minutes=9)
    means = "54"  # credit card

    def label(self) -> str:
        return _("Card")

    def paid_how(self) -> str:
        return _("by card")

    def takes(self, *, currency: str, delivery_kind: str) -> bool:
        return is_counted(currency)

    def instruments(self, account: Account) -> tuple[Instrument, ...]:
        note = _("You pay at Stripe's page, then come back.")
        return (Instrument("card", self.label(), note, kept=KEPT),)

    def start(self, request: PaymentRequest) -> ProviderAnswer:
        try:
            charge = _charge_of(request.key) or _opened(request)
            if charge.session_id:
                return _answer(charge, _session(charge))
            session = _create_session(charge, request.return_url)
        except (StripeRefused, NotCountable) as refusal:
            logger.error("payment %s: Stripe refuses to open it: %s", request.key, refusal)
            return _failed(request)
        return _kept(charge, session)

    def fetch(self, key: UUID) -> ProviderAnswer | None:
        charge = _charge_of(key)
        if charge is None or not charge.session_id:
            return None
        return _answer(charge, _session(charge))

    def close(self, key: UUID) -> bool:
        charge = _charge_of(key)
        if charge is None or not charge.session_id:
            return True  # nobody has its address
        try:
            with at_stripe():
                stripe_client().v1.checkout.sessions.expire(
                    charge.session_id, options=options(charge.account.reference)
                )
        except StripeRefused:
            return _is_over(charge)
        return True

    def refund(self, key: UUID, refund_key: UUID, amount_minor: int) -> None:
        charge = StripeCharge.objects.select_related("account").get(payment__key=key)
        answer = _answer(charge, _session(charge))
        account, client = charge.account.reference, stripe_client()
        try:
            with at_stripe():
                # Stripe forgets idempotency keys after a day; we may ask for four.
                given = client.v1.refunds.list(
                    params={"payment_intent": answer.reference, "limit": 100},
                    options=options(account),
                )
                made = next((one for one in given if _refund_key(one) == str(refund_key)), None)
                made = made or client.v1.refunds.create(
                    params={
                        "payment_intent": answer.reference,
                        "amount": to_stripe(amount_minor, answer.currency),
                        "metadata": {"refund_key": str(refund_key)},
                    },
                    options=options(account, str(refund_key)),
                )
        except (StripeRefused, NotCountable) as refusal:
            logger.error("refund %s: Stripe refuses: %s", refund_key, refusal)
            if str(refusal) in MAY_PASS:
                raise ProviderDown(str(refusal)) from refusal
            raise NotGivenBack(str(refusal)) from refusal
        if made.status in REFUND_OVER:
            raise NotGivenBack(str(made.failure_reason or made.status))

    def parse_webhook(self, headers: Mapping[str, str], body: bytes) -> Notice | None:
        return read_notice(headers, body)


def _charge_of(key: UUID) -> StripeCharge | None:
    return StripeCharge.objects.select_related("account").filter(payment__key=key).first()


def _opened(request: PaymentRequest) -> StripeCharge:
    """Our row of the payment, written before Stripe is asked; what is asked stays as it was."""
    customer = customer_for(request)
    StripeCharge.objects.bulk_create(
        [
            StripeCharge(
                payment_id=request.key,
                account_id=request.account.id,
                token=secrets.token_urlsafe(24),
                request=_asked(request, customer),
                keeps=bool(customer) and request.instrument == KEPT,
            )
        ],
        ignore_conflicts=True,
    )
    return StripeCharge.objects.select_related("account").get(payment__key=request.key)


def _create_session(charge: StripeCharge, back: str) -> Any:
    """A session asked for again much later is another one, open for its full time: Stripe would not
    open the first any more, and nobody has the address of one whose answer was lost.

    Raises: StripeRefused: it cannot be opened, for a member's Customer or without one.
    """
    now = clock.now()
    if charge.request["expires_at"] < (now + SHORTEST).timestamp():
        charge.request["expires_at"] = int((now + OPEN_FOR).timestamp())
        charge.save(update_fields=["request"])
    client, account = stripe_client(), charge.account.reference
    key = f"{charge.payment_id}-{charge.request['expires_at']}"
    try:
        with at_stripe():
            return client.v1.checkout.sessions.create(
                params=_told(charge, back), options=options(account, key)
            )
    except StripeRefused as refusal:
        if "customer" not in charge.request or str(refusal) != "resource_missing":
            raise
    # The shop deleted them at Stripe: they pay as one who was never kept.
    forget_missing(charge.account, charge.request["customer"])
    kept = {"customer", "payment_method_data"}
    charge.request = {name: said for name, said in charge.request.items() if name not in kept}
    charge.request["payment_intent_data"].pop("setup_future_usage", None)
    charge.keeps = False
    charge.save(update_fields=["request", "keeps"])
    with at_stripe():
        return client.v1.checkout.sessions.create(
            params=_told(charge, back), options=options(account, f"{key}-unkept")
        )


def _kept(charge: StripeCharge, session: Any) -> ProviderAnswer:
    """The first session that is kept stays; nobody is given the address of a slower start's."""
    unkept = StripeCharge.objects.filter(pk=charge.pk, session_id="")
    if not unkept.update(session_id=session.id, url=session.url or ""):
        charge.refresh_from_db(fields=["session_id"])
        session = _session(charge)
    return _answer(charge, session)


def _told(charge: StripeCharge, back: str) -> Any:
    """``back`` is signed, and therefore in none of our rows."""
    return {**charge.request, "success_url": back, "cancel_url": back}


def _asked(request: PaymentRequest, customer: str) -> dict[str, Any]:
    """Kept cards are shown at Stripe's page to the Customer whose they are."""
    named = {"payment_key": str(request.key)}
    intent: dict[str, Any] = {"metadata": named, "description": request.description}
    who: dict[str, Any] = {"customer_email": request.email} if request.email else {}
    if customer:
        who = {"customer": customer}
    if customer and request.instrument == KEPT:
        # The consent was given on our sheet: the card may be shown to them again.
        who["payment_method_data"] = {"allow_redisplay": "always"}
        intent["setup_future_usage"] = "on_session"
    return {
        "mode": "payment",
        "payment_method_types": ["card"],
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": request.currency.lower(),
                    "unit_amount": to_stripe(request.amount_minor, request.currency),
                    "product_data": {"name": request.description},
                },
            }
        ],
        "client_reference_id": str(request.key),
        **who,
        "locale": request.language,
        "metadata": named,
        "payment_intent_data": intent,
        "expires_at": int((clock.now() + OPEN_FOR).timestamp()),
    }


def _refund_key(refund: Any) -> str:
    return str(getattr(refund.metadata, "refund_key", ""))


def _session(charge: StripeCharge) -> Any:
    try:
        with at_stripe():
            return stripe_client().v1.checkout.sessions.retrieve(
                charge.session_id,
                params={"expand": ["payment_intent"]},
                options=options(charge.account.reference),
            )
    except StripeRefused as refusal:
        raise WillNotSay(str(refusal)) from refusal


def _is_over(charge: StripeCharge) -> bool:
    """Whether a session that cannot be closed expired by itself; money that a bank merely keeps
    aside for it is let go."""
    session = _session(charge)
    intent = session.payment_intent
    if session.status == "complete" and intent is not None and intent.status == HELD:
        with at_stripe():
            stripe_client().v1.payment_intents.cancel(
                intent.id, options=options(charge.account.reference)
            )
        return True
    if session.status == "open":
        raise ProviderDown("the session is neither closed nor over")
    return bool(session.status == "expired")


def _answer(charge: StripeCharge, session: Any) -> ProviderAnswer:
    currency = str(session.currency).upper()
    paid, intent = session.payment_status == "paid", session.payment_intent
    amount, reference = session.amount_total, session.id
    if paid:
        # What was taken counts, not what the session asked.
        amount = intent.amount_received
        reference, currency = intent.id, str(intent.currency).upper()
    outcome = Outcome.CAPTURED if paid else Outcome.WAITING
    if session.status == "expired" and not paid:
        outcome = Outcome.FAILED
    return ProviderAnswer(
        reference=reference,
        outcome=outcome,
        amount_minor=from_stripe(amount, currency),
        currency=currency,
        redirect_url=PAGE.format(token=charge.token),
        failure="expired" if outcome is Outcome.FAILED else "",
    )


def _failed(request: PaymentRequest) -> ProviderAnswer:
    return ProviderAnswer(
        reference="",
        outcome=Outcome.FAILED,
        amount_minor=request.amount_minor,
        currency=request.currency,
        failure="provider_refused",
    )
