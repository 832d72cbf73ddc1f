"""What the author of a post had for showing products."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from comptoir.catalog.sellers import sells_any
from comptoir.common.errors import Refused
from comptoir.people.models.interest import Interest


def interest_of(author_id: int, product_ids: Iterable[int], declared: str) -> str:
    """What they declared; whoever works at the shop of a product shown has an interest anyway.

    Raises:
        Refused: ``bad_interest``.
    """
    if declared not in Interest.values:
        raise Refused("bad_interest", _("Say whether you had something for it."))
    return Interest.OWN if sells_any(author_id, product_ids) else declared
