"""Shops put their products on the shelf."""

from collections import Counter

from comptoir.catalog.models import Product as OnSale
from comptoir.catalog.services.products import VariantDraft, create_product, set_price
from comptoir.demo.bearings import Advance, Bearings, days_ago
from comptoir.demo.habits import newcomers
from comptoir.demo.records import Order, Product, Town, Variant

SALES_SINCE = 6  # days


def chosen(order: Order, product: Product) -> Variant:
    """The variant that this buyer takes: by their name, so that it is always the same."""
    return product.variants[sum(order.by.encode()) % len(product.variants)]


def pieces_sold(town: Town) -> Counter[tuple[str, str]]:
    """How many of each (ref, variant's value) the orders take: they are added to the stock first,
    so that what is left in the end is what the data file says."""
    sold: Counter[tuple[str, str]] = Counter()
    for order in town.orders:
        for ref, count in order.lines:
            sold[ref, chosen(order, town.products[ref]).value] += count
    return sold


def fill_shelves(bearings: Bearings, advance: Advance) -> None:
    """Makes the products that are not there yet, a few of them lately."""
    town, sold, lately = bearings.town, pieces_sold(bearings.town), newcomers(bearings.town)
    for shop in town.shops:
        row = bearings.shops[shop.handle]
        there = dict(OnSale.objects.filter(shop=row).values_list("title", "pk"))
        for age, product in enumerate(shop.products):
            found = there.get(product.title)
            if found is None:
                days = lately.get(product.ref, 45 - age * 0.9)
                with days_ago(days):
                    found = _made(bearings, shop.handle, product, sold)
                if product.sale_minor is not None:
                    with days_ago(min(days / 2, SALES_SINCE)):
                        _reduce(found, product.sale_minor)
            bearings.products[product.ref] = found
            advance(len(bearings.products), len(town.products))


def _reduce(product_id: int, sale_minor: int) -> None:
    """The sale begins once the price was asked for a while: so it can be crossed out."""
    product = OnSale.objects.get(pk=product_id)
    for each in product.variants.all():
        set_price(
            product=product,
            variant_id=each.pk,
            price_minor=each.price_minor,
            sale_price_minor=sale_minor,
        )


def _made(bearings: Bearings, shop: str, product: Product, sold: Counter[tuple[str, str]]) -> int:
    picture = bearings.pictures.get(f"product:{product.ref}")
    made = create_product(
        shop=bearings.shops[shop],
        title=product.title,
        description=product.text,
        brand=product.brand,
        category=product.category,
        vat_rate_bp=product.vat_rate_bp,
        variants=[
            VariantDraft(
                price_minor=product.price_minor,
                stock=one.stock + sold[product.ref, one.value],
                options={one.option: one.value} if one.option else {},
            )
            for one in product.variants
        ],
        pictures=[(picture, f"{product.title}. Dessin.")] if picture else [],
    )
    return made.pk
