from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from comptoir.common.accents import words_sql
from comptoir.media.models import Picture
from comptoir.shops.models import Shop

WEIGHTS = (("title", "A"), ("brand || ' ' || category", "B"), ("description", "D"))


class SearchDocument(models.Func):
    """The weighted words of a product, without accents; PostgreSQL's own French stemming."""

    output_field = SearchVectorField()
    template = " || ".join(
        f"setweight(to_tsvector('french', {words_sql(text)}), '{weight}')"
        for text, weight in WEIGHTS
    )


class Product(models.Model):
    """What a shop offers under one page; it is bought as one of its variants."""

    class Status(models.TextChoices):
        ACTIVE = "active"
        WITHDRAWN = "withdrawn"
        COUNTER = "counter", "no product of the catalogue: an amount said at the counter"

    class Exempt(models.TextChoices):
        """Why a buyer may not withdraw from it (art. L221-28 of the French consumer code)."""

        NO = "", "fourteen days to withdraw"
        PERSONALISED = "personalised", "made to the buyer's order"
        PERISHABLE = "perishable", "spoils quickly"
        SEALED = "sealed", "sealed for hygiene: not once it was opened"
        DIGITAL = "digital", "given at once, with the buyer's consent"

    class Source(models.TextChoices):
        HAND = "hand", "made in the back office"
        FEED = "feed", "brought by a catalogue import"

    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="products")
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    source = models.CharField(max_length=10, choices=Source, default=Source.HAND)
    external_id = models.CharField(
        max_length=100, default="", blank=True, help_text="The feed's item_group_id, or its id."
    )
    title = models.CharField(max_length=200)
    description = models.TextField(default="", blank=True)
    brand = models.CharField(max_length=100, default="", blank=True)
    category = models.CharField(max_length=300, default="", blank=True)
    link = models.URLField(max_length=2000, default="", blank=True)
    condition = models.CharField(max_length=15, default="new")
    details = models.JSONField(default=dict, blank=True, help_text="material, gender, age group …")
    vat_rate_bp = models.PositiveSmallIntegerField(default=2000, help_text="2000 is 20 %")
    withdrawal = models.CharField(
        max_length=12, choices=Exempt, default=Exempt.NO, db_default="", blank=True
    )
    digital = models.BooleanField(
        default=False, db_default=False, help_text="Nothing is sent: its files are downloaded."
    )
    buy_url = models.URLField(
        max_length=1000,
        default="",
        db_default="",
        blank=True,
        help_text="Where the shop sells it itself: no checkout here then.",
    )
    safety_contact = models.CharField(
        max_length=300,
        default="",
        db_default="",
        blank=True,
        help_text="Its maker, or who answers for it in the EU; empty: the shop's.",
    )
    created_at = models.DateTimeField(db_default=Now())
    updated_at = models.DateTimeField(db_default=Now())
    search = models.GeneratedField(
        expression=SearchDocument(), output_field=SearchVectorField(), db_persist=True
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["shop", "external_id"],
                condition=~Q(external_id=""),
                name="product_external_id_unique",
            ),
            models.CheckConstraint(
                name="product_status", condition=Q(status__in=["active", "withdrawn", "counter"])
            ),
            models.UniqueConstraint(
                fields=["shop", "vat_rate_bp"],
                condition=Q(status="counter"),
                name="product_counter_once",
            ),
            models.CheckConstraint(
                name="product_buy_url", condition=Q(buy_url="") | Q(buy_url__startswith="https://")
            ),
            models.CheckConstraint(name="product_source", condition=Q(source__in=["hand", "feed"])),
            models.CheckConstraint(
                name="product_withdrawal",
                condition=Q(withdrawal__in=["", "personalised", "perishable", "sealed", "digital"]),
            ),
            models.CheckConstraint(name="product_titled", condition=~Q(title="")),
            models.CheckConstraint(name="product_vat", condition=Q(vat_rate_bp__lte=10_000)),
        ]
        indexes = [
            models.Index(fields=["shop", "status", "-id"], name="product_of_shop"),
            models.Index(
                fields=["-created_at", "-id"], name="product_newest", condition=Q(status="active")
            ),
            # Whether a list may show it, of some of many products, without reading them.
            models.Index(
                fields=["id"], include=["status", "shop", "category"], name="product_showable"
            ),
            GinIndex(fields=["search"], name="product_search"),
        ]

    def __str__(self) -> str:
        return self.title


class ProductPicture(models.Model):
    """A product's picture at its place; position 0 is the cover."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="pictures")
    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    alt = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["product", "position"], name="product_picture_place")
        ]

    def __str__(self) -> str:
        return f"{self.product_id}#{self.position}"
