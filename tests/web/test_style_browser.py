"""The design system in a real browser: axe finds nothing, and the small scripts do their work."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from comptoir.common import clock
from comptoir.people.models import Follow, User
from comptoir.people.services import follow
from comptoir.posts.services import publish_post
from tests import cast
from tests.browser import DESK, PHONE, overflow, page_of, sign_in, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing(
    browser: Browser,
    live_server: LiveServer,
    settings: pytest.FixtureRequest,
    size: tuple[int, int],
    scheme: str,
) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    cast.malo()
    cast.maison_zinc()
    newcomer = User.objects.create_user("rose@example.org", cast.PASSWORD)
    wrong: list[str] = []
    with page_of(browser, size, wrong=wrong, color_scheme=scheme, locale="fr-FR") as page:
        for path in (
            "/style",
            "/accounts/login/",
            "/accounts/signup/",
            "/accounts/password/reset/",
        ):
            page.goto(live_server.url + path)
            assert violations(page) == [], path
            assert overflow(page) <= 0, path
        sign_in(page, live_server.url, newcomer.email, cast.PASSWORD, "/welcome")
        assert violations(page) == []
        page.fill("[name=name]", "Rose")
        page.click("form.form button")
        page.wait_for_url("**/welcome/follow**")
        assert violations(page) == []
        page.goto(live_server.url + "/settings")
        assert violations(page) == []
        assert overflow(page) <= 0
    assert wrong == []


@pytest.mark.parametrize("width", [320, 360, 375, 390, 414])
def test_the_masthead_of_a_guest_fits_every_phone(
    browser: Browser, live_server: LiveServer, width: int
) -> None:
    with page_of(browser, (width, 700), is_mobile=True, has_touch=True, locale="fr-FR") as page:
        page.goto(f"{live_server.url}/search")
        box = page.locator(".masthead").get_by_role("link", name="S’inscrire").bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= width - 8
        assert overflow(page) <= 0


def test_following_flips_at_once_and_back_when_it_failed(
    browser: Browser, live_server: LiveServer
) -> None:
    ines, malo = cast.ines(), cast.malo()
    with page_of(browser, locale="en-GB") as page:
        sign_in(page, live_server.url, malo.user.email, cast.PASSWORD, "/welcome/follow")
        button = page.locator('[formaction="/@ines/follow"]')
        with page.expect_response("**/@ines/follow") as answer:
            button.click()
            expect(button).to_have_text("Following")
        assert answer.value.status == 204
        assert Follow.objects.filter(follower=malo.profile, followee=ines.profile).exists()
        page.route("**/@ines/follow", lambda route: route.fulfill(status=500, body=""))
        button.click()
        expect(page.locator(".toast")).to_contain_text("Nothing was changed.")
        expect(button).to_have_text("Following")


def test_following_works_without_scripts(browser: Browser, live_server: LiveServer) -> None:
    ines, malo = cast.ines(), cast.malo()
    with page_of(browser, java_script_enabled=False, locale="en-GB") as page:
        sign_in(page, live_server.url, ines.user.email, cast.PASSWORD, "/welcome/follow")
        page.click('[formaction="/@malo/follow"]')
        assert page.url == f"{live_server.url}/welcome/follow"
        assert Follow.objects.filter(follower=ines.profile, followee=malo.profile).exists()


def test_the_sheet_has_an_address_and_back_closes_it(
    browser: Browser, live_server: LiveServer
) -> None:
    product = cast.product(cast.maison_zinc())
    shelf = f"{live_server.url}/search"
    with page_of(browser, DESK, locale="en-GB") as page:
        page.goto(shelf)
        buy, sheet = page.get_by_role("link", name="Buy").first, page.locator("#sheet")
        buy.click()
        expect(sheet.locator("#sheet-title")).to_be_visible()
        assert page.url == f"{live_server.url}/products/{product.pk}/buy"
        assert violations(page) == []
        page.go_back()
        expect(sheet).to_be_hidden()
        assert page.url == shelf
        buy.click()
        expect(sheet).to_be_visible()
        page.keyboard.press("Escape")
        expect(sheet).to_be_hidden()
        page.wait_for_url(shelf)
        expect(buy).to_be_focused()


def test_an_endless_list_keeps_its_place_on_the_way_back(
    browser: Browser, live_server: LiveServer
) -> None:
    ines, malo = cast.ines(), cast.malo()
    follow(actor=ines.actor, profile_id=malo.profile.pk)
    for hours in range(45):
        with clock.travelled(timedelta(hours=-hours)):
            publish_post(actor=malo.actor, text=f"Note {hours}.\n" * 6)
    with page_of(browser, locale="en-GB") as page:
        sign_in(page, live_server.url, ines.user.email, cast.PASSWORD)
        expect(page.locator(".post")).to_have_count(20)
        page.locator(".post").last.scroll_into_view_if_needed()
        expect(page.locator(".post")).to_have_count(40)
        far = page.locator(".post").nth(33)
        far.scroll_into_view_if_needed()
        before = page.evaluate("scrollY")
        far.locator(".post-when a").click()
        page.wait_for_url("**/posts/*")
        page.go_back()
        expect(page.locator(".post")).to_have_count(40)
        assert abs(page.evaluate("scrollY") - before) < 400


def test_without_scripts_the_next_page_is_a_link(browser: Browser, live_server: LiveServer) -> None:
    malo = cast.malo()
    for hours in range(25):
        with clock.travelled(timedelta(hours=-hours)):
            publish_post(actor=malo.actor, text=f"Note {hours}.")
    with page_of(browser, java_script_enabled=False) as page:
        sign_in(page, live_server.url, malo.user.email, cast.PASSWORD)
        page.click("a[rel=next]")
        expect(page.locator(".post")).to_have_count(5)
