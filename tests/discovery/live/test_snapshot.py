"""Snapshots: written whole, read whole or not at all; the engine answers either way."""

import dataclasses
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from comptoir.config.wiring import dispatcher
from comptoir.discovery import suggest
from comptoir.discovery.live import build, changes, engine, renewal, snapshot
from comptoir.discovery.live.engine import ENGINE
from comptoir.discovery.live.warm import warm
from comptoir.discovery.models import Change
from comptoir.people.services import unfollow
from comptoir.people.services.leave import leave
from comptoir.reviews.services import unkeep_product
from tests import cast, circle
from tests.discovery.live.towns import Town, snapshot_of

TOWN = Town(3, 2, {(10, 100): "everyone", (11, 101): "followers"}, frozenset({(10, 11)}))


@pytest.fixture
def root(tmp_path: Path, settings: Any) -> Path:
    settings.SNAPSHOT_ROOT = tmp_path / "discovery"
    return tmp_path / "discovery"


def test_what_is_written_is_read(tmp_path: Path) -> None:
    made = snapshot_of(TOWN, position=7)

    snapshot.write(made, tmp_path)
    folder = snapshot.current(tmp_path)
    assert folder is not None
    found = snapshot.read(folder)

    assert found.position == 7
    assert found.bytes == made.bytes
    for (name, one), (_, other) in zip(
        snapshot._arrays(made), snapshot._arrays(found), strict=True
    ):
        assert np.array_equal(one, other), name


def test_the_newest_is_current_and_old_ones_go(tmp_path: Path) -> None:
    folders = [snapshot.write(snapshot_of(TOWN), tmp_path) for _ in range(4)]

    assert snapshot.current(tmp_path) == folders[-1]
    assert [folder.exists() for folder in folders] == [False, False, True, True]
    assert snapshot.current(tmp_path / "nowhere") is None


@pytest.mark.parametrize("harm", ["cut", "turned", "gone", "manifest", "format", "database"])
def test_a_snapshot_that_is_not_whole_is_not_read(tmp_path: Path, harm: str) -> None:
    folder = snapshot.write(snapshot_of(TOWN), tmp_path)
    part = folder / "acts.to.npy"
    content = bytearray(part.read_bytes())
    if harm == "cut":
        part.write_bytes(content[:-1])
    elif harm == "turned":
        content[-1] ^= 1
        part.write_bytes(content)
    elif harm == "gone":
        part.unlink()
    elif harm == "manifest":
        (folder / "manifest.json").write_text("{")
    else:
        manifest = (folder / "manifest.json").read_text()
        old = {"format": f'"format": {snapshot.FORMAT}', "database": '"database": ""'}[harm]
        new = {"format": '"format": 0', "database": '"database": "another"'}[harm]
        assert old in manifest
        (folder / "manifest.json").write_text(manifest.replace(old, new))
    with pytest.raises(snapshot.SnapshotUnreadable):
        snapshot.read(folder)


@pytest.mark.django_db
def test_a_snapshot_answers_with_what_changed_since(root: Path) -> None:
    ines, malo = cast.ines(), cast.malo()
    circle.follows(ines, malo)
    circle.follows(malo, ines)
    pots = [cast.product(cast.maison_zinc(), title=f"Pot {number}") for number in range(3)]
    circle.keeps(malo, pots[0])
    circle.keeps(malo, pots[1])
    dispatcher().deliver_all()
    made = renewal.renew()
    assert (made.acts, made.products) == (2, 2)
    circle.keeps(malo, pots[2])
    unkeep_product(actor=malo.actor, product_id=pots[0].pk)

    found = {one.product_id for one in suggest.for_you(ines.actor) if one.kind == "circle"}

    assert found == {pots[1].pk, pots[2].pk}
    assert ENGINE.condition().base == "snapshot"
    unfollow(actor=ines.actor, profile_id=malo.profile.pk)
    unfollow(actor=malo.actor, profile_id=ines.profile.pk)
    assert not any(one.kind == "circle" for one in suggest.for_you(ines.actor))


@pytest.mark.django_db
def test_a_newer_snapshot_is_taken_up(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "LOOK_SECONDS", 0.0)
    renewal.renew()
    ENGINE.ranker()
    first = ENGINE._folder
    renewal.renew()
    ENGINE.ranker()
    assert ENGINE._loading is not None
    ENGINE._loading.join()
    ENGINE.ranker()
    assert ENGINE._folder == _current(root) != first


def _current(root: Path) -> Path:
    folder = snapshot.current(root)
    assert folder is not None
    return folder


@pytest.mark.django_db
def test_a_broken_snapshot_still_answers_and_says_so(root: Path) -> None:
    ines, malo = cast.ines(), cast.malo()
    pot = cast.product(cast.maison_zinc())
    circle.follows(ines, malo)
    circle.follows(malo, ines)
    circle.keeps(malo, pot)
    made = renewal.renew()
    (made.folder / "acts.to.npy").write_bytes(b"")

    assert suggest.for_you(ines.actor)[0].product_id == pot.pk
    condition = ENGINE.condition()
    assert condition.base == "database"
    assert "acts.to.npy" in condition.fault


@pytest.mark.django_db
def test_a_large_place_without_one_answers_from_what_changed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "READ_AT_ONCE", -1)
    ines, malo, pot = cast.ines(), cast.malo(), cast.product(cast.maison_zinc())
    circle.follows(ines, malo)
    circle.follows(malo, ines)
    circle.keeps(malo, pot)
    dispatcher().deliver_all()

    assert suggest.for_you(ines.actor)[0].voices[0].id == malo.profile.pk
    assert ENGINE.condition().base == "changes"


@pytest.mark.django_db
def test_a_snapshot_is_due_when_something_changed_and_it_had_its_time(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert renewal.is_due()
    renewal.renew()
    assert not renewal.is_due()
    monkeypatch.setattr(renewal, "SHORTEST_SECONDS", -1)
    monkeypatch.setattr(renewal, "REST", -1)
    Change.objects.all().delete()
    assert not renewal.is_due()
    monkeypatch.setattr(renewal, "identity", lambda: "another")
    assert renewal.is_due()
    monkeypatch.undo()
    monkeypatch.setattr(renewal, "SHORTEST_SECONDS", -1)
    monkeypatch.setattr(renewal, "REST", -1)
    circle.keeps(cast.ines(), cast.product(cast.maison_zinc()))
    assert renewal.is_due()


@pytest.mark.django_db
def test_the_database_gives_what_was_done(root: Path) -> None:
    ines, pot = cast.ines(), cast.product(cast.maison_zinc())
    circle.keeps(ines, pot, audience="followers")
    circle.shows_bought(ines, pot)

    found = build.from_database()

    assert found.products.tolist() == [pot.pk]
    assert found.acts.flag.tolist() == [0b1111111]
    assert ines.profile.pk in found.people


def test_every_kernel_is_warmed() -> None:
    warm()


@pytest.mark.django_db
def test_a_snapshot_of_a_later_state_is_not_read(root: Path) -> None:
    """A database brought back to an earlier point counts its transactions from there again."""
    made = dataclasses.replace(build.from_database(), position=build.position_now() + 10_000)
    snapshot.write(made, root, build.identity())

    assert ENGINE.condition().base == "database"
    assert "later state" in ENGINE.condition().fault


@pytest.mark.django_db
def test_a_process_that_was_idle_for_long_begins_anew(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The log may have been cut behind it."""
    ines, malo, pot = cast.ines(), cast.malo(), cast.product(cast.atelier_brume())
    circle.follows(ines, malo)
    circle.follows(malo, ines)
    circle.keeps(malo, pot)
    assert suggest.for_you(ines.actor)[0].kind == "circle"
    unkeep_product(actor=malo.actor, product_id=pot.pk)
    dispatcher().deliver_all()
    Change.objects.all().delete()
    monkeypatch.setattr(engine, "IDLE_SECONDS", -1.0)

    assert not any(one.kind == "circle" for one in suggest.for_you(ines.actor))


@pytest.mark.django_db
def test_however_many_events_wait_each_is_looked_up_once(
    root: Path, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(changes, "BATCH", 2)
    ines, malo = cast.ines(), cast.malo()
    circle.follows(ines, malo)
    circle.follows(malo, ines)
    pots = [cast.product(cast.atelier_brume(), title=f"Pot {number}") for number in range(5)]
    for pot in pots:
        circle.keeps(malo, pot)
    assert sum(one.kind == "circle" for one in suggest.for_you(ines.actor)) == 5
    for pot in pots:
        unkeep_product(actor=malo.actor, product_id=pot.pk)
    for _ in range(3):
        ENGINE.ranker()
    with django_assert_num_queries(1):
        ranker = ENGINE.ranker()
    viewer = ranker.place.viewer(ines.profile.pk, [])
    assert not len(ranker.rank(viewer).rows)


@pytest.mark.django_db
def test_whom_the_place_knows_paid_at_a_shop_of_others(root: Path) -> None:
    olga = cast.person("Olga", "olga", is_operator=True)
    cast.malo()
    assert build.known_people().tolist() == [olga.profile.pk]


@pytest.mark.django_db
def test_acts_of_somebody_who_left_do_not_stay_on_the_disk(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ines, malo = cast.ines(), cast.malo()
    pot = cast.product(cast.atelier_brume())
    circle.keeps(ines, pot)
    circle.keeps(malo, pot)
    renewal.renew()
    snapshot.note_cost(_current(root), 1_000_000.0)  # one that cost much is not soon made again
    monkeypatch.setattr(renewal, "SHORTEST_SECONDS", -1)
    monkeypatch.setattr(renewal, "LEFT_SECONDS", -1)
    circle.keeps(malo, cast.product(cast.maison_zinc()))
    dispatcher().deliver_all()
    assert not renewal.is_due()

    leave(actor=ines.actor)
    dispatcher().deliver_all()
    assert renewal.is_due()
    renewal.renew()
    renewal.tidy()
    assert len(list(root.glob("0*"))) == 2, "somebody may be about to open the one before"
    monkeypatch.setattr(renewal, "OPENED_SECONDS", -1)
    renewal.tidy()

    assert [path.name for path in root.glob("0*")] == [_current(root).name]
    assert ines.profile.pk not in snapshot.read(_current(root), build.identity()).people
