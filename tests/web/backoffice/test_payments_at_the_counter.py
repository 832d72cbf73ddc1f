"""Where the shop is paid, at the counter: every change is said, and what it leaves unpaid."""

import pytest
from django.test import Client

from comptoir.sales.models import PaymentAccount
from comptoir.sales.services.accounts import (
    activate_account,
    add_account,
    add_cash_account,
    add_transfer_account,
    pause_account,
)
from comptoir.shops.models import Shop
from comptoir.web.backoffice import payments
from tests import cast
from tests.sales.statements import IBAN
from tests.web.visiting import browser_of, parsed, text_of

pytestmark = pytest.mark.django_db

PAYMENTS = "/counter/maison_zinc/payments"
PAUSED = "Test bank is paused: no new order is paid there."
UNPAID = "No account in use can be paid for what is delivered so"
BARRED = "once the accounts that move money are paused"


@pytest.fixture
def zoe() -> Client:
    """The owner, who reads English; her shop posts parcels, and is in test mode."""
    cast.maison_zinc()
    return browser_of(cast.zoe())


def sandbox() -> PaymentAccount:
    return PaymentAccount.objects.get(shop=cast.maison_zinc(), provider="sandbox")


def act(browser: Client, account: PaymentAccount, name: str) -> str:
    return text_of(browser.post(f"{PAYMENTS}/{account.pk}", {"act": name}, follow=True))


def test_an_account_in_earnest_says_that_it_pauses_the_test_bank(zoe: Client) -> None:
    sent = {"holder": "Zinc", "iban": IBAN, "bic": ""}
    page = text_of(zoe.post(PAYMENTS, sent, follow=True))
    assert "Buyers can pay by transfer now." in page
    assert PAUSED in page
    again = text_of(zoe.post(PAYMENTS, sent, follow=True))
    assert PAUSED not in again


def test_the_test_bank_is_not_offered_while_it_cannot_be_used(zoe: Client) -> None:
    live = add_transfer_account(shop=cast.maison_zinc(), iban=IBAN, holder="Zinc")
    page = zoe.get(PAYMENTS)
    assert BARRED in text_of(page)
    assert not parsed(page).xpath("//button[@value='use']")
    pause_account(shop_id=live.shop_id, account_id=live.pk)
    page = zoe.get(PAYMENTS)
    assert BARRED not in text_of(page)
    assert parsed(page).xpath("//button[@value='use' and @aria-label='Use Test bank']")


def test_each_act_is_said(zoe: Client) -> None:
    live = add_transfer_account(shop=cast.maison_zinc(), iban=IBAN, holder="Zinc")
    cash = add_cash_account(shop=cast.maison_zinc())
    name = "Bank transfer FR76 3000 6000 0112 3456 7890 189"
    assert "At the counter is chosen first from now on." in act(zoe, cash, "first")
    paused = act(zoe, live, "pause")
    assert paused.count(f"{name} is paused: no new order is paid there.") == 1
    act(zoe, cash, "pause")
    assert "Test bank is in use." in act(zoe, sandbox(), "use")
    used = act(zoe, live, "use")
    assert f"{name} is in use." in used
    assert PAUSED in used


def test_what_nobody_can_pay_for_any_more_is_said(zoe: Client) -> None:
    live = add_transfer_account(shop=cast.maison_zinc(), iban=IBAN, holder="Zinc")
    post = cast.by_post(cast.maison_zinc()).name
    cash = add_cash_account(shop=cast.maison_zinc())
    assert UNPAID not in text_of(zoe.get(PAYMENTS))
    assert f"{UNPAID}: {post}." in act(zoe, live, "pause")
    assert "nobody can buy at the moment" in act(zoe, cash, "pause")
    assert UNPAID not in text_of(zoe.get(PAYMENTS))


def test_only_coming_back_from_stripe_or_asking_uses_its_account(
    zoe: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A link that somebody else wrote does not undo a pause, nor end the test mode."""
    shop, given = cast.maison_zinc(), list[str]()
    connected = add_account(shop=shop, provider="stripe", reference="acct_zinc", details={})
    pause_account(shop_id=shop.pk, account_id=connected.pk)

    def onward(*, shop: Shop, return_url: str, refresh_url: str) -> str:
        given.extend([return_url, refresh_url])
        return "https://connect.example/"

    def used(*, shop: Shop) -> bool:
        activate_account(shop_id=shop.pk, account_id=connected.pk)
        return True

    monkeypatch.setattr(payments, "connect_stripe", onward)
    monkeypatch.setattr(payments, "look_at_stripe", used)
    there = f"{PAYMENTS}/stripe"
    for address in (there, f"{there}?back=1:x:y"):
        assert "Buyers can pay by card now." not in text_of(zoe.get(address, follow=True))
    connected.refresh_from_db()
    assert not connected.is_active
    assert "https://connect.example/" in text_of(zoe.post(there))
    assert "Buyers can pay by card now." in text_of(zoe.get(given[0], follow=True))
    pause_account(shop_id=shop.pk, account_id=connected.pk)
    (ask,) = parsed(zoe.get(PAYMENTS)).xpath("//button[@name='ask']")
    told = zoe.post(str(ask.get("formaction")), {"ask": "1"}, follow=True)
    assert "Buyers can pay by card now." in text_of(told)


def test_the_place_s_own_account_is_used_again_without_asking_stripe(zoe: Client) -> None:
    own = add_account(shop=cast.maison_zinc(), provider="stripe", reference="", details={})
    pause_account(shop_id=own.shop_id, account_id=own.pk)
    page = parsed(zoe.get(PAYMENTS))
    assert not page.xpath("//button[@name='ask']")
    act(zoe, own, "use")
    own.refresh_from_db()
    assert own.is_active
