"""Two at once about money that goes back: it goes once, and the books say so."""

from datetime import timedelta
from functools import partial

import pytest

from comptoir.common import clock
from comptoir.common.errors import Conflict
from comptoir.people.actor import Actor
from comptoir.sales.adapters.provider import DisputeNotice
from comptoir.sales.models import BankCharge, BankRefund, LedgerEntry, OddMoney, Refund
from comptoir.sales.services import Settlement, cancel_by_shop, expire_orders
from comptoir.sales.services.disputes import record_dispute
from comptoir.sales.services.give_back import confirm_given_back
from comptoir.sales.services.odd_money import give_odd_money_back, return_odd_money
from comptoir.sales.services.refund_failed import fail_refund, try_refund_again
from comptoir.sales.services.verify_ledger import verify_ledger
from tests import cast
from tests.common.two_connections import at_once
from tests.sales.buying import at_bank, basket, order_of, payment_of, work

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_operators_give_it_back_once() -> None:
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc(), stock=1))
    placed = basket((corkscrew, 1)).sent()
    at_bank(placed, "time_out")
    BankCharge.objects.update(amount_minor=1)
    with clock.travelled(timedelta(minutes=16)):
        expire_orders()
    operators = [cast.person(name, name.lower(), is_operator=True) for name in ("Odile", "Oscar")]
    actors = [Actor(one.user.pk, one.profile.pk, True) for one in operators]
    payment_id = payment_of(placed).pk
    done = at_once([partial(return_odd_money, actor=a, payment_id=payment_id) for a in actors])
    assert sum(one is Settlement.REFUND_DUE for one in done) == 1
    assert sum(isinstance(one, Conflict) for one in done) == 1
    odd = OddMoney.objects.get()
    given = at_once([partial(give_odd_money_back, odd_money_id=odd.pk)] * 3)
    assert sum(one is True for one in given) == 1
    assert [row.amount_minor for row in BankRefund.objects.all()] == [1]
    assert cast.stock_of(corkscrew) == (1, 0)


def test_a_failure_told_thrice_and_dealt_with_by_four_is_one_of_each() -> None:
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc(), stock=1))
    placed = basket((corkscrew, 1), instrument="card_ok").sent()
    cancel_by_shop(order=order_of(placed))
    work(letters=False)
    refund, shop_id = Refund.objects.get(), order_of(placed).shop_id
    fail = partial(fail_refund, refund_id=refund.pk, attempt=0, reason="lost_or_stolen_card")
    assert sorted(map(str, at_once([fail] * 3))) == ["False", "False", "True"]
    which = {"shop_id": shop_id, "refund_id": refund.pk, "attempt": 0}
    acts = [partial(act, **which) for act in (try_refund_again, confirm_given_back) * 2]
    done = at_once(acts)
    refund.refresh_from_db()
    again = refund.attempt == 1
    assert refund.status == ("due" if again else "done")
    assert not [one for one in done if isinstance(one, Exception) and not isinstance(one, Conflict)]
    assert sum(one in {None, True} for one in done) == 1
    entries = LedgerEntry.objects.order_by("sequence").values_list("kind", flat=True)
    first = ["captured", "refunded", "refund_failed"]
    assert list(entries) == (first if again else [*first, "refunded"])
    assert verify_ledger(shop_id) is None


def test_a_dispute_told_many_times_at_once_moves_its_money_once() -> None:
    """Opened, then won: each told by two notices, each notice twice."""
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc(), stock=1))
    placed = basket((corkscrew, 1), instrument="card_ok").sent()
    payment = payment_of(placed)
    assert payment.account is not None
    for later, status in enumerate(("needs_response", "won")):
        notices = [
            DisputeNotice(
                event_id=f"{status}{n}",
                account=payment.account.reference,
                payment_reference=payment.reference,
                reference="dp_1",
                amount_minor=1880,
                currency="EUR",
                reason="fraudulent",
                status=status,
                respond_by=None,
                told_at=clock.now() + timedelta(minutes=later),
            )
            for n in range(2)
        ]
        tell = [partial(record_dispute, provider="sandbox", notice=each) for each in notices]
        assert at_once(tell * 2) == [Settlement.ALREADY] * 4
    entries = LedgerEntry.objects.exclude(kind="captured").order_by("sequence")
    moved = list(entries.values_list("kind", "amount_minor"))
    assert moved == [("disputed", -1880), ("dispute_won", 1880)]
