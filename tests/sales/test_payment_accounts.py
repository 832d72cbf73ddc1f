"""Where a shop is paid: checked, one per provider, and never test beside earnest."""

import pytest

from comptoir.common.errors import NotVisible, Refused
from comptoir.config.wiring import dispatcher
from comptoir.sales.adapters.provider import Account
from comptoir.sales.adapters.registry import PROVIDERS, provider_named
from comptoir.sales.models import PaymentAccount
from comptoir.sales.services.accounts import (
    activate_account,
    add_cash_account,
    add_transfer_account,
    open_sandbox,
    pause_account,
    put_account_first,
)
from comptoir.shops.services import open_shop
from tests import cast
from tests.sales.buying import Counted, basket, charge_of, jobs_waiting, order_of
from tests.sales.statements import IBAN

pytestmark = pytest.mark.django_db

OTHER_IBAN = "DE89370400440532013000"


def active() -> list[str]:
    rows = PaymentAccount.objects.filter(shop=cast.maison_zinc(), is_active=True)
    return [str(row) for row in rows.order_by("position", "id")]


def test_a_new_shop_has_the_test_bank_once() -> None:
    shop = open_shop(actor=cast.zoe().actor, name="Zinc", handle="zinc", sells="Du zinc")
    dispatcher().deliver_all()
    open_sandbox(shop_id=shop.pk)
    account = PaymentAccount.objects.get(shop=shop)
    assert (account.provider, account.is_test, account.is_active) == ("sandbox", True, True)


def test_an_account_in_earnest_pauses_the_test_bank() -> None:
    shop = cast.maison_zinc()
    assert active() == ["sandbox"]
    add_transfer_account(shop=shop, iban=IBAN, holder="Zinc")
    add_cash_account(shop=shop)
    assert active() == [f"transfer {IBAN}", "cash"]
    sandbox = PaymentAccount.objects.get(shop=shop, provider="sandbox")
    with pytest.raises(Refused, match="test_beside_live"):
        activate_account(shop_id=shop.pk, account_id=sandbox.pk)
    for account in PaymentAccount.objects.filter(shop=shop, is_active=True):
        pause_account(shop_id=shop.pk, account_id=account.pk)
    activate_account(shop_id=shop.pk, account_id=sandbox.pk)
    assert active() == ["sandbox"]


def test_one_account_of_each_provider_is_active() -> None:
    shop = cast.maison_zinc()
    first = add_transfer_account(shop=shop, iban=IBAN, holder="Zinc")
    add_transfer_account(shop=shop, iban=OTHER_IBAN, holder="Zinc")
    assert active() == [f"transfer {OTHER_IBAN}"]
    assert add_transfer_account(shop=shop, iban=IBAN, holder="La Zinc").pk == first.pk
    assert active() == [f"transfer {IBAN}"]


def test_the_first_is_chosen() -> None:
    shop = cast.maison_zinc()
    add_transfer_account(shop=shop, iban=IBAN, holder="Zinc")
    cash = add_cash_account(shop=shop)
    put_account_first(shop_id=shop.pk, account_id=cash.pk)
    assert active()[0] == "cash"


def test_another_shop_s_account_is_not_to_be_touched() -> None:
    theirs = PaymentAccount.objects.get(shop=cast.atelier_brume())
    mine = cast.maison_zinc().pk
    for act in (activate_account, pause_account, put_account_first):
        with pytest.raises(NotVisible):
            act(shop_id=mine, account_id=theirs.pk)


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"iban": "FR7630006000011234567890188"}, "bad_iban"),
        ({"iban": "hello"}, "bad_iban"),
        ({"iban": "BR1500000000000010932840814P2"}, "not_sepa"),
        ({"holder": "  "}, "holder_missing"),
        ({"bic": "NOPE"}, "bad_bic"),
    ],
)
def test_a_bank_account_that_cannot_be_is_refused(given: dict[str, str], code: str) -> None:
    with pytest.raises(Refused, match=code):
        add_transfer_account(
            shop=cast.maison_zinc(), **{"iban": IBAN, "holder": "La Maison Zinc", **given}
        )


def test_transfers_are_for_euros() -> None:
    shop = cast.maison_zinc()
    shop.currency = "CHF"
    with pytest.raises(Refused, match="other_currency"):
        add_transfer_account(shop=shop, iban=IBAN, holder="La Maison Zinc")


@pytest.mark.parametrize(
    ("instrument", "status", "redirects"),
    [
        ("card_ok", "paid", False),
        ("card_refused", "cancelled", False),
        ("card_3ds", "pending", True),
        ("page", "pending", True),
    ],
)
def test_test_cards_are_decided_at_once(instrument: str, status: str, redirects: bool) -> None:
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc(), stock=2))
    wanted = basket((corkscrew, 1), instrument=instrument)
    placed = wanted.sent()
    assert (placed.status, bool(placed.redirect_url)) == (status, redirects)
    assert wanted.sent() == placed
    assert jobs_waiting("sales.post_bank_notice") == []
    again = provider_named("sandbox").fetch(order_of(placed).payments.get().key)
    assert again is not None
    assert charge_of(placed).reference == again.reference


def test_a_test_card_costs_one_statement() -> None:
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc(), stock=2))
    with Counted() as counted:
        basket((corkscrew, 1), instrument="card_ok").sent()
    assert sum("sales_bankcharge" in sql for sql in counted.statements) == 1


def test_every_provider_says_what_the_sheet_needs() -> None:
    for name, provider in PROVIDERS.items():
        instruments = provider.instruments(Account(provider=name))
        assert provider.name == name
        assert provider.label()
        assert instruments[0].code
        assert provider.hold_for.total_seconds() > 0
