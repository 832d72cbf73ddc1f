from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from comptoir.catalog.models import Product
from comptoir.people.models import Profile
from comptoir.shops.models import Shop


class TastePreference(models.Model):
    """Whether what a person sees first follows their circle; without a row, it does."""

    profile = models.OneToOneField(
        Profile, primary_key=True, on_delete=models.CASCADE, related_name="taste"
    )
    personalised = models.BooleanField(default=True, db_default=True)

    def __str__(self) -> str:
        return f"{self.profile_id}: {'their circle' if self.personalised else 'everyone'}"


class DroppedPerson(models.Model):
    """A person who moves nothing for ``profile`` any more, followed or not; never told of it."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="dropped")
    person = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["profile", "person"], name="dropped_once"),
            models.CheckConstraint(name="dropped_not_self", condition=~Q(profile=F("person"))),
        ]

    def __str__(self) -> str:
        return f"{self.profile_id} without {self.person_id}"


class LessOf(models.Model):
    """What a person asked to be shown less: one product, a shop, or a category of products."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="less_of")
    product = models.ForeignKey(Product, null=True, on_delete=models.CASCADE, related_name="+")
    shop = models.ForeignKey(Shop, null=True, on_delete=models.CASCADE, related_name="+")
    category = models.CharField(
        max_length=300,
        default="",
        db_default="",
        blank=True,
        help_text="As the products say it; one below it (« > ») is meant as well.",
    )
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="less_of_one_thing",
                condition=Q(product__isnull=False, shop=None, category="")
                | Q(product=None, shop__isnull=False, category="")
                | (Q(product=None, shop=None) & ~Q(category="")),
            ),
            models.UniqueConstraint(
                fields=["profile", "product", "shop", "category"],
                name="less_of_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.profile_id} wants less of {self.product_id or self.shop_id or self.category}"
