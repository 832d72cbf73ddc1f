"""Session cookies for the town's people: ``python -m bench.sign_in 1 2 3`` prints them as JSON."""

import json
import sys

import django
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore


def cookie_of(user_id: int) -> str:
    """The Cookie header of a new session of that user."""
    user = get_user_model().objects.get(pk=user_id)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


if __name__ == "__main__":
    django.setup()
    print(json.dumps([cookie_of(int(number)) for number in sys.argv[1:]]))
