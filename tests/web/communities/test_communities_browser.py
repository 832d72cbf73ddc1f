"""Joining and leaving on a phone, with axe on both pages."""

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from comptoir.discovery.communities.renewal import renew_communities
from comptoir.discovery.models import Community
from comptoir.people.services import set_language
from tests import cast, circle
from tests.browser import DESK, PHONE, overflow, page_of, sign_in, violations
from tests.discovery.communities.town import settle, shelves

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_joining_and_leaving_a_community(
    browser: Browser, live_server: LiveServer, scripts: bool
) -> None:
    town = settle()
    renew_communities()
    me = town["Thé"][0]
    set_language(actor=me.actor, language="en")
    tea = Community.objects.get(terms__0__text="Thé")
    circle.says(me, "Ma théière", *[one for one in shelves()["Thé"] if one.pk in tea.loved][:1])
    wrong: list[str] = []
    with page_of(
        browser, PHONE if scripts else DESK, wrong=wrong, locale="en", java_script_enabled=scripts
    ) as page:
        sign_in(page, live_server.url, me.user.email, cast.PASSWORD)
        page.goto(f"{live_server.url}/communities")
        checked = [(overflow(page), violations(page))] if scripts else []
        page.click(f"text={tea.name}")
        page.click("text=Your public acts that count")
        expect(page.locator(".community-why .card")).to_have_count(5)
        page.click("text=Join this community")
        expect(page.locator(".community-head .badge")).to_have_text("You joined")
        expect(page.locator("#members-here ~ .people a.person-name")).to_have_text("Thé 0")
        checked += [(overflow(page), violations(page))] if scripts else []
        page.click("text=Leave this community")
        expect(page.locator(".community-head .badge")).to_have_count(0)
        assert [found for width, found in checked if width > 0 or found] == []
    assert wrong == []
