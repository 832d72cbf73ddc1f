"""What one says of a shop's products counts for nobody while one works there, and again after."""

import pytest

from comptoir.catalog.models import Product
from comptoir.config.wiring import dispatcher
from comptoir.discovery import suggest
from comptoir.discovery.models import Signal
from comptoir.discovery.services.taste import forget_signal
from comptoir.reviews.services import recommend_product
from comptoir.shops.models import Role, Shop, StaffMember
from comptoir.shops.services.staff import accept, invite, leave_shop, remove
from tests import cast, circle
from tests.discovery.test_purchases import bought

pytestmark = pytest.mark.django_db


def hired(who: cast.Person, at: Shop) -> None:
    asked = invite(
        shop=at, by=cast.zoe().actor, whom=f"@{who.profile.handle}", role=Role.PACKER, language="fr"
    )
    accept(actor=who.actor, key=asked.key)
    dispatcher().deliver_all()


def told(who: cast.Person) -> set[tuple[int, str, str]]:
    rows = Signal.objects.filter(actor=who.profile)
    return set(rows.values_list("product", "kind", "audience"))


def near(who: cast.Person) -> set[int]:
    """Products that somebody near brings them."""
    return {one.product_id for one in suggest.for_you(who.actor) if one.kind == "circle"}


@pytest.fixture
def pots() -> list[Product]:
    """One bought, one kept for followers, two recommended (one of them with an interest), one
    shown as bought elsewhere, and one of another shop that is kept; by Inès."""
    zinc, ines = cast.maison_zinc(), cast.ines()
    made = [cast.product(zinc, f"Pot {number}") for number in range(5)]
    made.append(cast.product(cast.atelier_brume(), "Bol"))
    bought(ines, pots=[made[0]])
    circle.keeps(ines, made[1], audience="followers")
    circle.recommends(ines, made[2])
    recommend_product(actor=ines.actor, product_id=made[3].pk, interest="gift")
    circle.shows_bought(ines, made[4])
    circle.keeps(ines, made[5])
    return made


def test_who_is_hired_is_not_heard_of_that_shop_any_more(pots: list[Product]) -> None:
    ines, malo = cast.ines(), cast.malo()
    circle.follows(malo, ines)
    assert near(malo) == {pots[1].pk, pots[2].pk, pots[4].pk, pots[5].pk}
    hired(ines, cast.maison_zinc())
    assert told(ines) == {(pots[5].pk, "kept", "everyone")}
    assert near(malo) == {pots[5].pk}


@pytest.mark.parametrize("by", ["themselves", "the shop"])
def test_who_left_is_heard_again_of_what_stands(pots: list[Product], by: str) -> None:
    ines, zinc, malo = cast.ines(), cast.maison_zinc(), cast.malo()
    circle.follows(malo, ines)
    before, heard = told(ines), near(malo)
    assert len(before) == 5
    hired(ines, zinc)
    if by == "themselves":
        leave_shop(actor=ines.actor, shop=zinc)
    else:
        remove(shop=zinc, member_id=StaffMember.objects.get(shop=zinc, user=ines.user).pk)
    dispatcher().deliver_all()
    assert told(ines) == before
    assert near(malo) == heard


def test_what_was_forgotten_stays_so_through_hiring_and_leaving(pots: list[Product]) -> None:
    ines, zinc = cast.ines(), cast.maison_zinc()
    forget_signal(actor=ines.actor, product_id=pots[2].pk, kind="recommended")
    hired(ines, zinc)
    leave_shop(actor=ines.actor, shop=zinc)
    dispatcher().deliver_all()
    forgotten = Signal.objects.filter(actor=ines.profile, forgotten=True)
    assert [one.product_id for one in forgotten] == [pots[2].pk]


def test_hired_and_let_go_before_any_worker_hears_nothing_is_lost(pots: list[Product]) -> None:
    ines, zinc = cast.ines(), cast.maison_zinc()
    before = told(ines)
    asked = invite(shop=zinc, by=cast.zoe().actor, whom="@ines", role=Role.PACKER, language="fr")
    accept(actor=ines.actor, key=asked.key)
    leave_shop(actor=ines.actor, shop=zinc)
    dispatcher().deliver_all()
    assert told(ines) == before
    assert pots
