"""A basket shared by its link: frozen lines that others open as a basket of their own."""

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.catalog.models import Variant
from comptoir.common import clock
from comptoir.common.errors import NotVisible, Refused
from comptoir.sales.baskets import basket_page
from comptoir.sales.models import SharedBasket, SharedBasketLine
from comptoir.sales.services.basket import Holder
from comptoir.sales.services.put_in import Added, add_all

KEPT_FOR = timedelta(days=180)


@transaction.atomic
def share_basket(*, holder: Holder) -> SharedBasket:
    """Freezes what is in the basket now (not what is saved for later) under a new key.

    Raises:
        Refused: ``basket_empty``.
    """
    page = basket_page(holder)
    lines = [line for shop in page.shops for line in shop.lines if line.quantity]
    if not lines:
        raise Refused("basket_empty", _("Put something in your basket first."))
    shared = SharedBasket.objects.create(by_id=holder.profile_id, created_at=clock.now())
    SharedBasketLine.objects.bulk_create(
        SharedBasketLine(shared=shared, variant_id=line.variant_id, quantity=line.quantity)
        for line in lines
    )
    return shared


def shared_lines(key: str) -> list[tuple[int, int]]:
    """(variant id, quantity) of a shared basket.

    Raises:
        NotVisible: there is none of that key.
    """
    rows = SharedBasketLine.objects.filter(shared__key=key).order_by("id")
    lines = list(rows.values_list("variant_id", "quantity"))
    if not lines:
        raise NotVisible
    return lines


def shared_by(key: str) -> int | None:
    """The profile of who shared it; ``None``: a guest did."""
    return SharedBasket.objects.filter(key=key).values_list("by", flat=True).first()


def products_of(variant_ids: Sequence[int]) -> dict[int, int]:
    """The product of each variant."""
    return dict(Variant.objects.filter(pk__in=variant_ids).values_list("pk", "product"))


def open_shared(*, holder: Holder, key: str) -> tuple[list[Added], list[str]]:
    """Puts the shared lines into one's own basket, until it has as many of each, as far as the
    shops have them: opened twice, it makes nothing double.

    Returns what each line came to, and why lines were left out, in words.

    Raises:
        NotVisible: there is none of that key.
    """
    taken, refused = add_all(holder=holder, lines=shared_lines(key), at_least=True)
    return taken, [str(refusal.message) for _variant, refusal in refused]


def forget_shared_baskets() -> int:
    """Deletes shared baskets whose time is over; returns how many."""
    old = SharedBasket.objects.filter(created_at__lt=clock.now() - KEPT_FOR)
    return old.delete()[1].get("sales.SharedBasket", 0)
