"""A snapshot read from the database: signals, follows and people, by binary COPY.

What happens while it is read is read again as changes: its position is taken before.
"""

from collections.abc import Sequence

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from comptoir.discovery.live.assemble import Acts, Follows, assemble
from comptoir.discovery.live.changes import flag_of
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
SELECT s.system_identifier || '/' || d.oid FROM pg_control_system() s, pg_database d
WHERE d.datname = current_database()
"""
SIGNALS = f"""
SELECT actor_id, product_id, id, (array_position(ARRAY{list(KINDS)}, kind::text) - 1)
  * {len(AUDIENCES)} + array_position(ARRAY{list(AUDIENCES)}, audience::text) - 1
FROM discovery_signal WHERE NOT forgotten
"""
FOLLOWS = "SELECT follower_id, followee_id, id FROM people_follow"
PEOPLE = "SELECT id, is_suspended::int FROM people_profile"
SIGNATURE = 19  # bytes before the first row, and 2 after the last


def from_database(settings: LiveSettings = LIVE) -> Snapshot:
    """A snapshot of the place as it is."""
    with connection.cursor() as cursor:
        cursor.execute(POSITION)
        (position,) = cursor.fetchone()
    people = _copied(PEOPLE, "84")
    follows = _copied(FOLLOWS, "888")
    signals = _copied(SIGNALS, "8884")
    flags: U8 = FLAGS[signals["f3"]]
    return assemble(
        Acts(_of(signals, 0), _of(signals, 1), flags, _of(signals, 2)),
        Follows(_of(follows, 0), _of(follows, 1), _of(follows, 2)),
        _of(people, 0),
        _of(people, 0)[people["f1"] == 1],
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


def _copied(sql: str, sizes: str) -> "NDArray[np.void]":
    """Rows of integers of these sizes in bytes; none may be null.

    PostgreSQL's binary COPY: a signature, then for each row its number of fields and for each
    field its length and its bytes, all big-endian; so that rows without nulls are of one size.
    """
    layout: list[tuple[str, str]] = [("n", ">i2")]
    for number, size in enumerate(sizes):
        layout += [(f"l{number}", ">i4"), (f"f{number}", f">i{size}")]
    data = bytearray()
    connection.ensure_connection()
    with (
        connection.connection.cursor() as cursor,
        cursor.copy(f"COPY ({sql}) TO STDOUT (FORMAT binary)") as copy,
    ):
        for block in copy:
            data += block
    rows = np.frombuffer(data, np.dtype(layout), (len(data) - SIGNATURE - 2) // _width(layout),
                         SIGNATURE)  # fmt: skip
    names = [f"f{number}" for number in range(len(sizes))]
    return rows[names]


def _width(layout: Sequence[tuple[str, str]]) -> int:
    return np.dtype(list(layout)).itemsize


def _of(rows: "NDArray[np.void]", field: int) -> I64:
    return rows[f"f{field}"].astype(np.int64)
