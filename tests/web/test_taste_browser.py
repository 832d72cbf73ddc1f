"""What one gets from one's circle, in a real browser: it changes while one looks."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from comptoir.catalog.models import Product
from comptoir.discovery import suggest
from comptoir.discovery.models import Signal
from comptoir.discovery.services import drop_person, less_of
from comptoir.people.services import set_language
from comptoir.posts.services import share_purchase
from tests import cast, circle
from tests.browser import DESK, PHONE, chromium, overflow, page_of, sign_in, violations
from tests.sales.buying import at_bank, basket, order_of, work
from tests.web.visiting import worker_turn

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Patient: the kernels may have to be compiled first."""
    expect.set_options(timeout=60_000)
    with chromium() as found:
        yield found
    expect.set_options(timeout=5_000)


@pytest.fixture(autouse=True)
def _compiled_kernels(transactional_db: None) -> None:
    suggest.for_you(cast.ines().actor)


def town() -> tuple[Product, Product]:
    """Malo follows Inès, who shares a bowl with him; Ana, whom he does not follow, keeps a lamp.
    The shelves are full enough to scroll."""
    zinc, ana = cast.maison_zinc(), cast.person("Ana", "ana")
    bowl, lamp = cast.product(zinc, "Bol"), cast.product(zinc, "Lampe")
    for n in range(14):
        cast.product(zinc, f"Pot {n}")
    for who, whom in ((cast.malo(), cast.ines()), (cast.ines(), ana), (ana, cast.malo())):
        circle.follows(who, whom)
    for who in (cast.malo(), cast.ines(), ana):
        circle.keeps(who, bowl)
        set_language(actor=who.actor, language="en")
    circle.keeps(ana, lamp)
    circle.recommends(ana, lamp, "Elle éclaire loin")
    circle.recommends(cast.basile(), lamp, "Solide")
    return bowl, lamp


def enter(page: Page, site: str, who: cast.Person, onward: str) -> None:
    sign_in(page, site, who.user.email, cast.PASSWORD, onward)


@SIZES
def test_axe_and_the_console_find_nothing(
    browser: Browser, live_server: LiveServer, size: tuple[int, int]
) -> None:
    bowl, lamp = town()
    drop_person(actor=cast.malo().actor, person_id=cast.basile().profile.pk)
    less_of(actor=cast.malo().actor, shop_id=cast.atelier_brume().pk)
    paths = ["/for-you", "/settings/taste", f"/products/{lamp.pk}/why", f"/products/{bowl.pk}/why"]
    paths += [f"/products/{bowl.pk}/beside", f"/products/{lamp.pk}/words", f"/products/{lamp.pk}"]
    wrong: list[str] = []
    with page_of(browser, size, wrong=wrong, locale="en-GB") as page:
        look_at(page, live_server.url, ["/for-you", f"/products/{lamp.pk}/why"])
        enter(page, live_server.url, cast.malo(), "/for-you")
        look_at(page, live_server.url, paths)
        enter_newcomer(page, live_server.url)
    assert wrong == []


def look_at(page: Page, site: str, paths: list[str]) -> None:
    for path in paths:
        page.goto(site + path)
        assert violations(page) == [], path
        assert overflow(page) <= 0, path


def enter_newcomer(page: Page, site: str) -> None:
    page.context.clear_cookies()
    eve = cast.person("Eve", "eve", language="en")
    enter(page, site, eve, "/for-you")
    expect(page.get_by_text("Keep three things you like")).to_be_visible()
    look_at(page, site, ["/for-you"])
    page.locator(".pick").nth(0).click()
    page.locator(".pick").nth(1).click()
    with page.expect_navigation():
        page.get_by_role("button", name="Keep what I ticked").click()
    worker_turn()
    assert Signal.objects.filter(actor=eve.profile).count() == 2


def test_ines_keeps_something_and_malos_page_changes_while_he_looks(
    browser: Browser, live_server: LiveServer
) -> None:
    town()
    pot = Product.objects.get(title="Pot 3")
    site = live_server.url
    with page_of(browser, DESK, locale="en-GB") as his, page_of(browser, locale="en-GB") as hers:
        enter(his, site, cast.malo(), "/for-you")
        before = order(his).index(f"for-you-{pot.pk}")
        seen = scrolled(his)

        enter(hers, site, cast.ines(), f"/products/{pot.pk}")
        with hers.expect_response("**/keep"):  # shown as done before it is
            hers.locator(".product-acts").get_by_role("button", name="Keep").click()
        worker_turn()

        expect(his.locator(f"#for-you-{pot.pk} summary")).to_contain_text("Inès keeps it")
        expect(his.get_by_text("The list has changed")).to_be_attached()
        assert order(his).index(f"for-you-{pot.pk}") < before
        assert abs(seen - top_of(his)) <= 2, "what he was looking at did not move"


def test_ines_buys_and_malos_search_changes_while_he_looks(
    browser: Browser, live_server: LiveServer
) -> None:
    town()
    pot = Product.objects.get(title="Pot 3")
    with page_of(browser, locale="en-GB") as page:
        enter(page, live_server.url, cast.malo(), "/search?q=pot")
        before = order(page).index(f"found-{pot.pk}")
        placed = basket((cast.variant_of(pot), 1), actor=cast.ines().actor).sent()
        at_bank(placed, "approve")
        work()
        share_purchase(actor=cast.ines().actor, line_id=order_of(placed).lines.get().pk)
        work()

        expect(page.locator(f"#found-{pot.pk} summary")).to_contain_text("Inès bought it")
        assert order(page).index(f"found-{pot.pk}") < before


def order(page: Page) -> list[str]:
    found = page.evaluate("[...document.querySelectorAll('[data-rows] > li')].map((li) => li.id)")
    return [str(one) for one in found]


def scrolled(page: Page) -> float:
    """Far down, with the focus on a card's title; where that is on the screen."""
    page.locator("[data-rows] > li .card-title a").nth(9).focus()
    page.wait_for_timeout(200)
    return top_of(page)


def top_of(page: Page) -> float:
    return float(page.evaluate("document.activeElement.getBoundingClientRect().top"))


def test_titles_and_reasons_have_room(browser: Browser, live_server: LiveServer) -> None:
    """Under a post on a phone, and in the narrow column beside a wide page."""
    bowl, _lamp = town()
    Product.objects.filter(pk=bowl.pk).update(title="Théière ronde, 80 cl")
    circle.says(cast.ines(), "Voilà", bowl)
    with page_of(browser, PHONE, locale="en-GB") as page:
        enter(page, live_server.url, cast.malo(), "/")
        assert lines(page, ".card.is-row .card-title") == 1
        assert overflow(page) <= 0
    with page_of(browser, DESK, locale="en-GB") as page:
        enter(page, live_server.url, cast.malo(), "/for-you")
        said = page.locator(".circle .is-near p").first
        expect(said).to_contain_text("You both chose “Théière ronde, 80 cl”")
        assert lines(page, ".circle .is-near p") <= 2


def lines(page: Page, selector: str) -> int:
    """How many lines the first of them takes."""
    first = page.locator(selector).first
    line = float(first.evaluate("(one) => parseFloat(getComputedStyle(one).lineHeight)"))
    height = float(first.evaluate("(one) => one.getBoundingClientRect().height"))
    return round(height / line)


def test_in_the_sheet_one_leaves_a_person_out_and_takes_them_back(
    browser: Browser, live_server: LiveServer
) -> None:
    _bowl, lamp = town()
    with page_of(browser, locale="en-GB") as page:
        enter(page, live_server.url, cast.malo(), "/for-you")
        card = page.locator(f"#for-you-{lamp.pk}")
        card.locator("summary").click()
        card.get_by_text("Why do I see this?").click()
        sheet = page.locator("#sheet")
        sheet.get_by_role("button", name="Leave out: Ana").click()
        expect(sheet.get_by_role("button", name="Take back: Ana")).to_be_visible()
        sheet.get_by_role("button", name="Take back: Ana").click()
        expect(sheet.get_by_role("button", name="Leave out: Ana")).to_be_visible()
        page.keyboard.press("Escape")
        page.wait_for_url("**/for-you")


def test_shelves_and_words_come_by_themselves_beside_a_product(
    browser: Browser, live_server: LiveServer
) -> None:
    bowl, lamp = town()
    with page_of(browser, DESK, locale="en-GB") as page:
        enter(page, live_server.url, cast.malo(), f"/products/{bowl.pk}")
        page.evaluate("document.querySelector('#beside').scrollIntoView()")
        expect(
            page.locator("#beside").get_by_role("heading", name="More like this")
        ).to_be_visible()
        expect(page.locator(f"#beside a[href='/products/{lamp.pk}']")).to_have_count(1)
        page.goto(f"{live_server.url}/products/{lamp.pk}")
        page.evaluate("document.querySelector('#words').scrollIntoView()")
        expect(page.get_by_text("People who share your taste speak first.")).to_be_visible()
