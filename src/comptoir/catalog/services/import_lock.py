"""One import of a shop at a time, across processes and machines."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.utils.translation import gettext_lazy as _

from comptoir.common.errors import Conflict


@contextmanager
def only_import_of(shop_id: int) -> Iterator[None]:
    """Holds the shop's import lock; PostgreSQL frees it if the process dies.

    It belongs to the connection, as an import is many transactions: through a pooler that hands
    connections out by transaction, imports need a connection of their own.

    Raises:
        Conflict: ``import_running``, another import of this shop holds it.
    """
    name = f"catalog.import:{shop_id}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [name])
        if not cursor.fetchone()[0]:
            raise Conflict("import_running", _("Another import of this shop is running."))
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [name])
