"""Files that the buyers of a product download."""

import hashlib
import os
import time
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path, PurePath
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.catalog.file_types import NAMED, sniffed
from comptoir.catalog.models import Product, ProductFile
from comptoir.common import clock
from comptoir.common.errors import NotVisible, Refused
from comptoir.common.markup import clean_line

LEFT_OVER = timedelta(days=1)
MOST_BYTES = 200_000_000
MOST_FILES = 20
HEAD_BYTES = 4096


def add_file(*, product: Product, name: str, chunks: Iterable[bytes]) -> ProductFile:
    """Keeps a file for the product's buyers; from then on the product is digital: nothing is sent.

    ``chunks`` are written to disk as they come; ``name`` is the one that buyers see. Unless the
    product says otherwise, one cannot withdraw from it once it was downloaded.

    Raises:
        Refused: ``name_missing``, ``file_empty``, ``file_too_large`` (200 MB), ``not_as_named``
            (a name that ends in .pdf and is none), ``too_many_files``.
    """
    shown = clean_line(PurePath(name.replace("\\", "/")).name, max_length=150)
    if not shown.strip("."):
        raise Refused("name_missing", _("Give the file a name."))
    path = f"{product.shop_id}/{uuid4().hex}"
    place = file_place(path)
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        kept = _written(place, chunks, shown)
        return _added(product, shown, path, *kept)
    except BaseException:
        place.unlink(missing_ok=True)
        raise


def sweep_files(*, older_than: timedelta = LEFT_OVER) -> int:
    """Deletes files that no product has, such as those of uploads that were killed midway; returns
    how many. Younger ones may still be on their way to their row."""
    root, before, gone = Path(settings.FILES_ROOT), time.time() - older_than.total_seconds(), 0
    for folder in sorted(path for path in root.glob("*") if path.is_dir()):
        old = {
            f"{folder.name}/{file.name}": file
            for file in folder.iterdir()
            if file.is_file() and file.stat().st_mtime < before
        }
        known = ProductFile.objects.filter(path__in=old).values_list("path", flat=True)
        for path in old.keys() - set(known):
            old[path].unlink(missing_ok=True)
            gone += 1
    return gone


def file_place(path: str) -> Path:
    """Where a file lies, from ``ProductFile.path``."""
    return Path(settings.FILES_ROOT) / path


def _written(place: Path, chunks: Iterable[bytes], name: str) -> tuple[str, int, str]:
    """Media type, size in bytes and digest of what was written."""
    digest, size, head = hashlib.sha256(), 0, b""
    with place.open("xb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > MOST_BYTES:
                raise Refused("file_too_large", _("A file is at most 200 MB."))
            if len(head) < HEAD_BYTES:
                head += chunk[: HEAD_BYTES - len(head)]
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if not size:
        raise Refused("file_empty", _("The file is empty."))
    media_type = sniffed(head)
    said = NAMED.get(PurePath(name).suffix.lower())
    if said is not None and media_type not in said:
        raise Refused("not_as_named", _("This file is not what its name says. Is it damaged?"))
    return media_type, size, digest.hexdigest()


@transaction.atomic
def _added(
    product: Product, name: str, path: str, media_type: str, size: int, digest: str
) -> ProductFile:
    locked = Product.objects.select_for_update(no_key=True).only("withdrawal").get(pk=product.pk)
    if ProductFile.objects.filter(product=product, withdrawn_at=None).count() >= MOST_FILES:
        raise Refused("too_many_files", _("A product has up to twenty files."))
    exception = locked.withdrawal or Product.Exempt.DIGITAL
    Product.objects.filter(pk=product.pk).update(
        digital=True, withdrawal=exception, updated_at=clock.now()
    )
    return ProductFile.objects.create(
        product=product,
        name=name,
        media_type=media_type,
        size=size,
        digest=digest,
        path=path,
        created_at=clock.now(),
    )


@transaction.atomic
def remove_file(*, product: Product, file_id: int) -> None:
    """New buyers do not get it any more; those who bought before keep it.

    Raises:
        NotVisible: not a file of that product, or removed already.
        Refused: ``last_file``, the product is digital and has no other.
    """
    now = Product.objects.select_for_update(no_key=True).only("digital").get(pk=product.pk)
    offered = ProductFile.objects.filter(product=product, withdrawn_at=None)
    if not offered.filter(pk=file_id).exists():
        raise NotVisible
    if now.digital and offered.count() == 1:
        message = _("Keep one file: buyers pay for it. Add the new one first.")
        raise Refused("last_file", message)
    offered.filter(pk=file_id).update(withdrawn_at=clock.now())


@transaction.atomic
def send_instead(*, product: Product) -> None:
    """The product is sent again; its files are not offered to new buyers."""
    locked = Product.objects.select_for_update(no_key=True).only("withdrawal").get(pk=product.pk)
    was = locked.withdrawal
    exception = Product.Exempt.NO if was == Product.Exempt.DIGITAL else was
    Product.objects.filter(pk=product.pk).update(
        digital=False, withdrawal=exception, updated_at=clock.now()
    )
    ProductFile.objects.filter(product=product, withdrawn_at=None).update(withdrawn_at=clock.now())
