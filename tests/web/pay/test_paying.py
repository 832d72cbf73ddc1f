"""Paying by transfer and by Stripe as a buyer sees it, and the shop's accounts and tasks."""

from io import BytesIO

import pytest
from django.test import Client

from comptoir.catalog.models import Variant
from comptoir.sales.links import signed_key
from comptoir.sales.models import BankEntry, PaymentAccount, StripeCharge, TransferDue
from comptoir.sales.services import Placed, cancel_by_buyer, cancel_by_shop
from comptoir.sales.services.accounts import add_account, add_cash_account, add_transfer_account
from comptoir.shops.models import Role
from tests import cast
from tests.sales.buying import basket, order_of, payment_of
from tests.sales.statements import IBAN, Movement, camt, french_csv
from tests.web.visiting import browser_of, links, parsed, text_of, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def corkscrew() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), stock=9))


@pytest.fixture
def account() -> PaymentAccount:
    return add_transfer_account(shop=cast.maison_zinc(), iban=IBAN, holder="La Maison Zinc SARL")


@pytest.fixture
def placed(account: PaymentAccount, corkscrew: Variant) -> Placed:
    return basket((corkscrew, 1), provider="transfer").sent()


@pytest.fixture
def zoe() -> Client:
    return browser_of(cast.zoe())


def due_of(placed: Placed) -> TransferDue:
    return TransferDue.objects.get(payment__order=placed.order_id)


def handed_in(browser: Client, account: PaymentAccount, *movements: Movement) -> str:
    file = BytesIO(camt(movements))
    file.name = "releve.xml"
    answer = browser.post(
        f"/counter/maison_zinc/bank/{account.pk}/statements", {"file": file}, follow=True
    )
    assert answer.status_code == 200
    return text_of(answer)


def test_the_transfer_s_page_says_all_that_a_bank_asks(placed: Placed) -> None:
    page = visitor().get(placed.redirect_url)
    text = text_of(page)
    assert "Send €18.80 to La Maison Zinc" in text
    assert "FR76 3000 6000 0112 3456 7890 189" in text
    reference = due_of(placed).reference
    assert reference in text.replace(" ", "")
    code = visitor().get(f"{placed.redirect_url}/code.svg")
    assert code.headers["Content-Type"] == "image/svg+xml"
    assert b"<svg" in code.content
    assert f"/orders/{signed_key(placed.order_key)}" in links(page)


def test_the_order_says_that_a_transfer_is_awaited(placed: Placed) -> None:
    page = visitor().get(f"/orders/{signed_key(placed.order_key)}")
    assert "Waiting for your transfer" in text_of(page)
    assert placed.redirect_url in links(page)


def test_a_part_is_shown_to_buyer_and_shop_and_the_rest_asked_for(
    placed: Placed, account: PaymentAccount, zoe: Client
) -> None:
    handed_in(zoe, account, Movement("10.00", due_of(placed).reference))
    text = text_of(visitor().get(placed.redirect_url))
    assert "€10.00 of €18.80 has come" in text
    assert "Send €8.80" in text
    assert "€10.00 has come" in text_of(zoe.get("/counter/maison_zinc/bank"))


def test_a_statement_pays_the_order(placed: Placed, account: PaymentAccount, zoe: Client) -> None:
    told = handed_in(zoe, account, Movement("18.80", due_of(placed).reference))
    assert "1 new payment in it. 1 order is paid." in told
    assert "Your transfer has come" in text_of(visitor().get(placed.redirect_url))
    assert visitor().get(f"{placed.redirect_url}/code.svg").status_code == 404


def test_nothing_is_to_be_sent_for_an_order_called_off(placed: Placed) -> None:
    cancel_by_buyer(order=order_of(placed))
    assert "Please do not send anything" in text_of(visitor().get(placed.redirect_url))


def test_money_without_a_reference_is_put_to_its_order_by_a_person(
    placed: Placed, account: PaymentAccount, zoe: Client
) -> None:
    handed_in(zoe, account, Movement("18.80", "merci"), Movement("5.00", "autre"))
    page = parsed(zoe.get("/counter/maison_zinc/bank"))
    (likely,) = page.xpath("//input[@name='reference'][@value!='']/@value")
    assert likely.replace(" ", "") == due_of(placed).reference
    entry, other = BankEntry.objects.order_by("-amount_minor")
    address = "/counter/maison_zinc/bank/entries/{}"
    zoe.post(address.format(entry.pk), {"act": "assign", "reference": likely})
    zoe.post(address.format(other.pk), {"act": "aside"})
    assert order_of(placed).status == "paid"
    assert "Money without an order" not in text_of(zoe.get("/counter/maison_zinc/bank"))


def test_what_came_too_much_and_refunds_are_tasks_until_someone_says_done(
    placed: Placed, account: PaymentAccount, zoe: Client
) -> None:
    handed_in(zoe, account, Movement("20.00", due_of(placed).reference))
    cancel_by_shop(order=order_of(placed))
    page = zoe.get("/counter/maison_zinc/bank")
    assert "FR14 2004 1010 0505 0001 3M02 606" in text_of(page)
    for form in parsed(page).xpath(
        "//form[contains(@action, 'excesses') or contains(@action, 'refunds')]"
    ):
        fields = {field.name: field.value for field in form.inputs if field.name == "amount"}
        zoe.post(form.action, fields)
    assert "To give back" not in text_of(zoe.get("/counter/maison_zinc/bank"))
    assert (due_of(placed).given_back_minor, payment_of(placed).refunded_minor) == (120, 1880)


@pytest.mark.parametrize("body", [b"", b"hello", b"<a/>", b"\x00" * 10])
def test_a_file_that_is_no_statement_is_said_to_be_none(
    account: PaymentAccount, zoe: Client, body: bytes
) -> None:
    file = BytesIO(body)
    file.name = "x.xml"
    answer = zoe.post(f"/counter/maison_zinc/bank/{account.pk}/statements", {"file": file})
    assert answer.status_code == 422
    assert "field-error" in text_of(answer)


def test_only_owner_and_manager_see_the_bank_and_only_the_owner_the_accounts(
    placed: Placed, account: PaymentAccount
) -> None:
    file = BytesIO(french_csv([]))
    file.name = "x.csv"
    for who, role, bank, accounts in (
        (cast.malo(), Role.MANAGER, 200, 404),
        (cast.ines(), Role.PACKER, 404, 404),
        (cast.basile(), Role.SUPPORT, 404, 404),
    ):
        cast.staff(cast.maison_zinc(), who, role)
        browser = browser_of(who)
        assert browser.get("/counter/maison_zinc/bank").status_code == bank
        assert browser.get("/counter/maison_zinc/payments").status_code == accounts
        act = browser.post(f"/counter/maison_zinc/payments/{account.pk}", {"act": "pause"})
        assert act.status_code == 404


def test_the_owner_adds_pauses_and_orders_accounts(zoe: Client) -> None:
    cast.maison_zinc()
    page = zoe.get("/counter/maison_zinc/payments")
    assert "Test mode: whoever buys pays nothing" in text_of(page)
    wrong = zoe.post(
        "/counter/maison_zinc/payments", {"holder": "Zinc", "iban": IBAN[:-1] + "8", "bic": ""}
    )
    assert (wrong.status_code, "This is not an IBAN" in text_of(wrong)) == (422, True)
    zoe.post("/counter/maison_zinc/payments", {"holder": "Zinc", "iban": IBAN, "bic": ""})
    zoe.post("/counter/maison_zinc/payments/cash")
    cash = PaymentAccount.objects.get(provider="cash")
    address = f"/counter/maison_zinc/payments/{cash.pk}"
    zoe.post(address, {"act": "first"})
    assert "Test mode" not in text_of(zoe.get("/counter/maison_zinc/payments"))
    rows = PaymentAccount.objects.filter(shop=cast.maison_zinc(), is_active=True)
    assert list(rows.order_by("position").values_list("provider", flat=True)) == [
        "cash", "transfer",
    ]  # fmt: skip
    zoe.post(address, {"act": "pause"})
    assert not PaymentAccount.objects.get(pk=cash.pk).is_active
    assert zoe.post(address, {"act": "burn"}).status_code == 404
    sandbox = PaymentAccount.objects.get(shop=cast.maison_zinc(), provider="sandbox")
    refused = zoe.post(f"/counter/maison_zinc/payments/{sandbox.pk}", {"act": "use"}, follow=True)
    assert "buyers would pay with test cards" in text_of(refused)


def test_staff_take_cash_with_one_button(corkscrew: Variant) -> None:
    add_cash_account(shop=cast.maison_zinc())
    placed = basket((corkscrew, 1), method=cast.pick_up(cast.maison_zinc()), provider="cash").sent()
    assert "keeps your order until" in text_of(
        visitor().get(f"/orders/{signed_key(placed.order_key)}")
    )
    order = f"/counter/maison_zinc/orders/{order_of(placed).reference}"
    cast.staff(cast.maison_zinc(), cast.malo(), Role.SUPPORT)
    assert browser_of(cast.malo()).post(f"{order}/cash").status_code == 404
    cast.staff(cast.maison_zinc(), cast.ines(), Role.PACKER)
    packer = browser_of(cast.ines())
    assert "Cash received" in text_of(packer.get(order))
    answer = packer.post(f"{order}/cash", follow=True)
    assert "the order is paid" in text_of(answer)
    assert order_of(placed).status == "paid"


def test_the_way_to_stripe_is_a_page_with_a_link(corkscrew: Variant) -> None:
    """A form may not lead to another site: a page of ours is in between."""
    account = add_account(
        shop=cast.maison_zinc(), provider="stripe", reference="acct_zinc", details={}
    )
    placed = basket((corkscrew, 1), provider="stripe").sent()
    StripeCharge.objects.update(url="https://checkout.example/c/pay/cs_1#x")
    token = StripeCharge.objects.get(account=account).token
    page = visitor().get(f"/pay/stripe/{signed_key(token)}")
    assert "https://checkout.example/c/pay/cs_1#x" in links(page)
    assert 'http-equiv="refresh"' in text_of(page)
    cancel_by_buyer(order=order_of(placed))
    assert (
        visitor()
        .get(f"/pay/stripe/{signed_key(token)}")
        .headers["Location"]
        .endswith(signed_key(placed.order_key))
    )
    assert visitor().get("/pay/stripe/nothing").status_code == 404
    assert visitor().get("/pay/transfer/nothing").status_code == 404


def test_without_a_key_stripe_is_not_offered(zoe: Client) -> None:
    cast.maison_zinc()
    assert "has not set Stripe up" in text_of(zoe.get("/counter/maison_zinc/payments"))
    answer = zoe.post("/counter/maison_zinc/payments/stripe", follow=True)
    assert "Stripe does not answer" in text_of(answer)
