"""The social pages in a real browser, with JavaScript and without it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from comptoir.catalog.models import Product
from comptoir.catalog.services.products import VariantDraft, create_product
from comptoir.media.models import Picture
from comptoir.media.services.store_upload import store_upload
from comptoir.people.services import set_language
from comptoir.posts.models import Post, PostPicture, ProductTag
from comptoir.posts.services import PhotoDraft, TagDraft, publish_post, write_comment
from comptoir.reviews.models import Keep
from tests import cast, circle
from tests.browser import DESK, PHONE, overflow, page_of, sign_in, violations
from tests.cast import Person
from tests.media.samples import encoded, two_halves

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _pictures_in_a_folder_of_their_own(settings: pytest.FixtureRequest, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"  # type: ignore[attr-defined]


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    """Two photos on Inès's disk."""
    paths = [tmp_path / "un.png", tmp_path / "deux.png"]
    for n, path in enumerate(paths):
        path.write_bytes(encoded(two_halves(300 + n, 200)))
    return paths


def in_english(who: Person) -> Person:
    set_language(actor=who.actor, language="en")
    return who


def stored() -> Picture:
    return store_upload(content=encoded(two_halves(400, 300)))


def street() -> tuple[Product, Post]:
    """A product in two sizes and a post that shows it on a photo, with words by friends."""
    ines, malo, zinc = in_english(cast.ines()), cast.malo(), cast.maison_zinc()
    drafts = [
        VariantDraft(price_minor=4500, stock=2, options={"taille": size}) for size in ("S", "M")
    ]
    shirt = create_product(
        shop=zinc,
        title="Marinière",
        description="Rayée, et solide.",
        variants=drafts,
        category="Vêtements",
        pictures=[(stored().pk, "Une marinière")],
    )
    cast.product(zinc, "Cocotte", stock=0)
    circle.follows(ines, malo)
    circle.keeps(malo, shirt)
    circle.recommends(malo, shirt, "Je ne la quitte plus")
    post = publish_post(
        actor=malo.actor,
        text="Arrivée ce matin #port",
        photos=[PhotoDraft(stored().pk, "Sur le quai"), PhotoDraft(stored().pk, "")],
        tags=[TagDraft(shirt.pk, 0, 400, 600)],
    )
    write_comment(actor=ines.actor, post=post, text="Très beau")
    return shirt, post


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_and_the_console_find_nothing(
    browser: Browser, live_server: LiveServer, size: tuple[int, int], scheme: str
) -> None:
    shirt, post = street()
    public = ["/", "/everyone", f"/products/{shirt.pk}", "/@malo", "/@malo/recommended"]
    public += ["/@maison_zinc/products", "/@maison_zinc/about", "/search", "/search?q=mariniere"]
    own = ["/", f"/posts/{post.pk}", f"/products/{shirt.pk}", f"/posts/new?product={shirt.pk}"]
    own += ["/@ines", "/@malo/followers", f"/products/{shirt.pk}/recommend", "/@malo/block"]
    wrong: list[str] = []
    with page_of(browser, size, wrong=wrong, color_scheme=scheme, locale="fr-FR") as page:
        look_at(page, live_server.url, public)
        sign_in(page, live_server.url, "ines@example.org", cast.PASSWORD)
        look_at(page, live_server.url, own)
    assert wrong == []


def look_at(page: Page, site: str, paths: list[str]) -> None:
    for path in paths:
        page.goto(site + path)
        assert violations(page) == [], path
        assert overflow(page) <= 0, path


def test_a_post_with_photos_and_a_product_placed_on_one(
    browser: Browser, live_server: LiveServer, photos: list[Path]
) -> None:
    ines = in_english(cast.ines())
    shirt = cast.product(cast.maison_zinc(), "Marinière")
    with page_of(browser, locale="en-GB") as page:
        sign_in(page, live_server.url, ines.user.email, cast.PASSWORD, "/posts/new")
        page.fill("#post-text", "Deux photos")
        page.set_input_files("[name=photos]", [str(photo) for photo in photos])
        page.get_by_label("Describe this photo").nth(1).fill("Rouge et bleu")
        page.fill("#tag-words", "mari")
        page.get_by_role("button", name="Show it").click()
        page.get_by_role("button", name="Place on a photo").click()
        photo = page.locator(".photo-item img").nth(1)
        box = photo.bounding_box()
        assert box is not None
        photo.click(position={"x": box["width"] / 2, "y": box["height"] / 4})
        expect(page.locator(".photo-dot")).to_have_count(1)
        expect(page.locator("#post-text")).to_have_value("Deux photos")
        page.get_by_role("button", name="Publish").click()
        page.wait_for_url(re.compile(r"/posts/\d+$"))
        expect(page.locator(".post .tag")).to_have_count(1)
        assert violations(page) == []
    tag = ProductTag.objects.select_related("picture").get(product=shirt)
    assert tag.picture is not None
    assert tag.picture.position == 1
    assert tag.x == pytest.approx(500, abs=15)
    assert tag.y == pytest.approx(250, abs=15)
    assert [p.alt for p in PostPicture.objects.order_by("position")] == ["", "Rouge et bleu"]


def test_writing_over_the_feed(
    browser: Browser, live_server: LiveServer, photos: list[Path]
) -> None:
    ines = in_english(cast.ines())
    with page_of(browser, DESK, locale="en-GB") as page:
        sign_in(page, live_server.url, ines.user.email, cast.PASSWORD)
        page.locator("a.begin").click()
        sheet = page.locator("#sheet")
        expect(sheet.locator("#sheet-title")).to_have_text("New post")
        assert violations(page) == []
        sheet.get_by_role("button", name="Publish").click()
        expect(sheet.get_by_text("Write something, or add a photo or a product.")).to_be_visible()
        sheet.locator("#post-text").fill("Vu du quai")
        sheet.locator("[name=photos]").set_input_files(str(photos[0]))
        sheet.get_by_role("button", name="Publish").click()
        page.wait_for_url(re.compile(r"/posts/\d+$"))
        expect(page.locator(".post-text")).to_have_text("Vu du quai")
    assert PostPicture.objects.count() == 1


def test_the_same_post_without_scripts(
    browser: Browser, live_server: LiveServer, photos: list[Path]
) -> None:
    ines = in_english(cast.ines())
    shirt = cast.product(cast.maison_zinc(), "Marinière")
    with page_of(browser, java_script_enabled=False, locale="en-GB") as page:
        sign_in(page, live_server.url, ines.user.email, cast.PASSWORD, "/posts/new")
        page.fill("#post-text", "Deux photos")
        page.set_input_files("[name=photos]", [str(photo) for photo in photos])
        page.get_by_role("button", name="Add these photos").click()
        page.get_by_label("Describe this photo").nth(1).fill("Rouge et bleu")
        page.fill("#tag-words", "mari")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Show it").click()
        page.locator("input[type=image]").first.click(position={"x": 140, "y": 47})
        expect(page.locator("#post-text")).to_have_value("Deux photos")
        page.get_by_role("button", name="Publish").click()
        page.wait_for_url(re.compile(r"/posts/\d+$"))
    tag = ProductTag.objects.select_related("picture").get(product=shirt)
    assert tag.picture is not None
    assert tag.picture.position == 0
    assert tag.x == 500
    assert tag.y == pytest.approx(252, abs=6)
    assert [p.alt for p in PostPicture.objects.order_by("position")] == ["", "Rouge et bleu"]


def test_keeping_shows_at_once_and_lasts(browser: Browser, live_server: LiveServer) -> None:
    shirt, _post = street()
    with page_of(browser, locale="en-GB") as page:
        sign_in(page, live_server.url, "ines@example.org", cast.PASSWORD, f"/products/{shirt.pk}")
        keep = page.locator(f'.product [formaction="/products/{shirt.pk}/keep"]')
        with page.expect_response("**/keep") as answer:
            keep.click()
            expect(keep).to_contain_text("Kept")
            expect(keep).to_contain_text("2")
        assert answer.value.status == 204
        page.reload()
        expect(keep).to_contain_text("Kept")
    assert Keep.objects.filter(profile=cast.ines().profile, product=shirt).exists()


def test_everything_about_a_product_without_scripts(
    browser: Browser, live_server: LiveServer
) -> None:
    shirt, _post = street()
    address = f"{live_server.url}/products/{shirt.pk}"
    with page_of(browser, java_script_enabled=False, locale="en-GB") as page:
        sign_in(page, live_server.url, "ines@example.org", cast.PASSWORD, f"/products/{shirt.pk}")
        page.click(f'.product [formaction="/products/{shirt.pk}/keep"]')
        assert page.url == address
        expect(page.locator(".product .toggle").first).to_contain_text("Kept")
        page.get_by_role("link", name="Recommend").click()
        page.get_by_label("Your word").fill("Elle tient")
        page.get_by_role("button", name="Recommend").click()
        page.wait_for_url(address)
        expect(page.locator(".word.is-mine")).to_contain_text("Elle tient")
        page.locator("summary", has_text="Malo recommends it").click()
        expect(page.locator(".reason-acts")).to_contain_text("keeps it")
        page.get_by_role("radio", name=re.compile("^M")).check()
        page.locator(".product-buy button").click()
        page.wait_for_url("**/checkout/new?variant=*")
        medium = shirt.variants.get(options={"taille": "M"}).pk
        assert f"variant={medium}&" in page.url


def test_buying_opens_over_the_page_with_the_chosen_variant(
    browser: Browser, live_server: LiveServer
) -> None:
    shirt, _post = street()
    medium = shirt.variants.get(options={"taille": "M"}).pk
    with page_of(browser, DESK, locale="en-GB") as page:
        page.goto(f"{live_server.url}/products/{shirt.pk}")
        page.get_by_role("radio", name=re.compile("^M")).check()
        page.locator(".product-buy button").click()
        expect(page.locator("#sheet #sheet-title")).to_be_visible()
        expect(page.locator("#sheet [name=variant]")).to_have_value(str(medium))
        page.go_back()
        expect(page.locator("#sheet")).to_be_hidden()
        assert page.url == f"{live_server.url}/products/{shirt.pk}"


def test_commenting_in_place(browser: Browser, live_server: LiveServer) -> None:
    _shirt, post = street()
    with page_of(browser, locale="en-GB") as page:
        sign_in(page, live_server.url, "malo@example.org", cast.PASSWORD, f"/posts/{post.pk}")
        page.fill("#comment-text", "Merci !")
        page.get_by_role("button", name="Send").click()
        expect(page.locator(".comment")).to_have_count(2)
        expect(page.locator("#comment-text")).to_have_value("")
        assert page.url == f"{live_server.url}/posts/{post.pk}"


def test_searching_with_and_without_scripts(browser: Browser, live_server: LiveServer) -> None:
    street()
    with page_of(browser, locale="en-GB") as page:
        page.goto(f"{live_server.url}/search")
        page.locator("#id_q").press_sequentially("marin")
        page.keyboard.press("Enter")
        expect(page.locator("#found .card-title")).to_have_text(["Marinière"])
        page.wait_for_url("**/search?q=marin")
    with page_of(browser, java_script_enabled=False, locale="en-GB") as page:
        page.goto(f"{live_server.url}/search")
        page.fill("#id_q", "marin")
        page.keyboard.press("Enter")
        expect(page.locator("#found .card-title")).to_have_text(["Marinière"])
