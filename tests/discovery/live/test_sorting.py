"""Edges counted into rows are those that plain sorting makes."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from comptoir.discovery.live.edges import Rows
from comptoir.discovery.live.flags import joined
from comptoir.discovery.live.sorting import both_ways, by_speaker, distinct, rows_of

HEIGHT, WIDTH = 6, 5
told = st.tuples(
    st.integers(-1, HEIGHT - 1), st.integers(0, WIDTH - 1), st.integers(1, 127), st.integers(0, 9)
)
quietly = settings(deadline=None, max_examples=100)


def listed(rows: Rows) -> list[list[tuple[int, int]]]:
    parts = zip(rows.ptr[:-1], rows.ptr[1:], strict=True)
    return [
        [(int(rows.to[place]), int(rows.flag[place])) for place in range(low, high)]
        for low, high in parts
    ]


def plainly(edges: list[tuple[int, int, int, int]], height: int) -> list[list[tuple[int, int]]]:
    """Of each row: the other ends, the newest first, each with its strongest flag."""
    flags: dict[tuple[int, int], int] = {}
    age: dict[tuple[int, int], int] = {}
    for row, to, flag, order in edges:
        flags[row, to] = joined(flags.get((row, to), 0), flag)
        age[row, to] = max(age.get((row, to), order), order)
    ordered = sorted(flags, key=lambda edge: (edge[0], -age[edge], edge[1]))
    return [[(to, flags[row, to]) for row, to in ordered if row == at] for at in range(height)]


@quietly
@given(st.lists(told, max_size=40))
def test_each_edge_once_the_newest_first(edges: list[tuple[int, int, int, int]]) -> None:
    columns = [np.array([edge[part] for edge in edges], np.int32) for part in range(4)]
    row, to, flag, order = columns
    forward, backward = both_ways(
        row, to, flag.astype(np.uint8), order.astype(np.int64), HEIGHT, WIDTH
    )
    known = [edge for edge in edges if edge[0] >= 0]
    assert listed(forward) == plainly(known, HEIGHT)
    turned = [(to, row, flag, order) for row, to, flag, order in known]
    assert listed(backward) == plainly(turned, WIDTH)


@quietly
@given(st.sets(st.integers(0, 40)), st.lists(st.integers(0, 60)), st.booleans())
def test_rows_are_places_among_the_ids(ids: set[int], which: list[int], far: bool) -> None:
    """Also where keys lie far apart, and no table of them is made."""
    apart = 10**9 if far else 1
    known = np.array(sorted(ids), np.int64) * apart
    found = rows_of(known, np.array(which, np.int64) * apart)
    places = {one: place for place, one in enumerate(sorted(ids))}
    assert found.tolist() == [places.get(one, -1) for one in which]


@quietly
@given(st.lists(st.integers(0, 60)), st.booleans())
def test_distinct_ids_ascend(ids: list[int], far: bool) -> None:
    apart = 10**9 if far else 1
    found = distinct(np.array(ids, np.int64) * apart)
    assert found.tolist() == [one * apart for one in sorted(set(ids))]


def test_pairs_lie_by_their_speaker_in_the_order_they_came() -> None:
    ptr, to, worth = by_speaker(
        np.array([0, 0, 1, 2], np.int32), np.array([2, 1, 2, 1], np.int32),
        np.array([1.0, 2.0, 3.0, 4.0], np.float32), 4,
    )  # fmt: skip
    assert ptr.tolist() == [0, 0, 2, 4, 4]
    assert to.tolist() == [0, 2, 0, 1]
    assert worth.tolist() == [2.0, 4.0, 1.0, 3.0]
