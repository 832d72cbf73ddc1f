"""Communities are renewed by the worker at night, by the command now, and in the demo place."""

import pytest
from django.core.management import call_command
from procrastinate.contrib.django import app

from comptoir.common.errors import Conflict
from comptoir.demo.communities import settle_communities
from comptoir.discovery import jobs
from comptoir.discovery.communities.renewal import Renewal
from comptoir.discovery.jobs import renew_communities_job
from comptoir.discovery.models import Community, CommunityMember
from tests.discovery.communities.town import settle

pytestmark = pytest.mark.django_db


def test_each_night_and_never_twice_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    settle()
    times = {
        periodic.cron
        for periodic in app.periodic_registry.periodic_tasks.values()
        if periodic.task.name == "discovery.renew_communities"
    }
    assert times == {"23 4 * * *"}
    renew_communities_job(timestamp=0)
    assert Community.objects.count() == 3

    def busy() -> Renewal:
        raise Conflict("renewal_running", "")

    monkeypatch.setattr(jobs, "renew_communities", busy)
    renew_communities_job(timestamp=0)  # no failure: the other one does the work


def test_the_command_says_what_it_found(capsys: pytest.CaptureFixture[str]) -> None:
    settle()
    call_command("communities")
    assert "3 communities of 21 people found; 3 new, 0 ended." in capsys.readouterr().out


def test_in_the_demo_place_some_have_joined() -> None:
    settle()
    settle_communities()
    hows = CommunityMember.objects.values_list("how", flat=True)
    assert set(hows) == {"found", "joined"}
    joined = CommunityMember.objects.filter(how="joined").values_list("community", flat=True)
    assert len(set(joined)) == 3
