"""What a person or a shop puts forward on its own page: fifty products at most, in its order.

Nothing else reads it: it is no signal, moves nothing in feeds, and cannot be bought.
"""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.common import clock
from comptoir.common.errors import NotVisible, Refused
from comptoir.people.models import Profile
from comptoir.reviews.models import Showcase
from comptoir.reviews.models.showcase import MOST_SHOWN


@transaction.atomic
def show_product(*, profile_id: int, product_id: int) -> None:
    """Puts the product last; one that is there stays at its place.

    The caller has seen that the profile is the actor's, and that the product may be seen.

    Raises:
        Refused: ``showcase_full``.
    """
    _lock(profile_id)
    rows = Showcase.objects.filter(profile=profile_id)
    if rows.filter(product=product_id).exists():
        return
    many = rows.count()
    if many >= MOST_SHOWN:
        raise Refused("showcase_full", _("Fifty products are shown already: take one away first."))
    Showcase.objects.create(
        profile_id=profile_id, product_id=product_id, position=many, created_at=clock.now()
    )


@transaction.atomic
def hide_product(*, profile_id: int, product_id: int) -> None:
    """Takes the product away; those after it move up. One that is not there changes nothing."""
    _lock(profile_id)
    kept = [row for row in _rows(profile_id) if row.product_id != product_id]
    Showcase.objects.filter(profile=profile_id, product=product_id).delete()
    _place(kept)


@transaction.atomic
def move_product(*, profile_id: int, product_id: int, to: int) -> None:
    """Moves the product to that place (from 0; beyond the last is the last).

    Raises:
        NotVisible: it is not shown.
    """
    _lock(profile_id)
    rows = _rows(profile_id)
    moved = next((row for row in rows if row.product_id == product_id), None)
    if moved is None:
        raise NotVisible
    others = [row for row in rows if row is not moved]
    place = max(0, min(to, len(others)))
    _place([*others[:place], moved, *others[place:]])


def _lock(profile_id: int) -> None:
    """One change of a showcase at a time."""
    Profile.objects.select_for_update(no_key=True).get(pk=profile_id)


def _rows(profile_id: int) -> list[Showcase]:
    return list(Showcase.objects.filter(profile=profile_id).order_by("position"))


def _place(rows: list[Showcase]) -> None:
    for position, row in enumerate(rows):
        row.position = position
    Showcase.objects.bulk_update(rows, ["position"])
