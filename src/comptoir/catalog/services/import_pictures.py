"""The pictures of imported products: announced in bulk, fetched later by the worker."""

from collections import defaultdict

from django.db import connection

from comptoir.catalog.feeds.limits import MAX_EXTRA_IMAGES
from comptoir.catalog.models import ProductPicture
from comptoir.media.services.request_pictures import request_pictures

MAX_PICTURES = MAX_EXTRA_IMAGES + 1

# The pictures of all variants, in the order of the file: colours differ in theirs.
WANTED = """
SELECT i.product_id, first.title, r.images
FROM import_product i JOIN import_plan l USING (product_key) JOIN import_row r ON r.row = l.row
JOIN import_row first ON first.row = i.first_row
WHERE i.batch = %(batch)s
ORDER BY i.product_id, l.row
"""


def sync_pictures(*, batch: int) -> None:
    """Gives the products of one batch the pictures that their rows name, in order.

    A picture already there keeps its row and its alt text; one uploaded by hand stays, after the
    feed's. A fixed number of statements; jobs are enqueued in the transaction under way.
    """
    titles: dict[int, str] = {}
    addresses: dict[int, dict[str, None]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(WANTED, {"batch": batch})
        for product_id, title, images in cursor.fetchall():
            titles[product_id] = title
            addresses[product_id].update(dict.fromkeys(images))
    wanted = {product: list(urls)[:MAX_PICTURES] for product, urls in addresses.items()}
    ids = request_pictures(source_urls={url for urls in wanted.values() for url in urls})
    _hang({p: [ids[url] for url in urls if url in ids] for p, urls in wanted.items()}, titles)


def _hang(wanted: dict[int, list[int]], titles: dict[int, str]) -> None:
    there: dict[int, list[ProductPicture]] = defaultdict(list)
    kept = ProductPicture.objects.filter(product__in=wanted).select_related("picture")
    for hung in kept.order_by("product_id", "position"):
        there[hung.product_id].append(hung)
    fresh: list[ProductPicture] = []
    changed: list[int] = []
    for product, pictures in wanted.items():
        alts = {hung.picture_id: hung.alt for hung in there[product]}
        by_hand = [h.picture_id for h in there[product] if not h.picture.source_url]
        order = list(dict.fromkeys([*pictures, *by_hand]))
        if order == list(alts):
            continue
        changed.append(product)
        fresh += [
            ProductPicture(
                product_id=product, picture_id=picture, position=place,
                alt=alts.get(picture, titles[product]),
            )
            for place, picture in enumerate(order)
        ]  # fmt: skip
    ProductPicture.objects.filter(product__in=changed).delete()
    ProductPicture.objects.bulk_create(fresh)
