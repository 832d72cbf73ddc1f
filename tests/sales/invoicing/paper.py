"""Orders that exist in memory alone, for what their invoices say."""

from datetime import UTC, date, datetime
from typing import Any

from comptoir.people.models import Profile
from comptoir.sales.invoicing.compose import Numbered, invoice_content
from comptoir.sales.invoicing.content import Content
from comptoir.sales.models import Order, OrderLine, Payment, PaymentAccount
from comptoir.shops.models import Shop

PAID_AT = datetime(2026, 3, 12, 10, 30, tzinfo=UTC)
NUMBERED = Numbered("F-2026-00042", date(2026, 3, 12))


def seller(**more: Any) -> Shop:
    """La Maison Zinc, of a town that is fiction; the number is an example of its standard."""
    return Shop(
        profile=Profile(name="La Maison Zinc", handle="maison_zinc"),
        **{
            "legal_name": "Maison Zinc",
            "legal_form": "SARL",
            "legal_address": "12 quai des Lanternes\n29200 Port-Lumen",
            "registration": "303 265 045",
            "vat_number": "FR40303265045",
            "contact_email": "bonjour@zinc.example",
            "contact_phone": "+33 1 99 00 12 34",
            **more,
        },
    )


def line(title: str, quantity: int, unit_minor: int, rate_bp: int = 2000, **more: Any) -> OrderLine:
    off = more.pop("discount_minor", 0)
    return OrderLine(
        title=title,
        quantity=quantity,
        unit_minor=unit_minor,
        discount_minor=off,
        vat_rate_bp=rate_bp,
        total_minor=unit_minor * quantity - off,
        **more,
    )


def order(lines: list[OrderLine], *, shop: Shop | None = None, **more: Any) -> Order:
    delivery = more.get("delivery_minor", 590)
    items = sum(one.unit_minor * one.quantity for one in lines)
    off = sum(one.discount_minor for one in lines)
    return Order(
        shop=shop or seller(),
        **{
            "number": "2026-00057",
            "language": "en",
            "email": "ines@example.org",
            "recipient": "Inès Le Goff",
            "address1": "3 rue des Lices",
            "postcode": "29200",
            "city": "Brest",
            "country": "FR",
            "currency": "EUR",
            "delivery_kind": "post",
            "delivery_name": "Colissimo",
            "placed_at": PAID_AT,
            "paid_at": PAID_AT,
            "items_minor": items,
            "discount_minor": off,
            "delivery_minor": delivery,
            "total_minor": items - off + delivery,
            **more,
        },
    )


def invoice(lines: list[OrderLine], *, payment: Payment | None = None, **more: Any) -> Content:
    """What the invoice of such an order says."""
    return invoice_content(order(lines, **more), lines, payment, NUMBERED)


def by_transfer() -> Payment:
    """Paid to an account whose number is the example of its standard."""
    account = PaymentAccount(provider="transfer", reference="FR7630006000011234567890189")
    return Payment(provider="transfer", account=account)


def by_card() -> Payment:
    return Payment(provider="stripe")
