"""The compiled ranking against the same written plainly, and what a viewer may learn from it."""

import threading

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from comptoir.discovery.live.changes import Standing
from comptoir.discovery.live.place import Place
from comptoir.discovery.live.rank import Ranked, Ranker
from comptoir.discovery.live.settings import LIVE, LiveSettings
from tests.discovery.live.slowly import Slowly
from tests.discovery.live.towns import Town, snapshot_of, towns

# Lists cut so short that small towns meet their ends.
NARROW = LiveSettings(actors=2, acts=2, paired=2)
quietly = settings(deadline=None, max_examples=60)


def ranked(place: Place, me: int, excluded: list[int] | None = None) -> Ranked:
    return Ranker(place).rank(place.viewer(me, excluded or []))


def scores(place: Place, me: int, excluded: list[int] | None = None) -> dict[int, float]:
    found = ranked(place, me, excluded)
    ids = place.products.ids(found.rows)
    return dict(zip(ids, found.scores.tolist(), strict=True))


# Whose own followers are trusted in part only.
PARTLY = Town(
    people=5,
    products=2,
    acts={(10, 100): "everyone", (11, 100): "everyone", (12, 101): "everyone"},
    follows=frozenset({(10, 11), (12, 10), (12, 13), (13, 10), (14, 10)}),
)


@quietly
@given(towns())
@example(PARTLY)
def test_scores_are_those_of_the_plain_reference(town: Town) -> None:
    place = Place(snapshot_of(town))
    for me in range(10, 10 + town.people):
        assert scores(place, me) == pytest.approx(Slowly(town, me).scores(), rel=1e-5)


@quietly
@given(towns())
def test_causes_sum_to_the_score_and_may_all_be_known(town: Town) -> None:
    place = Place(snapshot_of(town))
    for me in range(10, 10 + town.people):
        slowly, found = Slowly(town, me), ranked(place, me)
        causes = Ranker(place).causes(found, found.rows)
        ids = place.products.ids(found.rows)
        for product, score, why in zip(ids, found.scores, causes, strict=True):
            assert sum(cause.amount for cause in why) == pytest.approx(score, rel=1e-5)
            for cause in why:
                if cause.kind == "person":
                    (who,) = place.people.ids([cause.id])
                    assert product in slowly.known(who)
                else:
                    assert place.products.ids([cause.id])[0] in slowly.mine


@quietly
@given(towns(), st.data(), st.sampled_from([LIVE, NARROW]))
def test_what_one_may_not_know_moves_nothing(
    town: Town, data: st.DataObject, caps: LiveSettings
) -> None:
    """A hidden act is as if it had not been: for all but its actor, and for followers only if it
    is theirs to know. Also where posting lists are cut: what is hidden takes no place in them."""
    me = data.draw(st.integers(10, 9 + town.people))
    friends = {b for a, b in town.follows if a == me}
    known = {
        pair: told
        for pair, told in town.acts.items()
        if pair[0] == me or told == "everyone" or (told == "followers" and pair[0] in friends)
    }
    without = Town(town.people, town.products, known, town.follows)
    before, after = (scores(Place(snapshot_of(one, caps), caps), me) for one in (town, without))
    assert before == pytest.approx(after, rel=1e-9)


@quietly
@given(towns(), st.data())
def test_who_is_excluded_never_speaks(town: Town, data: st.DataObject) -> None:
    me = data.draw(st.integers(10, 9 + town.people))
    gone = data.draw(st.integers(10, 9 + town.people).filter(lambda one: one != me))
    place = Place(snapshot_of(town))
    ranker = Ranker(place)
    found = ranker.rank(place.viewer(me, [gone]))
    for why in ranker.causes(found, found.rows):
        people = {place.people.ids([cause.id])[0] for cause in why if cause.kind == "person"}
        assert gone not in people
    silenced = Place(snapshot_of(town))
    silenced.lay_over(Standing({}, {}, {gone: False}))
    assert gone not in silenced.people.ids(ranked(silenced, me).found.peers)


@quietly
@given(towns(), towns())
def test_what_changed_is_laid_over_as_if_it_had_always_been(before: Town, after: Town) -> None:
    """Acts and follows come, go and change their audience; peers are as in a new snapshot, pairs
    wait for one."""
    people = max(before.people, after.people)
    place = Place(snapshot_of(Town(people, before.products, before.acts, before.follows)))
    acts = dict.fromkeys(before.acts, 0) | after.flags()
    follows = dict.fromkeys(before.follows, False) | dict.fromkeys(after.follows, True)
    place.lay_over(Standing(acts, follows, {}))
    for me in range(10, 10 + people):
        for row in (place.people.row(me),):
            to, flags = place.acts.row_of(row)
            now = dict(zip(place.products.ids(to), flags.tolist(), strict=True))
            assert now == {b: flag for (a, b), flag in after.flags().items() if a == me}
            whom, _ = place.follows.row_of(row)
            assert set(place.people.ids(whom)) == {b for a, b in after.follows if a == me}


def test_a_cap_keeps_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    acts = {(11, 100 + number): "everyone" for number in range(8)}
    town = Town(3, 8, acts, frozenset({(10, 11), (11, 10)}))
    place = Place(snapshot_of(town))
    measures = Ranker._measures
    monkeypatch.setattr(Ranker, "_measures", lambda self: measures(self)._replace(acts_cap=3))
    assert set(scores(place, 10)) == {105, 106, 107}
    place.lay_over(Standing({(11, 200): 0b111111}, {}, {}))
    assert set(scores(place, 10)) == {200, 106, 107}


def test_nothing_is_left_on_the_scratch() -> None:
    acts = {(10, 100): "everyone", (11, 100): "everyone", (11, 101): "everyone"}
    place = Place(snapshot_of(Town(2, 2, acts, frozenset({(10, 11), (11, 10)}))))
    ranker = Ranker(place)
    first = ranker.rank(place.viewer(10, []))
    again = ranker.rank(place.viewer(10, []))
    assert np.array_equal(first.scores, again.scores)
    with ranker._scratch(place.world) as scratch:
        assert not scratch.near.any()
        assert not scratch.said.any()
        assert not scratch.of_person.any()
        assert not scratch.of_product.any()


def test_readers_and_a_writer_do_not_meet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rankings go on in threads while thousands of people, products and acts come: arrays grow
    under them, and every answer is of one state or the next."""
    monkeypatch.setattr("comptoir.discovery.live.edges.SPARE", 8)
    monkeypatch.setattr("comptoir.discovery.live.place.SPARE", 8)
    monkeypatch.setattr("comptoir.discovery.live.place.SMALL", 0)
    acts = {(10, 100): "everyone", (11, 100): "everyone"}
    place = Place(snapshot_of(Town(4, 1, acts, frozenset({(10, 11), (11, 10)}))))
    ranker, done, answers = Ranker(place), threading.Event(), list[int]()

    def read() -> None:
        while not done.is_set():
            # Excluding whoever came last, and asking as them: rows at the very end of the arrays.
            last = 999 + len(place.people)
            answers.append(len(ranker.rank(place.viewer(10, [last, last - 1])).rows))
            ranker.rank(place.viewer(last, [10]))

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for turn in range(300):
        new = {(11, 200 + 10 * turn + step): 0b111111 for step in range(10)}
        place.lay_over(Standing(new, {(10, 1000 + turn): True}, {}))
    done.set()
    for reader in readers:
        reader.join()

    assert answers
    assert all(0 < found <= place.settings.acts for found in answers)
    assert len(ranker.rank(place.viewer(10, [])).rows) == place.settings.acts


def test_who_is_suspended_is_counted_nowhere() -> None:
    acts = {(who, 100): "everyone" for who in (10, 11, 12)} | {(11, 101): "everyone"}
    around = frozenset((a, b) for a in (10, 11, 12) for b in (10, 11, 12) if a != b)
    town = Town(3, 2, acts, around)
    for place in (Place(snapshot_of(town)), Place(snapshot_of(town, suspended=[11]))):
        place.lay_over(Standing({}, {}, {11: False}))
        assert place.counts[place.products.row(100)] == pytest.approx(2, abs=0.01)
        assert place.counts[place.products.row(101)] == pytest.approx(0, abs=0.01)
        assert scores(place, 10).keys() == {100}


def test_an_act_that_is_narrowed_leaves_the_pairs_at_once() -> None:
    acts = {(11, 100): "everyone", (11, 101): "everyone", (10, 100): "everyone"}
    around = frozenset((a, b) for a in (11, 12) for b in (11, 12) if a != b)
    place = Place(snapshot_of(Town(4, 2, acts, around)))
    place.lay_over(Standing({}, {(12, 10): True}, {}))
    assert 101 in scores(place, 10)
    place.lay_over(Standing({(11, 101): 0b110000}, {}, {}))
    assert 101 not in scores(place, 10)


@quietly
@given(towns())
def test_friends_who_acted_are_those_one_may_know_of(town: Town) -> None:
    place = Place(snapshot_of(town))
    products = [one for one in range(100, 100 + town.products) if place.products.row(one) >= 0]
    shown = place.products.rows(products)
    for me in range(10, 10 + town.people):
        excluded = [10] if me != 10 else []
        where, who = Ranker(place).friends_who_acted(place.viewer(me, excluded), shown)
        found = [(products[at], one) for at, one in zip(where, place.people.ids(who), strict=True)]
        assert sorted(found) == sorted(
            (product, friend)
            for (friend, product), told in town.acts.items()
            if (me, friend) in town.follows and friend not in excluded and told != "me"
        )


@quietly
@given(towns(), st.data())
def test_those_who_love_a_thing_are_counted_one_by_one(town: Town, data: st.DataObject) -> None:
    suspended = data.draw(st.sets(st.integers(10, 9 + town.people)))
    place = Place(snapshot_of(town, suspended=sorted(suspended)))
    for row, product in enumerate(place.products.ids(list(range(len(place.products))))):
        assert place.known_actors(row) == sum(
            what == product
            and told == "everyone"
            and who not in suspended
            and place.world.trust[place.people.row(who)] > 0
            for (who, what), told in town.acts.items()
        )
