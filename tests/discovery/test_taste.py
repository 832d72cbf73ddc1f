"""What people decide about their own taste: once said, it holds, and only for them."""

import pytest
from django.db import IntegrityError, transaction

from comptoir.common.errors import NotVisible
from comptoir.common.models import OutboxEvent
from comptoir.discovery.models import LessOf, Signal
from comptoir.discovery.preferences import own_signals, preferences_of
from comptoir.discovery.privacy import export_of
from comptoir.discovery.reasons import reasons_for
from comptoir.discovery.services import (
    drop_person,
    forget_signal,
    less_of,
    more_again,
    remember_signal,
    set_personalised,
    take_back_person,
)
from comptoir.people.actor import ANYONE
from comptoir.reviews.services import keep_product
from tests import cast, circle

pytestmark = pytest.mark.django_db


def test_personalisation_is_on_until_it_is_said_off() -> None:
    ines = cast.ines()
    assert preferences_of(ines.actor).personalised
    for chosen in (False, False, True):
        set_personalised(actor=ines.actor, personalised=chosen)
        assert preferences_of(ines.actor).personalised is chosen
    assert not preferences_of(ANYONE).dropped


def test_a_person_is_dropped_and_taken_back_once() -> None:
    ines, malo = cast.ines(), cast.malo()
    for _twice in range(2):
        drop_person(actor=ines.actor, person_id=malo.profile.pk)
    assert [face.id for face in preferences_of(ines.actor).dropped] == [malo.profile.pk]
    assert not preferences_of(malo.actor).dropped, "Malo learns nothing of it"
    for _twice in range(2):
        take_back_person(actor=ines.actor, person_id=malo.profile.pk)
    assert not preferences_of(ines.actor).dropped
    with pytest.raises(NotVisible):
        drop_person(actor=ines.actor, person_id=ines.profile.pk)


def test_less_of_a_product_a_shop_and_a_category_and_more_again() -> None:
    ines, pot = cast.ines(), cast.product(cast.maison_zinc())
    for _twice in range(2):
        less_of(actor=ines.actor, product_id=pot.pk)
        less_of(actor=ines.actor, shop_id=pot.shop_id)
        less_of(actor=ines.actor, category="Maison > Pots")
    wanted = preferences_of(ines.actor).less
    assert {(w.kind, w.name) for w in wanted} == {
        ("product", pot.title),
        ("shop", "La Maison Zinc"),
        ("category", "Maison > Pots"),
    }
    with pytest.raises(NotVisible):
        more_again(actor=cast.malo().actor, less_of_id=wanted[0].id)
    for each in wanted:
        more_again(actor=ines.actor, less_of_id=each.id)
    assert not preferences_of(ines.actor).less


@pytest.mark.parametrize("said", [{}, {"product_id": 1, "category": "Pots"}])
def test_less_of_is_about_one_thing(said: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="one of"):
        less_of(actor=cast.ines().actor, **said)  # type: ignore[arg-type]


def test_the_database_holds_that_it_is_about_one_thing() -> None:
    ines, pot = cast.ines(), cast.product(cast.maison_zinc())
    for wrong in ({}, {"product": pot, "category": "Pots"}, {"product": pot, "shop": pot.shop}):
        with pytest.raises(IntegrityError), transaction.atomic():
            LessOf.objects.create(profile=ines.profile, **wrong)


def test_a_forgotten_signal_stays_out_when_its_act_is_told_again() -> None:
    ines, malo, pot = cast.ines(), cast.malo(), cast.product(cast.maison_zinc())
    circle.follows(malo, ines)
    circle.keeps(ines, pot)

    forget_signal(actor=ines.actor, product_id=pot.pk, kind="kept")
    assert not reasons_for(malo.actor, [pot.pk])[pot.pk].acts, "at once, for others too"
    circle.keeps(ines, pot, audience="followers")

    signal = Signal.objects.get()
    assert (signal.forgotten, signal.audience) == (True, "followers")
    assert reasons_for(ines.actor, [pot.pk])[pot.pk].kept_by_me, "the act stays where it is"
    assert [s.forgotten for s in own_signals(ines.actor).rows] == [True]

    remember_signal(actor=ines.actor, product_id=pot.pk, kind="kept")
    assert reasons_for(malo.actor, [pot.pk])[pot.pk].kind == "kept"


def test_what_one_did_not_do_cannot_be_forgotten() -> None:
    ines, pot = cast.ines(), cast.product(cast.maison_zinc())
    circle.keeps(ines, pot)
    with pytest.raises(NotVisible):
        forget_signal(actor=cast.malo().actor, product_id=pot.pk, kind="kept")
    with pytest.raises(NotVisible):
        forget_signal(actor=ANYONE, product_id=pot.pk, kind="kept")


def test_each_decision_is_told_in_order_with_what_it_is_about() -> None:
    ines, pot = cast.ines(), cast.product(cast.maison_zinc())
    circle.keeps(ines, pot)
    OutboxEvent.objects.all().delete()
    keep_product(actor=ines.actor, product_id=pot.pk)
    forget_signal(actor=ines.actor, product_id=pot.pk, kind="kept")
    set_personalised(actor=ines.actor, personalised=False)
    told = OutboxEvent.objects.order_by("id").values_list("name", "aggregate")
    act, taste = f"act:{ines.profile.pk}:{pot.pk}", f"taste:{ines.profile.pk}"
    assert list(told) == [
        ("reviews.ProductKept", act),
        ("discovery.SignalForgotten", act),
        ("discovery.PreferenceChanged", taste),
    ]


def test_the_export_holds_what_one_decided() -> None:
    ines, pot = cast.ines(), cast.product(cast.maison_zinc())
    set_personalised(actor=ines.actor, personalised=False)
    drop_person(actor=ines.actor, person_id=cast.malo().profile.pk)
    less_of(actor=ines.actor, shop_id=pot.shop_id)
    assert export_of(ines.profile.pk)["taste"] == {
        "personalised": False,
        "dropped": ["malo"],
        "less_of": [{"product": None, "shop": pot.shop_id, "category": ""}],
    }


def test_own_signals_come_a_page_at_a_time() -> None:
    ines, zinc = cast.ines(), cast.maison_zinc()
    pots = [cast.product(zinc, f"Pot {n}") for n in range(3)]
    for pot in pots:
        circle.keeps(ines, pot)
    assert [s.title for s in own_signals(ines.actor).rows] == ["Pot 2", "Pot 1", "Pot 0"]
    assert [s.title for s in own_signals(ines.actor, product_id=pots[1].pk).rows] == ["Pot 1"]
    assert not own_signals(cast.malo().actor).rows
