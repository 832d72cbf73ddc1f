"""What a person decided about their own taste, and what they did that counts."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from comptoir.common.keyset import Cursor, Page
from comptoir.discovery.models import DroppedPerson, LessOf, Signal, TastePreference
from comptoir.people.actor import Actor
from comptoir.people.faces import Face, face_of

SIGNALS_OF_A_PAGE = 40


@dataclass(frozen=True, slots=True)
class Wanted:
    """Something wanted less: ``kind`` is "product", "shop" or "category", ``name`` its words."""

    id: int
    kind: str
    name: str
    address: str
    product_id: int | None = None
    shop_id: int | None = None


@dataclass(frozen=True, slots=True)
class Preferences:
    """What a person decided; as it is for everyone until they say otherwise."""

    personalised: bool = True
    dropped: tuple[Face, ...] = ()
    less: tuple[Wanted, ...] = ()


def preferences_of(actor: Actor) -> Preferences:
    """Everything the actor decided, newest first. Three queries; none for a visitor."""
    if actor.profile_id is None:
        return Preferences()
    dropped = DroppedPerson.objects.filter(profile=actor.profile_id, person__is_suspended=False)
    less = LessOf.objects.filter(profile=actor.profile_id)
    return Preferences(
        personalised=is_personalised(actor),
        dropped=tuple(
            face_of(row.person)
            for row in dropped.select_related("person__avatar").order_by("-at", "-id")
        ),
        less=tuple(
            _wanted(row)
            for row in less.select_related("product", "shop__profile").order_by("-at", "-id")
        ),
    )


def is_personalised(actor: Actor) -> bool:
    """Whether the actor's circle orders what they see; a visitor has none."""
    if actor.profile_id is None:
        return False
    rows = TastePreference.objects.filter(profile=actor.profile_id, personalised=False)
    return not rows.exists()


def _wanted(row: LessOf) -> Wanted:
    if row.product is not None:
        address = f"/products/{row.product_id}"
        return Wanted(row.pk, "product", row.product.title, address, product_id=row.product_id)
    if row.shop is not None:
        face = row.shop.profile
        return Wanted(row.pk, "shop", face.name, f"/@{face.handle}", shop_id=row.shop_id)
    return Wanted(row.pk, "category", row.category, "")


@dataclass(frozen=True, slots=True)
class OwnSignal:
    """Something that the actor did and that counts, or counted before they took it out."""

    product_id: int
    title: str
    kind: str
    audience: str
    at: datetime
    forgotten: bool


OWN = f"""
SELECT s.product_id, p.title, s.kind, s.audience, s.at, s.forgotten, s.id
FROM discovery_signal s JOIN catalog_product p ON p.id = s.product_id
WHERE s.actor_id = %(me)s AND (s.at, s.id) < (%(at)s, %(id)s) {{more}}
ORDER BY s.at DESC, s.id DESC LIMIT {SIGNALS_OF_A_PAGE + 1}
"""


def own_signals(
    actor: Actor, after: Cursor | None = None, product_id: int | None = None
) -> Page[OwnSignal]:
    """What the actor did that counts, newest first; about one product, if it is given."""
    place = {"at": after.at if after else "infinity", "id": after.id if after else 0}
    more = "" if product_id is None else "AND s.product_id = %(product)s"
    params = {"me": actor.profile_id or 0, "product": product_id, **place}
    with connection.cursor() as cursor:
        cursor.execute(OWN.format(more=more), params)
        rows = cursor.fetchall()
    last = rows[SIGNALS_OF_A_PAGE - 1] if len(rows) > SIGNALS_OF_A_PAGE else None
    shown = [OwnSignal(*row[:6]) for row in rows[:SIGNALS_OF_A_PAGE]]
    return Page(shown, Cursor(last[4], last[6]).token() if last else None)


def count_of_signals(actor: Actor, most: int) -> int:
    """How many of the actor's acts count, up to ``most``."""
    rows = Signal.objects.filter(actor=actor.profile_id or 0, forgotten=False)
    return len(rows.values_list("pk")[:most])
