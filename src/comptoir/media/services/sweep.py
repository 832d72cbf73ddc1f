"""Forgets pictures that nothing shows any more: what people delete leaves the disk too."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, OuterRef
from django.db.models.fields.reverse_related import ForeignObjectRel

from comptoir.common import clock
from comptoir.media.models import Picture

# A picture is uploaded before the post that shows it is sent.
GRACE = timedelta(days=2)


def forget_unused() -> int:
    """Deletes pictures older than two days that no row points to; returns how many.

    Who points to pictures is read from the models themselves, so that an app which starts to show
    pictures cannot be forgotten here.
    """
    old = Picture.objects.filter(created_at__lt=clock.now() - GRACE)
    for relation in Picture._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel):
            users = relation.related_model._default_manager.filter(
                **{relation.field.attname: OuterRef("pk")}
            )
            old = old.filter(~Exists(users))
    return sum(_forget(picture_id) for picture_id in old.values_list("pk", flat=True))


def _forget(picture_id: int) -> int:
    """The database refuses when someone began to show it in the meantime."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(
                "DELETE FROM media_picture WHERE id = %s AND created_at < %s",
                [picture_id, clock.now() - GRACE],
            )
            return int(cursor.rowcount)
    except IntegrityError:
        return 0


def remove_orphan_files() -> int:
    """Deletes renditions older than two days whose picture has no row; returns how many.

    Keeping a picture that is on disk already makes its files young again, so a file cannot vanish
    between an upload and its row.
    """
    root = Path(settings.MEDIA_ROOT)
    limit = time.time() - GRACE.total_seconds()
    removed = 0
    for folder in sorted(path for path in root.glob("??") if path.is_dir()):
        known = set(
            Picture.objects.filter(sha256__startswith=folder.name).values_list("sha256", flat=True)
        )
        for file in folder.iterdir():
            digest = folder.name + file.name.split("-")[0]
            if digest not in known and file.stat().st_mtime < limit:
                file.unlink(missing_ok=True)
                removed += 1
    return removed
