from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from comptoir.catalog.models.product import Product
from comptoir.shops.models import Shop


class Collection(models.Model):
    """Some of a shop's products under a title: those it chose, then those its rule finds.

    The rule is what is filled in of brand, category and highest price (minor units), all together;
    nothing filled in finds nothing.
    """

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="collections")
    title = models.CharField(max_length=80)
    slug = models.CharField(max_length=80)
    intro = models.CharField(max_length=300, default="", blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    rule_brand = models.CharField(max_length=100, default="", blank=True)
    rule_category = models.CharField(max_length=300, default="", blank=True)
    rule_most_minor = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "slug"], name="collection_slug"),
            models.CheckConstraint(name="collection_titled", condition=~Q(title="") & ~Q(slug="")),
            models.CheckConstraint(
                name="collection_most", condition=Q(rule_most_minor=None) | Q(rule_most_minor__gt=0)
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CollectionProduct(models.Model):
    """A chosen product at its place in a collection."""

    collection = models.ForeignKey(Collection, on_delete=models.CASCADE, related_name="chosen")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["collection", "product"], name="collection_product"),
            models.CheckConstraint(name="collection_most_chosen", condition=Q(position__lt=200)),
        ]

    def __str__(self) -> str:
        return f"{self.product_id} in {self.collection_id}"
