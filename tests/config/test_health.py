"""``/healthz``: what load balancers, the supervisor and the doctor ask."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from comptoir.common.models import OutboxEvent
from comptoir.discovery.live import renewal
from comptoir.discovery.live.engine import ENGINE
from comptoir.web import health
from tests import cast, circle
from tests.web.visiting import browser_of, text_of, visitor


@pytest.mark.django_db
def test_a_place_that_is_well_says_so_with_its_backlog(client: Client) -> None:
    OutboxEvent.objects.create(name="x", aggregate="a:1", payload={})
    OutboxEvent.objects.create(name="x", aggregate="a:2", payload={}, parked=True)
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok",
        "database": "ok",
        "outbox": {"waiting": 1, "parked": 1},
        "ranking": asdict(ENGINE.condition()),
    }
    assert "no-store" in answer.headers["Cache-Control"]


@pytest.mark.django_db
def test_a_snapshot_that_cannot_be_read_is_told_to_the_operator_and_not_where_it_is(
    tmp_path: Path, settings: Any
) -> None:
    settings.SNAPSHOT_ROOT = tmp_path / "discovery"
    olga = browser_of(cast.person("Olga", "olga", is_operator=True))
    circle.keeps(cast.ines(), cast.product(cast.maison_zinc()))
    ENGINE.forget()
    assert "needs no snapshot" in text_of(olga.get("/operator"))
    made = renewal.renew()
    (made.folder / "acts.to.npy").write_bytes(b"")
    ENGINE.forget()

    told = visitor().get("/healthz").json()["ranking"]
    assert told["base"] == "database"
    assert "acts.to.npy" in told["fault"]
    assert str(tmp_path) not in told["fault"]
    page = text_of(olga.get("/operator"))
    assert "cannot be read" in page
    assert "acts.to.npy" in page


def test_a_place_without_its_database_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down() -> dict[str, int]:
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(health, "backlog", down)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "down"
