"""Search's own rows, for a town written past the triggers: listings, words, what is loved."""

import bench.ready  # noqa: F401, I001 (Django, before models)

from typing import Any

import psycopg

from comptoir.discovery.search.upkeep import ALL_WORDS, LOVED

BATCH = 20_000
Connection = psycopg.Connection[tuple[Any, ...]]

# Everybody counts in full: a bench's town has no accounts that nobody knows.
LOVERS = (
    "SELECT product_id, count(DISTINCT actor_id)::int FROM discovery_signal"
    " WHERE audience = 'everyone' GROUP BY product_id"
)


def fill_listings(connection: Connection) -> int:
    """Lists every product; returns how many are listed. Indexes are built once, at the end."""
    found = connection.execute(
        """SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
           WHERE i.indrelid = 'discovery_listing'::regclass AND NOT i.indisprimary"""
    ).fetchall()
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for name, _definition in found:
            connection.execute(f"DROP INDEX {name}".encode())
        for start in range(0, _last(connection) + 1, BATCH):
            connection.execute(
                "SELECT discovery_list(array_agg(id)) FROM catalog_product"
                " WHERE id > %s AND id <= %s",
                [start, start + BATCH],
            )
        counted = connection.execute(LOVERS).fetchall()
        connection.execute(
            f"""UPDATE discovery_listing l SET loved = n.loved, tier = n.tier FROM ({LOVED}) n
                WHERE l.product_id = n.product_id""".encode(),
            {"products": [row[0] for row in counted], "people": [row[1] for row in counted]},
        )
        for _name, definition in found:
            connection.execute(definition.encode())
        connection.execute(ALL_WORDS.encode())
    row = connection.execute("SELECT count(*) FROM discovery_listing").fetchone()
    connection.commit()
    autocommit, connection.autocommit = connection.autocommit, True
    connection.execute("VACUUM (ANALYZE, FULL) discovery_listing")
    connection.execute("VACUUM ANALYZE discovery_word")
    connection.autocommit = autocommit
    return int(row[0]) if row else 0


def _last(connection: Connection) -> int:
    row = connection.execute("SELECT coalesce(max(id), 0) FROM catalog_product").fetchone()
    return int(row[0]) if row else 0
