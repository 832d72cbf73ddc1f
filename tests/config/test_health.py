"""``/healthz``: what load balancers, the supervisor and the doctor ask."""

from dataclasses import asdict

import pytest
from django.db import OperationalError
from django.test import Client

from comptoir.common.models import OutboxEvent
from comptoir.discovery.live.engine import ENGINE
from comptoir.web import health


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


def test_a_place_without_its_database_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down() -> dict[str, int]:
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(health, "backlog", down)
    answer = client.get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["database"] == "down"
