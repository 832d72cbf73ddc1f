"""A snapshot read from the database: signals, follows and people.

What happens while it is read is read again as changes: its position is taken before.
"""

import numpy as np
from django.db import connection

from comptoir.discovery.live.assemble import Acts, Follows, assemble
from comptoir.discovery.live.changes import flag_of
from comptoir.discovery.live.columns import columns
from comptoir.discovery.live.edges import U8
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
SELECT s.system_identifier || '/' || d.oid FROM pg_control_system() s, pg_database d
WHERE d.datname = current_database()
"""
KIND_CASES = " ".join(f"WHEN '{kind}' THEN {place}" for place, kind in enumerate(KINDS))
AUDIENCE_CASES = " ".join(f"WHEN '{told}' THEN {place}" for place, told in enumerate(AUDIENCES))
# The place in FLAGS.
TOLD = f"(CASE kind {KIND_CASES} END) * {len(AUDIENCES)} + CASE audience {AUDIENCE_CASES} END"


def from_database(settings: LiveSettings = LIVE) -> Snapshot:
    """A snapshot of the place as it is."""
    with connection.cursor() as cursor:
        cursor.execute(POSITION)
        (position,) = cursor.fetchone()
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
    )


def identity() -> str:
    """Which database this is: of the server's files, and within them."""
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
