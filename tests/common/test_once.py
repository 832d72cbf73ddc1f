"""One form, one thing: sent twice, at once, refused the first time, or later on purpose."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction

from comptoir.common.errors import Refused
from comptoir.common.models import Counter
from comptoir.common.once import REMEMBERED, once
from tests.common.two_connections import behind

KEY = UUID("5e4de0c3-9a4b-4e6b-8b57-4c1a9e6f2f10")


def refuses() -> int:
    raise Refused("no", "No.")


@pytest.mark.django_db
def test_the_second_finds_what_the_first_made() -> None:
    assert [once(KEY, lambda: 7), once(KEY, lambda: 8), once(uuid4(), lambda: 9)] == [7, 7, 9]


@pytest.mark.django_db
def test_what_was_refused_may_be_tried_again() -> None:
    with pytest.raises(Refused):
        once(KEY, refuses)
    assert once(KEY, lambda: 8) == 8


@pytest.mark.django_db
def test_who_sends_it_again_later_means_it() -> None:
    once(KEY, lambda: 7)
    row = Counter.objects.get()
    row.expires_at -= timedelta(seconds=REMEMBERED)
    row.save()
    assert once(KEY, lambda: 8) == 8


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("first_ends", "then"), [(True, 7), (False, 8)])
def test_the_second_waits_for_the_first(*, first_ends: bool, then: int) -> None:
    with transaction.atomic():
        once(KEY, lambda: 7)
        second = behind(lambda: once(KEY, lambda: 8))
        transaction.set_rollback(not first_ends)
    assert second() == then
    assert not connection.in_atomic_block
