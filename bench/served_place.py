"""A filled place, asked in every way that is measured: in one process, over HTTP, by a rival."""

import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import psutil
import psycopg

from bench import words
from bench.load import Ask, load
from bench.serve import SITE, Serving, serving
from bench.social_graph import Size, SocialGraph
from bench.social_place import Place

PAGE, DATA = "/for-you", "application/json"
WORKERS, THREADS = 2, 1
READERS = 512  # different people who read over HTTP
SEARCHES = 600
BEFORE = 6_000  # people who ask before it counts
CHUNK = 8 << 20
QUIET = {"OPENBLAS_NUM_THREADS": "1"}
Figures = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Served:
    """``environment``: in which its processes run, with a folder of its own for its snapshot."""

    graph: SocialGraph
    environment: dict[str, str]

    @property
    def people(self) -> int:
        return self.graph.people


def served(place: Place, size: Size, folder: Path) -> Served:
    own = folder / f"served_{size.name}"
    own.mkdir(parents=True, exist_ok=True)
    environment = {
        **os.environ,
        **QUIET,
        "DATABASE_URL": place.url,
        "COMPTOIR_VAR": str(own),
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "COMPTOIR_WEB_PROCESSES": str(WORKERS),
        "COMPTOIR_WEB_THREADS": str(THREADS),
    }
    command = [sys.executable, "-m", "comptoir.config.cli", "prepare"]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
    return Served(place.graph, environment)


def _answer(module: str, environment: dict[str, str], *arguments: str, plan: str = "") -> Any:
    """The last line that ``python -m module`` prints, as JSON."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(
        command, env=environment, input=plan, check=True, text=True, stdout=subprocess.PIPE
    )
    return json.loads(done.stdout.splitlines()[-1])


def build(place: Served, *, keep: bool = False) -> Figures:
    """The snapshot made from the database, in a process of its own; with ``keep``, the one that is
    there, and what it took then."""
    arguments = ["--keep"] if keep else []
    built: Figures = _answer("bench.discovery_build", place.environment, *arguments)
    return built


def remembered(place: Served) -> Figures:
    """Reads the database's files once: what is asked of a place that has run for a while is in
    memory. Nothing is read of one that memory cannot hold."""
    begun = time.perf_counter()
    with psycopg.connect(place.environment["DATABASE_URL"]) as connection:
        (folder,) = connection.execute("SHOW data_directory").fetchone() or ("",)
        query = "SELECT oid::text FROM pg_database WHERE datname = current_database()"
        (database,) = connection.execute(query).fetchone() or ("",)
    files = [path for path in (Path(folder) / "base" / database).iterdir() if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    held = size < psutil.virtual_memory().available
    for path in files if held else ():
        with path.open("rb", buffering=0) as file:
            while file.read(CHUNK):
                pass
    seconds = round(time.perf_counter() - begun, 1)
    return {"gb": round(size / 1e9, 1), "held": held, "seconds": seconds}


def people_of(place: Served, count: int) -> list[int]:
    """Keys of so many of all people, each as likely as any other."""
    chosen = np.random.default_rng(3).choice(place.people, min(count, place.people), replace=False)
    return [int(person) + 1 for person in chosen]


def asked(place: Served, count: int) -> Figures:
    """«For you» and search, one request at a time: percentiles in milliseconds."""
    random = Random("searches")
    texts = [words.product_title(random).rsplit(" ", 1)[0] for _ in range(SEARCHES)]
    everybody = people_of(place, count + BEFORE)
    people, before = everybody[:count], everybody[count:]
    plan = json.dumps({"before": before, "people": people, "words": texts[: len(people)]})
    answers = _answer("bench.discovery_ask", place.environment, plan=plan)
    mine, search = answers["for_you"], answers["search"]
    return {
        "p50_ms": _percentile(mine["ms"], 50),
        "p99_ms": _percentile(mine["ms"], 99),
        "cpu_p50_ms": _percentile(mine["cpu_ms"], 50),
        "reasoned": round(mine["reasoned"] / max(mine["found"], 1), 3),
        "reasons": mine["kinds"],
        "queries": mine["queries"],
        "search_p50_ms": _percentile(search["ms"], 50),
        "search_p99_ms": _percentile(search["ms"], 99),
        "search_cpu_p50_ms": _percentile(search["cpu_ms"], 50),
        "search_queries": search["queries"],
    }


def _percentile(ms: list[float], which: int) -> float:
    return round(float(np.percentile(ms, which)), 2)


def over_http(place: Served, seconds: float, rounds: int = 3) -> dict[str, Figures]:
    """The list with its reasons as data and as the whole page, signed in; and what two processes
    hold of the snapshot."""
    people = people_of(place, READERS)
    cookies = _answer("bench.sign_in", place.environment, *map(str, people))
    url = place.environment["DATABASE_URL"]
    snapshots = Path(place.environment["COMPTOIR_VAR"]) / "discovery"
    ways = {"data": DATA, "page": "text/html"}
    with serving(SITE, url, place.environment) as site:
        _warmed(site, [Ask(PAGE, cookie) for cookie in cookies], snapshots)
        found = {}
        for name, accept in ways.items():
            asks = [Ask(PAGE, cookie, accept) for cookie in cookies]
            load(site.port, asks, seconds=seconds / 2)
            found[name] = _loaded(site, asks, seconds, rounds)
        found["memory"] = memory(site, snapshots)
    return found


def _loaded(site: Serving, asks: list[Ask], seconds: float, rounds: int) -> Figures:
    """Answers per second, and what of the processor the site's own processes took for one."""
    worked = site.cpu_seconds()
    seen = [load(site.port, asks, seconds=seconds) for _ in range(rounds)]
    latencies = sorted(ms for one in seen for ms in one.latencies_ms)
    return {
        "rps": round(statistics.median(one.rps for one in seen), 1),
        "p50_ms": _percentile(latencies, 50),
        "p99_ms": _percentile(latencies, 99),
        "site_cpu_ms": round(1000 * (site.cpu_seconds() - worked) / len(latencies), 2),
        "kb": round(statistics.median(one.page_bytes for one in seen) / 1000, 1),
    }


def _warmed(site: Serving, asks: list[Ask], snapshots: Path) -> None:
    """Returns when every process has read its snapshot: no answer waits for one any more.

    Raises:
        RuntimeError: some have not after five minutes.
    """
    until = time.monotonic() + 300
    while len(memory(site, snapshots)["snapshot_mapped_mb"]) < WORKERS:
        if time.monotonic() > until:
            raise RuntimeError("the snapshot is not read")
        load(site.port, asks, seconds=2)
    load(site.port, asks, seconds=5)


def memory(site: Serving, snapshots: Path) -> Figures:
    """Megabytes: the snapshot as each process maps it, as all hold it together, and the rest.

    What is held together counts a page of the snapshot once, however many processes map it.
    """
    mapped, together, rest = [], 0.0, 0.0
    family = psutil.Process(site.process.pid)
    for process in [family, *family.children(recursive=True)]:
        maps = process.memory_maps(grouped=False)
        ours = [one for one in maps if one.path.startswith(str(snapshots))]
        if ours:
            mapped.append(sum(one.rss for one in ours))
        together += sum(one.pss for one in ours)
        rest += sum(one.pss for one in maps) - sum(one.pss for one in ours)
    return {
        "snapshot_mapped_mb": [round(size / 1e6) for size in mapped],
        "snapshot_held_mb": round(together / 1e6),
        "rest_held_mb": round(rest / 1e6),
    }


def rival(size: Size, folder: Path) -> Figures:
    """iALS of ``implicit`` on the same acts."""
    numbers = (size.people, size.products, size.acts, size.follows, size.seed)
    environment = {**os.environ, **QUIET}
    found: Figures = _answer("bench.factors_rival", environment, str(folder), *map(str, numbers))
    return found
