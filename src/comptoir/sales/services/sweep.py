"""Regular rounds over rows that need something done, where one that fails costs only itself."""

import logging
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from comptoir.sales.adapters.provider import ProviderDown

logger = logging.getLogger(__name__)


def each(
    rows: QuerySet[Any], do: Callable[[int], bool], *, key: str = "pk", page: int = 200
) -> int:
    """Does ``do`` with the field ``key`` of every row, oldest first; returns how often it was true.

    Rows are read ``page`` at a time, each page after the last key of the one before, so that rows
    which fail or stay as they are never keep later ones from being reached. An error is logged;
    ``do`` opens its own transaction.
    """
    count, last = 0, 0
    while True:
        later = rows.filter(pk__gt=last).order_by("pk")
        found = list(later.values_list("pk", key)[:page])
        if not found:
            return count
        count += sum(_tried(do, rows.model.__name__, about) for _pk, about in found)
        last = found[-1][0]


def _tried(do: Callable[[int], bool], what: str, about: int) -> bool:
    try:
        return do(about)
    except ProviderDown:
        logger.warning("%s %s waits: its payment provider does not answer", what, about)
    except Exception:
        logger.exception("%s %s failed, and is tried again in the next round", what, about)
    return False
