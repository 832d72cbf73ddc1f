"""The basket: what one means to buy from all shops, until it is ordered.

A basket's row is locked before its lines are changed, so that acts from two windows follow each
other. Stock is read, never held: holding begins with the order.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from comptoir.common import clock
from comptoir.common.deadlocks import retried_on_deadlock
from comptoir.common.errors import Conflict, NotVisible, Refused
from comptoir.people.access import blocked_between
from comptoir.people.actor import Actor
from comptoir.sales.models import Basket, BasketLine, Order
from comptoir.sales.models.basket import new_guest_key
from comptoir.sales.pricing.lines import PricedLine
from comptoir.sales.seen_prices import prices_said
from comptoir.sales.services.items import (
    Item,
    check_one_open_shop,
    items_of,
    not_offered,
    sold_out_message,
)
from comptoir.sales.services.purchase import MOST_LINES, MOST_PIECES

GUESTS_KEPT_FOR = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Holder:
    """Whose basket: a member's by profile, else a guest's by key; '' when the guest has none."""

    profile_id: int | None = None
    guest_key: str = ""


def holder_of(actor: Actor, guest_key: str) -> Holder:
    """The actor's own basket; the browser's for a guest, and before a profile is made."""
    if actor.profile_id is not None:
        return Holder(profile_id=actor.profile_id)
    return Holder(guest_key=guest_key)


@dataclass(frozen=True, slots=True)
class Changed:
    """What a line came to: pieces now in it (0: taken out), and the word that says why they are
    fewer than asked, or ''. ``holder`` is the basket's, with the key of a guest's new one."""

    holder: Holder
    title: str
    quantity: int
    shortened: str = ""


@transaction.atomic
def set_quantity(*, holder: Holder, variant_id: int, quantity: int) -> Changed:
    """Makes a line so many pieces, as far as the shop has them; 0 takes it out.

    Raises:
        NotVisible: the variant is not in this basket.
        Refused: ``bad_quantity``.
        Conflict: ``sold_out``, the line stays as it was.
    """
    check_quantity(quantity, least=0)
    line = _line(holder, variant_id)
    item = items_of([variant_id])[variant_id]
    title = item.title
    if quantity == 0:
        line.delete()
        return Changed(holder, title, 0)
    if not left_of(item):
        raise Conflict("sold_out", sold_out_message(title, 0), variant_id=variant_id, left=0)
    line.quantity, word = bounded(quantity, item)
    line.save(update_fields=["quantity"])
    return Changed(holder, title, line.quantity, word)


@transaction.atomic
def save_for_later(*, holder: Holder, variant_id: int) -> None:
    """Lays a line aside: it stays on the page and is not ordered.

    Raises:
        NotVisible: the variant is not in this basket.
    """
    _lay(_line(holder, variant_id), aside=True)


@transaction.atomic
def move_back(*, holder: Holder, variant_id: int) -> None:
    """Takes a line that was saved for later back into the basket.

    Raises:
        NotVisible: the variant is not in this basket.
    """
    _lay(_line(holder, variant_id), aside=False)


@transaction.atomic
def accept_prices(*, holder: Holder) -> None:
    """The person has seen that prices changed: those of now are the ones they know."""
    basket = _locked(holder)
    if basket is None:
        return
    now = clock.now()
    lines = list(basket.lines.select_related("variant__product"))
    by_shop: dict[int, list[PricedLine]] = {}
    for line in lines:
        variant = line.variant
        asked = PricedLine(variant.pk, 1, variant.price_at(now), 0, variant.product_id)
        by_shop.setdefault(variant.product.shop_id, []).append(asked)
    said = prices_said(holder.profile_id, by_shop)
    for line in lines:
        line.seen_unit_minor = said[line.variant_id]
    BasketLine.objects.bulk_update(lines, ["seen_unit_minor"])


@transaction.atomic
def note_prices(*, holder: Holder, shown: Mapping[int, int]) -> None:
    """The basket's page says these prices, by variant, in minor units: the lower ones are what the
    person knows from now on, so that a rise above them is pointed out. Dearer ones are left, until
    they are accepted."""
    basket = _locked(holder)
    if basket is None:
        return
    lines = list(basket.lines.filter(variant__in=shown))
    for line in lines:
        line.seen_unit_minor = min(line.seen_unit_minor, shown[line.variant_id])
    BasketLine.objects.bulk_update(lines, ["seen_unit_minor"])


@retried_on_deadlock
@transaction.atomic
def merge_guest_basket(*, actor: Actor, guest_key: str) -> int:
    """At sign-in: what the guest had chosen goes into the member's basket; returns how many lines.

    Pieces of the same variant are added up, as far as the shop has them. The guest's basket is
    emptied in the same transaction, so a second call, at the same time or later, finds nothing.
    """
    guest = _locked(Holder(guest_key=guest_key)) if actor.profile_id is not None else None
    if guest is None:
        return 0
    mine = _locked_or_new(Holder(profile_id=actor.profile_id))
    # What is being paid is taken out of the basket where its lines are by then, and what was
    # ordered anew is known by its basket. Before any line is touched: a payment holds its order,
    # and takes lines out last.
    Order.objects.filter(basket=guest).update(basket=mine)
    brought = list(guest.lines.order_by("-added_at", "-id"))
    if not brought:
        return 0
    known = {line.variant_id: line for line in mine.lines.all()}
    items = items_of([line.variant_id for line in brought])
    room = MOST_LINES - len(known)
    fresh = [line for line in brought if line.variant_id not in known][:room]
    merged = [line for line in brought if line.variant_id in known] + fresh
    BasketLine.objects.bulk_create(
        [
            _merged(mine, line, known.get(line.variant_id), items[line.variant_id])
            for line in merged
        ],
        update_conflicts=True,
        unique_fields=["basket", "variant"],
        update_fields=["quantity", "saved_for_later", "seen_unit_minor"],
    )
    guest.lines.all().delete()
    return len(merged)


def forget_guest_baskets(*, page: int = 500) -> int:
    """Deletes guests' baskets that nobody has touched for 90 days; returns how many."""
    old = Basket.objects.filter(owner=None, updated_at__lt=clock.now() - GUESTS_KEPT_FOR)
    forgotten = 0
    while True:
        with transaction.atomic():  # a guest who comes back at this moment keeps the basket
            rows = old.order_by("updated_at").select_for_update(skip_locked=True)
            some = list(rows.values_list("pk", flat=True)[:page])
            if not some:
                return forgotten
            Basket.objects.filter(pk__in=some).delete()
        forgotten += len(some)


def bounded(wanted: int, item: Item) -> tuple[int, str]:
    """(Pieces, why they are fewer): at most 999, and as many as can be sold now.

    ``item`` comes with its product and can be sold.
    """
    left = left_of(item)
    if wanted > left and item.tracked and left < MOST_PIECES:
        word = ngettext(
            "Only %(left)d piece of “%(title)s” is left: your basket has it.",
            "Only %(left)d pieces of “%(title)s” are left: your basket has them all.",
            left,
        ) % {"left": left, "title": item.title}
        return left, word
    if wanted > MOST_PIECES:
        return MOST_PIECES, _("At most 999 pieces of one thing go into a basket.")
    return wanted, ""


def left_of(item: Item) -> int:
    """Pieces that can be put into a basket."""
    if not item.tracked:
        return MOST_PIECES if item.in_stock else 0
    return item.available


def _merged(mine: Basket, line: BasketLine, known: BasketLine | None, item: Item) -> BasketLine:
    """The line that stands in the member's basket for the guest's ``line``."""
    before = known.quantity if known is not None and not known.saved_for_later else 0
    brought = 0 if line.saved_for_later else line.quantity
    pieces = before + brought or line.quantity
    if left_of(item):
        pieces, _word = bounded(pieces, item)
    return BasketLine(
        basket=mine,
        variant_id=line.variant_id,
        quantity=min(pieces, MOST_PIECES),
        saved_for_later=line.saved_for_later and not before,
        seen_unit_minor=line.seen_unit_minor,
        added_at=line.added_at,
    )


def check_quantity(quantity: int, *, least: int) -> None:
    """Raises: Refused: ``bad_quantity``."""
    if type(quantity) is not int or not least <= quantity <= MOST_PIECES:
        raise Refused("bad_quantity", _("A quantity is a whole number from 1 to 999."))


def offered(holder: Holder, variant_id: int) -> Item:
    """The variant, when it is on sale to that holder.

    Raises:
        Refused: ``no_such_product``, ``shop_closed``.
    """
    item = check_one_open_shop([variant_id], items_of([variant_id]))
    if blocked_between(holder.profile_id, item.shop_id):
        raise not_offered()
    return item


def _rows(holder: Holder) -> dict[str, object]:
    if holder.profile_id is not None:
        return {"owner": holder.profile_id}
    return {"owner": None, "guest_key": holder.guest_key}


def _locked(holder: Holder) -> Basket | None:
    """The holder's basket, locked until the commit, its time set to now."""
    if holder.profile_id is None and not holder.guest_key:
        return None
    basket = Basket.objects.select_for_update(no_key=True).filter(**_rows(holder)).first()
    if basket is not None:
        basket.updated_at = clock.now()
        basket.save(update_fields=["updated_at"])
    return basket


def _locked_or_new(holder: Holder) -> Basket:
    """As ``_locked``, or a new one; a guest whose key nobody gave out gets a key of ours."""
    basket = _locked(holder)
    if basket is not None:
        return basket
    if holder.profile_id is None:
        return Basket.objects.create(guest_key=new_guest_key(), updated_at=clock.now())
    fresh = Basket(owner_id=holder.profile_id, updated_at=clock.now())
    Basket.objects.bulk_create([fresh], ignore_conflicts=True)
    basket = _locked(holder)
    assert basket is not None  # noqa: S101 (just made, by this or by another window)
    return basket


def _line(holder: Holder, variant_id: int) -> BasketLine:
    basket = _locked(holder)
    line = basket.lines.filter(variant=variant_id).first() if basket is not None else None
    if line is None:
        raise NotVisible
    return line


def _lay(line: BasketLine, *, aside: bool) -> None:
    line.saved_for_later = aside
    line.save(update_fields=["saved_for_later"])
