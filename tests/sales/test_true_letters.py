"""Letters promise a buyer no right that there is none, and hide none that there is."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail

from comptoir.catalog.models import Product, Variant
from comptoir.catalog.services.products import VariantDraft, create_product
from comptoir.common import clock
from comptoir.people.actor import ANYONE
from comptoir.sales.bills import bill_of
from comptoir.sales.models import Invoice, Order, Refund
from comptoir.sales.pricing.delivery import DIGITAL_METHOD_ID
from comptoir.sales.services import Address, expire_orders
from comptoir.sales.services.accounts import add_cash_account, add_transfer_account
from comptoir.sales.services.bills import open_bill, pay_bill
from comptoir.sales.services.cancel_order import cancel_by_shop
from comptoir.sales.services.close_return import exchange_return
from comptoir.sales.services.give_back import confirm_given_back
from comptoir.sales.services.mark_delivered import mark_delivered
from comptoir.sales.services.returns import answer_return, ask_return
from comptoir.sales.services.ship_order import ship_lines, ship_order
from comptoir.sales.services.statements import take_statement
from comptoir.sales.services.take_cash import take_cash
from comptoir.sales.sheet import sheet_of
from tests import cast
from tests.sales.after import line_of, sent
from tests.sales.buying import Basket, at_bank, basket, order_of, return_url_for, work
from tests.sales.invoicing.norm import broken_rules
from tests.sales.offering import offer
from tests.sales.statements import IBAN, Movement, camt

pytestmark = pytest.mark.django_db

BUYER = "ines@example.org"


@pytest.fixture
def cup() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), "Tasse", price_minor=1000, stock=10))


def to_buyer() -> str:
    """The last letter to the buyer, in English."""
    return str([letter for letter in mail.outbox if letter.to == [BUYER]][-1].body)


def to_shop() -> str:
    return str([letter for letter in mail.outbox if letter.to != [BUYER]][-1].body)


def given(cup: Variant, pieces: int = 2) -> Order:
    """An order that offers made cost nothing."""
    offer(cast.maison_zinc(), value=10_000)
    offer(cast.maison_zinc(), kind="free_delivery", value=0)
    placed = basket((cup, pieces), language="en").sent()
    work()
    return order_of(placed)


def exchanged() -> Order:
    """Three small shirts came back, three of another size are to be sent."""
    drafts = [VariantDraft(price_minor=2000, stock=5, options={"size": s}) for s in "SM"]
    made = create_product(shop=cast.maison_zinc(), title="Chemise", description="", variants=drafts)
    small, medium = made.variants.order_by("position")
    order = sent((small, 3), language="en")
    back = ask_return(order=order, pieces={line_of(order, small).pk: 3}, reason="fit")
    answer_return(giving_back=back, accept=True, send_to="1 rue du Port")
    exchange = exchange_return(giving_back=back, variant_id=medium.pk)
    work()
    return exchange


def paid_at_the_counter() -> Order:
    bill = open_bill(shop=cast.maison_zinc(), by_id=cast.zoe().user.pk, amount_minor=1250)
    placed = pay_bill(
        actor=ANYONE,
        bill=bill_of(bill.key),
        checkout_key=uuid4(),
        expected_total_minor=1250,
        email=BUYER,
        language="en",
        return_url_for=return_url_for,
    )
    at_bank(placed, "approve")
    work()
    return order_of(placed)


def test_at_the_counter_nobody_is_told_that_they_may_withdraw() -> None:
    paid_at_the_counter()
    said = to_buyer()
    assert "withdraw" not in said
    assert "Hello," in said
    assert "two years of delivery" in said


def test_the_invoice_of_the_counter_is_by_the_norm() -> None:
    invoice = Invoice.objects.get(order=paid_at_the_counter())
    assert broken_rules(invoice.xml) == []
    assert invoice.buyer["name"] == "Customer at the counter"
    assert invoice.buyer["contact"] == ""


def test_what_cost_nothing_has_neither_invoice_nor_withdrawal(cup: Variant) -> None:
    order = given(cup)
    said = to_buyer()
    assert "withdraw" not in said
    assert "/invoice" not in said
    parcel = ship_order(order=order)
    mark_delivered(order=order, shipment_id=parcel.pk)
    work()
    assert "has arrived" in to_buyer()
    assert "withdraw" not in to_buyer()


def test_sealed_goods_can_be_given_back_until_they_are_opened(cup: Variant) -> None:
    Product.objects.filter(pk=cup.product_id).update(withdrawal="sealed")
    placed = basket((cup, 1), language="en").sent()
    at_bank(placed, "approve")
    work()
    said = to_buyer()
    for words in ("within 14 days", "withdraw from contract here", "Model withdrawal form"):
        assert words in said
    assert "once you have opened it" in said
    parcel = ship_order(order=order_of(placed))
    mark_delivered(order=order_of(placed), shipment_id=parcel.pk)
    work()
    assert "You may withdraw" in to_buyer()


@pytest.mark.parametrize("exempt", ["personalised", "perishable"])
def test_what_can_never_be_given_back(cup: Variant, exempt: str) -> None:
    Product.objects.filter(pk=cup.product_id).update(withdrawal=exempt)
    at_bank(basket((cup, 1), language="en").sent(), "approve")
    work()
    assert "No right to withdraw" in to_buyer()
    assert "Model withdrawal form" not in to_buyer()


def test_a_free_order_that_is_cancelled_gives_no_money_back(cup: Variant) -> None:
    order = given(cup)
    cancel_by_shop(order=order)
    work()
    assert "is given back to you" not in to_buyer()
    assert "You paid nothing for it." in to_buyer()
    assert "Rien n’avait été payé" in to_shop()


def test_who_awaits_an_exchange_is_not_told_that_nothing_is_owed() -> None:
    order = exchanged()
    mail.outbox.clear()
    cancel_by_shop(order=order)
    work()
    assert "is given back to you" not in to_buyer()
    assert "still owed to you" in to_buyer()
    assert "son retour vous attend de nouveau" in to_shop()


def test_nor_when_the_rest_of_it_does_not_come() -> None:
    order = exchanged()
    ship_lines(order=order, quantities={order.lines.get().pk: 1})
    mail.outbox.clear()
    cancel_by_shop(order=order)
    work()
    assert "no money is due" not in to_buyer()
    assert "still owed to you" in to_buyer()


def test_a_transfer_of_which_a_part_came_is_not_called_nothing(cup: Variant) -> None:
    account = add_transfer_account(shop=cast.maison_zinc(), iban=IBAN, holder="La Maison Zinc")
    placed = basket((cup, 1), provider="transfer", language="en").sent()
    work()
    reference = order_of(placed).payments.get().transfer.reference
    body = camt([Movement("4.50", reference)])
    take_statement(account=account, body=body, by_user_id=None)
    mail.outbox.clear()
    with clock.travelled(timedelta(days=8)):
        assert expire_orders() == 1
        work()
    assert "only €4.50 has come: it is given back to you" in to_buyer()


@pytest.mark.parametrize("with_goods", [True, False])
def test_of_a_file_the_guarantee_is_another(cup: Variant, with_goods: bool) -> None:
    made = cast.product(cast.maison_zinc(), "Patron", price_minor=900, stock=None)
    cast.file_of(made)
    file = cast.variant_of(made)
    both = basket((file, 1), (cup, 1), language="en")
    at_bank((both if with_goods else files_alone(file)).sent(), "approve")
    work()
    assert "L224-25-12" in to_buyer()
    assert ("L217-3" in to_buyer()) == with_goods


def files_alone(file: Variant) -> Basket:
    lines = [(file.pk, 1)]
    total = sheet_of(lines).quote_for(DIGITAL_METHOD_ID).total_minor
    who = Address(recipient="Inès Le Goff")
    return Basket(lines, DIGITAL_METHOD_ID, total, address=who, language="en")


@pytest.mark.parametrize("cash", [True, False])
def test_no_bank_is_awaited_for_cash(cup: Variant, cash: bool) -> None:
    shop = cast.maison_zinc()
    if cash:
        add_cash_account(shop=shop)
    placed = basket((cup, 1), method=cast.pick_up(shop), language="en").sent()
    if cash:
        take_cash(order=order_of(placed), by_user_id=None)
    else:
        at_bank(placed, "approve")
    work()
    cancel_by_shop(order=order_of(placed))
    work()
    for refund in Refund.objects.filter(status="due"):
        confirm_given_back(shop_id=shop.pk, refund_id=refund.pk)
    work()
    assert "was given back to you, the way you paid" in to_buyer()
    assert ("Depending on your bank" in to_buyer()) is not cash
