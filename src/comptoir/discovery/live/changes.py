"""What changed since a snapshot, read from the database as it stands now.

Two sources in one statement, so that nothing falls between them: the log of changes that were
taken in, and the events that are still to be. Both say only what to look up. An act that began to
count is known once its signal is written; one that was taken back or narrowed, at once, since each
is compared with its own row.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from comptoir.common.rows import Rows, Statement
from comptoir.discovery.live.flags import (
    BOUGHT,
    FOLLOWERS_BITS,
    KEPT,
    LIKED,
    OWN_BITS,
    PUBLIC_PURCHASE,
    joined,
)
from comptoir.discovery.models import Change, Signal

# Events of acts and of follows that are still to be delivered, by the names of their two keys.
ACT_EVENTS = (
    "reviews.ProductKept", "reviews.ProductUnkept", "reviews.ProductRecommended",
    "reviews.RecommendationWithdrawn", "posts.PurchaseShared", "posts.PurchaseUnshared",
    "posts.PostLiked", "posts.PostUnliked",
    "discovery.SignalForgotten", "discovery.SignalRemembered",
)  # fmt: skip
FOLLOW_EVENTS = ("people.ProfileFollowed", "people.ProfileUnfollowed")
BLOCK_EVENTS = ("people.ProfileBlocked",)
PERSON_EVENTS = ("people.ProfileSuspended", "people.ProfileRestored", "people.PersonLeft")
NAMED = (*ACT_EVENTS, *FOLLOW_EVENTS, *BLOCK_EVENTS, *PERSON_EVENTS)
# So many at a time; the rest is read by the next request.
BATCH = 20_000


def _listed(names: Sequence[str]) -> str:
    """Names of the code itself as SQL: they are asked for in every request."""
    return "(" + ", ".join(f"'{name}'" for name in names) + ")"


# By subqueries, which no plan can look into: it is made once, and not anew for each position.
SINCE = f"""
SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint, 0, '', 0, 0
UNION ALL
(SELECT c.transaction, c.id, c.kind, c.a, c.b FROM discovery_change c
 WHERE c.transaction >= (SELECT %(position)s::bigint)
 ORDER BY c.transaction, c.id LIMIT (SELECT %(most)s::bigint))
UNION ALL
(SELECT 0, -o.id, waiting.kind, waiting.a, coalesce(waiting.b, 0)
 FROM common_outboxevent o CROSS JOIN LATERAL (
   SELECT 'act', (o.payload->>'profile_id')::bigint, (o.payload->>'product_id')::bigint
     WHERE o.name IN {_listed(ACT_EVENTS)}
   UNION ALL SELECT 'follow', (o.payload->>'follower_id')::bigint,
     (o.payload->>'followee_id')::bigint WHERE o.name IN {_listed(FOLLOW_EVENTS)}
   UNION ALL SELECT 'follow', (o.payload->>'blocker_id')::bigint,
     (o.payload->>'blocked_id')::bigint WHERE o.name IN {_listed(BLOCK_EVENTS)}
   UNION ALL SELECT 'follow', (o.payload->>'blocked_id')::bigint,
     (o.payload->>'blocker_id')::bigint WHERE o.name IN {_listed(BLOCK_EVENTS)}
   UNION ALL SELECT 'person', (o.payload->>'profile_id')::bigint, 0
     WHERE o.name IN {_listed(PERSON_EVENTS)}
 ) waiting (kind, a, b)
 WHERE o.name IN {_listed(NAMED)} AND waiting.a IS NOT NULL
 ORDER BY o.id LIMIT (SELECT %(most)s::bigint))
"""

# As ``standing.STANDS``, for any actor: the audience of the act's own row, null where it is gone.
# A purchase that its buyer keeps to themselves has no row that others could read.
ACTS_NOW = """
SELECT s.actor_id, s.product_id, s.kind, s.audience, CASE s.kind
  WHEN 'kept' THEN (SELECT act.audience FROM reviews_keep act
    WHERE act.profile_id = s.actor_id AND act.product_id = s.product_id)
  WHEN 'recommended' THEN (SELECT act.audience FROM reviews_recommendation act
    WHERE act.profile_id = s.actor_id AND act.product_id = s.product_id AND act.interest = '')
  WHEN 'bought' THEN coalesce((SELECT act.audience FROM posts_post act
    JOIN posts_producttag tag ON tag.post_id = act.id AND tag.product_id = s.product_id
    WHERE act.author_id = s.actor_id AND act.kind = 'purchase' AND act.audience <> 'me'
      AND act.interest = ''
    ORDER BY act.audience LIMIT 1), 'me')
  WHEN 'liked' THEN (
    SELECT CASE min(act.audience) WHEN 'everyone' THEN 'everyone' WHEN 'followers' THEN 'me' END
    FROM posts_producttag tag
    JOIN posts_reaction r ON r.post_id = tag.post_id AND r.profile_id = s.actor_id
    JOIN posts_post act ON act.id = tag.post_id AND act.author_id <> s.actor_id
      AND act.interest = '' AND act.audience <> 'me'
    WHERE tag.product_id = s.product_id)
END
FROM unnest(%(a)s::bigint[], %(b)s::bigint[]) k(a, b)
JOIN discovery_signal s ON s.product_id = k.b AND s.actor_id = k.a
WHERE NOT s.forgotten
"""
FOLLOWS_NOW = """
SELECT w.follower_id, w.followee_id FROM unnest(%(a)s::bigint[], %(b)s::bigint[]) k(a, b)
JOIN people_follow w ON w.follower_id = k.a AND w.followee_id = k.b
"""
PEOPLE_NOW = "SELECT id FROM people_profile WHERE id = ANY(%(a)s) AND NOT is_suspended"

WORTH = {
    Signal.Kind.LIKED.value: LIKED,
    Signal.Kind.KEPT.value: KEPT,
    Signal.Kind.RECOMMENDED.value: BOUGHT,
    Signal.Kind.BOUGHT.value: BOUGHT,
}
Pair = tuple[int, int]


@dataclass(slots=True)
class Noted:
    """What to look up: pairs of ids of acts and of follows, and ids of people."""

    acts: set[Pair] = field(default_factory=set)
    follows: set[Pair] = field(default_factory=set)
    people: set[int] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.acts or self.follows or self.people)


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands now: flags of acts (0: none), whether one follows, whether one may speak."""

    acts: dict[Pair, int]
    follows: dict[Pair, bool]
    people: dict[int, bool]


def log_changes(kind: Change.Kind, pairs: Iterable[Pair]) -> None:
    """Writes that these may have changed, in the current transaction."""
    Change.objects.bulk_create([Change(kind=kind, a=a, b=b) for a, b in pairs])


def since(position: int, seen: set[int]) -> Statement:
    """The query for what changed; ``seen``: entries that were read before and are open still."""
    # What is still held open by a long transaction is read again, and does not crowd out.
    return Statement(SINCE, {"position": position, "most": BATCH + len(seen)})


def noted_in(rows: Rows, position: int, seen: set[int]) -> tuple[Noted, int]:
    """What to look up, and the position to ask from next; adds the entries read to ``seen``."""
    reached = rows[0][0]
    logged = [row for row in rows[1:] if row[1] > 0]
    if len(logged) >= BATCH + len(seen):  # there are more: go on from the last read
        reached = min(reached, logged[-1][0])
    noted = Noted()
    for _transaction, entry, kind, a, b in rows[1:]:
        if entry not in seen:
            _note(noted, kind, a, b)
    # A waiting event (below 0) is looked up once as well: when it is taken in, that is logged.
    seen.clear()
    seen.update(row[1] for row in rows[1:])
    return noted, max(position, reached)


def _note(noted: Noted, kind: str, a: int, b: int) -> None:
    if kind == Change.Kind.ACT:
        noted.acts.add((a, b))
    elif kind == Change.Kind.FOLLOW:
        noted.follows.add((a, b))
    else:
        noted.people.add(a)


def standing_of(noted: Noted) -> Standing:
    """Looks up how all of it stands, in at most three statements."""
    acts = dict.fromkeys(noted.acts, 0)
    for actor, product, kind, audience, own in _asked(ACTS_NOW, noted.acts):
        acts[actor, product] = joined(acts[actor, product], flag_of(kind, audience, own))
    follows = dict.fromkeys(noted.follows, False)
    follows.update(dict.fromkeys(_asked(FOLLOWS_NOW, noted.follows), True))
    people = dict.fromkeys(noted.people, False)
    people.update({row[0]: True for row in _asked(PEOPLE_NOW, [(one, 0) for one in people])})
    return Standing(acts, follows, people)


def _asked(sql: str, pairs: Iterable[Pair]) -> Sequence[tuple[Any, ...]]:
    keys = list(pairs)
    if not keys:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(sql, {"a": [a for a, _ in keys], "b": [b for _, b in keys]})
        return list(cursor.fetchall())


def flag_of(kind: str, audience: str, own: str | None) -> int:
    """The flag of an act whose signal has ``audience`` and whose own row has ``own``."""
    if own is None:
        return 0
    worth = WORTH[kind]
    known = {audience, own}
    flag = worth << OWN_BITS
    if "me" not in known:
        flag |= worth << FOLLOWERS_BITS
        if known == {"everyone"}:
            flag |= worth | (PUBLIC_PURCHASE if kind == Signal.Kind.BOUGHT else 0)
    return flag
