"""Edges between two kinds of rows: a base that never changes, and an overlay that is live.

Both directions are held (who acted on what; by whom a thing was acted on). The base is two
compressed sparse rows, newest first. An edge that changed since is masked in the base and lives in
the overlay as a linked entry, newest first too. One thread writes, under its owner's lock; readers
may run meanwhile: an entry is whole before it is linked, and linked only in arrays whose readers
have room for it.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

I32 = NDArray[np.int32]
I64 = NDArray[np.int64]
U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

SPARE = 4096
END = -1


class Rows(NamedTuple):
    """Compressed sparse rows: ``to[ptr[row]:ptr[row + 1]]`` with a flag each, newest first."""

    ptr: I64
    to: I32
    flag: U8


class Side(NamedTuple):
    """One direction, as the kernels read it.

    ``head[row]`` is the newest overlay entry of the row or −1; ``after``, ``dto`` and ``dflag`` are
    of entries. Where ``touched[row]``, base edges whose key ``row << 32 | to`` is in the sorted
    ``stale`` are masked.
    """

    ptr: I64
    to: I32
    flag: U8
    head: I32
    after: I32
    dto: I32
    dflag: U8
    touched: U8
    stale: I64


def key(row: int, to: int) -> int:
    return row << 32 | to


def empty_rows() -> Rows:
    return Rows(np.zeros(1, np.int64), np.empty(0, np.int32), np.empty(0, np.uint8))


class _Half:
    """One direction, growable."""

    def __init__(self, base: Rows, rows: int) -> None:
        self.base = base
        self.head = np.full(rows + SPARE, END, np.int32)
        self.touched = np.zeros(rows + SPARE, np.uint8)
        self.after = np.empty(SPARE, np.int32)
        self.dto = np.empty(SPARE, np.int32)
        self.dflag = np.empty(SPARE, np.uint8)
        self.stale = np.empty(0, np.int64)

    def base_flag(self, row: int, to: int) -> int:
        """The flag of the edge in the base, masked or not; 0 where there is none."""
        if row >= len(self.base.ptr) - 1:
            return 0
        here = slice(self.base.ptr[row], self.base.ptr[row + 1])
        found = np.flatnonzero(self.base.to[here] == to)
        return int(self.base.flag[here][found[0]]) if len(found) else 0

    def reach(self, row: int) -> None:
        """Makes room for the row."""
        if row >= len(self.head):
            more = row + SPARE - len(self.head)
            self.head = np.concatenate([self.head, np.full(more, END, np.int32)])
            self.touched = np.concatenate([self.touched, np.zeros(more, np.uint8)])

    def link(self, entry: int, row: int, to: int, flag: int) -> None:
        self.reach(row)
        if entry >= len(self.after):
            self.after, self.dto, self.dflag = (
                np.concatenate([old, np.empty_like(old)])
                for old in (self.after, self.dto, self.dflag)
            )
            self.detach()
        self.dto[entry], self.dflag[entry], self.after[entry] = to, flag, self.head[row]
        self.head[row] = entry

    def detach(self) -> None:
        """Readers of what was published see no entry that is linked from now on: what it names
        may be beyond the arrays they hold."""
        self.head = self.head.copy()

    def mask(self, keys: list[int]) -> None:
        for one in keys:
            self.touched[one >> 32] = 1
        self.stale = np.unique(np.concatenate([self.stale, np.array(keys, np.int64)]))

    def side(self) -> Side:
        return Side(
            *self.base, self.head, self.after, self.dto, self.dflag, self.touched, self.stale
        )


class Edges:
    """Edges from rows to columns, with a flag of one byte; flag 0 is no edge."""

    def __init__(self, forward: Rows, backward: Rows, rows: int, columns: int) -> None:
        self._forward, self._backward = _Half(forward, rows), _Half(backward, columns)
        self._entries: dict[int, int] = {}
        self.publish()

    def publish(self) -> None:
        """What readers see from now on; arrays that grew are swapped with it."""
        self.forward, self.backward = self._forward.side(), self._backward.side()

    def detach(self) -> None:
        """Before rows or columns are named that readers have no room for yet."""
        self._forward.detach()
        self._backward.detach()

    def flag(self, row: int, column: int) -> int:
        """The edge's flag now; 0 for none."""
        entry = self._entries.get(key(row, column))
        if entry is not None:
            return int(self._forward.dflag[entry])
        return self._forward.base_flag(row, column)

    def set_all(self, changes: list[tuple[int, int, int]]) -> None:
        """Sets (row, column, flag) of each; an edge that is new is the newest of its row."""
        masked: list[int] = []
        for row, column, flag in changes:
            edge = key(row, column)
            entry = self._entries.get(edge)
            if entry is not None:
                self._forward.dflag[entry] = self._backward.dflag[entry] = flag
                continue
            old = self._forward.base_flag(row, column)
            if old == flag:
                continue
            if old:
                masked.append(edge)
            entry = self._entries[edge] = len(self._entries)
            self._forward.link(entry, row, column, flag)
            self._backward.link(entry, column, row, flag)
        if masked:
            self._forward.reach(max(edge >> 32 for edge in masked))
            self._forward.mask(masked)
            self._backward.mask([key(edge & 0xFFFFFFFF, edge >> 32) for edge in masked])
        self.publish()

    @property
    def changed(self) -> int:
        """Edges that the overlay holds."""
        return len(self._entries)

    def row_of(self, row: int) -> tuple[I32, U8]:
        """All current edges of a row, as the kernels see them (for checks and for one viewer)."""
        return _read(self.forward, row)

    def column_of(self, column: int) -> tuple[I32, U8]:
        """The same, of a column."""
        return _read(self.backward, column)


def _read(side: Side, row: int) -> tuple[I32, U8]:
    to, flags = np.empty(0, np.int32), np.empty(0, np.uint8)
    if row < len(side.ptr) - 1:
        here = slice(side.ptr[row], side.ptr[row + 1])
        to, flags = side.to[here], side.flag[here]
        if side.touched[row]:
            kept = ~np.isin((row << 32) | to.astype(np.int64), side.stale)
            to, flags = to[kept], flags[kept]
    later: list[tuple[Any, Any]] = []
    entry = int(side.head[row]) if row < len(side.head) else END
    while entry != END:
        if side.dflag[entry]:
            later.append((side.dto[entry], side.dflag[entry]))
        entry = int(side.after[entry])
    if not later:
        return to.copy(), flags.copy()
    first, last = np.array(later).T
    return np.concatenate([first.astype(np.int32), to]), np.concatenate(
        [last.astype(np.uint8), flags]
    )
