"""Catalogue files of the tests, and how they are imported."""

import io
from typing import Any

from comptoir.catalog.models import ImportRun, Product, StockItem, Variant
from comptoir.catalog.services.import_catalogue import import_catalogue
from comptoir.shops.models import Shop

HEADER = "id,title,price,availability,quantity,item_group_id,color,image_link,sale_price"
DEFAULTS = {
    "title": "Bol", "price": "12.90 EUR", "availability": "in stock", "quantity": "", "color": "",
    "item_group_id": "", "image_link": "", "sale_price": "",
}  # fmt: skip


def line(external_id: str, **given: object) -> str:
    """One row of a CSV; what is not given is a bowl at 12.90."""
    cells = {"id": external_id, **DEFAULTS, **{k: str(v) for k, v in given.items()}}
    return ",".join(cells[name] for name in HEADER.split(","))


def table(*lines: str) -> bytes:
    return "\n".join([HEADER, *lines, ""]).encode()


def bring(shop: Shop, content: bytes, **options: Any) -> ImportRun:
    """Imports, without pictures unless told."""
    options = {"pictures": False, "file_name": "catalogue.csv", **options}
    run = import_catalogue(shop=shop, file=io.BytesIO(content), **options)
    run.refresh_from_db()
    return run


def counts(run: ImportRun) -> dict[str, int]:
    """The counts that are not zero."""
    names = ("created", "updated", "unchanged", "withdrawn", "refused")
    return {name: getattr(run, name) for name in names if getattr(run, name)}


def findings(run: ImportRun) -> list[tuple[int, str, str]]:
    """(row, field, code) of each error, by row."""
    errors = run.issues.filter(severity="error").order_by("row", "id")
    return list(errors.values_list("row", "field", "code"))


def variant(shop: Shop, external_id: str) -> Variant:
    return Variant.objects.get(product__shop=shop, external_id=external_id)


def catalogue(shop: Shop) -> list[tuple[Any, ...]]:
    """All that an import writes of a shop, but for keys and dates."""
    stock = {item.pk: item for item in StockItem.objects.all()}
    return [
        (
            p.external_id, p.status, p.title, p.description, p.category, p.details,
            [
                (
                    v.external_id, v.status, v.position, v.price_minor, v.options, v.content_hash,
                    stock[v.pk].tracked, stock[v.pk].in_stock, stock[v.pk].available,
                )
                for v in p.variants.order_by("external_id")
            ],
        )
        for p in Product.objects.filter(shop=shop).order_by("external_id")
    ]  # fmt: skip
