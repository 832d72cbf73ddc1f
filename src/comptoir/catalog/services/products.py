"""Products made and changed by hand, in the back office."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from comptoir.catalog.models import Product, ProductPicture, StockItem, Variant
from comptoir.catalog.services.prices import record_prices, set_references
from comptoir.common import clock
from comptoir.common.errors import Conflict, Refused
from comptoir.common.markup import clean_line, clean_text
from comptoir.common.vat_rates import standard_rate
from comptoir.shops.models import Shop

MAX_PRICE_MINOR = 10**11 - 1
MAX_STOCK = 1_000_000
MAX_VARIANTS = 100
WHOLE_BP = 10_000


@dataclass(frozen=True, slots=True)
class VariantDraft:
    """A variant to make: price in minor units; ``stock`` ``None`` is not counted; the weight is of
    one piece, packed."""

    price_minor: int
    stock: int | None = None
    options: dict[str, str] = field(default_factory=dict)
    sale_price_minor: int | None = None
    sale_from: datetime | None = None
    sale_until: datetime | None = None
    weight_grams: int | None = None


@transaction.atomic
def create_product(  # longer because all that a product is comes in at once
    *,
    shop: Shop,
    title: str,
    description: str,
    variants: Sequence[VariantDraft],
    brand: str = "",
    category: str = "",
    vat_rate_bp: int | None = None,
    withdrawal: str = Product.Exempt.NO,
    pictures: Sequence[tuple[int, str]] = (),
) -> Product:
    """Makes a product with its variants, stock counts and pictures (ids and alt texts, in order).
    ``vat_rate_bp``: the standard rate of the shop's country unless it is said.

    Raises:
        Refused: ``title_missing``, ``variants_missing``, ``bad_price``, ``bad_stock``,
            ``bad_withdrawal``.
    """
    check_withdrawal(withdrawal)
    name = clean_line(title, max_length=200)
    if not name:
        raise Refused("title_missing", _("Give the product a title."))
    if not 1 <= len(variants) <= MAX_VARIANTS:
        raise Refused("variants_missing", _("A product has between 1 and 100 variants."))
    product = Product.objects.create(
        shop=shop,
        title=name,
        description=clean_text(description, max_length=5000),
        brand=clean_line(brand, max_length=100),
        category=clean_line(category, max_length=300),
        vat_rate_bp=standard_rate(shop.country) if vat_rate_bp is None else vat_rate_bp,
        withdrawal=withdrawal,
        created_at=clock.now(),
        updated_at=clock.now(),
    )
    made = [
        _add_variant(product, draft, position, shop.currency)
        for position, draft in enumerate(variants)
    ]
    record_prices(made)
    ProductPicture.objects.bulk_create(
        ProductPicture(product=product, picture_id=picture_id, position=n, alt=alt[:300])
        for n, (picture_id, alt) in enumerate(pictures)
    )
    return product


def _add_variant(product: Product, draft: VariantDraft, position: int, currency: str) -> int:
    """Returns its key; its price is not in the history yet."""
    check_prices(draft.price_minor, draft.sale_price_minor)
    check_stock(draft.stock)
    variant = Variant.objects.create(
        product=product,
        position=position,
        options=draft.options,
        currency=currency,
        price_minor=draft.price_minor,
        sale_price_minor=draft.sale_price_minor,
        sale_from=draft.sale_from,
        sale_until=draft.sale_until,
        weight_grams=draft.weight_grams,
    )
    StockItem.objects.create(
        variant=variant, tracked=draft.stock is not None, available=draft.stock or 0
    )
    return variant.pk


def check_prices(price_minor: int, sale_price_minor: int | None) -> None:
    """
    Raises:
        Refused: ``bad_price``: negative, huge, or a sale price that is not lower.
    """
    if not 0 <= price_minor <= MAX_PRICE_MINOR:
        raise Refused("bad_price", _("This price is out of bounds."))
    if sale_price_minor is not None and not 0 <= sale_price_minor < price_minor:
        raise Refused("bad_price", _("The sale price must be lower than the price."))


def check_stock(count: int | None) -> None:
    """
    Raises:
        Refused: ``bad_stock``: negative or huge.
    """
    if count is not None and not 0 <= count <= MAX_STOCK:
        raise Refused("bad_stock", _("A stock count is a whole number from 0 to 1,000,000."))


def check_withdrawal(exception: str) -> None:
    """
    Raises:
        Refused: ``bad_withdrawal``: no exception that the law knows.
    """
    if exception not in Product.Exempt.values:
        raise Refused("bad_withdrawal", _("There is no such exception to the right to withdraw."))


def check_rate(vat_rate_bp: int) -> None:
    """
    Raises:
        Refused: ``bad_rate``: no share of a whole, in basis points.
    """
    if not 0 <= vat_rate_bp <= WHOLE_BP:
        raise Refused("bad_rate", _("Choose a rate of VAT."))


@transaction.atomic
def edit_product(
    *,
    product: Product,
    title: str,
    description: str,
    brand: str,
    category: str,
    withdrawal: str | None = None,
    vat_rate_bp: int | None = None,
) -> None:
    """Changes a product's words, and unless they are ``None``, its exception to withdrawal and its
    rate of VAT in basis points.

    Orders that were placed keep what was shown then.

    Raises:
        Refused: ``title_missing``, ``bad_withdrawal``, ``bad_rate``.
    """
    exception = product.withdrawal if withdrawal is None else withdrawal
    check_withdrawal(exception)
    rate = product.vat_rate_bp if vat_rate_bp is None else vat_rate_bp
    check_rate(rate)
    name = clean_line(title, max_length=200)
    if not name:
        raise Refused("title_missing", _("Give the product a title."))
    Product.objects.filter(pk=product.pk).update(
        title=name,
        description=clean_text(description, max_length=5000),
        brand=clean_line(brand, max_length=100),
        category=clean_line(category, max_length=300),
        withdrawal=exception,
        vat_rate_bp=rate,
        updated_at=clock.now(),
    )
    if exception != product.withdrawal:
        set_references(product.variants.values_list("pk", flat=True))


def set_rate(*, shop: Shop, category: str | None, vat_rate_bp: int) -> int:
    """Gives all products of a category ('': those without one; ``None``: all) that rate of VAT, in
    basis points; returns how many changed. What was ordered before keeps its own.

    Raises:
        Refused: ``bad_rate``.
    """
    check_rate(vat_rate_bp)
    return len(_give(_of(shop, category), vat_rate_bp=vat_rate_bp))


@transaction.atomic
def set_exception(*, shop: Shop, category: str | None, withdrawal: str) -> int:
    """Excepts such products from the right to withdraw so, or no more for ''; see ``set_rate``.
    Downloads keep their own.

    Raises:
        Refused: ``bad_withdrawal``.
    """
    check_withdrawal(withdrawal)
    changed = _give(_of(shop, category).filter(digital=False), withdrawal=withdrawal)
    on_sale = Variant.objects.filter(product__in=changed, sale_price_minor__isnull=False)
    set_references(on_sale.values_list("pk", flat=True))
    return len(changed)


def _of(shop: Shop, category: str | None) -> QuerySet[Product]:
    rows = Product.objects.filter(shop=shop).exclude(status=Product.Status.COUNTER)
    return rows if category is None else rows.filter(category=category)


def _give(rows: QuerySet[Product], **given: str | int) -> list[int]:
    """Returns the keys of those that had something else."""
    changed = list(rows.exclude(**given).values_list("pk", flat=True))
    Product.objects.filter(pk__in=changed).update(**given, updated_at=clock.now())
    return changed


@transaction.atomic
def set_price(
    *, product: Product, variant_id: int, price_minor: int, sale_price_minor: int | None
) -> None:
    """Sets a variant's price, and its sale price without dates.

    Raises:
        Refused: ``bad_price``, or ``no_such_variant``.
    """
    check_prices(price_minor, sale_price_minor)
    changed = Variant.objects.filter(pk=variant_id, product=product).update(
        price_minor=price_minor, sale_price_minor=sale_price_minor, sale_from=None, sale_until=None
    )
    if not changed:
        raise Refused("no_such_variant", _("This product has no such variant."))
    record_prices([variant_id])


@transaction.atomic
def count_stock(*, product: Product, variant_id: int, count: int | None, seen: int | None) -> None:
    """Sets how many can be bought; ``count`` ``None`` stops counting.

    ``seen`` is the number the person had before them: if pieces were sold since, nothing is
    changed and they are told, so that a count never gives back what was just sold.

    Raises:
        Refused: ``bad_stock``, or ``no_such_variant``.
        Conflict: ``stock_moved``.
    """
    check_stock(count)
    item = (
        StockItem.objects.select_for_update(of=("self",), no_key=True)
        .filter(variant=variant_id, variant__product=product)
        .first()
    )
    if item is None:
        raise Refused("no_such_variant", _("This product has no such variant."))
    if item.tracked and seen is not None and item.available != seen:
        raise Conflict(
            "stock_moved", _("Pieces were sold in the meantime. Look at the new count, then save.")
        )
    StockItem.objects.filter(pk=item.pk).update(
        tracked=count is not None, available=count or 0, in_stock=True
    )


@transaction.atomic
def withdraw_product(*, product: Product) -> None:
    """Takes the product off sale; its page and past orders stay."""
    Product.objects.filter(pk=product.pk).update(
        status=Product.Status.WITHDRAWN, updated_at=clock.now()
    )


@transaction.atomic
def offer_product(*, product: Product) -> None:
    """Puts a withdrawn product back on sale."""
    Product.objects.filter(pk=product.pk).update(
        status=Product.Status.ACTIVE, updated_at=clock.now()
    )
