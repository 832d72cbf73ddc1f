"""What became of an order after it was paid: parcels, returns, withdrawals, what is left to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from comptoir.media.queries import PictureView, pictures
from comptoir.people.models import User
from comptoir.sales.models import (
    LineTally,
    Order,
    OrderLine,
    Refund,
    Return,
    ReturnLine,
    Shipment,
    ShipmentLine,
    Withdrawal,
)
from comptoir.sales.services.close_return import due_for, ended_without_goods, nothing_came
from comptoir.sales.services.overtaken import can_be_overtaken
from comptoir.sales.services.refund_order import delivery_left
from comptoir.sales.services.tallies import (
    can_claim,
    can_return,
    nothing_stays,
    tallies_seen,
    to_send,
)
from comptoir.sales.withdrawal.right import Right, right_of


@dataclass(frozen=True, slots=True)
class Pieces:
    """So many of a line."""

    line: OrderLine
    quantity: int


@dataclass(frozen=True, slots=True)
class Parcel:
    """A shipment and what is in it."""

    shipment: Shipment
    pieces: tuple[Pieces, ...]


@dataclass(frozen=True, slots=True)
class GivingBack:
    """A return, what comes back, and what the buyer shows of it. ``due_minor`` by line and
    ``delivery_minor``: the money that its refund would be (see ``due_for``)."""

    row: Return
    lines: tuple[ReturnLine, ...]
    photos: tuple[PictureView, ...]
    has_label: bool
    due_minor: Mapping[int, int]
    delivery_minor: int

    @property
    def is_open(self) -> bool:
        return self.row.status in {Return.Status.ACCEPTED, Return.Status.RECEIVED}

    @property
    def can_settle(self) -> bool:
        """Whether it can be refunded or exchanged now."""
        return self.is_open and not self.row.refund_id and not self.row.exchange_order_id

    @property
    def can_close(self) -> bool:
        """Whether it can end with nothing: not a withdrawal, unless no money is due."""
        return self.can_settle and not (self.row.withdrawal_id and self.owed)

    @property
    def owed(self) -> bool:
        """Whether its refund would be of any money."""
        return any(self.due_minor.values()) or bool(self.delivery_minor)

    @property
    def nothing_came(self) -> bool:
        """Whether a withdrawal may end without its money, for want of the goods."""
        owes = self.can_settle and bool(self.row.withdrawal_id) and self.owed
        return owes and nothing_came(self.row)

    @property
    def ended_without_goods(self) -> bool:
        """Whether it has ended so; the goods, or the proof that they were sent, open it again."""
        return ended_without_goods(self.row, owed=self.owed)

    @property
    def repaid_by(self) -> str:
        """The name of who decided its refund; '' for nobody known."""
        return _name(self.row.refund.by) if self.row.refund is not None else ""

    @property
    def closed_by(self) -> str:
        """The name of who closed it; '' for nobody known."""
        return _name(self.row.closed_by)

    @property
    def refund_by(self) -> date | None:
        """The day by which the law wants its money given back."""
        declared = self.row.withdrawal
        if declared is None or not self.can_settle or self.can_close:
            return None
        return declared.refund_by


def _name(user: User | None) -> str:
    profile = getattr(user, "profile", None)
    return str(profile.name) if profile is not None else ""


@dataclass(frozen=True, slots=True)
class Course:
    """All of it; ``tallies`` by line, in the order's order."""

    tallies: dict[int, LineTally]
    parcels: tuple[Parcel, ...]
    returns: tuple[GivingBack, ...]
    withdrawals: tuple[Withdrawal, ...]
    refunds: tuple[Refund, ...]
    right: Right
    delivery_left_minor: int

    @property
    def to_send(self) -> dict[int, int]:
        """Pieces by line that still have to leave."""
        return {line: to_send(tally) for line, tally in self.tallies.items() if to_send(tally)}

    @property
    def returnable(self) -> dict[int, int]:
        """Pieces by line that the buyer may ask to return."""
        found = {line: can_return(tally) for line, tally in self.tallies.items()}
        return {line: n for line, n in found.items() if n > 0}

    @property
    def begun(self) -> bool:
        """Whether some of what is packed was sent, or given up."""
        goods = [tally for tally in self.tallies.values() if not tally.line.digital]
        return any(tally.sent or tally.called_off for tally in goods)

    @property
    def sent_some(self) -> bool:
        return any(tally.sent for tally in self.tallies.values())

    def is_repaid(self, withdrawal: Withdrawal) -> bool:
        """Whether the money of a withdrawal is back: of what had not been sent, at once, and of
        what had to come back first, or was paid for in another refund."""
        done = {refund.pk for refund in self.refunds if refund.status == Refund.Status.DONE}
        at_once = withdrawal.refund_id
        if at_once is not None and at_once not in done:
            return False
        coming = [back for back in self.returns if back.row.withdrawal_id == withdrawal.pk]
        if not coming:
            return at_once is not None
        return all(
            back.row.refund_id in done if back.row.refund_id else not back.owed for back in coming
        )

    @property
    def all_given_back(self) -> bool:
        """Whether nothing of it stays with the buyer."""
        return nothing_stays(self.tallies.values())

    @property
    def kept(self) -> frozenset[int]:
        """The lines of which a piece stays with the buyer."""
        return frozenset(line for line, tally in self.tallies.items() if can_claim(tally))

    @property
    def on_its_way_back(self) -> tuple[GivingBack, ...]:
        """What the shop still waits for, also where it has waited long enough for its goods."""
        awaited = Return.Status.ACCEPTED
        return tuple(
            back for back in self.returns if back.row.status == awaited or back.ended_without_goods
        )


def course_of(order: Order) -> Course:
    """Reads it, in ten statements at most; the rows may change while one looks."""
    tallies = tallies_seen(order.pk)
    lines = OrderLine.objects.in_bulk(list(tallies))
    for pk, tally in tallies.items():
        tally.line = lines[pk]
    returns = _returns(order, tallies)
    refunds = Refund.objects.filter(payment__order=order).order_by("pk")
    return Course(
        tallies=tallies,
        parcels=_parcels(order, lines),
        returns=returns,
        withdrawals=tuple(Withdrawal.objects.filter(order=order).order_by("declared_at")),
        refunds=tuple(refunds),
        right=right_of(order, tallies, _overtaken(returns)),
        delivery_left_minor=delivery_left(order),
    )


def _parcels(order: Order, lines: Mapping[int, OrderLine]) -> tuple[Parcel, ...]:
    inside = ShipmentLine.objects.order_by("line__position")
    rows = Shipment.objects.filter(order=order).prefetch_related(Prefetch("lines", inside))
    return tuple(
        Parcel(row, tuple(Pieces(lines[one.line_id], one.quantity) for one in row.lines.all()))
        for row in rows.order_by("shipped_at", "pk")
    )


def _returns(order: Order, tallies: Mapping[int, LineTally]) -> tuple[GivingBack, ...]:
    rows = list(
        Return.objects.filter(order=order)
        .select_related(
            *("withdrawal", "order", "exchange_order", "exchange_variant", "label"),
            *("refund__by__profile", "closed_by__profile"),
        )
        .defer("label__content")
        .prefetch_related(
            Prefetch("lines", ReturnLine.objects.select_related("line").order_by("line__position")),
            "photos",
        )
        .order_by("asked_at", "pk")
    )
    shown = pictures(photo.picture_id for row in rows for photo in row.photos.all())
    return tuple(_giving_back(row, tallies, shown) for row in rows)


def _giving_back(
    row: Return, tallies: Mapping[int, LineTally], shown: Mapping[int, PictureView]
) -> GivingBack:
    photos = sorted(row.photos.all(), key=lambda photo: photo.position)
    due, delivery = due_for(row, tallies)
    return GivingBack(
        row=row,
        lines=tuple(row.lines.all()),
        photos=tuple(shown[p.picture_id] for p in photos if p.picture_id in shown),
        has_label=hasattr(row, "label"),
        due_minor=due,
        delivery_minor=delivery,
    )


def _overtaken(returns: tuple[GivingBack, ...]) -> dict[int, int]:
    found: dict[int, int] = {}
    for back in returns:
        if can_be_overtaken(back.row):
            for line in back.lines:
                found[line.line_id] = found.get(line.line_id, 0) + line.quantity
    return found
