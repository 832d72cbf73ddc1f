"""Columns of whole tables as arrays: 2 MB of a table to a message, not one of its rows.

One statement, so that all of it is as it was at one moment. PostgreSQL's binary COPY: a signature;
for each row its number of fields, and of each field its length (−1: null) and its bytes. An array
has a head of five integers, and of each element its length and its bytes. All is big-endian.
"""

import struct
from collections.abc import Sequence

import numpy as np
from django.db import connection

from comptoir.discovery.live.edges import I64

PAGES = 256  # of the table, for each row that is sent
SIGNATURE, HEAD = 19, 20
ELEMENTS = np.dtype([("length", ">i4"), ("value", ">i8")])

# Pages by their place in the table: it is read from its beginning to its end, without sorting.
BY_PAGES = """
COPY (SELECT part.* FROM generate_series(
    0, pg_relation_size('{table}') / current_setting('block_size')::int, {pages}) page,
  LATERAL (SELECT {arrays} FROM {table} WHERE ctid >= ('(' || page || ',0)')::tid
    AND ctid < ('(' || page + {pages} || ',0)')::tid AND {where}) part)
TO STDOUT (FORMAT binary)
"""


def columns(table: str, expressions: Sequence[str], where: str = "true") -> list[I64]:
    """Each expression of bigint over the table's rows, in no particular order; none is null."""
    arrays = ", ".join(f"array_agg(({one})::bigint)" for one in expressions)
    sql = BY_PAGES.format(table=table, pages=PAGES, arrays=arrays, where=where)
    parts: list[list[I64]] = [[np.empty(0, np.int64)] for _ in expressions]
    begun = False
    connection.ensure_connection()
    with connection.connection.cursor() as cursor, cursor.copy(sql) as copy:
        for message in copy:
            _take(parts, message, 0 if begun else SIGNATURE)
            begun = True
    found = []
    for part in parts:
        found.append(np.concatenate(part))
        part.clear()
    return found


def _take(parts: list[list[I64]], message: "bytes | memoryview", at: int) -> None:
    """Reads the row, if any, that begins at ``at``; the end of all is a row of −1 fields."""
    if at >= len(message) or struct.unpack_from("!h", message, at)[0] < 0:
        return
    at += 2
    for part in parts:
        (length,) = struct.unpack_from("!i", message, at)
        at += 4
        if length > HEAD:
            count = (length - HEAD) // ELEMENTS.itemsize
            elements = np.frombuffer(message, ELEMENTS, count, at + HEAD)
            part.append(elements["value"].astype(np.int64))
        at += max(length, 0)
