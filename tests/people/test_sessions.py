"""Sessions are those that Django writes: read until they end, and given up when they do."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from comptoir.people.sessions import SessionStore

pytestmark = pytest.mark.django_db


def test_a_session_is_read_until_it_ends() -> None:
    begun = SessionStore()
    begun["greeting"] = "Bonjour"
    begun.create()
    begun["greeting"] = "Bonsoir"
    begun.save()
    key = begun.session_key

    assert SessionStore(key)["greeting"] == "Bonsoir"
    Session.objects.filter(pk=key).update(expire_date=timezone.now() - timedelta(seconds=1))
    ended = SessionStore(key)
    assert ended.is_empty() or "greeting" not in ended
    assert ended.session_key is None


@pytest.mark.parametrize("key", ["x" * 32, "ż" * 32, "' OR 1=1 --padding"])
def test_an_unknown_key_is_no_session(key: str) -> None:
    asked = SessionStore(key)
    assert dict(asked.items()) == {}
    assert asked.session_key is None


def test_a_row_that_was_tampered_with_says_nothing() -> None:
    begun = SessionStore()
    begun["_auth_user_id"] = "1"
    begun.create()
    Session.objects.filter(pk=begun.session_key).update(session_data="forged")
    assert dict(SessionStore(begun.session_key).items()) == {}
