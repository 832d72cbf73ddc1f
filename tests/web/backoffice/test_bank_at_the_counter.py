"""Money of transfers at the counter: what is said of it when an order is called off or overpaid."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from comptoir.catalog.models import Variant
from comptoir.sales.adapters import bank_csv
from comptoir.sales.links import signed_key
from comptoir.sales.models import Order, PaymentAccount, TransferDue
from comptoir.sales.services.accounts import add_cash_account, add_transfer_account
from comptoir.sales.services.cancel_order import cancel_by_buyer
from comptoir.sales.services.statements import take_statement
from comptoir.shops.models import Role
from tests import cast
from tests.sales.buying import basket, order_of
from tests.sales.statements import IBAN, Movement, camt
from tests.web.visiting import browser_of, links, parsed, text_of, visitor

pytestmark = pytest.mark.django_db

COUNTER = "/counter/maison_zinc"
BANK = f"{COUNTER}/bank"
TO_GIVE_BACK = "1 transfer of which money is to be given back"
BY_HAND = "to give back yourself"


@pytest.fixture
def account() -> PaymentAccount:
    return add_transfer_account(shop=cast.maison_zinc(), iban=IBAN, holder="La Maison Zinc")


@pytest.fixture
def bowl() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=None))


@pytest.fixture
def order(account: PaymentAccount, bowl: Variant) -> Order:
    """Waits for a transfer of €24.00."""
    pick_up = cast.pick_up(cast.maison_zinc())
    return order_of(basket((bowl, 1), method=pick_up, provider="transfer").sent())


@pytest.fixture
def zoe() -> Client:
    """The owner, who reads English."""
    return browser_of(cast.zoe())


def due_of(order: Order) -> TransferDue:
    return TransferDue.objects.get(payment__order=order)


def came(order: Order, amount: str) -> None:
    """A statement tells of money with the order's reference."""
    due = due_of(order)
    body = camt([Movement(amount, due.reference, reference=f"B{amount}")])
    take_statement(account=due.account, body=body, by_user_id=None)
    order.refresh_from_db()


def page_of(order: Order) -> str:
    return f"{COUNTER}/orders/{order.reference}"


def called_off(order: Order, browser: Client) -> str:
    address = f"{page_of(order)}/cancellation"
    return text_of(browser.post(address, {"sure": "yes"}, follow=True))


def test_a_part_that_came_is_to_be_given_back_before_and_after(order: Order, zoe: Client) -> None:
    came(order, "10.00")
    before = text_of(zoe.get(page_of(order)))
    assert "€10.00 has come, which you give back yourself" in before
    assert "is not paid yet" not in before
    after = called_off(order, zoe)
    assert "Order cancelled" in after
    # Once at the top, once in the order.
    assert after.count(f"€10.00 {BY_HAND}") == 2
    assert "goes back to the buyer" not in after
    assert "What to do about it" in after


def test_the_bank_page_says_that_the_order_was_cancelled(order: Order, zoe: Client) -> None:
    came(order, "10.00")
    assert TO_GIVE_BACK not in text_of(zoe.get(COUNTER))
    called_off(order, zoe)
    page = text_of(zoe.get(BANK))
    assert "Order cancelled" in page
    assert "Came too much" not in page
    assert TO_GIVE_BACK in text_of(zoe.get(COUNTER))
    zoe.post(f"{BANK}/excesses/{due_of(order).pk}", {"amount": "1000"})
    assert BY_HAND not in text_of(zoe.get(page_of(order)))
    assert TO_GIVE_BACK not in text_of(zoe.get(COUNTER))


def test_the_same_when_the_buyer_calls_it_off(order: Order, zoe: Client) -> None:
    came(order, "10.00")
    cancel_by_buyer(order=order)
    assert f"€10.00 {BY_HAND}" in text_of(zoe.get(page_of(order)))
    theirs = text_of(visitor().get(f"/orders/{signed_key(order.key)}"))
    assert "Your money is on its way back." in theirs
    assert "Nothing was charged" not in theirs


def test_who_may_not_open_the_bank_is_not_sent_there(order: Order) -> None:
    came(order, "10.00")
    cast.staff(cast.maison_zinc(), cast.malo(), Role.PACKER)
    packer = browser_of(cast.malo())
    cancel_by_buyer(order=order)
    page = packer.get(page_of(order))
    assert f"€10.00 {BY_HAND}" in text_of(page)
    assert BANK not in links(page)


def test_nothing_goes_back_when_nothing_was_paid(order: Order, zoe: Client) -> None:
    after = called_off(order, zoe)
    assert "Order cancelled" in after
    assert "What was paid" not in after
    assert BY_HAND not in after


def test_what_came_too_much_is_said_on_the_order(order: Order, zoe: Client) -> None:
    came(order, "30.00")
    assert f"€6.00 {BY_HAND}" in text_of(zoe.get(page_of(order)))
    assert "Came too much" in text_of(zoe.get(BANK))
    assert TO_GIVE_BACK in text_of(zoe.get(COUNTER))
    assert "you give €30.00 back yourself" in text_of(zoe.get(page_of(order)))


def timeline(browser: Client, address: str) -> list[str]:
    """Each line of what happened, the newest first."""
    steps = parsed(browser.get(address)).xpath("//li[@class='timeline-step']")
    return [" ".join(step.text_content().split()) for step in steps]


def test_the_timeline_says_how_it_was_paid(order: Order, zoe: Client) -> None:
    came(order, "24.00")
    (line,) = [one for one in timeline(zoe, page_of(order)) if one.startswith("Paid")]
    assert line.startswith("Paid by bank transfer €24.00")
    assert line.endswith(order.recipient)


def test_the_timeline_says_who_took_the_cash_but_not_to_the_buyer(
    bowl: Variant, zoe: Client
) -> None:
    add_cash_account(shop=cast.maison_zinc())
    pick_up = cast.pick_up(cast.maison_zinc())
    order = order_of(basket((bowl, 1), method=pick_up, provider="cash").sent())
    zoe.post(f"{page_of(order)}/cash")
    order.refresh_from_db()
    (line,) = [one for one in timeline(zoe, page_of(order)) if one.startswith("Paid")]
    assert line.startswith("Paid in cash €24.00")
    assert line.endswith("Zoé")
    theirs = timeline(visitor(), f"/orders/{signed_key(order.key)}")
    (line,) = [one for one in theirs if one.startswith("Paid")]
    assert line.startswith("Paid in cash")
    assert line.endswith("you")


def test_the_timeline_keeps_what_came_too_much_and_who_gave_it_back(
    order: Order, zoe: Client
) -> None:
    came(order, "24.00")
    came(order, "44.90")
    zoe.post(f"{BANK}/excesses/{due_of(order).pk}", {"amount": "4490"})
    lines = timeline(zoe, page_of(order))
    given, much, paid = [one for one in lines if "€44.90" in one or one.startswith("Paid")]
    assert paid.startswith("Paid by bank transfer €24.00")
    assert much.startswith("Too much received €44.90")
    assert given.startswith("Given back €44.90")
    assert given.endswith("Zoé")
    theirs = timeline(visitor(), f"/orders/{signed_key(order.key)}")
    assert any(one.startswith("Given back €44.90") for one in theirs)
    assert not any("Zoé" in one for one in theirs)


def test_the_timeline_keeps_a_part_that_came_for_an_order_called_off(
    order: Order, zoe: Client
) -> None:
    came(order, "10.00")
    called_off(order, zoe)
    zoe.post(f"{BANK}/excesses/{due_of(order).pk}", {"amount": "1000"})
    given, off, part, placed = timeline(zoe, page_of(order))
    assert placed.startswith("Order placed")
    assert part.startswith("A part of the transfer received €10.00")
    assert off.startswith("Order cancelled")
    assert given.startswith("Given back €10.00")


@pytest.mark.parametrize("wide", [True, False])
def test_a_statement_of_too_much_is_given_up_before_it_is_looked_through(
    account: PaymentAccount, zoe: Client, monkeypatch: pytest.MonkeyPatch, wide: bool
) -> None:
    """Of 5 MB, it would take a processor for half a minute."""
    looked: list[str] = []
    plain = bank_csv._plain

    def counted(cell: str) -> str:
        looked.append(cell)
        return plain(cell)

    monkeypatch.setattr(bank_csv, "_plain", counted)
    rows = b";" * 1_000_000 if wide else b"date;montant\n" + b"2026-11-02;1\n" * 110_000
    sent = {"file": SimpleUploadedFile("releve.csv", rows)}
    refused = zoe.post(f"{BANK}/{account.pk}/statements", sent)
    assert refused.status_code == 422
    assert "cannot be read as a bank statement" in text_of(refused)
    assert looked == []
