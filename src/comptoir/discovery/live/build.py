"""A snapshot read from the database: signals, follows and people.

What happens while it is read is read again as changes: its position is taken before.
"""

import numpy as np
from django.db import connection

from comptoir.discovery.live.assemble import Acts, Follows, assemble
from comptoir.discovery.live.changes import flag_of
from comptoir.discovery.live.columns import columns
from comptoir.discovery.live.edges import I64, U8
from comptoir.discovery.live.settings import LIVE, LiveSettings
from comptoir.discovery.live.snapshot import Snapshot
from comptoir.discovery.models import Signal
from comptoir.people.models.profile import Audience

KINDS = tuple(str(kind) for kind in Signal.Kind.values)
AUDIENCES = tuple(str(audience) for audience in Audience.values)
# The flag of each kind and audience; a signal that is taken back or narrowed is a change as well.
FLAGS = np.array(
    [[flag_of(kind, audience, audience) for audience in AUDIENCES] for kind in KINDS], np.uint8
).ravel()

POSITION = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
IDENTITY = """
SELECT s.system_identifier || '/' || d.oid || '/' || c.timeline_id
FROM pg_control_system() s, pg_control_checkpoint() c, pg_database d
WHERE d.datname = current_database()
"""
KNOWN = """
SELECT f.id FROM people_profile f JOIN people_user u ON u.id = f.user_id AND u.is_operator
UNION
SELECT o.buyer_id FROM sales_order o
JOIN sales_payment p ON p.order_id = o.id AND p.status = 'captured' AND p.amount_minor > 0
  AND p.provider NOT IN ('cash', 'transfer')
WHERE o.status IN ('paid', 'shipped', 'delivered') AND o.buyer_id IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM shops_staffmember m JOIN people_profile s ON s.user_id = m.user_id
    WHERE m.shop_id = o.shop_id AND s.id = o.buyer_id)
"""
KIND_CASES = " ".join(f"WHEN '{kind}' THEN {place}" for place, kind in enumerate(KINDS))
AUDIENCE_CASES = " ".join(f"WHEN '{told}' THEN {place}" for place, told in enumerate(AUDIENCES))
# The place in FLAGS.
TOLD = f"(CASE kind {KIND_CASES} END) * {len(AUDIENCES)} + CASE audience {AUDIENCE_CASES} END"


def from_database(settings: LiveSettings = LIVE) -> Snapshot:
    """A snapshot of the place as it is."""
    position = position_now()
    people, suspended = columns("people_profile", ("id", "is_suspended::int"))
    follower, followee, follow = columns("people_follow", ("follower_id", "followee_id", "id"))
    actor, product, told, act = columns(
        "discovery_signal", ("actor_id", "product_id", TOLD, "id"), "NOT forgotten"
    )
    flags: U8 = FLAGS[told]
    del told  # as large as all that is kept of the acts
    return assemble(
        Acts(actor, product, flags, act),
        Follows(follower, followee, follow),
        people,
        people[suspended == 1],
        position,
        settings,
        known_people(),
    )


def position_now() -> int:
    """The oldest transaction that is still open: changes from it on may not be seen yet."""
    with connection.cursor() as cursor:
        cursor.execute(POSITION)
        return int(cursor.fetchone()[0])


def known_people() -> I64:
    """Whom the place knows of itself: operators, and who paid for an order at a shop that is not
    their own. What the shop alone says was paid (cash, transfers) makes nobody known.
    """
    with connection.cursor() as cursor:
        cursor.execute(KNOWN)
        return np.array([row[0] for row in cursor.fetchall()], np.int64)


def identity() -> str:
    """Which database this is: the server's files, the branch of its history, and within them."""
    with connection.cursor() as cursor:
        cursor.execute(IDENTITY)
        return str(cursor.fetchone()[0])


def count_of_signals() -> int:
    """Signals of the place, by the server's own estimate; exact while they are few."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples::bigint FROM pg_class WHERE relname = 'discovery_signal'")
        (estimate,) = cursor.fetchone()
        if estimate > 100_000:
            return int(estimate)
        cursor.execute("SELECT count(*) FROM (SELECT 1 FROM discovery_signal LIMIT 200000) s")
        return int(cursor.fetchone()[0])
