"""An invented order from which every letter can be written; nothing of it is in the database."""

from copy import copy
from dataclasses import replace
from datetime import date, timedelta

from comptoir.catalog.models import Product
from comptoir.common import clock
from comptoir.common.letter import Letter
from comptoir.people.models import Profile
from comptoir.sales.letters.kinds import LetterKind
from comptoir.sales.letters.matter import Matter, Pieces
from comptoir.sales.letters.send import written
from comptoir.sales.models import (
    OddMoney,
    Order,
    OrderLine,
    Payment,
    PaymentAccount,
    Refund,
    RefundFailure,
    Return,
    Shipment,
    StripeDispute,
    TransferDue,
    Withdrawal,
)
from comptoir.sales.pricing.tax import VatShare
from comptoir.sales.used_offers import UsedOffers
from comptoir.shops.models import Shop

ZINC = Profile(id=9, kind="shop", handle="maison_zinc", name="La Maison Zinc")
SHOP = Shop(
    profile=ZINC,
    legal_name="La Maison Zinc",
    legal_form="SARL (fiction)",
    legal_address="12 rue des Cordiers\n00000 Port-Garance",
    registration="000 000 018",
    vat_number="FR66000000018",
    contact_email="bonjour@maison-zinc.example",
    contact_phone="+33 1 99 00 00 01",
    mediator_name="Médiation des Quais (fiction)",
    mediator_url="https://mediation-des-quais.example/",
    safety_contact="La Maison Zinc, 12 rue des Cordiers, 00000 Port-Garance",
)


def _line(number: int, title: str, quantity: int, unit: int, rate: int, vat: int) -> OrderLine:
    product = Product(id=number, shop=SHOP, title=title)
    return OrderLine(
        id=number,
        product=product,
        variant_id=number,
        position=number,
        title=title,
        quantity=quantity,
        unit_minor=unit,
        total_minor=unit * quantity,
        vat_rate_bp=rate,
        vat_minor=vat,
    )


BOWL = _line(1, "Grand bol en grès, émail ardoise", 2, 3800, 2000, 1183)
BOWL.discount_minor, BOWL.total_minor = 500, 7100
APRON = _line(2, "Tablier brodé à votre nom", 1, 4200, 2000, 700)
APRON.withdrawal = OrderLine.Exempt.PERSONALISED
LINES = (BOWL, APRON, _line(3, "Miel de bruyère, 500 g", 1, 1250, 550, 65))
PIECES = (Pieces(LINES[0], 1), Pieces(LINES[2], 1))

NOW = clock.now()
ORDER = Order(
    id=1,
    key="an-invented-key",
    number="2026-00042",
    shop=SHOP,
    status=Order.Status.PAID,
    email="ines@example.org",
    recipient="Inès Le Goff",
    address1="3 rue des Lices",
    postcode="29200",
    city="Brest",
    country="FR",
    delivery_kind="post",
    delivery_name="Colissimo",
    currency="EUR",
    items_minor=13050,
    discount_minor=500,
    delivery_minor=590,
    total_minor=13140,
    vat_minor=2038,
    placed_at=NOW - timedelta(days=4),
    paid_at=NOW - timedelta(days=4),
    pay_until=NOW + timedelta(days=3),
    delivered_at=NOW,
    arrives_from=NOW.date(),
    arrives_until=NOW.date() + timedelta(days=2),
)
PAYMENT = Payment(
    order=ORDER,
    provider="sandbox",
    currency="EUR",
    amount_minor=13140,
    captured_minor=13140,
    refund_due_minor=5050,
    refunded_minor=5050,
)
STATEMENT = (
    "I withdraw from the contract of sale of these goods: 1 × Grand bol en grès.\n"
    "Order 2026-00042. Inès Le Goff, 3 rue des Lices, 29200 Brest."
)
FULL = Matter(
    language="fr",
    order=ORDER,
    shop=SHOP,
    lines=LINES,
    vat_shares=(VatShare(2000, 11860, 1977), VatShare(550, 1280, 61)),
    offers=UsedOffers(("Bienvenue",)),
    payment=PAYMENT,
    transfer=TransferDue(
        payment=PAYMENT,
        account=PaymentAccount(provider="transfer", reference="FR7600000000000000000000000"),
        reference="RF00000000000042",
        amount_minor=13140,
        currency="EUR",
    ),
    shipment=Shipment(order=ORDER, carrier="Colissimo", tracking="0A00000000000"),
    refund=Refund(payment=PAYMENT, amount_minor=5050, reason="by_shop"),
    dispute=StripeDispute(
        payment=PAYMENT,
        dispute_id="dp_invented",
        amount_minor=13140,
        currency="EUR",
        reason="product_not_received",
        status="needs_response",
        respond_by=NOW + timedelta(days=9),
    ),
    odd_money=OddMoney(payment=PAYMENT, amount_minor=1314, currency="EUR"),
    failure=RefundFailure(reason="expired_or_canceled_card", done_at=NOW, at=NOW),
    giving_back=Return(
        order=ORDER,
        words="L'émail du bol est fêlé sur un bord.",
        answer="Nous sommes désolés : renvoyez-le, nous vous en envoyons un autre.",
        send_to="La Maison Zinc (retours)\n12 rue des Cordiers\n00000 Port-Garance",
    ),
    withdrawal=Withdrawal(
        order=ORDER,
        declared_at=NOW,
        statement=STATEMENT,
        digest="0" * 64,
        amount_minor=5050,
        refund_by=date(NOW.year, NOW.month, NOW.day) + timedelta(days=14),
    ),
    pieces=PIECES,
    until=date(NOW.year, NOW.month, NOW.day) + timedelta(days=14),
)


BUSINESS = replace(FULL, order=copy(ORDER))
BUSINESS.order.company = "Crêperie du Quai (fiction)"
OF_A_BUSINESS = {LetterKind.INVOICE_READY}


def letter_of(kind: LetterKind, language: str) -> Letter | None:
    """The letter as it would be written in that language."""
    matter = BUSINESS if kind in OF_A_BUSINESS else FULL
    return written(kind, replace(matter, language=language))
