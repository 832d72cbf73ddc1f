"""Returns as their buyer and their shop deal with them: asked for, answered, received."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.catalog.models import Variant
from comptoir.common import clock
from comptoir.common.deadlocks import retried_on_deadlock
from comptoir.common.errors import Conflict, Refused
from comptoir.common.markup import clean_text
from comptoir.common.outbox import emit
from comptoir.common.states import transition
from comptoir.sales.events import ReturnAnswered, ReturnAsked, about
from comptoir.sales.models import (
    LineTally,
    Order,
    Return,
    ReturnLabel,
    ReturnLine,
    ReturnPhoto,
)
from comptoir.sales.services.restock import put_back
from comptoir.sales.services.tallies import (
    can_return,
    check_bought,
    count,
    known,
    lock_order,
    tallies_of,
)
from comptoir.sales.states import RETURN

ASK_WITHIN = timedelta(days=730)  # as long as a seller answers for conformity
MOST_PHOTOS = 6
MOST_LABEL_BYTES = 1_000_000
MOST_WORDS = 2000
ASKABLE = frozenset(Return.Reason.values) - {Return.Reason.WITHDRAWAL}


@retried_on_deadlock
@transaction.atomic
def ask_return(
    *,
    order: Order,
    pieces: Mapping[int, int],
    reason: str,
    words: str = "",
    pictures: Sequence[int] = (),
    exchange_variant_id: int | None = None,
    by_id: int | None = None,
    key: UUID | None = None,
) -> Return:
    """The buyer would like to give ``pieces`` (line to how many) back, or exchange one line.

    Raises:
        Refused: ``nothing_chosen``, ``bad_quantity``, ``more_than_bought``, ``no_such_line``,
            ``bad_reason``, ``bad_exchange`` (not a kind of what comes back), ``text_too_long``.
        Conflict: ``more_than_left``, not with the buyer, or in a return already; ``too_late``.
    """
    now = lock_order(order.pk)
    before = Return.objects.filter(key=key, order=now).first() if key else None
    if before is not None:
        return before
    _check_asking(now, reason)
    tallies = tallies_of(now.pk)
    chosen = _chosen(tallies, pieces)
    back = Return(
        order=now,
        reason=reason,
        words=clean_text(words, max_length=MOST_WORDS),
        exchange_variant=_exchange(tallies, chosen, exchange_variant_id),
        asked_at=clock.now(),
        asked_by_id=by_id,
    )
    back.key = key or back.key
    _write(back, chosen, pictures)
    count(tallies, "claimed", chosen)
    emit(ReturnAsked(**about(now), return_id=back.pk))
    return back


def _write(back: Return, chosen: Mapping[int, int], pictures: Sequence[int]) -> None:
    back.save(force_insert=True)
    ReturnLine.objects.bulk_create(
        ReturnLine(giving_back=back, line_id=line, quantity=n) for line, n in chosen.items()
    )
    ReturnPhoto.objects.bulk_create(
        ReturnPhoto(giving_back=back, picture_id=picture, position=n)
        for n, picture in enumerate(pictures[:MOST_PHOTOS])
    )


def _check_asking(order: Order, reason: str) -> None:
    if reason not in ASKABLE:
        raise Refused("bad_reason", _("Say why you would like to return it."))
    since = order.delivered_at or order.shipped_at
    if since is not None and since + ASK_WITHIN < clock.now():
        raise Conflict("too_late", _("This order is more than two years old."))


def _chosen(tallies: Mapping[int, LineTally], pieces: Mapping[int, int]) -> dict[int, int]:
    if any(n < 0 for n in pieces.values()):
        raise Refused("bad_quantity", _("A number of pieces is 0 or more."))
    chosen = {line: n for line, n in pieces.items() if n}
    if not chosen:
        raise Refused("nothing_chosen", _("Choose what you return."))
    for line, n in chosen.items():
        tally = known(tallies, line)
        check_bought(tally, n)
        if n > can_return(tally):
            message = _("Some of these pieces cannot be returned now.")
            raise Conflict("more_than_left", message, line_id=line)
    return chosen


def _exchange(
    tallies: Mapping[int, LineTally], chosen: Mapping[int, int], variant_id: int | None
) -> Variant | None:
    if variant_id is None:
        return None
    variant = Variant.objects.filter(pk=variant_id, status=Variant.Status.ACTIVE).first()
    products = {tallies[line].line.product_id for line in chosen}
    if variant is None or len(chosen) > 1 or products != {variant.product_id}:
        raise Refused("bad_exchange", _("Exchange one line for another kind of the same product."))
    return variant


@retried_on_deadlock
@transaction.atomic
def answer_return(
    *,
    giving_back: Return,
    accept: bool,
    words: str = "",
    send_to: str = "",
    label: bytes | None = None,
    by_id: int | None = None,
) -> None:
    """The shop takes it back, telling where to (an address, or a carrier's label as PDF), or
    refuses and says why.

    Raises:
        Refused: ``say_why``, ``nowhere_to_send``, ``bad_label``, ``text_too_long``.
        Conflict: ``state_changed``, it was answered already.
    """
    said = clean_text(words, max_length=MOST_WORDS)
    address = clean_text(send_to, max_length=500)
    order = lock_order(giving_back.order_id)
    if not accept and not said:
        raise Refused("say_why", _("Say why, so that the buyer understands."))
    if accept and not address and label is None:
        raise Refused("nowhere_to_send", _("Give an address, or a label to print."))
    to = Return.Status.ACCEPTED if accept else Return.Status.REFUSED
    now = _locked(giving_back, Return.Status.ASKED)
    transition(
        now, RETURN, to, answer=said, send_to=address if accept else "",
        answered_at=clock.now(), answered_by_id=by_id,
    )  # fmt: skip
    if accept and label is not None:
        attach_label(giving_back=now, content=label)
    if not accept:
        pieces = {line.line_id: -line.quantity for line in now.lines.all()}
        count(tallies_of(order.pk), "claimed", pieces)
    emit(ReturnAnswered(**about(order), return_id=now.pk, accepted=accept))


def attach_label(*, giving_back: Return, content: bytes) -> None:
    """Gives the buyer a label to print, in place of any before.

    Raises:
        Refused: ``bad_label``, not a PDF or larger than 1 MB.
    """
    if len(content) > MOST_LABEL_BYTES or not content.startswith(b"%PDF-"):
        raise Refused("bad_label", _("A label is a PDF file of up to 1 MB."))
    ReturnLabel.objects.update_or_create(
        giving_back=giving_back, defaults={"content": content, "uploaded_at": clock.now()}
    )


@retried_on_deadlock
@transaction.atomic
def receive_return(
    *,
    giving_back: Return,
    received: Mapping[int, int],
    restock: Mapping[int, int],
    by_id: int | None = None,
) -> None:
    """The pieces are back: how many by line, and how many of them go on the shelf again. A return
    that was refunded or exchanged before is over with it.

    Raises:
        Refused: ``bad_quantity``, more than was to come (with the ``line_id``), or on the shelf
            than came (``shelf_of``, the line's id).
        Conflict: ``state_changed``, it is not awaited any more.
    """
    order = lock_order(giving_back.order_id)
    now = _locked(giving_back, Return.Status.ACCEPTED)
    tallies = tallies_of(order.pk)
    lines = list(now.lines.all())
    for line in lines:
        line.received = received.get(line.line_id, 0)
        line.restocked = restock.get(line.line_id, 0)
        _check_received(line)
    ReturnLine.objects.bulk_update(lines, ["received", "restocked"])
    transition(now, RETURN, Return.Status.RECEIVED, received_at=clock.now(), received_by_id=by_id)
    count(tallies, "received", {line.line_id: line.received for line in lines})
    if not (now.withdrawal_id or now.refund_id or now.exchange_order_id):
        # What did not come stays with the buyer, who may give it back another time.
        count(tallies, "claimed", {line.line_id: line.received - line.quantity for line in lines})
    put_back(tallies, {line.line_id: line.restocked for line in lines})
    if now.refund_id or now.exchange_order_id:
        end_return(now, by_id)


def _check_received(line: ReturnLine) -> None:
    if not 0 <= line.received <= line.quantity:
        message = _("More pieces than were to come back.")
        raise Refused("bad_quantity", message, line_id=line.line_id)
    if not 0 <= line.restocked <= line.received:
        message = _("More pieces than came back.")
        raise Refused("bad_quantity", message, shelf_of=line.line_id)


def end_return(now: Return, by_id: int | None) -> None:
    """Closes it; the label, which bears an address, is forgotten. Under the order's lock."""
    transition(now, RETURN, Return.Status.CLOSED, closed_at=clock.now(), closed_by_id=by_id)
    ReturnLabel.objects.filter(giving_back=now).delete()


def _locked(giving_back: Return, status: str) -> Return:
    """The return as it is now, under its order's lock.

    Raises:
        Conflict: ``state_changed``.
    """
    now = Return.objects.get(pk=giving_back.pk)
    if now.status != status:
        raise Conflict("state_changed", _("This was changed by someone else in the meantime."))
    return now
