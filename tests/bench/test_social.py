"""The made-up social graph is lawful, the same every time, and its place can be asked."""

import os
from pathlib import Path

import numpy as np
import psycopg
import pytest

from bench import served_place
from bench.social_graph import AUDIENCE_SHARES, Size, SocialGraph, made, social_graph
from bench.social_place import KEEPERS, KEPT, Place, social_place

SMALL = Size(people=300, products=400, acts=6_000, follows=2_400)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("bench")


@pytest.fixture(scope="module")
def graph(folder: Path) -> SocialGraph:
    return social_graph(SMALL, folder)


@pytest.fixture(scope="module")
def place(folder: Path) -> Place:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")  # each has its own
    return social_place(SMALL, folder, fresh=True, name=f"social_of_tests_{worker}")


def test_nobody_acts_twice_on_a_product_or_follows_themselves(graph: SocialGraph) -> None:
    person = np.repeat(np.arange(graph.people), np.diff(graph.acts_start))
    acts = person * SMALL.products + graph.products
    assert len(np.unique(acts)) == len(acts) == graph.acts_start[-1]
    follower = np.repeat(np.arange(graph.people), np.diff(graph.follows_start))
    follows = follower * SMALL.people + graph.followees
    assert len(np.unique(follows)) == len(follows) == graph.follows_start[-1]
    assert not (follower == graph.followees).any()


def test_there_is_as_much_as_asked(graph: SocialGraph) -> None:
    assert len(graph.products) == pytest.approx(SMALL.acts, rel=0.02)
    assert len(graph.followees) == pytest.approx(SMALL.follows, rel=0.1)
    shares = np.bincount(graph.audiences, minlength=3) / len(graph.audiences)
    assert shares == pytest.approx(AUDIENCE_SHARES, abs=0.01)


def test_some_are_known_to_many_and_most_to_few(graph: SocialGraph) -> None:
    for known in (np.bincount(graph.products), np.bincount(graph.followees)):
        assert known.max() > 4 * np.median(known)


def test_people_of_one_community_share_more_than_strangers(graph: SocialGraph) -> None:
    rows = [set(graph.products[slice(*graph.acts_start[p : p + 2])]) for p in range(60)]
    shared = [len(a & b) / min(len(a), len(b)) for a in rows for b in rows if a is not b]
    assert np.percentile(shared, 90) > 2 * np.median(shared)


def test_the_graph_is_the_same_every_time(graph: SocialGraph) -> None:
    for name, part in made(SMALL).items():
        assert (part == getattr(graph, name)).all(), name


def test_the_place_holds_the_graph(place: Place, graph: SocialGraph) -> None:
    with psycopg.connect(place.url) as connection:
        rows = connection.execute("SELECT actor_id, product_id FROM discovery_signal").fetchall()
        person = np.repeat(np.arange(graph.people), np.diff(graph.acts_start))
        assert sorted(rows) == sorted(
            zip((person + 1).tolist(), (graph.products + 1).tolist(), strict=True)
        )
        kept = (person % KEEPERS == 0) & (graph.kinds == KEPT)
        rows = connection.execute(
            """SELECT profile_id, product_id FROM reviews_keep k JOIN discovery_signal s
               USING (product_id, audience) WHERE s.actor_id = k.profile_id AND s.kind = 'kept'
               AND s.at = k.created_at"""
        ).fetchall()
        assert sorted(rows) == sorted(
            zip((person[kept] + 1).tolist(), (graph.products[kept] + 1).tolist(), strict=True)
        )
        query = "SELECT follower_id, followee_id FROM people_follow WHERE follower_id = 1"
        theirs = graph.followees[: graph.follows_start[1]]
        assert {row[1] for row in connection.execute(query).fetchall()} == set(
            (theirs + 1).tolist()
        )
        names = {
            row[0] for row in connection.execute("SELECT indexname FROM pg_indexes").fetchall()
        }
        assert {"signal_once", "follow_once", "follow_reverse"} <= names


def test_the_place_is_built_and_answers_with_reasons(place: Place, folder: Path) -> None:
    served = served_place.served(place, SMALL, folder)
    built = served_place.build(served)
    assert built["acts"] == len(place.graph.products)
    answers = served_place.asked(served, 80)
    assert answers["reasoned"] > 0.8
    assert 0 < answers["p50_ms"] <= answers["p99_ms"]
    assert answers["queries"] > 0
