"""Who a session is of comes whole, in one query."""

from typing import Any

import pytest
from django.forms.models import model_to_dict

from comptoir.media.models import Picture
from comptoir.people.authentication import AccountBackend
from comptoir.people.models import Profile, User
from tests import cast

pytestmark = pytest.mark.django_db


def test_a_person_comes_with_their_profile_and_avatar(django_assert_num_queries: Any) -> None:
    ines = cast.ines()
    avatar = Picture.objects.create(status="ready", sha256="a" * 64, width=8, height=8)
    Profile.objects.filter(pk=ines.profile.pk).update(avatar=avatar)
    with django_assert_num_queries(1):
        user = AccountBackend().get_user(ines.user.pk)
        assert user is not None
        assert user.profile.user is user
        assert user.profile.avatar == avatar
    for found in (user, user.profile, user.profile.avatar):
        asked = type(found).objects.get(pk=found.pk)
        assert model_to_dict(found) == model_to_dict(asked)
        assert not found._state.adding


def test_one_without_a_profile_is_not_asked_for_it_again(django_assert_num_queries: Any) -> None:
    ines = cast.ines()
    Profile.objects.filter(pk=ines.profile.pk).delete()
    with django_assert_num_queries(1):
        user = AccountBackend().get_user(ines.user.pk)
        assert user is not None
        with pytest.raises(Profile.DoesNotExist):
            _ = user.profile


def test_nobody_comes_for_who_is_gone_or_switched_off() -> None:
    ines = cast.ines()
    User.objects.filter(pk=ines.user.pk).update(is_active=False)
    assert AccountBackend().get_user(ines.user.pk) is None
    assert AccountBackend().get_user(0) is None
