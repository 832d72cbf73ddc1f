"""Invoices of what was paid and credit notes of what was given back, each issued once.

The counter's row of shop, kind and year is locked from the number to the commit: numbers follow
each other in time without gaps, and one that a failure gave back is given again. The document is
made within that lock, in some milliseconds, for it carries its number. What was paid at a test bank
is numbered apart, so that a shop's trials leave no trace in its books.
"""

import hashlib
from dataclasses import asdict
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from comptoir.common import clock
from comptoir.common.deadlocks import retried_on_deadlock
from comptoir.sales.invoicing.compose import Numbered, credit_content, invoice_content
from comptoir.sales.invoicing.content import Content, as_json
from comptoir.sales.invoicing.facturx import can_be_written, facturx_xml
from comptoir.sales.invoicing.press import invoice_pdf
from comptoir.sales.invoicing.printed import invoice_paper
from comptoir.sales.invoicing.shares import shares_by_nature
from comptoir.sales.models import (
    Invoice,
    InvoiceCounter,
    InvoiceShare,
    Order,
    OrderLine,
    Payment,
    Refund,
    RefundLine,
)
from comptoir.sales.services.sweep import each
from comptoir.sales.used_offers import used_offers

KEPT_YEARS = 10  # Code de commerce L123-22, from the end of the year
TEST = "TEST-"
LETTERS = {Invoice.Kind.INVOICE: "F", Invoice.Kind.CREDIT_NOTE: "A"}
TAKEN = {Payment.Status.CAPTURED, Payment.Status.REFUNDED}


@retried_on_deadlock
@transaction.atomic
def issue_invoice(*, order_id: int) -> Invoice | None:
    """The order's invoice, issued now unless it is there; ``None`` for what nobody paid for."""
    order = Order.objects.select_related("shop__profile").get(pk=order_id)
    if order.paid_at is None or not order.total_minor:
        return None
    issued = Invoice.objects.filter(order=order, kind=Invoice.Kind.INVOICE)
    if (found := issued.first()) is not None:
        return found
    payment = _payment(order)
    is_test = _is_test(payment)
    counter, now = _locked_counter(order.shop_id, Invoice.Kind.INVOICE, is_test=is_test)
    if (found := issued.first()) is not None:
        return found
    numbered, offers = _numbered(counter, now), used_offers(order).named
    content = invoice_content(order, _lines(order), payment, numbered, offers)
    return _written(Invoice(order=order), content, counter, now)


@retried_on_deadlock
@transaction.atomic
def issue_credit_note(*, refund_id: int) -> Invoice | None:
    """The credit note of a refund that is done, issued now unless it is there, after its invoice.

    ``None``: the refund is not done yet, is of nothing, or gives back money for which there was no
    order.
    """
    refund = Refund.objects.select_related("payment__account").get(pk=refund_id)
    if refund.status != Refund.Status.DONE or not refund.amount_minor:
        return None
    invoice = issue_invoice(order_id=refund.payment.order_id)
    if invoice is None:
        return None
    issued = Invoice.objects.filter(refund=refund)
    is_test = invoice.is_test
    counter, now = _locked_counter(invoice.shop_id, Invoice.Kind.CREDIT_NOTE, is_test=is_test)
    if (found := issued.first()) is not None:
        return found
    order = Order.objects.select_related("shop__profile").get(pk=invoice.order_id)
    told = list(RefundLine.objects.filter(refund=refund).select_related("line").order_by("id"))
    numbered = _numbered(counter, now)
    before = invoice.credit_notes.values_list("content", flat=True)
    content = credit_content(order, _lines(order), refund, told, invoice, before, numbered)
    note = Invoice(order=order, refund=refund, preceding=invoice)
    return _written(note, content, counter, now)


def issue_left_over(*, older_than: timedelta, page: int = 200) -> int:
    """Issues what a lost job left, of what was paid or given back; returns how many."""
    before = clock.now() - older_than
    paid = Order.objects.filter(paid_at__lte=before, total_minor__gt=0)
    unbilled = paid.exclude(invoices__kind=Invoice.Kind.INVOICE)
    done = Refund.objects.filter(status=Refund.Status.DONE, done_at__lte=before, credit_note=None)
    owed = done.filter(payment__order__paid_at__isnull=False, amount_minor__gt=0)
    count = each(unbilled, lambda pk: issue_invoice(order_id=pk) is not None, page=page)
    return count + each(owed, lambda pk: issue_credit_note(refund_id=pk) is not None, page=page)


def forget_invoices() -> int:
    """Deletes what the law wants kept no longer; returns how many. Credit notes go first."""
    over = Invoice.objects.filter(keep_until__lt=timezone.localdate())
    notes = over.filter(kind=Invoice.Kind.CREDIT_NOTE).delete()[1].get("sales.Invoice", 0)
    unreferred = over.filter(credit_notes=None)
    return notes + unreferred.delete()[1].get("sales.Invoice", 0)


def _locked_counter(shop_id: int, kind: str, *, is_test: bool) -> tuple[InvoiceCounter, datetime]:
    """The counter of the year, locked, and the time from then on: a later number is never issued at
    an earlier time. A year that ends while the lock is waited for is left for the next."""
    while True:
        year = timezone.localtime(clock.now()).year
        row = InvoiceCounter(shop_id=shop_id, kind=kind, is_test=is_test, year=year)
        InvoiceCounter.objects.bulk_create([row], ignore_conflicts=True)
        rows = InvoiceCounter.objects.select_for_update(no_key=True)
        counter = rows.get(shop_id=shop_id, kind=kind, is_test=is_test, year=year)
        now = clock.now()
        if timezone.localtime(now).year == year:
            return counter, now


def _is_test(payment: Payment | None) -> bool:
    """Whether no money moved; in the demo place, which is all fiction, the test bank counts."""
    account = payment.account if payment is not None else None
    return account is not None and account.is_test and not settings.DEMO


def _numbered(counter: InvoiceCounter, now: datetime) -> Numbered:
    letter = LETTERS[Invoice.Kind(counter.kind)]
    prefix = TEST if counter.is_test else ""
    number = f"{prefix}{letter}-{counter.year}-{counter.last + 1:05d}"
    return Numbered(number, timezone.localdate(now))


def _written(invoice: Invoice, content: Content, counter: InvoiceCounter, now: datetime) -> Invoice:
    counter.last += 1
    counter.save(update_fields=["last"])
    xml = facturx_xml(content).decode() if can_be_written(content.currency) else ""
    paper = invoice_paper([content], invoice.order.shop.profile.name)
    pdf = invoice_pdf(paper, xml, now)
    invoice.shop_id, invoice.kind = counter.shop_id, counter.kind
    invoice.is_test = counter.is_test
    invoice.year, invoice.sequence = counter.year, counter.last
    invoice.number, invoice.issued_at = content.number, now
    invoice.language, invoice.currency = content.language, content.currency
    invoice.tax_scheme, invoice.tax_country = content.tax_scheme, content.tax_country
    invoice.net_minor, invoice.vat_minor = content.net_minor, content.vat_minor
    invoice.rounding_minor, invoice.total_minor = content.rounding_minor, content.total_minor
    invoice.seller, invoice.buyer = asdict(content.seller), asdict(content.buyer)
    invoice.content, invoice.xml, invoice.pdf = as_json(content), xml, pdf
    invoice.sha256 = hashlib.sha256(pdf).hexdigest()
    invoice.keep_until = date(counter.year + KEPT_YEARS, 12, 31)
    invoice.save(force_insert=True)
    InvoiceShare.objects.bulk_create(
        InvoiceShare(invoice=invoice, **asdict(share)) for share in shares_by_nature(content)
    )
    return invoice


def _lines(order: Order) -> list[OrderLine]:
    return list(OrderLine.objects.filter(order=order).order_by("position"))


def _payment(order: Order) -> Payment | None:
    taken = Payment.objects.filter(order=order, status__in=TAKEN).select_related("account")
    return taken.order_by("-id").first()
