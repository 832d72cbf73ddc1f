"""Collections of a shop: made, filled by hand and by a rule, put in order, taken away."""

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from comptoir.catalog.models import Collection, CollectionProduct, Product
from comptoir.common import clock
from comptoir.common.errors import Conflict, NotVisible, Refused
from comptoir.common.markup import clean_line
from comptoir.shops.models import Shop

MOST_COLLECTIONS = 30
MOST_CHOSEN = 200


@transaction.atomic
def set_collection(
    *,
    shop: Shop,
    collection_id: int | None,
    title: str,
    intro: str = "",
    brand: str = "",
    category: str = "",
    most_minor: int | None = None,
) -> Collection:
    """Changes one of the shop's collections, or makes one (``collection_id`` ``None``).

    ``brand``, ``category`` (or a beginning of it) and ``most_minor`` (minor units) are its rule.
    The address of a collection stays when its title changes.

    Raises:
        NotVisible: not a collection of that shop.
        Refused: ``title_missing``, ``bad_price``, ``too_many_collections``, ``text_too_long``.
        Conflict: ``title_taken``.
    """
    name = clean_line(title, max_length=80)
    slug = slugify(name)[:80] or slugify(name, allow_unicode=True)[:80]  # else in its own script
    if not slug:
        raise Refused("title_missing", _("Give the collection a title, with a letter or a digit."))
    if most_minor is not None and most_minor <= 0:
        raise Refused("bad_price", _("Write an amount above zero."))
    made = _new(shop, slug) if collection_id is None else collection_of(shop.pk, collection_id)
    made.title, made.intro = name, clean_line(intro, max_length=300)
    made.rule_brand = clean_line(brand, max_length=100)
    made.rule_category = clean_line(category, max_length=300)
    made.rule_most_minor = most_minor
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as error:
        raise Conflict("title_taken", _("Another collection has this title.")) from error
    return made


def _new(shop: Shop, slug: str) -> Collection:
    Shop.objects.select_for_update(no_key=True).get(pk=shop.pk)
    mine = Collection.objects.filter(shop=shop)
    if mine.count() >= MOST_COLLECTIONS:
        raise Refused("too_many_collections", _("A shop has up to thirty collections."))
    last = mine.aggregate(last=Max("position"))["last"]
    place = 0 if last is None else last + 1
    return Collection(shop=shop, slug=slug, position=place, created_at=clock.now())


def collection_of(shop_id: int, collection_id: int) -> Collection:
    """Raises: NotVisible: not a collection of that shop."""
    found = Collection.objects.filter(pk=collection_id, shop=shop_id).first()
    if found is None:
        raise NotVisible
    return found


@transaction.atomic
def choose_product(*, collection: Collection, product_id: int) -> None:
    """Puts a product of the shop last; one that is there stays.

    Raises:
        Refused: ``no_such_product``, ``collection_full``.
    """
    Collection.objects.select_for_update(no_key=True).get(pk=collection.pk)
    known = Product.objects.filter(
        pk=product_id, shop=collection.shop_id, status=Product.Status.ACTIVE
    )
    if not known.exists():
        raise Refused("no_such_product", _("This is no product of your shop."))
    rows = CollectionProduct.objects.filter(collection=collection)
    if rows.filter(product=product_id).exists():
        return
    last = rows.aggregate(last=Max("position"))["last"]
    if rows.count() >= MOST_CHOSEN or last == MOST_CHOSEN - 1:
        raise Refused("collection_full", _("Two hundred products are chosen: take one away first."))
    place = 0 if last is None else last + 1
    CollectionProduct.objects.create(collection=collection, product_id=product_id, position=place)


@transaction.atomic
def unchoose_product(*, collection: Collection, product_id: int) -> None:
    """Takes a chosen product away; the places after it close up."""
    Collection.objects.select_for_update(no_key=True).get(pk=collection.pk)
    CollectionProduct.objects.filter(collection=collection, product=product_id).delete()
    rows = list(CollectionProduct.objects.filter(collection=collection).order_by("position", "id"))
    for place, row in enumerate(rows):
        row.position = place
    CollectionProduct.objects.bulk_update(rows, ["position"])


@transaction.atomic
def move_collection(*, collection: Collection, by: int) -> None:
    """Moves it up (-1) or down (1) among the shop's."""
    Shop.objects.select_for_update(no_key=True).get(pk=collection.shop_id)
    rows = list(Collection.objects.filter(shop=collection.shop_id).order_by("position", "id"))
    here = next(place for place, row in enumerate(rows) if row.pk == collection.pk)
    there = max(0, min(here + by, len(rows) - 1))
    rows.insert(there, rows.pop(here))
    for place, row in enumerate(rows):
        row.position = place
    Collection.objects.bulk_update(rows, ["position"])


@transaction.atomic
def remove_collection(*, collection: Collection) -> None:
    """The collection goes, its products stay."""
    collection.delete()
