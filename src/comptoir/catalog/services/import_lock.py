"""One import of a shop at a time."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext_lazy as _

from comptoir.common.alone import alone_at
from comptoir.common.errors import Conflict


@contextmanager
def only_import_of(shop_id: int) -> Iterator[None]:
    """Holds the shop's import lock.

    Raises:
        Conflict: ``import_running``, another import of this shop holds it.
    """
    with alone_at(f"catalog.import:{shop_id}") as alone:
        if not alone:
            raise Conflict("import_running", _("Another import of this shop is running."))
        yield
