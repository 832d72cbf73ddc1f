"""What the invoice of an order, and the credit note of a refund, say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from comptoir.sales.adapters.registry import BY_HAND
from comptoir.sales.invoicing.amounts import Left, Paid, amounts_of
from comptoir.sales.invoicing.content import Content, Line, Party, party_from
from comptoir.sales.invoicing.credited import Group, left_of
from comptoir.sales.invoicing.parties import buyer_of, seller_of, seller_of_credit, ship_to_of
from comptoir.sales.models import Invoice, Order, OrderLine, Payment, Refund, RefundLine
from comptoir.sales.pricing.division import divided

AT_PROVIDER = "at_provider"  # a refund's reason: made there by the shop, the way it came
# Category of VAT (UNTDID 5305) of what bears none, by tax scheme; a service under reverse charge
# is AE, goods that leave for another member state are K.
UNTAXED = {"export": "G", "franchise": "E", "reverse_charge": "K"}


@dataclass(frozen=True, slots=True)
class _Item:
    """A line to be: what was paid for it, VAT included, and of which VAT."""

    title: str
    options: str
    quantity: int
    service: bool
    paid: Paid


@dataclass(frozen=True, slots=True)
class Numbered:
    """What is known of a document only once it has its turn."""

    number: str
    issued_on: date


def category_of(scheme: str, rate_bp: int, *, service: bool) -> str:
    """The VAT category of a line, by the order's tax scheme and the line's own rate."""
    if rate_bp:
        return "S"
    if scheme == Order.TaxScheme.REVERSE_CHARGE and service:
        return "AE"
    return UNTAXED.get(scheme, "Z")


def invoice_content(
    order: Order,
    lines: Sequence[OrderLine],
    payment: Payment | None,
    numbered: Numbered,
    offers: str = "",
) -> Content:
    """The invoice of an order that is paid; ``order`` comes with ``shop.profile``, ``offers`` are
    the names of those that it used."""
    items = [_item(order, line) for line in lines]
    return _content(
        order,
        items,
        order.delivery_minor,
        numbered,
        kind=Invoice.Kind.INVOICE,
        seller=seller_of(order.shop),
        payment=payment,
        paid_on=_day(order.paid_at),
        offers=offers,
    )


def credit_content(
    order: Order,
    lines: Sequence[OrderLine],
    refund: Refund,
    refund_lines: Sequence[RefundLine],
    invoice: Invoice,
    credited: Iterable[Mapping[str, Any]],
    numbered: Numbered,
) -> Content:
    """The credit note of a refund that is done. ``refund_lines`` comes with ``line``; where nothing
    says what it is for, the refund is divided over all that was bought. ``credited``: the contents
    of the credit notes that this invoice has already."""
    with override(order.language):
        items = _refunded(order, lines, refund, refund_lines)
    return _content(
        order,
        items,
        0,
        numbered,
        kind=Invoice.Kind.CREDIT_NOTE,
        seller=seller_of_credit(order.shop, party_from(invoice.seller)),
        payment=_way_back(refund),
        paid_on=_day(refund.done_at),
        left=left_of(invoice.content, credited),
        preceding=(invoice.number, _day(invoice.issued_at)),
    )


def _content(  # longer because all that a document says is put together here
    order: Order,
    items: Sequence[_Item],
    delivery_minor: int,
    numbered: Numbered,
    *,
    kind: str,
    seller: Party,
    payment: Payment | None,
    paid_on: str,
    preceding: tuple[str, str] = ("", ""),
    left: Mapping[Group, Left] | None = None,
    offers: str = "",
) -> Content:
    amounts = amounts_of([item.paid for item in items], delivery_minor, left)
    lines = tuple(
        Line(
            title=item.title,
            options=item.options,
            quantity=item.quantity,
            category=item.paid.category,
            rate_bp=item.paid.rate_bp,
            gross_minor=item.paid.gross_minor,
            net_minor=net,
            discount_minor=discount,
            service=item.service,
        )
        for item, net, discount in zip(items, amounts.nets, amounts.discounts, strict=True)
    )
    return Content(
        kind=kind,
        number=numbered.number,
        issued_on=numbered.issued_on.isoformat(),
        language=order.language,
        currency=order.currency,
        order_number=order.number,
        ordered_on=_day(order.placed_at),
        paid_on=paid_on,
        means=payment.provider if payment else "",
        iban=_iban(payment),
        delivery=order.delivery_name,
        delivery_kind=order.delivery_kind,
        tax_scheme=order.tax_scheme,
        tax_country=order.tax_country,
        seller=seller,
        buyer=buyer_of(order),
        ship_to=ship_to_of(order),
        lines=lines,
        charges=amounts.charges,
        shares=amounts.shares,
        net_minor=amounts.net_minor,
        vat_minor=amounts.vat_minor,
        rounding_minor=amounts.rounding_minor,
        total_minor=amounts.paid_minor,
        preceding=preceding,
        offers=offers,
    )


def _item(order: Order, line: OrderLine) -> _Item:
    paid = _paid(order, line, line.total_minor, line.discount_minor)
    return _Item(line.title, line.options, line.quantity, line.digital, paid)


def _paid(order: Order, line: OrderLine, gross_minor: int, discount_minor: int = 0) -> Paid:
    category = category_of(order.tax_scheme, line.vat_rate_bp, service=line.digital)
    return Paid(category, line.vat_rate_bp, gross_minor, discount_minor)


def _refunded(
    order: Order,
    lines: Sequence[OrderLine],
    refund: Refund,
    refund_lines: Sequence[RefundLine],
) -> list[_Item]:
    told = [row for row in refund_lines if row.amount_minor]
    if not told and refund.amount_minor == order.total_minor:
        told_items = [_item(order, line) for line in lines if line.total_minor]
        return [*told_items, *_spread(order, lines, order.delivery_minor, order.delivery_name)]
    if not told:
        return _spread(order, lines, refund.amount_minor, pgettext("invoice", "Refund"))
    items = [_of_refund_line(order, row.line, row) for row in told if row.line is not None]
    delivery = sum(row.amount_minor for row in told if row.line is None)
    return [*items, *_spread(order, lines, delivery, order.delivery_name)]


def _of_refund_line(order: Order, line: OrderLine, row: RefundLine) -> _Item:
    """``quantity`` 0 is a gesture: a lower price for what stays sold."""
    title = line.title if row.quantity else _("Price reduction: %(title)s") % {"title": line.title}
    paid = _paid(order, line, row.amount_minor)
    return _Item(title, line.options, row.quantity or 1, line.digital, paid)


def _spread(order: Order, lines: Sequence[OrderLine], amount_minor: int, title: str) -> list[_Item]:
    """An amount over the VAT rates of what was bought, as delivery is."""
    paid = [_paid(order, line, line.total_minor) for line in lines]
    groups = sorted({one.group for one in paid})
    weights = {
        place: sum(one.gross_minor for one in paid if one.group == group)
        for place, group in enumerate(groups)
    }
    # What a rate of files alone bears of it is of services, as on the invoice.
    sent = {one.group for line, one in zip(lines, paid, strict=True) if not line.digital}
    parts = divided(amount_minor, weights)
    shares = [(groups[place], part) for place, part in sorted(parts.items(), reverse=True) if part]
    return [
        _Item(title, "", 1, (rate, category) not in sent, Paid(category, rate, part))
        for (rate, category), part in shares
    ]


def _way_back(refund: Refund) -> Payment | None:
    """The payment, as it goes back the way it came; ``None`` where its provider could not, and the
    shop found another way."""
    by_provider = refund.payment.provider not in BY_HAND
    another = refund.by_hand and by_provider and refund.reason != AT_PROVIDER
    return None if another else refund.payment


def _iban(payment: Payment | None) -> str:
    by_transfer = payment is not None and payment.provider == "transfer"
    return payment.account.reference if by_transfer and payment and payment.account else ""


def _day(at: datetime | None) -> str:
    """The day of that moment where the site is."""
    return timezone.localdate(at).isoformat() if at else ""
