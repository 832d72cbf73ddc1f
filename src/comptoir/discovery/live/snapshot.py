"""A snapshot: the place's acts and follows as arrays in a folder, mapped by every process.

A folder is written beside its final name, renamed when it is whole, and named by the file
``current``, which is replaced atomically: a reader sees the old one or the new one. What is mapped
is one copy in memory for all processes.
"""

import json
import os
import shutil
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np

from comptoir.discovery.live.edges import F32, I32, I64, U8, Rows, empty_rows
from comptoir.discovery.live.world import F64

FORMAT = 3
KEPT = 2
CHUNK = 1 << 24


class SnapshotUnreadable(Exception):
    """The folder is missing, of another format, cut short, or not what was written."""


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """``people`` and ``products``: ids by row, ascending. Acts and follows in both directions.

    ``seeds``: rows of the people the place knows of itself, from whom trust goes out.
    ``position``: changes of transactions from this one on are not in it. See ``world.World`` for
    the rest.
    """

    position: int
    people: I64
    products: I64
    acts: Rows
    actors: Rows
    follows: Rows
    followers: Rows
    counts: F64
    follower_counts: F64
    taste: F64
    circle: F64
    trust: F32
    silent: U8
    seeds: I32
    pairs_ptr: I64
    pairs_to: I32
    pairs_worth: F32

    @property
    def bytes(self) -> int:
        return sum(array.nbytes for _, array in _arrays(self))


def empty_snapshot(position: int) -> Snapshot:
    """Of a place where nothing was done yet."""
    none = np.empty(0, np.int64)
    return Snapshot(
        position=position, people=none, products=none,
        acts=empty_rows(), actors=empty_rows(), follows=empty_rows(), followers=empty_rows(),
        counts=np.empty(0), follower_counts=np.empty(0),
        taste=np.empty(0), circle=np.empty(0), trust=np.empty(0, np.float32),
        silent=np.empty(0, np.uint8), seeds=np.empty(0, np.int32), pairs_ptr=np.zeros(1, np.int64),
        pairs_to=np.empty(0, np.int32), pairs_worth=np.empty(0, np.float32),
    )  # fmt: skip


def _arrays(snapshot: Snapshot) -> Iterator[tuple[str, Any]]:
    for field in fields(Snapshot):
        value = getattr(snapshot, field.name)
        if isinstance(value, Rows):
            for part, array in value._asdict().items():
                yield f"{field.name}.{part}", array
        elif isinstance(value, np.ndarray):
            yield field.name, value


def write(snapshot: Snapshot, root: Path, database: str = "") -> Path:
    """Writes the snapshot of ``database`` (its identity), makes it current, and removes the older
    ones but one."""
    root.mkdir(parents=True, exist_ok=True)
    made, number = root / "new", 1 + max(_numbers(root), default=0)
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir()
    sums = {}
    for name, array in _arrays(snapshot):
        np.save(made / f"{name}.npy", array, allow_pickle=False)
        sums[name] = _sum(made / f"{name}.npy")
    manifest = {
        "format": FORMAT,
        "database": database,
        "position": snapshot.position,
        "sums": sums,
    }
    (made / "manifest.json").write_text(json.dumps(manifest))
    for path in made.iterdir():
        _reach_disk(path)
    folder = root / f"{number:08}"
    made.rename(folder)
    (root / "current.new").write_text(folder.name)
    _reach_disk(root / "current.new")
    (root / "current.new").rename(root / "current")
    for old in sorted(_numbers(root))[:-KEPT]:
        shutil.rmtree(root / f"{old:08}", ignore_errors=True)
    return folder


def remove_older(folder: Path) -> None:
    """Removes the snapshots that this one followed."""
    for old in _numbers(folder.parent):
        if old < int(folder.name):
            shutil.rmtree(folder.parent / f"{old:08}", ignore_errors=True)


def _numbers(root: Path) -> list[int]:
    return [int(path.name) for path in root.iterdir() if path.name.isdecimal()]


def current(root: Path) -> Path | None:
    """The folder of the current snapshot; ``None`` before the first."""
    try:
        return root / (root / "current").read_text()
    except FileNotFoundError:
        return None


def read(folder: Path, database: str = "") -> Snapshot:
    """Maps a snapshot, having read all of it once to compare its sums.

    Raises:
        SnapshotUnreadable: it is not whole, or of another database: one that was restored begins
            its transactions anew, and positions of the old one mean nothing to it.
    """
    try:
        manifest = json.loads((folder / "manifest.json").read_text())
        if manifest["format"] != FORMAT:
            raise SnapshotUnreadable(f"{folder}: format {manifest['format']}")
        if manifest["database"] != database:
            raise SnapshotUnreadable(f"{folder}: of another database")
        paths = {name: folder / f"{name}.npy" for name in manifest["sums"]}
        with ThreadPoolExecutor() as pool:  # the sums are worked out without the interpreter's lock
            sums = dict(zip(paths, pool.map(_sum, paths.values()), strict=True))
        found = {}
        for name, path in paths.items():
            if sums[name] != manifest["sums"][name]:
                raise SnapshotUnreadable(f"{path}: not what was written")
            # Copy on write, since compiled code is made for arrays that may be written.
            mapped = np.load(path, mmap_mode="c" if path.stat().st_size > 128 else None)
            found[name] = np.asarray(mapped)
        return _assembled(int(manifest["position"]), found)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise SnapshotUnreadable(f"{folder}: {error}") from error


def note_cost(folder: Path, seconds: float) -> None:
    """Keeps beside the snapshot how long it took to make."""
    (folder / "seconds").write_text(f"{seconds:.1f}")


def age_of(folder: Path, database: str) -> tuple[int, float, float]:
    """(position, seconds since it was written, seconds that it took).

    Raises:
        SnapshotUnreadable: it has no manifest, or is of another database.
    """
    try:
        manifest = folder / "manifest.json"
        said = json.loads(manifest.read_text())
        if said["database"] != database:
            raise SnapshotUnreadable(f"{folder}: of another database")
        cost = folder / "seconds"
        seconds = float(cost.read_text()) if cost.exists() else 0.0
        return int(said["position"]), time.time() - manifest.stat().st_mtime, seconds
    except (OSError, ValueError, KeyError) as error:
        raise SnapshotUnreadable(f"{folder}: {error}") from error


def _assembled(position: int, found: dict[str, Any]) -> Snapshot:
    values: dict[str, Any] = {"position": position}
    for field in fields(Snapshot)[1:]:
        if field.type is Rows:
            parts = (found[f"{field.name}.{part}"] for part in Rows._fields)
            values[field.name] = Rows(*parts)
        else:
            values[field.name] = found[field.name]
    return Snapshot(**values)


def _sum(path: Path) -> int:
    value = 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            value = zlib.crc32(chunk, value)
    return value


def _reach_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
