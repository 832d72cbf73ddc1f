"""Writing a post: nothing that was written or uploaded is lost on the way."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from comptoir.media.access import ticket_for
from comptoir.media.models import Picture
from comptoir.posts.models import Post, PostPicture, ProductTag
from comptoir.shops.models import Role
from tests import cast
from tests.media.samples import encoded, two_halves
from tests.web.visiting import SCRIPT, Answer, browser_of, parsed, text_of, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _pictures_in_a_folder_of_their_own(settings: object, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]


def photo(width: int = 60) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{width}.png", encoded(two_halves(width, 40)), "image/png")


def fields(response: Answer, name: str) -> list[str]:
    found = parsed(response).xpath(f"//*[@name='{name}']")
    return [str(field.get("value") or field.text or "") for field in found]


def test_a_post_with_photos_their_words_and_a_product() -> None:
    ines, pot = cast.ines(), cast.product(cast.maison_zinc())

    response = browser_of(ines).post(
        "/posts/new",
        {
            "text": "Deux photos",
            "photos": [photo(60), photo(80)],
            "alt": ["Rouge et bleu", ""],
            "tag": [str(pot.pk)],
            "point": ["1,250,750"],
            "audience": "followers",
        },
    )

    post = Post.objects.get()
    assert response.headers["Location"] == f"/posts/{post.pk}"
    assert (post.text, post.audience) == ("Deux photos", "followers")
    assert [p.alt for p in PostPicture.objects.order_by("position")] == ["Rouge et bleu", ""]
    tag = ProductTag.objects.get()
    assert tag.picture is not None
    assert (tag.picture.position, tag.x, tag.y) == (1, 250, 750)
    assert Picture.objects.filter(status="ready").count() == 2


def test_a_file_that_is_no_picture_is_told_and_the_rest_is_kept() -> None:
    browser = browser_of(cast.ines())
    bad = SimpleUploadedFile("vacances.jpg", b"<svg onload=alert(1)>", "image/jpeg")

    response = browser.post(
        "/posts/new",
        {"text": "Mes vacances", "photos": [photo(), bad], "alt": ["La mer", "Un piège"]},
    )

    assert response.status_code == 422
    assert "vacances.jpg" in text_of(response)
    assert "not a picture" in text_of(response)
    assert fields(response, "text") == ["Mes vacances"]
    assert fields(response, "kept_alt") == ["La mer"]
    assert not Post.objects.exists()

    again = browser.post(
        "/posts/new",
        {
            "text": "Mes vacances",
            "ticket": fields(response, "ticket"),
            "kept_alt": ["La mer, au loin"],
        },
    )
    assert again.status_code == 302
    assert PostPicture.objects.get().alt == "La mer, au loin"


def test_eleven_photos_are_refused_with_the_text_and_ten_photos_kept() -> None:
    files = [photo(40 + n) for n in range(11)]

    response = browser_of(cast.ines()).post("/posts/new", {"text": "Tout", "photos": files})

    assert response.status_code == 422
    assert "up to ten photos" in text_of(response)
    assert fields(response, "text") == ["Tout"]
    assert len(fields(response, "ticket")) == 10
    assert not Post.objects.exists()


def test_a_text_too_long_comes_back_whole() -> None:
    long = "m" * 5001
    response = browser_of(cast.ines()).post("/posts/new", {"text": long})
    assert response.status_code == 422
    assert "5000 characters at most" in text_of(response)
    assert fields(response, "text") == [long]


def test_nothing_at_all_is_refused_in_words() -> None:
    response = browser_of(cast.ines()).post("/posts/new", {"text": "  "})
    assert response.status_code == 422
    assert "Write something, or add a photo or a product." in text_of(response)


def test_photos_of_others_cannot_be_shown_by_guessing_or_borrowing_tickets() -> None:
    browser_of(cast.ines()).post("/posts/new", {"text": "", "photos": [photo()]})
    picture = Picture.objects.get()
    of_ines = ticket_for(picture_id=picture.pk, holder=f"profile:{cast.ines().profile.pk}")

    for ticket in (of_ines, str(picture.pk), "x:y:z", ""):
        response = browser_of(cast.malo()).post("/posts/new", {"text": "À moi", "ticket": [ticket]})
        assert response.status_code == 302
    assert not PostPicture.objects.filter(post__author=cast.malo().profile).exists()


def test_finding_and_tagging_without_a_script_keeps_everything() -> None:
    zinc = cast.maison_zinc()
    pot = cast.product(zinc, "Cocotte bleue")
    cast.product(zinc, "Poêle noire")
    browser = browser_of(cast.ines())
    written = {"text": "Regardez", "audience": "followers", "words": "cocotte"}

    found = browser.post("/posts/new", {**written, "photos": [photo()], "step": "find"})
    assert "Cocotte bleue" in text_of(found)
    assert "Poêle noire" not in text_of(found)
    carried = {**written, "ticket": fields(found, "ticket"), "kept_alt": ["Un mot"]}

    tagged = browser.post("/posts/new", {**carried, "step": f"tag:{pot.pk}"})
    assert fields(tagged, "tag") == [str(pot.pk)]
    assert fields(tagged, "kept_alt") == ["Un mot"]
    assert fields(tagged, "text") == ["Regardez"]

    untagged = browser.post(
        "/posts/new", {**carried, "tag": [str(pot.pk)], "point": [""], "step": f"untag:{pot.pk}"}
    )
    assert fields(untagged, "tag") == []
    assert not Post.objects.exists()


def test_a_press_on_the_photo_places_the_chosen_product() -> None:
    pot = cast.product(cast.maison_zinc())
    browser = browser_of(cast.ines())
    taken = browser.post("/posts/new", {"text": "", "photos": [photo(60)], "step": "photos"})

    placed = browser.post(
        "/posts/new",
        {
            "text": "",
            "ticket": fields(taken, "ticket"),
            "tag": [str(pot.pk)],
            "placing": str(pot.pk),
            "place-0.x": "140",
            "place-0.y": "47",
        },
    )

    # The photo is 60 × 40, shown 280 wide: 140 is its middle, 47 a quarter of its height.
    assert fields(placed, "point") == ["0,500,252"]


def test_removing_a_photo_brings_its_product_back_under_the_post() -> None:
    zinc = cast.maison_zinc()
    pots = [str(cast.product(zinc, f"Pot {n}").pk) for n in range(3)]
    browser = browser_of(cast.ines())
    files = [photo(60), photo(80)]
    taken = browser.post("/posts/new", {"text": "", "photos": files, "step": "photos"})

    response = browser.post(
        "/posts/new",
        {
            "text": "",
            "ticket": fields(taken, "ticket"),
            "kept_alt": ["Un", "Deux"],
            "tag": pots,
            "point": ["0,1,1", "1,2,2", ""],
            "step": "drop:0",
        },
    )

    assert fields(response, "kept_alt") == ["Deux"]
    assert fields(response, "tag") == pots
    assert fields(response, "point") == ["", "0,2,2", ""]


@pytest.mark.parametrize("step", ["tag:99999999999999999999", "tag:x", "drop:7", "nonsense", ":"])
def test_a_step_that_makes_no_sense_changes_nothing(step: str) -> None:
    response = browser_of(cast.ines()).post("/posts/new", {"text": "Gardé", "step": step})
    assert response.status_code == 200
    assert fields(response, "text") == ["Gardé"]
    assert not Post.objects.exists()


@pytest.mark.parametrize("point", ["5,1,1", "0,9999,1", "x", "0,1", "-1,1,1"])
def test_points_that_are_nowhere_are_refused_or_put_under_the_post(point: str) -> None:
    pot = cast.product(cast.maison_zinc())
    response = browser_of(cast.ines()).post(
        "/posts/new", {"text": "x", "tag": [str(pot.pk)], "point": [point]}
    )
    assert response.status_code in (302, 422)
    assert not ProductTag.objects.exclude(picture=None).exists()


def test_a_script_gets_the_composer_alone_and_leaves_by_a_header() -> None:
    browser = browser_of(cast.ines())
    part = browser.post("/posts/new", {"text": "x", "step": "find"}, headers=SCRIPT)
    assert "<html" not in text_of(part)
    done = browser.post("/posts/new", {"text": "x", "step": "publish"}, headers=SCRIPT)
    assert done.headers["HX-Redirect"] == f"/posts/{Post.objects.get().pk}"


def test_telling_followers_of_a_product_begins_with_it() -> None:
    pot = cast.product(cast.maison_zinc())
    browser = browser_of(cast.ines())
    assert fields(browser.get(f"/posts/new?product={pot.pk}"), "tag") == [str(pot.pk)]
    for nonsense in ("x", "0", "9" * 40, "-1"):
        assert fields(browser.get("/posts/new", {"product": nonsense}), "tag") == []


def test_speaking_as_a_shop_is_offered_to_those_who_may_and_refused_to_others() -> None:
    zinc = cast.maison_zinc()
    cast.staff(zinc, cast.malo(), Role.PACKER)
    zoe = browser_of(cast.zoe())

    assert fields(zoe.get("/posts/new"), "speaks_as") == ["", "maison_zinc"]
    zoe.post("/posts/new", {"text": "Ouvert", "speaks_as": "maison_zinc"})
    assert Post.objects.get().author_id == zinc.pk

    for stranger in (cast.malo(), cast.ines()):
        browser = browser_of(stranger)
        assert fields(browser.get("/posts/new"), "speaks_as") == []
        response = browser.post("/posts/new", {"text": "Faux", "speaks_as": "maison_zinc"})
        assert response.status_code == 404
    assert Post.objects.count() == 1


def test_a_visitor_signs_in_first() -> None:
    response = visitor().get("/posts/new?product=3")
    assert response.headers["Location"] == "/accounts/login/?next=%2Fposts%2Fnew%3Fproduct%3D3"
