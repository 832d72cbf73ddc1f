"""Handles, joining and one's own profile."""

import pytest

from comptoir.common.errors import Conflict, NotVisible, Refused
from comptoir.people.actor import ANYONE
from comptoir.people.handles import check_handle, suggest_handle
from comptoir.people.models import Profile, User
from comptoir.people.services import edit_profile, join, set_language
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("typed", "kept"), [("@Ines", "ines"), (" la_Maison2 ", "la_maison2")])
def test_a_handle_is_kept_in_lower_case(typed: str, kept: str) -> None:
    assert check_handle(typed) == kept


@pytest.mark.parametrize("typed", ["", "ab", "a" * 31, "inès", "a b c", "a-b-c", "<b>", "ｉｎｅｓ"])
def test_a_handle_of_another_form_is_refused(typed: str) -> None:
    with pytest.raises(Refused, match="handle_form"):
        check_handle(typed)


@pytest.mark.parametrize("typed", ["search", "Settings", "@me1"[:3]])
def test_the_sites_own_words_are_reserved(typed: str) -> None:
    with pytest.raises(Refused, match=r"handle_reserved|handle_form"):
        check_handle(typed)


def test_a_suggested_handle_is_free_and_readable() -> None:
    assert suggest_handle("Élodie Œuvrard") == "elodie_uvrard"
    cast.shop(cast.zoe(), "Maison Zinc", "maison_zinc")
    assert suggest_handle("Maison Zinc") == "maison_zinc2"
    assert check_handle(suggest_handle("李")) == suggest_handle("李")
    assert check_handle(suggest_handle("me")) == suggest_handle("me")


def test_a_taken_handle_and_a_second_profile_are_refused() -> None:
    ines = cast.ines()
    other = User.objects.create_user("autre@example.org", "un-mot-de-passe")

    with pytest.raises(Conflict, match="handle_taken"):
        join(user=other, name="Autre", handle="INES")
    with pytest.raises(Conflict, match="already_joined"):
        join(user=ines.user, name="Encore", handle="encore")
    with pytest.raises(Refused, match="name_missing"):
        join(user=other, name="  ", handle="autre")
    assert not Profile.objects.filter(user=other).exists()


def test_editing_touches_ones_own_profile_only() -> None:
    ines, malo = cast.ines(), cast.malo()

    edit_profile(
        actor=ines.actor, name=" Inès  L. ", bio="b" * 500, place="Brest", keeps_audience="me"
    )

    ines.profile.refresh_from_db()
    assert (ines.profile.name, len(ines.profile.bio)) == ("Inès L.", 500)
    assert cast.malo().profile.name == malo.profile.name
    with pytest.raises(NotVisible):
        edit_profile(actor=ANYONE, name="X", bio="", place="", keeps_audience="me")
    with pytest.raises(Refused, match="bad_audience"):
        edit_profile(actor=ines.actor, name="X", bio="", place="", keeps_audience="all")
    with pytest.raises(Refused, match="text_too_long"):
        edit_profile(actor=ines.actor, name="X", bio="b" * 501, place="", keeps_audience="me")


def test_only_languages_that_are_spoken_here() -> None:
    ines = cast.ines()
    set_language(actor=ines.actor, language="en")
    assert User.objects.get(pk=ines.user.pk).language == "en"
    with pytest.raises(Refused, match="bad_language"):
        set_language(actor=ines.actor, language="xx")
