"""One's own settings."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from comptoir.discovery.reasons import NO_REASON, reasons_for
from comptoir.people.models import Profile
from comptoir.reviews.queries import kept_by
from tests import cast, circle

pytestmark = pytest.mark.django_db

FORM = {"name": "Inès L.", "bio": "Cuisine.", "place": "Saint-Amand", "keeps_audience": "me"}


def a_photo() -> SimpleUploadedFile:
    made = BytesIO()
    Image.new("RGB", (400, 400), "#7f8a8c").save(made, "PNG")
    return SimpleUploadedFile("me.png", made.getvalue(), "image/png")


@pytest.fixture
def ines(client: Client) -> Client:
    client.force_login(cast.ines().user)
    return client


def test_the_profile_is_shown_and_saved(ines: Client) -> None:
    assert 'value="Inès"' in ines.get("/settings").content.decode()
    assert ines.post("/settings", FORM).headers["Location"] == "/settings"
    saved = Profile.objects.get(handle="ines")
    assert (saved.name, saved.bio, saved.place) == ("Inès L.", "Cuisine.", "Saint-Amand")
    assert saved.keeps_audience == "me"
    assert 'class="notice is-success"' in ines.get("/settings").content.decode()


def test_a_photo_becomes_the_avatar(ines: Client) -> None:
    ines.post("/settings", {**FORM, "photo": a_photo()})
    avatar = Profile.objects.get(handle="ines").avatar
    assert avatar is not None
    assert avatar.status == "ready"
    assert f"{avatar.sha256[2:]}-" in ines.get("/settings").content.decode()


def test_what_is_no_photo_is_told_beside_its_field(ines: Client) -> None:
    fake = SimpleUploadedFile("me.jpg", b"<svg/>", "image/jpeg")
    answer = ines.post("/settings", {**FORM, "photo": fake})
    assert answer.status_code == 422
    assert 'id="id_photo-error"' in answer.content.decode()
    assert Profile.objects.get(handle="ines").name == "Inès"


def test_a_name_cannot_be_empty_and_what_was_typed_stays(ines: Client) -> None:
    answer = ines.post("/settings", {**FORM, "name": "   "})
    assert answer.status_code == 422
    html = answer.content.decode()
    assert 'aria-invalid="true"' in html
    assert ">\nCuisine.</textarea>" in html
    assert Profile.objects.get(handle="ines").name == "Inès"


def test_an_audience_that_does_not_exist_is_refused(ines: Client) -> None:
    assert ines.post("/settings", {**FORM, "keeps_audience": "all"}).status_code == 422


def test_who_sees_what_one_keeps_holds_for_what_is_kept_already(ines: Client) -> None:
    pot = cast.product(cast.maison_zinc())
    circle.keeps(cast.ines(), pot)
    circle.follows(cast.malo(), cast.ines())
    malo = cast.malo().actor
    assert reasons_for(malo, [pot.pk])[pot.pk].kind == "kept"

    ines.post("/settings", FORM)

    assert not kept_by(malo, cast.ines().profile.pk).rows
    assert reasons_for(malo, [pot.pk])[pot.pk] == NO_REASON


def test_everything_of_ones_own_is_within_reach(ines: Client) -> None:
    html = ines.get("/settings").content.decode()
    for address in ("/accounts/email/", "/accounts/password/change/", "/settings/export"):
        assert f'href="{address}"' in html
    assert 'action="/accounts/logout/"' in html
