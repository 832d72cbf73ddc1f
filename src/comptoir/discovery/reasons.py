"""The reason line: why *you* see this product, told by the people who caused it.

In order: acts of the people one follows (bought, recommended, kept, liked a post showing it),
people who share one's taste, something of one's own that it goes with, the shop one follows, how
many different people love it, that it is new. A product with no reason says so; it is never dressed
up as recommended.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from comptoir.common.rows import Rows, Statement, fetch_together
from comptoir.discovery.acts import (
    KINDS,
    SHOWN,
    Act,
    Match,
    acts_asked,
    matches_asked,
    matches_read,
    read_face,
    taste_asked,
    taste_read,
)
from comptoir.discovery.asking import Asking
from comptoir.discovery.suggest import Suggestion, loved
from comptoir.people.actor import Actor
from comptoir.people.faces import Face

# Fewer than so many are no "many different people".
MANY = 2


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the viewer sees a product.

    ``kind`` is "bought", "recommended", "kept" or "liked" (by people one follows), "taste" (by
    others who share one's taste), "pair" (it goes with ``match``), "shop" (one follows it), "loved"
    (by ``count`` different people), "new" or "none". ``count`` is how many people did the strongest
    act, or share one's taste; ``acts`` all acts known, the strongest and newest first, at most 12.
    ``kept_by_me``: the viewer keeps it, which is an act of theirs and never a reason.
    """

    kind: str = "none"
    count: int = 0
    acts: tuple[Act, ...] = ()
    kept_by_me: bool = False
    match: Match | None = None

    @property
    def faces(self) -> tuple[Face, ...]:
        """Up to three faces for the line: people who did the strongest act."""
        if self.kind == "taste":
            return tuple({act.face.id: act.face for act in self.acts}.values())[:3]
        return tuple(act.face for act in self.acts if act.kind == self.kind)[:3]


NO_REASON = Reason()


def reasons_for(actor: Actor, product_ids: Iterable[int]) -> Mapping[int, Reason]:
    """A reason for each product, ``NO_REASON`` included, in one query."""
    return reasons_for_beside(actor, product_ids)[0]


def reasons_for_beside(
    actor: Actor, product_ids: Iterable[int], *besides: Statement
) -> tuple[Mapping[int, Reason], list[Rows]]:
    """As ``reasons_for``, with the rows of what is asked ``besides``, in one round trip."""
    ids = list(dict.fromkeys(product_ids))
    if actor.profile_id is None or not ids:
        return dict.fromkeys(ids, NO_REASON), fetch_together(*besides)
    acts, *rows = fetch_together(acts_asked(actor.profile_id, ids, None), *besides)
    return _acts_read(ids, acts), rows


def _acts_read(ids: Sequence[int], rows: Rows) -> dict[int, Reason]:
    found: dict[int, Reason] = dict.fromkeys(ids, NO_REASON)
    told: dict[int, Rows] = {}
    for row in rows:
        told.setdefault(row[0], []).append(row)
    found.update({product_id: _reason(acts) for product_id, acts in told.items()})
    return found


def _reason(rows: Rows) -> Reason:
    said = {row[1] for row in rows}
    acts = sorted(
        (row for row in rows if row[1] in KINDS),
        key=lambda row: (KINDS.index(row[1]), -row[4].timestamp()),
    )
    mine = "mine" in said
    if not acts:
        return Reason(kind="shop" if "shop" in said else "none", kept_by_me=mine)
    return Reason(
        kind=acts[0][1],
        count=acts[0][2],
        acts=tuple(Act(read_face(row[3]), row[1], row[4]) for row in acts),
        kept_by_me=mine,
    )


def reasons_of_suggestions(
    actor: Actor,
    suggestions: Sequence[Suggestion],
    *,
    personal: bool = True,
    asking: Asking | None = None,
) -> Mapping[int, Reason]:
    """The reason for each suggested product.

    Not ``personal``: as a visitor is told, with what the actor keeps. ``asking``: of the actor,
    where a page asks more than this.
    """
    return reasons_beside(actor, suggestions, personal=personal, asking=asking)[0]


def reasons_beside(
    actor: Actor,
    suggestions: Sequence[Suggestion],
    *besides: Statement,
    personal: bool = True,
    asking: Asking | None = None,
) -> tuple[Mapping[int, Reason], list[Rows]]:
    """As ``reasons_of_suggestions``, with the rows of what is asked ``besides``, in one round trip.

    All who spoke for a product are asked about at once: whose act stands no more is passed over.
    """
    ids = list(dict.fromkeys(one.product_id for one in suggestions))
    me = actor.profile_id
    if me is None or not ids:
        none = dict.fromkeys(ids, NO_REASON)
        return _with_crowds(none, suggestions, asking), fetch_together(*besides)
    pairs = asking.acts_of_friends(ids) if asking is not None else None
    people, things = _spoken(suggestions, "person"), _spoken(suggestions, "product")
    caused = (taste_asked(me, people), matches_asked(me, (mine for _, mine in things)))
    acts, *rows = fetch_together(
        acts_asked(me, ids, pairs), *(caused if personal else ()), *besides
    )
    found = _acts_read(ids, acts)
    if personal:
        taste, matches, *rows = rows
        found = _caused(found, taste_read(taste), things, matches_read(matches))
    else:
        found = {one: Reason(kept_by_me=reason.kept_by_me) for one, reason in found.items()}
    return _with_crowds(found, suggestions, asking), rows


def _spoken(suggestions: Iterable[Suggestion], kind: str) -> list[tuple[int, int]]:
    """(product, voice) of each voice of that kind that speaks for a product; of friends none, who
    are asked about by themselves."""
    return [
        (one.product_id, voice.id)
        for one in suggestions
        for voice in one.voices
        if voice.kind == kind and voice.share > 0 and not voice.friend
    ]


def _caused(
    found: dict[int, Reason],
    taste: Mapping[int, Sequence[Act]],
    things: Sequence[tuple[int, int]],
    matches: Mapping[int, Match],
) -> dict[int, Reason]:
    """Where no friend acted: what people did who share one's taste, else what it goes with."""
    # Voices come the strongest first: the last one written is the first.
    goes_with = {one: matches[mine] for one, mine in reversed(things) if mine in matches}
    for one, reason in found.items():
        if reason.acts:
            continue
        if acts := taste.get(one):
            people, told = len({act.face.id for act in acts}), tuple(acts[:SHOWN])
            found[one] = replace(reason, kind="taste", count=people, acts=told)
        elif match := goes_with.get(one):
            found[one] = replace(reason, kind="pair", match=match)
    return found


def _with_crowds(
    found: dict[int, Reason], suggestions: Sequence[Suggestion], asking: Asking | None
) -> dict[int, Reason]:
    """Those that nothing else speaks for: loved by many, or new."""
    bare = [one for one in suggestions if found[one.product_id].kind == "none"]
    crowds = loved((one.product_id for one in bare), asking) if bare else {}
    for one in bare:
        kind = "loved" if (count := crowds[one.product_id]) >= MANY else one.kind
        if kind in ("loved", "new"):
            count = count if kind == "loved" else 0
            found[one.product_id] = replace(found[one.product_id], kind=kind, count=count)
    return found


def taste_acts(actor: Actor, pairs: Sequence[tuple[int, int]]) -> dict[int, list[Act]]:
    """What people did with products, (product, person), as everybody may know it, by product."""
    if actor.profile_id is None or not pairs:
        return {}
    (rows,) = fetch_together(taste_asked(actor.profile_id, pairs))
    return taste_read(rows)


def matches_of(actor: Actor, product_ids: Iterable[int]) -> dict[int, Match]:
    """What the actor did with these products, the strongest, where it counts."""
    ids = list(product_ids)
    if actor.profile_id is None or not ids:
        return {}
    (rows,) = fetch_together(matches_asked(actor.profile_id, ids))
    return matches_read(rows)
