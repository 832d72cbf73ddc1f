from django.db import models
from django.db.models import F, Q

from comptoir.sales.models.order import Order
from comptoir.sales.models.payment import Refund
from comptoir.shops.models import Shop


class Invoice(models.Model):
    """What was sold and what was given back, as a document that does not change any more.

    Seller, buyer and lines are copied (``content``, see ``sales.invoicing.content``). A trigger of
    the database refuses every change, and deletion before ``keep_until`` is over: it is the law's
    term, not ours. Amounts are minor units of ``currency``.
    """

    class Kind(models.TextChoices):
        INVOICE = "invoice"
        CREDIT_NOTE = "credit_note"

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="invoices")
    refund = models.OneToOneField(
        Refund, null=True, blank=True, on_delete=models.PROTECT, related_name="credit_note"
    )
    preceding = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="credit_notes"
    )
    kind = models.CharField(max_length=12, choices=Kind)
    is_test = models.BooleanField(
        default=False, db_default=False, help_text="No money moved; numbered apart."
    )
    year = models.PositiveSmallIntegerField()
    sequence = models.PositiveIntegerField(help_text="1, 2, 3 … within shop, kind and year.")
    number = models.CharField(max_length=20)
    issued_at = models.DateTimeField()
    language = models.CharField(max_length=2)
    currency = models.CharField(max_length=3)
    tax_scheme = models.CharField(max_length=14)
    tax_country = models.CharField(max_length=2)
    net_minor = models.BigIntegerField()
    vat_minor = models.BigIntegerField()
    rounding_minor = models.BigIntegerField()
    total_minor = models.BigIntegerField(help_text="What was paid, or given back.")
    seller = models.JSONField()
    buyer = models.JSONField()
    content = models.JSONField()
    xml = models.TextField(blank=True, help_text="'' for currencies that EN 16931 cannot write.")
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64, help_text="Of the PDF.")
    keep_until = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "number"], name="invoice_number_once"),
            models.UniqueConstraint(
                fields=["shop", "kind", "is_test", "year", "sequence"], name="invoice_sequence_once"
            ),
            models.UniqueConstraint(
                fields=["order"], condition=Q(kind="invoice"), name="invoice_of_order_once"
            ),
            models.CheckConstraint(
                name="invoice_kind",
                condition=Q(kind="invoice", refund=None, preceding=None)
                | Q(kind="credit_note", refund__isnull=False, preceding__isnull=False),
            ),
            models.CheckConstraint(
                name="invoice_total",
                condition=Q(
                    total_minor=F("net_minor") + F("vat_minor") + F("rounding_minor"),
                    net_minor__gte=0,
                    vat_minor__gte=0,
                ),
            ),
        ]
        indexes = [
            models.Index(fields=["shop", "issued_at"], name="invoice_of_shop"),
            models.Index(fields=["keep_until"], name="invoice_kept"),
        ]

    def __str__(self) -> str:
        return self.number


class InvoiceShare(models.Model):
    """What an invoice says of one VAT category and rate; for sums by day."""

    invoice = models.ForeignKey(Invoice, on_delete=models.CASCADE, related_name="shares")
    category = models.CharField(max_length=2, help_text="Of UNTDID 5305: S, Z, E, K, AE, G.")
    rate_bp = models.PositiveSmallIntegerField()
    service = models.BooleanField(help_text="A service, such as a download; otherwise goods.")
    net_minor = models.BigIntegerField()
    vat_minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["invoice", "category", "rate_bp", "service"], name="invoice_share_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.rate_bp} of {self.invoice_id}"


class InvoiceCounter(models.Model):
    """The last number that a shop gave in a year; its lock puts the shop's invoices in order."""

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Invoice.Kind)
    is_test = models.BooleanField(default=False, db_default=False)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "kind", "is_test", "year"], name="invoice_counter_row"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.year}-{self.last:05d}"
