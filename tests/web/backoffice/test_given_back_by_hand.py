"""Money that no provider gives back: the shop is told that it must, and where it says so."""

import pytest
from django.core import mail
from django.test import Client

from comptoir.catalog.models import Variant
from comptoir.people.models import User
from comptoir.sales.links import signed_key
from comptoir.sales.models import Order, Refund, TransferDue
from comptoir.sales.services.accounts import add_cash_account, add_transfer_account
from comptoir.sales.services.refund_failed import fail_refund
from comptoir.sales.services.returns import answer_return, ask_return, receive_return
from comptoir.sales.services.ship_order import ship_order
from comptoir.sales.services.statements import take_statement
from comptoir.sales.services.take_cash import take_cash
from comptoir.sales.services.withdraw import declare_withdrawal
from comptoir.shops.models import Role
from tests import cast
from tests.sales.after import bought, line_of, uuid4
from tests.sales.buying import basket, order_of, work
from tests.sales.statements import IBAN, Movement, camt
from tests.web.visiting import browser_of, links, text_of, visitor

pytestmark = pytest.mark.django_db

COUNTER = "/counter/maison_zinc"
BANK = f"{COUNTER}/bank"
BY_HAND = "to give back yourself"
UNDER_WAY = "goes back to the buyer"


@pytest.fixture
def bowl() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=None))


@pytest.fixture
def zoe() -> Client:
    """The owner, who reads English."""
    return browser_of(cast.zoe())


@pytest.fixture(params=["transfer", "cash"])
def order(request: pytest.FixtureRequest, bowl: Variant) -> Order:
    """Paid by transfer or at the counter, €24.00 in all; its mails are read."""
    paid = _by_transfer(bowl) if request.param == "transfer" else _in_cash(bowl)
    work()
    mail.outbox.clear()
    User.objects.filter(staff_of__shop=cast.maison_zinc()).update(language="en")
    paid.refresh_from_db()
    return paid


def _by_transfer(bowl: Variant) -> Order:
    account = add_transfer_account(shop=cast.maison_zinc(), iban=IBAN, holder="La Maison Zinc")
    pick_up = cast.pick_up(cast.maison_zinc())
    placed = basket((bowl, 1), method=pick_up, provider="transfer").sent()
    due = TransferDue.objects.get(payment__order=placed.order_id)
    take_statement(account=account, body=camt([Movement("24.00", due.reference)]), by_user_id=None)
    return order_of(placed)


def _in_cash(bowl: Variant) -> Order:
    add_cash_account(shop=cast.maison_zinc())
    pick_up = cast.pick_up(cast.maison_zinc())
    placed = basket((bowl, 1), method=pick_up, provider="cash").sent()
    take_cash(order=order_of(placed), by_user_id=None)
    return order_of(placed)


def page_of(order: Order) -> str:
    return f"{COUNTER}/orders/{order.number}"


def called_off(order: Order, browser: Client) -> str:
    """What the shop reads once it has cancelled the order."""
    address = f"{page_of(order)}/cancellation"
    return text_of(browser.post(address, {"sure": "yes"}, follow=True))


def mail_to_shop() -> mail.EmailMessage:
    work()
    (told,) = [one for one in mail.outbox if one.to == [cast.trader().contact_email]]
    return told


def test_the_shop_is_told_before_and_after_that_it_must_act(order: Order, zoe: Client) -> None:
    before = text_of(zoe.get(page_of(order)))
    assert "you give €24.00 back yourself" in before
    assert "Cancel and refund" not in before
    after = called_off(order, zoe)
    assert "Order cancelled" in after
    # Once at the top, once in the order.
    assert after.count(f"€24.00 {BY_HAND}") == 2
    assert UNDER_WAY not in after
    page = zoe.get(page_of(order))
    assert text_of(page).count(f"€24.00 {BY_HAND}") == 1
    assert "What to do about it" in text_of(page)
    assert "goes back" not in text_of(page)


def test_it_is_a_thing_to_do_until_it_is_done(order: Order, zoe: Client) -> None:
    assert "see to yourself" not in text_of(zoe.get(COUNTER))
    called_off(order, zoe)
    overview = zoe.get(COUNTER)
    assert "1 refund to see to yourself" in text_of(overview)
    assert "Nothing waits" not in text_of(overview)
    assert links(overview).count(BANK) == 2  # among the pages, and among what there is to do
    zoe.post(f"{BANK}/refunds/{Refund.objects.get().pk}")
    assert Refund.objects.get().status == "done"
    assert "see to yourself" not in text_of(zoe.get(COUNTER))
    page = text_of(zoe.get(page_of(order)))
    assert "€24.00 was given back to the buyer." in page
    assert BY_HAND not in page


def test_who_may_not_open_the_bank_is_not_sent_there(order: Order, zoe: Client) -> None:
    called_off(order, zoe)
    cast.staff(cast.maison_zinc(), cast.malo(), Role.PACKER)
    packer = browser_of(cast.malo())
    page, overview = packer.get(page_of(order)), packer.get(COUNTER)
    assert f"€24.00 {BY_HAND}" in text_of(page)
    assert BANK not in [*links(page), *links(overview)]
    assert "see to yourself" not in text_of(overview)


def test_the_mail_to_the_shop_says_so_with_the_way_there(order: Order, zoe: Client) -> None:
    called_off(order, zoe)
    told = str(mail_to_shop().body)
    assert f"€24.00 {BY_HAND}" in told
    assert f"{BANK}\n" in told
    assert UNDER_WAY not in told


def test_a_mail_that_goes_out_after_it_was_done_asks_for_nothing(order: Order, zoe: Client) -> None:
    called_off(order, zoe)
    zoe.post(f"{BANK}/refunds/{Refund.objects.get().pk}")
    told = str(mail_to_shop().body)
    assert BY_HAND not in told
    assert BANK not in told


def test_a_withdrawal_before_anything_left_is_for_the_shop_to_repay(
    order: Order, bowl: Variant
) -> None:
    pieces = {line_of(order, bowl).pk: 1}
    declare_withdrawal(order=order, pieces=pieces, request_key=uuid4())
    told = mail_to_shop()
    assert told.subject == f"Withdrawal from order {order.number}"
    assert f"€24.00 {BY_HAND}" in str(told.body)
    assert f"{BANK}\n" in str(told.body)


def test_a_part_given_back_says_who_does_it(order: Order, bowl: Variant, zoe: Client) -> None:
    data = {"key": str(uuid4()), f"amount-{line_of(order, bowl).pk}": "5,00"}
    page = text_of(zoe.post(f"{page_of(order)}/refund", data, follow=True))
    assert page.count(f"€5.00 {BY_HAND}") == 2
    assert UNDER_WAY not in page


def test_a_return_repaid_says_who_does_it(order: Order, bowl: Variant, zoe: Client) -> None:
    ship_order(order=order, carrier="", tracking="")
    line = line_of(order, bowl).pk
    back = ask_return(order=order, pieces={line: 1}, reason="fit", words="Trop petit")
    answer_return(giving_back=back, accept=True, send_to="2 quai Nord")
    receive_return(giving_back=back, received={line: 1}, restock={line: 1})
    data = {"act": "refund", "key": str(uuid4()), f"amount-{line}": "24,00"}
    page = text_of(zoe.post(f"{page_of(order)}/returns/{back.pk}", data, follow=True))
    assert f"€24.00 {BY_HAND}" in page
    assert "The money goes back" not in page


def test_the_buyer_is_not_told_that_it_is_done(order: Order, zoe: Client) -> None:
    called_off(order, zoe)
    address = f"/orders/{signed_key(order.key)}"
    assert "Your money is on its way back." in text_of(visitor().get(address))
    work()
    assert not any("was given back" in str(one.body) for one in mail.outbox)


def test_a_refund_that_did_not_arrive_is_to_be_seen_to_as_well(bowl: Variant, zoe: Client) -> None:
    order = bought((bowl, 1))
    called_off(order, zoe)
    fail_refund(refund_id=Refund.objects.get().pk, attempt=0, reason="expired_or_canceled_card")
    assert "1 refund to see to yourself" in text_of(zoe.get(COUNTER))


def test_what_the_provider_gives_back_asks_for_nothing(bowl: Variant, zoe: Client) -> None:
    order = bought((bowl, 1))
    User.objects.filter(staff_of__shop=cast.maison_zinc()).update(language="en")
    assert "Cancel and refund" in text_of(zoe.get(page_of(order)))
    page = called_off(order, zoe)
    assert "€29.90 goes back to the buyer." in page
    assert BY_HAND not in page
    assert "see to yourself" not in text_of(zoe.get(COUNTER))
    told = str(mail_to_shop().body)
    assert UNDER_WAY in told
    assert BANK not in told
