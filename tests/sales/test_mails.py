"""What buyers and shops are written."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import override_settings
from django.utils import translation

from comptoir.catalog.models import Variant
from comptoir.common import clock
from comptoir.config.wiring import dispatcher
from comptoir.people.models import User
from comptoir.sales.letters.kinds import LetterKind
from comptoir.sales.letters.send import send_letter
from comptoir.sales.links import signed_key
from comptoir.sales.models import Order, PaymentAccount, TransferDue
from comptoir.sales.services import Address
from comptoir.sales.services.accounts import add_cash_account
from comptoir.sales.services.expire import expire_orders
from comptoir.sales.services.mark_delivered import mark_delivered
from comptoir.sales.services.ship_order import ship_lines, ship_order
from comptoir.sales.tax_mentions import mention_to_buyer
from comptoir.shops.models import Shop
from tests import cast
from tests.sales.buying import (
    Counted,
    at_bank,
    basket,
    jobs_waiting,
    order_of,
    work,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def corkscrew() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), stock=5))


def html_of(message: mail.EmailMessage) -> str:
    assert isinstance(message, mail.EmailMultiAlternatives)
    return str(message.alternatives[0][0])


def test_both_are_written_to_in_their_language(corkscrew: Variant) -> None:
    User.objects.filter(staff_of__shop=cast.maison_zinc()).update(language="en")
    placed = basket((corkscrew, 2), language="en", email="malo@example.org").sent()
    at_bank(placed, "approve")
    work()
    to_buyer, to_shop = mail.outbox
    order = order_of(placed)
    assert to_buyer.to == ["malo@example.org"]
    assert to_buyer.subject == f"Your order {order.number} at La Maison Zinc"
    for said in ("2 × Tire-bouchon: €25.80", "VAT at 20%: €5.28", "Total: €31.70", "29200 Brest"):
        assert said in to_buyer.body
    assert f"/orders/{signed_key(order.key)}" in to_buyer.body
    html = html_of(to_buyer)
    assert "€31.70" in html
    assert 'lang="en"' in html
    assert to_shop.to == [cast.trader().contact_email]
    assert to_shop.subject == f"New order {order.number}"
    assert order.number in to_shop.body


def test_a_shop_reads_amounts_in_its_own_language(corkscrew: Variant) -> None:
    User.objects.filter(staff_of__shop=cast.maison_zinc()).update(language="fr")
    placed = basket((corkscrew, 2), language="en").sent()
    at_bank(placed, "approve")
    work()
    to_buyer, to_shop = mail.outbox
    assert "Total: €31.70" in to_buyer.body
    assert "Total\u00a0: 31,70\u00a0€" in to_shop.body


def test_names_of_buyers_cannot_write_html_into_mails(corkscrew: Variant) -> None:
    address = Address("<b>Inès</b>", "3 rue des Lices", "", "29200", "Brest")
    placed = basket((corkscrew, 1), address=address).sent()
    at_bank(placed, "approve")
    work()
    for message in mail.outbox:
        html = html_of(message)
        assert "<b>" not in html
        assert "&lt;b&gt;" in html


@pytest.mark.parametrize(
    ("form", "said"), [("SARL", "Zinc SARL (fiction) ·"), ("SAS", "fiction) SAS ·")]
)
def test_the_seller_s_legal_form_is_said_once(corkscrew: Variant, form: str, said: str) -> None:
    shop = cast.maison_zinc()
    Shop.objects.filter(pk=shop.pk).update(legal_form=form)
    at_bank(basket((corkscrew, 1), language="en").sent(), "approve")
    work()
    assert said in mail.outbox[0].body
    assert "SARL SARL" not in mail.outbox[0].body.replace("(fiction) ", "")


@override_settings(
    EMAIL_BACKEND="comptoir.common.mail.QueuedMail",
    MAIL_DELIVERY_BACKEND="django.core.mail.backends.smtp.EmailBackend",
    EMAIL_HOST="127.0.0.1",
    EMAIL_PORT=1,
)
def test_mails_wait_for_a_mail_server_that_is_down(corkscrew: Variant) -> None:
    """Survival 13, at the service: the purchase stands, its mails go out later, once."""
    placed = basket((corkscrew, 1)).sent()
    at_bank(placed, "approve")
    work(only="sales.post_bank_notice")
    assert order_of(placed).status == "paid"
    with pytest.raises(ConnectionRefusedError):
        work()
    assert len(jobs_waiting("sales.send_letter")) == 2
    with override_settings(MAIL_DELIVERY_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        work()
        assert work() == 0
    assert [message.to for message in mail.outbox] == [
        ["ines@example.org"],
        [cast.trader().contact_email],
    ]


def test_jobs_carry_keys_and_no_names(corkscrew: Variant) -> None:
    placed = basket((corkscrew, 1)).sent()
    at_bank(placed, "approve")
    work(only="sales.post_bank_notice")
    dispatcher().deliver_all()
    assert jobs_waiting("sales.send_letter") == [
        {"kind": "order_paid", "order_id": placed.order_id, "about": None},
        {"kind": "shop_order_paid", "order_id": placed.order_id, "about": None},
    ]


def test_a_purchase_costs_the_dispatcher_one_insert(corkscrew: Variant) -> None:
    at_bank(basket((corkscrew, 1)).sent(), "approve")
    work(only="sales.post_bank_notice")
    dispatcher().deliver_all()
    for number in range(3):
        at_bank(basket((corkscrew, 1), email=f"a{number}@example.org").sent(), "approve")
    with Counted() as counted:
        dispatcher().deliver_all()
    written = [s for s in counted.statements if "defer_jobs" in s]
    assert len(written) <= 1
    assert not [s for s in counted.statements if "sales_order" in s]


def test_a_letter_sent_twice_is_recognised_by_its_number(corkscrew: Variant) -> None:
    placed = basket((corkscrew, 1)).sent()
    at_bank(placed, "approve")
    work()
    send_letter(kind=LetterKind.ORDER_PAID, order_id=placed.order_id)
    ids = [str(message.message()["Message-ID"]) for message in mail.outbox]
    assert len(ids) == 3
    assert ids[0] == ids[2] != ids[1]
    assert order_of(placed).key not in "".join(ids)


def test_answers_go_to_whom_they_are_meant_for(corkscrew: Variant) -> None:
    at_bank(basket((corkscrew, 1)).sent(), "approve")
    work()
    to_buyer, to_shop = mail.outbox
    assert to_buyer.reply_to == [cast.trader().contact_email]
    assert to_buyer.from_email.startswith('"La Maison Zinc · ')
    assert (to_shop.to, to_shop.reply_to) == ([cast.trader().contact_email], ["ines@example.org"])


def test_a_refused_payment_is_told_once_it_is_over(corkscrew: Variant) -> None:
    refused = basket((corkscrew, 1)).sent()
    at_bank(refused, "refuse")
    work(letters=False)
    again = basket((corkscrew, 1)).sent()
    work()
    assert mail.outbox == []  # the buyer tried again meanwhile
    at_bank(again, "refuse")
    work()
    assert [message.to for message in mail.outbox] == [["ines@example.org"]]


def test_one_who_lets_the_time_pass_is_told(corkscrew: Variant) -> None:
    basket((corkscrew, 1), language="en").sent()
    with clock.travelled(timedelta(minutes=20)):
        expire_orders()
        work()
    (letter,) = mail.outbox
    assert letter.subject == "Your order at La Maison Zinc was not paid"
    assert "we have received nothing" in letter.body


def test_each_parcel_has_its_letter(corkscrew: Variant) -> None:
    placed = basket((corkscrew, 3), language="en").sent()
    at_bank(placed, "approve")
    work()
    mail.outbox.clear()
    order = order_of(placed)
    line = order.lines.get()
    ship_lines(order=order, quantities={line.pk: 1}, carrier="Colissimo", tracking="6A1")
    ship_order(order=order, carrier="UPS", tracking="1Z9")
    work()
    first, last = mail.outbox
    assert "A part of your order" in first.body
    assert "In this parcel: 1 × Tire-bouchon" in first.body
    assert "laposte.fr" in first.body
    assert "The last parcel of your order" in last.body
    assert "2 × Tire-bouchon" in last.body
    assert "1Z9" in last.body


def test_who_fetches_an_order_is_told_where_and_when(corkscrew: Variant) -> None:
    method = cast.pick_up(cast.maison_zinc())
    method.place = "12 rue des Cordiers\nTuesday to Saturday"
    method.save()
    placed = basket((corkscrew, 1), method=method, language="en").sent()
    at_bank(placed, "approve")
    work()
    ship_order(order=order_of(placed))
    add_cash_account(shop=cast.maison_zinc())
    basket((corkscrew, 1), method=method, language="en", provider="cash").sent()
    work()
    told = [letter.body for letter in mail.outbox if letter.to != [cast.trader().contact_email]]
    assert len(told) == 3  # paid, ready, to be paid at the counter
    assert all("12 rue des Cordiers, Tuesday to Saturday" in body for body in told)


def test_an_arrival_says_until_when_one_may_withdraw(corkscrew: Variant) -> None:
    placed = basket((corkscrew, 1), language="en").sent()
    at_bank(placed, "approve")
    work()
    parcel = ship_order(order=order_of(placed))
    mark_delivered(order=order_of(placed), shipment_id=parcel.pk)
    work()
    letter = mail.outbox[-1]
    assert letter.subject == "Your order from La Maison Zinc has arrived"
    assert "until" in letter.body


def test_a_transfer_is_explained_when_it_is_chosen(corkscrew: Variant) -> None:
    account = PaymentAccount.objects.filter(shop=cast.maison_zinc())
    account.update(is_active=False)
    iban = "FR7630006000011234567890189"
    PaymentAccount.objects.create(
        shop=cast.maison_zinc(), provider="transfer", reference=iban, is_test=False
    )
    placed = basket((corkscrew, 1), language="en", provider="transfer", instrument="").sent()
    work()
    (letter,) = mail.outbox
    due = TransferDue.objects.get(payment__order=placed.order_id)
    for words in ("FR76 3000 6000 0112 3456 7890 189", due.reference, "€18.80"):
        assert words in letter.body


def test_a_business_abroad_reads_why_there_is_no_vat() -> None:
    with translation.override("en"):
        said = mention_to_buyer("reverse_charge", "DE", "DE136695976")
        assert "2006/112/EC" in said
        assert "DE136695976" in said
        assert "293 B" in mention_to_buyer("franchise", "FR", "")
        assert "export" in mention_to_buyer("export", "", "")
        assert "Germany" in mention_to_buyer("oss", "DE", "")
        assert mention_to_buyer("domestic", "FR", "") == ""


def test_a_business_is_told_of_its_invoice_and_a_consumer_finds_it(corkscrew: Variant) -> None:
    at_bank(basket((corkscrew, 1), language="en").sent(), "approve")
    work()
    assert len(mail.outbox) == 2
    assert "/invoice" in mail.outbox[0].body
    mail.outbox.clear()
    of_a_business = basket((corkscrew, 1), language="en").sent()
    Order.objects.filter(pk=of_a_business.order_id).update(company="Crêperie du Quai")
    at_bank(of_a_business, "approve")
    work()
    subjects = [message.subject for message in mail.outbox]
    assert f"Your invoice for order {order_of(of_a_business).number}" in subjects
