"""The first page of the counter: all that waits is named, counted and led to."""

from datetime import timedelta

import pytest
from django.test import Client

from comptoir.catalog.models import Variant
from comptoir.common import clock
from comptoir.sales.models import BankEntry, Order, Return, StripeDispute, TransferDue
from comptoir.sales.payment_tasks import to_give_back
from comptoir.sales.services.accounts import add_cash_account, add_transfer_account
from comptoir.sales.services.statements import take_statement
from comptoir.sales.services.take_cash import take_cash
from comptoir.sales.services.transfers import confirm_excess, excess_of
from comptoir.sales.to_do import to_do
from comptoir.shops.models import Role
from tests import cast
from tests.sales.after import bought
from tests.sales.buying import Counted, basket, order_of
from tests.sales.statements import IBAN, Movement, camt
from tests.web.visiting import browser_of, parsed

pytestmark = pytest.mark.django_db
COUNTER = "/counter/maison_zinc"


@pytest.fixture
def bowl() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=None))


@pytest.fixture
def zoe() -> Client:
    """The owner, who reads English."""
    return browser_of(cast.zoe())


def waits(browser: Client) -> dict[str, str]:
    """What there is to do, with where each leads."""
    found = parsed(browser.get(COUNTER)).xpath("//ul[@class='todo-list']//a")
    return {one.text_content().strip(): str(one.get("href")) for one in found}


def disputed(order: Order, *, days: int, status: str = "needs_response") -> StripeDispute:
    return StripeDispute.objects.create(
        payment=order.payments.get(),
        dispute_id=f"dp_{order.pk}",
        amount_minor=2400,
        currency="EUR",
        status=status,
        respond_by=clock.now() + timedelta(days=days),
        told_at=clock.now(),
    )


def transfers(bowl: Variant, *received: str) -> list[TransferDue]:
    """An order by transfer for each, of which that much came."""
    account = add_transfer_account(shop=cast.maison_zinc(), iban=IBAN, holder="La Maison Zinc")
    method = cast.pick_up(cast.maison_zinc())
    placed = [basket((bowl, 1), method=method, provider="transfer").sent() for _ in received]
    found = [TransferDue.objects.get(payment__order=one.order_id) for one in placed]
    came = [Movement(amount, due.reference) for amount, due in zip(received, found, strict=True)]
    take_statement(account=account, body=camt(came), by_user_id=None)
    return [TransferDue.objects.select_related("payment").get(pk=due.pk) for due in found]


def test_returns_to_answer_and_returns_to_settle(bowl: Variant, zoe: Client) -> None:
    order, now = bought((bowl, 1)), clock.now()
    for status, times in (("asked", 2), ("accepted", 1), ("received", 1), ("closed", 1)):
        for _n in range(times):
            Return.objects.create(
                order=order,
                reason=Return.Reason.FIT,
                status=status,
                answered_at=None if status == "asked" else now,
                received_at=now if status == "received" else None,
                closed_at=now if status == "closed" else None,
            )
    found = waits(zoe)
    assert found["2 returns wait for your answer"] == f"{COUNTER}/orders?returns=on"
    assert found["1 return is back and not settled"] == f"{COUNTER}/orders?returns=on"
    assert found["1 order to prepare"] == f"{COUNTER}/orders?state=paid"
    assert len(found) == 3


def test_what_came_too_much_and_what_came_for_nothing(bowl: Variant, zoe: Client) -> None:
    whole, more, part = transfers(bowl, "24.00", "30.00", "10.00")
    found = waits(zoe)
    assert found["1 transfer of which money is to be given back"] == f"{COUNTER}/bank"
    assert not any("without an order" in words for words in found)
    assert [excess_of(due) for due in (whole, more, part)] == [0, 600, 0]
    assert [one.due_id for one in to_give_back(cast.maison_zinc().pk)] == [more.pk]
    confirm_excess(shop_id=cast.maison_zinc().pk, due_id=more.pk, amount_minor=600)
    BankEntry.objects.filter(due=part).update(due=None)
    found = waits(zoe)
    assert not any("given back" in words for words in found)
    assert found["1 payment at the bank without an order"] == f"{COUNTER}/bank"


def test_a_part_that_came_for_an_order_that_was_given_up(bowl: Variant, zoe: Client) -> None:
    (part,) = transfers(bowl, "10.00")
    part.payment.status = "failed"
    part.payment.save(update_fields=["status"])
    assert "1 transfer of which money is to be given back" in waits(zoe)
    assert [one.amount_minor for one in to_give_back(cast.maison_zinc().pk)] == [1000]


def test_orders_fetched_and_paid_in_cash_are_prepared_before(bowl: Variant, zoe: Client) -> None:
    add_cash_account(shop=cast.maison_zinc())
    method = cast.pick_up(cast.maison_zinc())
    placed = basket((bowl, 1), method=method, provider="cash").sent()
    found = waits(zoe)
    address = found["1 order to prepare, paid when it is fetched"]
    assert address == f"{COUNTER}/orders?state=new&delivery=pickup&provider=cash"
    rows = parsed(zoe.get(address)).xpath("//a[@class='order-row']")
    assert len(rows) == 1
    take_cash(order=order_of(placed), by_user_id=None)
    assert list(waits(zoe)) == ["1 order to prepare"]


def test_disputes_lead_to_the_one_that_is_to_be_answered_first(bowl: Variant, zoe: Client) -> None:
    later, sooner, over = (bought((bowl, 1)) for _n in range(3))
    disputed(over, days=1, status="under_review")
    disputed(later, days=9)
    assert waits(zoe)["1 dispute to answer"] == f"{COUNTER}/orders/{later.number}"
    disputed(sooner, days=2)
    assert waits(zoe)["2 disputes to answer"] == f"{COUNTER}/payments#disputes-title"
    cast.staff(cast.maison_zinc(), cast.malo(), Role.SUPPORT)
    found = waits(browser_of(cast.malo()))
    assert found["2 disputes to answer"] == f"{COUNTER}/orders/{sooner.number}"


def test_each_role_is_told_of_what_it_may_do(bowl: Variant) -> None:
    (_more,) = transfers(bowl, "30.00")
    order = Order.objects.get()
    Return.objects.create(order=order, reason=Return.Reason.FIT)
    disputed(order, days=2)
    BankEntry.objects.update(due=None)
    member = cast.staff(cast.maison_zinc(), cast.malo(), Role.MANAGER)
    browser, told = browser_of(cast.malo()), dict[str, list[str]]()
    for role in (Role.MANAGER, Role.SUPPORT, Role.PACKER):
        member.role = role
        member.save(update_fields=["role"])
        told[role] = list(waits(browser))
    assert told[Role.PACKER] == ["1 order to prepare"]
    assert told[Role.SUPPORT] == [
        "1 dispute to answer",
        "1 order to prepare",
        "1 return waits for your answer",
    ]
    assert told[Role.MANAGER] == [
        *told[Role.SUPPORT],
        "1 transfer of which money is to be given back",
        "1 payment at the bank without an order",
    ]


def test_all_of_it_is_counted_in_one_query_and_of_one_shop(bowl: Variant) -> None:
    disputed(bought((bowl, 1)), days=2)
    with Counted() as counted:
        ours, theirs = to_do(cast.maison_zinc().pk), to_do(cast.atelier_brume().pk)
    assert (ours.to_prepare, ours.disputes, theirs.to_prepare, theirs.disputed) == (1, 1, 0, "")
    assert len([sql for sql in counted.statements if "sales_stripedispute" in sql]) == 2
