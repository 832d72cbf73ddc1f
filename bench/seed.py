"""Fills a database with a made-up town by COPY: ``make bench-seed ARGS="--posts 1000000"``.

Others call ``seed()``; the database must be migrated and empty.
"""

import argparse
import json
import time
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import psycopg
from psycopg import sql

from bench import talk, town
from bench.acts import ACTS
from bench.listings import fill_listings
from bench.place import bench_database
from bench.town import Row, Town

BATCH = 5_000  # lines sent at a time
Connection = psycopg.Connection[tuple[Any, ...]]


def seed(
    connection: Connection,
    place: Town,
    *,
    password: str = "!",  # noqa: S107
) -> dict[str, int]:
    """Writes the whole town; returns how many rows each table got.

    ``password`` is what the users' password column holds ("!": nobody signs in by password).
    The rows agree with every constraint; foreign keys are not checked again row by row, and
    indexes are built once at the end of each table, which is why it is quick.
    """
    counts: dict[str, int] = {}
    with connection.transaction():
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute("SET LOCAL synchronous_commit = off")
        connection.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for table, columns, rows in _tables(place, password):
            counts[table] = copy_rows(connection, table, columns, rows)
        for table, statement in ACTS.items():
            added = connection.execute(statement.encode()).rowcount
            counts[table] = counts.get(table, 0) + added
    with connection.transaction():
        for table in counts:
            advance_sequence(connection, table)
    fill_listings(connection)
    connection.autocommit = True
    connection.execute("VACUUM ANALYZE")
    return counts


def _tables(place: Town, password: str) -> Iterator[tuple[str, str, Iterable[Row]]]:
    yield from grounds(place, password)
    yield "people_follow", "id follower_id followee_id created_at", town.follows(place)
    yield "discovery_signal", "id actor_id product_id kind audience at", town.signals(place)
    yield from _talk(place)


def grounds(place: Town, password: str) -> Iterator[tuple[str, str, Iterable[Row]]]:
    """Tables, columns and rows of a town where nobody has done anything yet."""
    yield (
        "media_picture",
        "id status sha256 source_url width height colour failure",
        town.pictures(),
    )
    yield (
        "people_user",
        "id password email is_active is_operator language",
        town.users(place, password),
    )
    yield (
        "people_profile",
        "id kind handle name bio place keeps_audience is_suspended avatar_id user_id",
        town.profiles(place),
    )
    yield (
        "shops_shop",
        (
            "profile_id status sells currency country legal_name legal_address registration"
            " contact_email contact_phone legal_form no_vat_number mediator_name mediator_address"
            " safety_contact is_identified"
        ),
        town.shops(place),
    )
    yield (
        "shops_deliverymethod",
        "id shop_id kind name price_minor free_from_minor days_min days_max position is_active",
        town.delivery_methods(place),
    )
    yield (
        "sales_paymentaccount",
        "id shop_id provider reference details is_test is_active position",
        town.payment_accounts(place),
    )
    yield from _catalogue(place)


def _catalogue(place: Town) -> Iterator[tuple[str, str, Iterable[Row]]]:
    yield (
        "catalog_product",
        (
            "id shop_id status source external_id title description brand category link condition"
            " details vat_rate_bp created_at updated_at"
        ),
        town.products(place),
    )
    yield (
        "catalog_productpicture",
        "id product_id picture_id position alt",
        town.product_pictures(place),
    )
    yield (
        "catalog_variant",
        (
            "id product_id status external_id position options sku gtin mpn currency price_minor"
            " sale_price_minor content_hash"
        ),
        town.variants(place),
    )
    yield (
        "catalog_stockitem",
        "variant_id tracked in_stock available held",
        town.stock_items(place),
    )


def _talk(place: Town) -> Iterator[tuple[str, str, Iterable[Row]]]:
    yield (
        "posts_post",
        "id author_id kind text audience published_at reaction_count comment_count",
        talk.posts(place),
    )
    yield (
        "posts_postpicture",
        "id post_id picture_id position alt",
        talk.post_pictures(place),
    )
    yield (
        "posts_producttag",
        "id post_id product_id picture_id x y position",
        talk.product_tags(place),
    )
    yield "posts_reaction", "id post_id profile_id created_at", talk.reactions(place)
    yield "posts_comment", "id post_id author_id text created_at", talk.comments(place)


def copy_rows(connection: Connection, table: str, columns: str, rows: Iterable[Row]) -> int:
    """COPY in text form; the made-up values hold no tab, newline or backslash."""
    rebuilt = _drop_indexes(connection, table)
    names = sql.SQL(", ").join(map(sql.Identifier, columns.split()))
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), names)
    count, lines = 0, []
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            lines.append("\t".join([_text(value) for value in row]))
            count += 1
            if len(lines) == BATCH:
                copy.write("\n".join(lines) + "\n")
                lines.clear()
        if lines:
            copy.write("\n".join(lines) + "\n")
    for statement_text in rebuilt:
        connection.execute(statement_text.encode())
    return count


def _text(value: object) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value)


def _drop_indexes(connection: Connection, table: str) -> list[str]:
    """Drops the table's plain indexes; returns the statements that build them again."""
    found = connection.execute(
        """SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i
           WHERE i.indrelid = %s::regclass AND NOT EXISTS
             (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)""",
        [table],
    ).fetchall()
    for name, _definition in found:
        connection.execute(f"DROP INDEX {name}".encode())
    return [definition for _name, definition in found]


def advance_sequence(connection: Connection, table: str) -> None:
    """The next row gets the id after the last one written; nothing for a table without ids."""
    row = connection.execute(
        """SELECT pg_get_serial_sequence(attrelid::regclass::text, attname) FROM pg_attribute
           WHERE attrelid = %s::regclass AND attname = 'id'""",
        [table],
    ).fetchone()
    if row is not None and row[0] is not None:
        name = sql.Identifier(table)
        query = sql.SQL("SELECT setval(%s, (SELECT coalesce(max(id), 0) + 1 FROM {}), false)")
        connection.execute(query.format(name), [row[0]])


def main() -> None:
    parser = argparse.ArgumentParser(description="Fill a fresh database with a made-up town.")
    for name in ("people", "shops", "products", "posts"):
        default = getattr(Town(), name)
        parser.add_argument(f"--{name}", type=int, default=default, help=f"{default} by default")
    wanted = vars(parser.parse_args())
    url = bench_database("seed", fresh=True)
    begun = time.perf_counter()
    with psycopg.connect(url) as connection:
        counts = seed(connection, Town(**wanted))
    taken = time.perf_counter() - begun
    for table, count in counts.items():
        print(f"{table:28} {count:>12,}")
    print(f"{sum(counts.values()):,} rows in {taken:.1f} s")
    print(json.dumps({"rows": sum(counts.values()), "seconds": round(taken, 1)}))


if __name__ == "__main__":
    main()
