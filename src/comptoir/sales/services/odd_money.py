"""Money of another amount than was asked: the operator has it given back, once.

Keeping it would mean a contract at another price than both sides agreed to, so that there is one
way out: all of it goes back, and the order is called off.
"""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from comptoir.common import clock
from comptoir.common.deadlocks import retried_on_deadlock
from comptoir.common.errors import Conflict, NotVisible
from comptoir.common.outbox import emit
from comptoir.people.actor import Actor
from comptoir.sales.adapters.provider import (
    ByHand,
    NotGivenBack,
    Outcome,
    ProviderAnswer,
    ProviderDown,
)
from comptoir.sales.adapters.registry import provider_named
from comptoir.sales.events import OddMoneyDue, about
from comptoir.sales.models import OddMoney, Order, Payment
from comptoir.sales.services.settle import (
    AMOUNT_MISMATCH,
    AMOUNT_RETURNED,
    Settlement,
    call_off,
    lock_payment,
    settle,
)
from comptoir.sales.services.sweep import each


def return_odd_money(*, actor: Actor, payment_id: int) -> Settlement:
    """The operator has what came given back, and the order called off; a job asks the provider.

    The provider is asked first what it took: ``REFUND_DUE`` when it goes back; anything else when
    it has corrected itself since, which is then settled as usual.

    Raises:
        NotVisible: the actor is not the operator, or there is no such payment.
        Conflict: ``already_decided``, someone else was faster; ``provider_down``.
    """
    if not actor.is_operator:
        raise NotVisible
    odd = Q(failure=AMOUNT_MISMATCH) | Q(odd_money__isnull=False)
    payment = Payment.objects.filter(odd, pk=payment_id).first()
    if payment is None:
        raise NotVisible
    if payment.failure != AMOUNT_MISMATCH:
        raise _decided()
    try:
        answer = provider_named(payment.provider).fetch(payment.key)
    except ProviderDown as error:
        message = _("The bank does not answer. Please try again in a few minutes.")
        raise Conflict("provider_down", message) from error
    if answer is None:
        return Settlement.WAITING
    said = settle(payment_id=payment.pk, answer=answer)
    if said is Settlement.ALREADY:
        raise _decided()
    if said is not Settlement.MISMATCH:
        return said
    _decide(payment.pk, answer, actor.user_id)
    return Settlement.REFUND_DUE


def _decided() -> Conflict:
    return Conflict("already_decided", _("Someone has dealt with this payment already."))


@retried_on_deadlock
@transaction.atomic
def _decide(payment_id: int, answer: ProviderAnswer, by_id: int | None) -> None:
    payment = lock_payment(payment_id)
    order = payment.order
    if payment.failure != AMOUNT_MISMATCH or answer.outcome is not Outcome.CAPTURED:
        raise _decided()
    odd = OddMoney.objects.get(payment=payment)
    odd.amount_minor, odd.currency = answer.amount_minor, answer.currency
    odd.decided_by_id, odd.decided_at = by_id, clock.now()
    odd.save(update_fields=["amount_minor", "currency", "decided_by", "decided_at"])
    if order.status == Order.Status.PENDING:
        call_off(order, payment, Order.CancelReason.WRONG_AMOUNT, AMOUNT_RETURNED)
    else:
        payment.failure = AMOUNT_RETURNED
        payment.save(update_fields=["failure"])
    emit(OddMoneyDue(**about(order), odd_money_id=odd.pk))


def give_odd_money_back(*, odd_money_id: int) -> bool:
    """Has the provider give it back, once; returns whether this call wrote it down. What the
    provider cannot give back, the operator sees.

    Raises:
        ProviderDown: it did not answer; asking again later is safe.
    """
    rows = OddMoney.objects.filter(pk=odd_money_id, decided_at__isnull=False, done_at=None)
    odd = rows.select_related("payment").filter(failure="").first()
    if odd is None:
        return False
    payment = odd.payment
    try:
        provider_named(payment.provider).refund(payment.key, odd.key, odd.amount_minor)
    except (ByHand, NotGivenBack) as failure:
        rows.update(failure=(str(failure) or "by_hand")[:60])
        return False
    # Its failure may have been told before this answer came.
    return bool(rows.filter(failure="").update(done_at=clock.now()))


def give_odd_money_left_over() -> int:
    """Gives back what was decided and whose own job was lost; returns how many."""
    owed = OddMoney.objects.filter(decided_at__isnull=False, done_at=None, failure="")
    return each(owed, lambda pk: give_odd_money_back(odd_money_id=pk))


def fail_odd_money(odd: OddMoney, reason: str) -> None:
    """The provider says that it did not reach the buyer; told again, nothing changes."""
    decided = OddMoney.objects.filter(pk=odd.pk, decided_at__isnull=False, failure="")
    decided.update(done_at=None, failure=reason[:60])


def confirm_odd_money(*, actor: Actor, payment_id: int) -> None:
    """The operator says that the shop gave it back another way, after the provider could not.

    Raises:
        NotVisible: the actor is not the operator, or there is no such payment.
        Conflict: ``already_decided``.
    """
    if not actor.is_operator:
        raise NotVisible
    rows = OddMoney.objects.filter(payment=payment_id)
    if not rows.exists():
        raise NotVisible
    if not rows.exclude(failure="").filter(done_at=None).update(done_at=clock.now()):
        raise _decided()
