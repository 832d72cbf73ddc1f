"""Signals of acts that are told late: after the person left, or the product is gone."""

import pytest

from comptoir.discovery.handlers import on_product_kept
from comptoir.discovery.models import Signal
from comptoir.reviews.events import ProductKept
from tests import cast

pytestmark = pytest.mark.django_db
GONE = 987_654_321


def test_an_act_is_one_signal_however_often_it_is_told() -> None:
    event = kept(cast.ines().profile.pk, cast.product(cast.maison_zinc()).pk)
    on_product_kept(event)
    on_product_kept(event)
    assert Signal.objects.count() == 1


def test_an_act_told_after_its_person_left_is_no_signal() -> None:
    on_product_kept(kept(GONE, cast.product(cast.maison_zinc()).pk))
    assert not Signal.objects.exists()


def test_an_act_about_a_product_that_is_gone_is_no_signal() -> None:
    on_product_kept(kept(cast.ines().profile.pk, GONE))
    assert not Signal.objects.exists()


def kept(profile_id: int, product_id: int) -> ProductKept:
    return ProductKept(profile_id=profile_id, product_id=product_id, audience="everyone")
