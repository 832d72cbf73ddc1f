"""A provider that nobody here knows: what its own file says is what buyers and invoices say.

From the sheet to the refund, with its name and its words and no line elsewhere.
"""

import json
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core import mail

from comptoir.catalog.models import Product
from comptoir.sales.adapters.hosted import Hosted
from comptoir.sales.adapters.provider import (
    Account,
    Awaited,
    ForgedNotice,
    Instrument,
    Outcome,
    PaymentRequest,
    ProviderAnswer,
    ProviderNotice,
)
from comptoir.sales.adapters.registry import PAID_LATER, PROVIDERS
from comptoir.sales.invoicing.content import from_json
from comptoir.sales.invoicing.facturx import facturx_xml
from comptoir.sales.invoicing.printed import invoice_paper
from comptoir.sales.links import signed_key
from comptoir.sales.models import Invoice, Order, Payment, PaymentAccount
from comptoir.sales.services.accounts import add_account
from comptoir.sales.services.cancel_order import cancel_by_shop
from tests import cast
from tests.sales.buying import work
from tests.sales.invoicing.norm import broken_rules
from tests.web.checkout.sheets import GUEST, open_sheet, send
from tests.web.visiting import text_of, visitor

pytestmark = pytest.mark.django_db

SECRET = "of the purse"


class Purse(Hosted):
    """Paid at a page elsewhere; its books are this object."""

    name = "purse"
    is_test = False
    refunds_by_hand = False
    closes = False
    hold_for = timedelta(minutes=20)
    means = "68"

    def __init__(self) -> None:
        self.asked: dict[UUID, PaymentRequest] = {}
        self.paid: set[UUID] = set()
        self.given_back: dict[UUID, int] = {}

    def label(self) -> str:
        return "Purse & Co"

    def paid_how(self) -> str:
        return "with a purse"

    def takes(self, *, currency: str, delivery_kind: str) -> bool:
        return currency == "EUR"

    def instruments(self, account: Account) -> tuple[Instrument, ...]:
        return (Instrument("purse", self.label(), f"To {account.reference}."),)

    def start(self, request: PaymentRequest) -> ProviderAnswer:
        self.asked.setdefault(request.key, request)
        return self.answer(request.key)

    def fetch(self, key: UUID) -> ProviderAnswer | None:
        return self.answer(key) if key in self.asked else None

    def close(self, key: UUID) -> bool:
        return key not in self.paid

    def refund(self, key: UUID, refund_key: UUID, amount_minor: int) -> None:
        self.given_back[refund_key] = amount_minor

    def answer(self, key: UUID) -> ProviderAnswer:
        asked = self.asked[key]
        outcome = Outcome.CAPTURED if key in self.paid else Outcome.WAITING
        page = f"https://purse.example/{key}"
        return ProviderAnswer(str(key)[:8], outcome, asked.amount_minor, asked.currency, page)

    def parse_webhook(self, headers: Mapping[str, str], body: bytes) -> ProviderNotice:
        told = json.loads(body)
        if told.pop("secret") != SECRET:
            raise ForgedNotice("unsigned")
        key = UUID(told["key"])
        return ProviderNotice(told["id"], key, self.answer(key))


class Cheque(Purse):
    """Sent by post: what is ordered so is ordered before it is paid."""

    name = "cheque"
    hosted = False

    def awaited(self, *, shop: str, until: str, recipient: str) -> Awaited:
        return Awaited("To be paid by cheque", f"{shop} waits for {recipient}'s until {until}.")

    def answer(self, key: UUID) -> ProviderAnswer:
        asked = self.asked[key]
        return ProviderAnswer("n° 7", Outcome.WAITING, asked.amount_minor, asked.currency)


@pytest.fixture
def bowl() -> Product:
    return cast.product(cast.maison_zinc(), "Bol", price_minor=2400, stock=5)


@pytest.fixture
def purse(bowl: Product, monkeypatch: pytest.MonkeyPatch) -> Purse:
    made = Purse()
    monkeypatch.setitem(PROVIDERS, made.name, made)
    add_account(shop=bowl.shop, provider=made.name, reference="P-1", details={})
    return made


def ordered(made: Product, pay: str) -> str:
    """Where the buyer is led."""
    buyer = visitor()
    sheet = open_sheet(buyer, made)
    return str(send(buyer, {**sheet, **GUEST, "pay": pay}).headers["Location"])


def told(purse: Purse, secret: str = SECRET) -> int:
    """The purse's webhook for the only payment; what we answer."""
    notice = {"id": uuid4().hex, "key": str(Payment.objects.get().key), "secret": secret}
    done = visitor().post("/webhooks/purse", json.dumps(notice), content_type="application/json")
    return int(done.status_code)


def page_of(order: Order) -> str:
    return text_of(visitor().get(f"/orders/{signed_key(order.key)}"))


def test_it_is_sold_through(purse: Purse, bowl: Product) -> None:
    assert "Purse &amp; Co" in text_of(visitor().get(f"/products/{bowl.pk}/buy"))
    assert ordered(bowl, "purse:purse").startswith("https://purse.example/")
    order = Order.objects.get()
    assert "Waiting for the bank" in page_of(order)
    purse.paid.add(Payment.objects.get().key)
    assert told(purse, "guessed") == 400
    assert told(purse) == 200
    order.refresh_from_db()
    assert (order.status, "Paid with a purse" in page_of(order)) == ("paid", True)
    work()
    cancel_by_shop(order=order)
    work()
    assert list(purse.given_back.values()) == [order.total_minor]


def test_its_invoice_is_of_the_norm(purse: Purse, bowl: Product) -> None:
    ordered(bowl, "purse:purse")
    purse.paid.add(Payment.objects.get().key)
    told(purse)
    work()
    kept = Invoice.objects.get()
    content = from_json(kept.content, kept.seller, kept.buyer)
    xml = facturx_xml(content).decode()
    assert "<ram:TypeCode>68</ram:TypeCode>" in xml
    assert broken_rules(xml) == []
    assert "with a purse" in str(invoice_paper([content], "Zinc"))


def test_what_is_paid_later_says_what_it_waits_for(
    bowl: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(PROVIDERS, "cheque", Cheque())
    PAID_LATER.append("cheque")
    try:
        add_account(shop=bowl.shop, provider="cheque", reference="C-1", details={})
        ordered(bowl, "cheque:purse")
        order = Order.objects.get()
        said = f"waits for {GUEST['recipient']}"
        assert ("To be paid by cheque" in page_of(order), said in page_of(order)) == (True, True)
        work()
        (letter,) = [each for each in mail.outbox if each.to == [GUEST["email"]]]
        assert said in letter.body
    finally:
        PAID_LATER.remove("cheque")


def test_of_one_that_is_gone_the_books_still_speak(bowl: Product) -> None:
    """An operator took a provider away: its orders are shown, its payments by its name."""
    ordered(bowl, "sandbox:card_ok")
    Payment.objects.update(provider="gone")
    PaymentAccount.objects.update(provider="gone")
    assert "Paid gone" in page_of(Order.objects.get())
