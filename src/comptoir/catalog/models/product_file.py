from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from comptoir.catalog.models.product import Product


class ProductFile(models.Model):
    """A file that the buyers of a digital product download; it lies in ``FILES_ROOT / path``.

    A withdrawn file stays for those who bought the product before.
    """

    product = models.ForeignKey(Product, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=150)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField(help_text="Bytes.")
    digest = models.CharField(max_length=64, help_text="SHA-256 of its bytes.")
    path = models.CharField(max_length=100, unique=True)
    created_at = models.DateTimeField(db_default=Now())
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="product_file_size", condition=Q(size__gt=0)),
            models.CheckConstraint(name="product_file_named", condition=~Q(name="")),
        ]
        indexes = [models.Index(fields=["product", "id"], name="file_of_product")]

    def __str__(self) -> str:
        return self.name
