"""Who may not speak to somebody brings them no shop, and is not named as a friend in between."""

from collections.abc import Callable

import pytest

from comptoir.config.wiring import dispatcher
from comptoir.discovery.services.taste import drop_person
from comptoir.discovery.suggest import people_to_follow, shops_you_may_like
from comptoir.people.services import block
from comptoir.people.services.leave import leave
from comptoir.people.services.suspend import suspend_profile
from tests import cast, circle

pytestmark = pytest.mark.django_db


def dropped() -> None:
    drop_person(actor=cast.ines().actor, person_id=cast.malo().profile.pk)


def suspended() -> None:
    olga = cast.person("Olga", "olga", is_operator=True)
    suspend_profile(actor=olga.actor, handle="malo")


def blocked() -> None:
    block(actor=cast.malo().actor, profile_id=cast.ines().profile.pk)


def erased() -> None:
    leave(actor=cast.malo().actor)


@pytest.mark.parametrize("silenced", [dropped, suspended, blocked, erased])
def test_a_friend_who_may_not_speak_brings_no_shop(silenced: Callable[[], None]) -> None:
    ines, malo, brume = cast.ines(), cast.malo(), cast.atelier_brume()
    circle.follows(ines, malo)
    circle.follows(malo, brume)
    (found,) = shops_you_may_like(ines.actor)
    assert (found.profile_id, found.friends) == (brume.pk, (malo.profile.pk,))
    silenced()
    assert shops_you_may_like(ines.actor) == [], "at once"
    dispatcher().deliver_all()
    assert shops_you_may_like(ines.actor) == [], "and ever after"


@pytest.mark.parametrize("silenced", [dropped, suspended])
def test_a_friend_who_may_not_speak_is_not_named_in_between(silenced: Callable[[], None]) -> None:
    ines, malo, ana = cast.ines(), cast.malo(), cast.person("Ana", "ana")
    pot = cast.product(cast.maison_zinc(), "Pot")
    circle.follows(ines, malo)
    circle.follows(malo, ana)
    circle.follows(ana, malo)
    circle.keeps(ines, pot)
    circle.keeps(ana, pot)
    (found,) = people_to_follow(ines.actor)
    assert (found.profile_id, found.friends) == (ana.profile.pk, (malo.profile.pk,))
    silenced()
    assert all(one.friends == () for one in people_to_follow(ines.actor))
