"""What must agree between our books and Stripe's once all that was promised has been done."""

from collections import Counter
from collections.abc import Iterable, Iterator
from uuid import NAMESPACE_URL, uuid5

from comptoir.sales.models import Payment, Refund, StripeDispute
from tests.sales.machine.stripe_in_process import STANDING, StripeInProcess


def faults_at_stripe(there: StripeInProcess) -> list[tuple[str, str]]:
    """What is wrong: its name, and of what."""
    return [*_of_charges(there), *_of_refunds(there), *_of_disputes(there)]


def _of_charges(there: StripeInProcess) -> Iterator[tuple[str, str]]:
    taken = [one for one in there.intents.values() if one["status"] == "succeeded"]
    keys = [one["metadata"]["payment_key"] for one in taken]
    yield from _twice("charged twice", keys)
    charged = {one["metadata"]["payment_key"]: one["amount"] for one in taken}
    for payment in Payment.objects.filter(provider="stripe"):
        if payment.captured_minor != charged.pop(str(payment.key), 0):
            yield "captured another sum than Stripe charged", str(payment.key)
    for key in charged:
        yield "charged without an order", key


def _of_refunds(there: StripeInProcess) -> Iterator[tuple[str, str]]:
    """One made at Stripe's desk that crosses one promised here may be in the books for less."""
    standing = [one for one in there.refunds.values() if one["status"] in STANDING]
    asked = [one for one in standing if one["metadata"]]
    yield from _twice("given back twice", [one["metadata"]["refund_key"] for one in asked])
    given = {one["metadata"]["refund_key"]: one["amount"] for one in asked}
    at_desk = {
        str(uuid5(NAMESPACE_URL, f"stripe:{one['id']}")): one["amount"]
        for one in standing
        if not one["metadata"]
    }
    for refund in Refund.objects.filter(payment__provider="stripe", status="done"):
        key = str(refund.provider_key)
        if refund.reason == "at_provider":
            if not refund.failures.exists() and refund.amount_minor > at_desk.get(key, 0):
                yield "in the books for more than Stripe gave back", key
        elif not refund.by_hand and refund.amount_minor != given.pop(key, 0):
            yield "Stripe gave another sum back", key
    for key in given:
        yield "Stripe gave back what nobody promised", key


def _of_disputes(there: StripeInProcess) -> Iterator[tuple[str, str]]:
    known = dict(StripeDispute.objects.values_list("dispute_id", "status"))
    for dispute in there.disputes.values():
        if known.get(dispute["id"]) != dispute["status"]:
            yield "a dispute stands otherwise", dispute["id"]


def _twice(name: str, keys: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((name, key) for key, times in Counter(keys).items() if times > 1)
