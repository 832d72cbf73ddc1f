"""SIGKILL at every commit of a purchase and of a refund, then recovery."""

from collections import Counter
from datetime import timedelta

import pytest

from comptoir.sales.models import BankCharge, Offer, Order, OrderNumber, Payment, Refund
from tests import cast
from tests.sales.crashes import a_minute_later, confirmed, live_and_die, recover
from tests.sales.machine.books import faults
from tests.sales.offering import offer

pytestmark = pytest.mark.django_db(transaction=True)

STOCK = 10_000
COMMITS = {"buying": 8, "refunding": 5, "at-once": 4, "part": 4}  # of each story, at least


def half_done() -> list[str]:
    """Whose money is at the bank and not in the books, or owed and not given."""
    said = BankCharge.objects.filter(status="charged").values_list("key", "amount_minor")
    charged = dict(said)
    found = [
        payment.order.email
        for payment in Payment.objects.select_related("order")
        if payment.captured_minor != charged.get(str(payment.key), 0)
    ]
    return found + list(
        Refund.objects.filter(status="due").values_list("payment__order__email", flat=True)
    )


def state_of(email: str) -> str:
    """ "undone", "paid", "partly refunded" or "refunded": rows, bank and pieces say the same."""
    order = Order.objects.filter(email=email).first()
    if order is None:
        return "undone"
    payment = Payment.objects.get(order=order)
    charge = BankCharge.objects.filter(key=str(payment.key)).first()
    charged = charge.amount_minor if charge is not None and charge.status == "charged" else 0
    given_back = charge.refunded_minor if charge is not None else 0
    assert (payment.captured_minor, payment.refunded_minor) == (charged, given_back)
    if order.status == "paid":
        assert charged == order.total_minor
        return "partly refunded" if given_back else "paid"
    assert order.status == "cancelled"
    assert charged == given_back
    return "refunded" if charged else "undone"


def test_killed_at_every_commit_boundary() -> None:
    """Survival 11: wholly done or wholly undone; money and stock agree; one mail each."""
    at = cast.maison_zinc()
    things = [cast.variant_of(cast.product(at, f"Objet {n}", stock=STOCK)) for n in range(2)]
    code = offer(at, code="DIX")
    lives = live_and_die("tests.sales.crashing_buyer", *(thing.pk for thing in things))
    a_minute_later()
    assert half_done() == []
    recover(timedelta(minutes=3), timedelta(minutes=20))

    deaths = Counter((story, moment) for story, moment, _n, _email, killed in lives if killed)
    for story, least in COMMITS.items():
        assert deaths[(story, "before")] == deaths[(story, "after")] >= least

    states = {email: state_of(email) for _story, _moment, _n, email, _killed in lives}
    of_buying = Counter(s for email, s in states.items() if email.startswith("buying"))
    of_refunding = Counter(s for email, s in states.items() if email.startswith("refunding"))
    assert set(of_buying) == {"undone", "paid"}
    assert set(of_refunding) == {"paid", "refunded"}
    at_once = Counter(s for email, s in states.items() if email.startswith("at-once"))
    in_part = Counter(s for email, s in states.items() if email.startswith("part"))
    assert set(at_once) == {"undone", "paid"}
    assert set(in_part) == {"paid", "partly refunded"}
    assert Offer.objects.get(pk=code.pk).uses == at_once["paid"]
    assert faults(at_last=True) == []

    sold = 2 * sum(state in {"paid", "partly refunded"} for state in states.values())
    again = in_part["partly refunded"]
    assert [cast.stock_of(thing) for thing in things] == [
        (STOCK - sold + again, 0),
        (STOCK - sold, 0),
    ]
    numbered = sorted(Order.objects.exclude(number="").values_list("number", flat=True))
    assert [int(number[5:]) for number in numbered] == list(range(1, len(numbered) + 1))
    assert OrderNumber.objects.get().last == len(numbered)
    assert not Refund.objects.filter(status="due").exists()
    assert BankCharge.objects.count() <= Payment.objects.count()
    once_paid = {email for email, state in states.items() if state != "undone"}
    assert confirmed() == dict.fromkeys(once_paid, 1)
