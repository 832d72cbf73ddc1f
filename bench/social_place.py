"""A database with a made-up social graph in it, filled by binary COPY.

Profile and product keys are the graph's numbers plus one. Acts are written in the order of their
time, as a place that lives writes them, so that one person's lie far apart.
"""

import json
import struct
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
from numpy.typing import NDArray
from psycopg import sql

from bench.listings import fill_listings
from bench.place import bench_database
from bench.seed import Connection, advance_sequence, copy_rows, grounds
from bench.social_graph import AUDIENCES, KINDS, Size, SocialGraph, social_graph
from bench.town import Town

HEAD, TAIL = b"PGCOPY\n\xff\r\n\0" + struct.pack("!ii", 0, 0), struct.pack("!h", -1)
ROWS = 500_000  # of a table, packed at a time
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)  # from which PostgreSQL counts microseconds
FIRST = datetime(2024, 6, 1, tzinfo=UTC)  # when the first act was done
FIRST_MICROSECONDS = int((FIRST - EPOCH).total_seconds()) * 1_000_000
PEOPLE_A_SHOP = 1_000
KEPT = KINDS.index("kept")
KEEPERS = 2  # of so many people, one has what they keep written down as well: it is long
Column = NDArray[Any] | str


@dataclass(frozen=True, slots=True)
class Place:
    """The filled database; ``seconds`` is what each part of filling it took."""

    url: str
    graph: SocialGraph
    seconds: dict[str, float]


def social_place(size: Size, folder: Path, *, fresh: bool = False, name: str = "") -> Place:
    """The database of a graph of that size, filled if it is not yet."""
    graph = social_graph(size, folder)
    database = name or f"social_{size.people}"
    url = bench_database(database, fresh=fresh)
    with psycopg.connect(url) as connection:
        seconds = _said(connection)
        if seconds is not None and not {"reviews_keep", "listings"} <= seconds.keys():
            connection.commit()  # of an earlier version
            if "reviews_keep" not in seconds:
                seconds |= _keeps_written(connection, graph)
            if "listings" not in seconds:
                seconds |= _listed(connection)
            connection.autocommit = True
            connection.execute("VACUUM ANALYZE")
            _say(connection, seconds)
    if seconds is None:
        if not fresh:  # what was begun is not trusted
            url = bench_database(database, fresh=True)
        with psycopg.connect(url) as connection:
            seconds = fill(connection, size, graph)
            connection.autocommit = True
            connection.execute("VACUUM ANALYZE")
            _say(connection, seconds)
    return Place(url, graph, seconds)


def _said(connection: Connection) -> dict[str, float] | None:
    query = """SELECT shobj_description(oid, 'pg_database') FROM pg_database
               WHERE datname = current_database()"""
    row = connection.execute(query).fetchone()
    said: dict[str, float] | None = json.loads(row[0]) if row and row[0] else None
    return said


def _say(connection: Connection, seconds: dict[str, float]) -> None:
    name = sql.Identifier(connection.info.dbname)
    said = sql.Literal(json.dumps(seconds))
    connection.execute(sql.SQL("COMMENT ON DATABASE {} IS {}").format(name, said))


def fill(connection: Connection, size: Size, graph: SocialGraph) -> dict[str, float]:
    """People with logins, shops, products on sale, follows and acts; seconds of each part."""
    town = Town(
        people=size.people,
        shops=max(1, size.people // PEOPLE_A_SHOP),
        products=size.products,
        posts=0,
    )
    seconds = {}
    begun = time.perf_counter()
    with connection.transaction():
        _hurry(connection)
        for table, columns, rows in grounds(town, "!"):
            copy_rows(connection, table, columns, rows)
        for table, _columns, _rows in grounds(town, "!"):
            advance_sequence(connection, table)
    seconds["people and products"] = time.perf_counter() - begun
    for table, columns, packed in (
        ("people_follow", "id follower_id followee_id created_at", _follows(graph)),
        ("discovery_signal", "id actor_id product_id kind audience at", _signals(graph)),
    ):
        begun = time.perf_counter()
        with connection.transaction():
            _hurry(connection)
            copy_packed(connection, table, columns, packed)
            advance_sequence(connection, table)
        seconds[table] = time.perf_counter() - begun
        print(f"{table} filled in {seconds[table]:.0f} s", flush=True)
    seconds |= _keeps_written(connection, graph)
    seconds |= _listed(connection)
    return {part: round(taken, 1) for part, taken in seconds.items()}


def _listed(connection: Connection) -> dict[str, float]:
    """Search's own rows."""
    begun = time.perf_counter()
    fill_listings(connection)
    return {"listings": round(time.perf_counter() - begun, 1)}


def _keeps_written(connection: Connection, graph: SocialGraph) -> dict[str, float]:
    """The rows of the keeps themselves, which reasons ask whether an act still stands."""
    begun = time.perf_counter()
    with connection.transaction():
        _hurry(connection)
        columns = "id profile_id product_id audience created_at"
        copy_packed(connection, "reviews_keep", columns, _keeps(graph))
        advance_sequence(connection, "reviews_keep")
    connection.autocommit = True
    connection.execute("VACUUM ANALYZE reviews_keep")
    connection.autocommit = False
    return {"reviews_keep": round(time.perf_counter() - begun, 1)}


def _hurry(connection: Connection) -> None:
    connection.execute("SET LOCAL session_replication_role = replica")  # keys are right as made
    connection.execute("SET LOCAL synchronous_commit = off")
    connection.execute("SET LOCAL maintenance_work_mem = '1GB'")


def copy_packed(connection: Connection, table: str, columns: str, packed: Iterable[bytes]) -> None:
    """Writes packed rows into an empty table; its indexes, but the key's, are made afterwards."""
    dropped = _dropped(connection, table)
    names = sql.SQL(", ").join(map(sql.Identifier, columns.split()))
    connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.Identifier(table)))
    statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary, FREEZE)")
    with (
        connection.cursor() as cursor,
        cursor.copy(statement.format(sql.Identifier(table), names)) as copy,
    ):
        copy.write(HEAD)
        for rows in packed:
            copy.write(rows)
        copy.write(TAIL)
    for again in dropped:
        connection.execute(again.encode())


def _dropped(connection: Connection, table: str) -> list[str]:
    """Drops the table's indexes and unique constraints; returns what makes them again."""
    unique = connection.execute(
        """SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
           WHERE conrelid = %s::regclass AND contype = 'u'""",
        [table],
    ).fetchall()
    again = []
    for name, definition in unique:
        connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}".encode())
        again.append(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
    plain = connection.execute(
        """SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
           WHERE indrelid = %s::regclass AND NOT indisprimary""",
        [table],
    ).fetchall()
    for name, definition in plain:
        connection.execute(f"DROP INDEX {name}".encode())
        again.append(definition)
    return again


def packed_rows(columns: list[Column]) -> bytes:
    """Rows as COPY's binary form has them: columns of int64, and of a text that all rows share."""
    fields: list[tuple[str, str]] = [("count", ">i2")]
    for place, column in enumerate(columns):
        form = f"S{len(column.encode())}" if isinstance(column, str) else ">i8"
        fields += [(f"length_{place}", ">i4"), (f"value_{place}", form)]
    length = next(len(column) for column in columns if not isinstance(column, str))
    rows = np.zeros(length, dtype=np.dtype(fields))
    rows["count"] = len(columns)
    for place, column in enumerate(columns):
        value = column.encode() if isinstance(column, str) else column
        rows[f"length_{place}"] = len(value) if isinstance(value, bytes) else 8
        rows[f"value_{place}"] = value
    return rows.tobytes()


def _follows(graph: SocialGraph) -> Iterator[bytes]:
    followers = np.repeat(np.arange(graph.people, dtype=np.int64), np.diff(graph.follows_start))
    order = np.random.default_rng(1).permutation(len(followers))
    for low in range(0, len(order), ROWS):
        some = order[low : low + ROWS]
        ids = np.arange(low + 1, low + len(some) + 1)
        at = np.full(len(some), FIRST_MICROSECONDS)
        yield packed_rows([ids, followers[some] + 1, graph.followees[some].astype(int) + 1, at])


def _signals(graph: SocialGraph) -> Iterator[bytes]:
    """In the order of time; within a batch, by kind and audience."""
    actors = np.repeat(np.arange(graph.people, dtype=np.int32), np.diff(graph.acts_start))
    minutes = np.asarray(graph.minutes)
    order = np.argsort(minutes, kind="stable").astype(np.int32)
    made = 0
    for low in range(0, len(order), ROWS):
        batch = order[low : low + ROWS]
        sort = np.asarray(graph.kinds[batch]) * len(AUDIENCES) + graph.audiences[batch]
        for number in np.unique(sort):
            some = batch[sort == number]
            kind, audience = divmod(int(number), len(AUDIENCES))
            at = FIRST_MICROSECONDS + minutes[some].astype(np.int64) * 60_000_000
            ids = np.arange(made + 1, made + len(some) + 1)
            made += len(some)
            who, what = actors[some].astype(np.int64) + 1, graph.products[some].astype(int) + 1
            yield packed_rows([ids, who, what, KINDS[kind], AUDIENCES[audience], at])


def _keeps(graph: SocialGraph) -> Iterator[bytes]:
    """What every ``KEEPERS``-th person keeps, person by person; within a batch, by audience."""
    made, start = 0, np.asarray(graph.acts_start)
    for low in range(0, graph.people, ROWS // 50):
        people = slice(low, min(low + ROWS // 50, graph.people))
        acts = slice(start[people.start], start[people.stop])
        actors = np.repeat(np.arange(people.start, people.stop), np.diff(start)[people])
        theirs = (actors % KEEPERS == 0) & (np.asarray(graph.kinds[acts]) == KEPT)
        for number, audience in enumerate(AUDIENCES):
            some = np.flatnonzero(theirs & (np.asarray(graph.audiences[acts]) == number))
            if not len(some):
                continue
            at = FIRST_MICROSECONDS + graph.minutes[acts][some].astype(np.int64) * 60_000_000
            ids = np.arange(made + 1, made + len(some) + 1)
            made += len(some)
            what = graph.products[acts][some].astype(np.int64) + 1
            yield packed_rows([ids, actors[some] + 1, what, audience, at])
