"""The variants of products by name, to choose another one of the same."""

from collections.abc import Collection

from comptoir.catalog.models import Variant


def variant_labels(product_ids: Collection[int]) -> dict[int, list[tuple[int, str]]]:
    """(Key, label) of the active variants, by product, in their order; one query.

    The label of an only variant is ''.
    """
    rows = Variant.objects.filter(product__in=product_ids, status=Variant.Status.ACTIVE)
    found: dict[int, list[tuple[int, str]]] = {product: [] for product in product_ids}
    for row in rows.order_by("product", "position", "pk"):
        found[row.product_id].append((row.pk, row.label()))
    return found
