"""All products of the place, counted for the operator."""

from comptoir.catalog.models import Product


def product_census() -> int:
    """How many products are on sale."""
    return Product.objects.filter(status=Product.Status.ACTIVE).count()
