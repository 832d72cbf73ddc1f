"""What a person says of the shelf: an inventory, or a change with its reason.

The stock row is locked while it is changed, as purchases lock it, so that no count gives back what
was just sold and nothing held is taken away.
"""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from comptoir.catalog.models import StockChange, StockItem
from comptoir.catalog.services.products import check_stock
from comptoir.common import clock
from comptoir.common.errors import Conflict, NotVisible, Refused
from comptoir.common.markup import clean_line
from comptoir.shops.models import Shop

Reason = StockChange.Reason


def count_shelf(
    *,
    shop: Shop,
    variant_id: int,
    counted: int,
    seen: int | None,
    key: UUID,
    by_id: int | None,
    words: str = "",
) -> StockChange:
    """The shelf holds ``counted`` pieces, those held for orders being paid included.

    ``seen`` is the shelf count that the person had before them (``None``: it was not counted): if
    it moved since, nothing is changed. Counting begins with the first count.

    Raises:
        NotVisible: no such variant in that shop.
        Refused: ``bad_stock``; ``below_held`` (``held``), fewer than are promised to buyers.
        Conflict: ``stock_moved`` (``shelf``).
    """
    check_stock(counted)

    def shelf_after(item: StockItem) -> int:
        if _shelf(item) != seen:
            message = _("The shelf moved in the meantime. Look at the new count, then save.")
            raise Conflict("stock_moved", message, shelf=_shelf(item))
        return counted

    return _change(shop, variant_id, key, by_id, Reason.COUNTED, words, shelf_after)


def change_shelf(
    *,
    shop: Shop,
    variant_id: int,
    delta: int,
    reason: str,
    key: UUID,
    by_id: int | None,
    words: str = "",
) -> StockChange:
    """So many pieces more (or fewer) for a reason, whatever is sold meanwhile.

    Raises:
        NotVisible: no such variant in that shop.
        Refused: ``bad_reason``, ``bad_change``, ``words_missing``, ``not_counted``, ``bad_stock``,
            ``below_none`` (``shelf``), it would take more than there is;
            ``below_held`` (``held``), it would take what is promised to buyers.
    """
    if reason not in set(Reason) - {Reason.COUNTED}:
        raise Refused("bad_reason", _("Choose a reason."))
    if not delta:
        raise Refused("bad_change", _("Say how many pieces more or fewer."))
    if reason == Reason.OTHER and not words.strip():
        raise Refused("words_missing", _("Say the reason in a few words."))

    def shelf_after(item: StockItem) -> int:
        shelf = _shelf(item)
        if shelf is None:
            raise Refused("not_counted", _("These pieces are not counted yet: count them first."))
        if shelf + delta < 0:
            raise _below_none(shelf)
        if shelf + delta < item.held:
            raise _below_held(item)
        check_stock(shelf + delta)
        return shelf + delta

    return _change(shop, variant_id, key, by_id, reason, words, shelf_after)


@transaction.atomic
def _change(
    shop: Shop,
    variant_id: int,
    key: UUID,
    by_id: int | None,
    reason: str,
    words: str,
    shelf_after: Callable[[StockItem], int],
) -> StockChange:
    said = clean_line(words, max_length=200)
    rows = StockItem.objects.select_for_update(of=("self",), no_key=True)
    item = rows.filter(pk=variant_id, variant__product__shop=shop).first()
    if item is None:
        raise NotVisible
    before = StockChange.objects.filter(key=key, item=item).first()
    if before is not None:
        return before
    after = shelf_after(item)
    if after < item.held:
        raise _below_held(item)
    StockItem.objects.filter(pk=item.pk).update(
        tracked=True, in_stock=True, available=after - item.held
    )
    return StockChange.objects.create(
        key=key, item=item, reason=reason, words=said, before=_shelf(item), after=after,
        held=item.held, by_id=by_id, at=clock.now(),
    )  # fmt: skip


def _shelf(item: StockItem) -> int | None:
    return item.available + item.held if item.tracked else None


def _below_held(item: StockItem) -> Refused:
    message = _("%(num)s of them are held for orders being paid: the shelf cannot hold fewer.")
    return Refused("below_held", message % {"num": item.held}, held=item.held)


def _below_none(shelf: int) -> Refused:
    message = ngettext(
        "There is only %(num)s on the shelf.", "There are only %(num)s on the shelf.", shelf
    )
    return Refused("below_none", message % {"num": shelf}, shelf=shelf)
