"""The made-up town of the measurements is lawful, and the same every time."""

import os
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest

from bench.place import bench_database
from bench.seed import seed
from bench.town import READERS, Town

SMALL = Town(people=60, shops=4, products=80, posts=200, reader_follows=30)
# Two processes may share this file's tests: each has its own databases.
MINE = f"of_tests_{os.environ.get('PYTEST_XDIST_WORKER', '')}"
Connection = psycopg.Connection[tuple[Any, ...]]


@pytest.fixture(scope="module")
def seeded() -> Iterator[Connection]:
    with psycopg.connect(bench_database(MINE, fresh=True)) as connection:
        seed(connection, SMALL)
        yield connection


def test_every_foreign_key_leads_somewhere(seeded: Connection) -> None:
    keys = seeded.execute(
        """SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text, f.attname
           FROM pg_constraint c
           JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
           JOIN pg_attribute f ON f.attrelid = c.confrelid AND f.attnum = c.confkey[1]
           WHERE c.contype = 'f'"""
    ).fetchall()
    assert len(keys) > 20
    for table, column, target, key in keys:
        query = f"""SELECT count(*) FROM {table} WHERE {column} IS NOT NULL
                    AND {column} NOT IN (SELECT {key} FROM {target})"""
        assert seeded.execute(query.encode()).fetchone() == (0,), (table, column)


def test_the_readers_follow_as_many_as_asked(seeded: Connection) -> None:
    query = "SELECT count(*) FROM people_follow WHERE follower_id = ANY(%s) GROUP BY follower_id"
    readers = list(range(1, READERS + 1))
    assert seeded.execute(query, [readers]).fetchall() == [(30,)] * READERS


def test_the_counts_on_posts_are_those_of_their_rows(seeded: Connection) -> None:
    query = """SELECT count(*) FROM posts_post p WHERE
        reaction_count <> (SELECT count(*) FROM posts_reaction WHERE post_id = p.id) OR
        comment_count <> (SELECT count(*) FROM posts_comment WHERE post_id = p.id)"""
    assert seeded.execute(query).fetchone() == (0,)


def test_new_rows_come_after_the_seeded_ones(seeded: Connection) -> None:
    last = seeded.execute("SELECT max(id) FROM posts_post").fetchall()[0][0]
    query = "SELECT nextval(pg_get_serial_sequence('posts_post', 'id'))"
    assert seeded.execute(query).fetchone() == (last + 1,)


def test_every_signal_has_its_act(seeded: Connection) -> None:
    query = """SELECT count(*) FROM discovery_signal s WHERE
        kind = 'kept' AND NOT EXISTS (SELECT 1 FROM reviews_keep a
          WHERE a.profile_id = s.actor_id AND a.product_id = s.product_id) OR
        kind = 'bought' AND NOT EXISTS (SELECT 1 FROM posts_post a
          JOIN posts_producttag t ON t.post_id = a.id AND t.product_id = s.product_id
          WHERE a.author_id = s.actor_id AND a.kind = 'purchase')"""
    assert seeded.execute(query).fetchone() == (0,)


def test_no_index_was_forgotten(seeded: Connection) -> None:
    names = {row[0] for row in seeded.execute("SELECT indexname FROM pg_indexes").fetchall()}
    assert {"post_of_author", "follow_reverse", "product_search", "post_newest"} <= names


def test_the_town_is_the_same_every_time(seeded: Connection) -> None:
    digest = """SELECT md5(string_agg(p::text, '' ORDER BY id)) FROM posts_post p"""
    first = seeded.execute(digest).fetchone()
    with psycopg.connect(bench_database(f"{MINE}_again", fresh=True)) as again:
        seed(again, SMALL)
        assert again.execute(digest).fetchone() == first
