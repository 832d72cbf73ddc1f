"""Opening a shop, and who works there."""

import pytest

from comptoir.common.errors import Conflict, NotVisible, Refused
from comptoir.people.actor import ANYONE
from comptoir.people.models import Profile
from comptoir.shops.access import RIGHTS, Right, desk_for, may
from comptoir.shops.models import Role, Shop
from comptoir.shops.queries import delivery_methods_of, desks_of, shop_of, voices_of
from comptoir.shops.services import open_shop
from tests import cast

pytestmark = pytest.mark.django_db


def test_an_open_shop_has_a_profile_an_owner_and_two_ways_to_deliver() -> None:
    zoe = cast.zoe()

    shop = open_shop(actor=zoe.actor, name=" La  Maison ", handle="@La_Maison", sells="Du zinc")

    assert (shop.profile.handle, shop.profile.name) == ("la_maison", "La Maison")
    assert shop.profile.kind == Profile.Kind.SHOP
    assert shop.profile.bio == "Du zinc"
    assert desk_for(zoe.actor, "LA_MAISON", Right.SETTINGS) == shop
    assert [way.kind for way in delivery_methods_of(shop.pk)] == ["post", "pickup"]
    assert shop_of(shop.pk) == shop
    assert shop_of(zoe.profile.pk) is None


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("name_missing", {"name": " "}),
        ("sells_missing", {"sells": "\n"}),
        ("handle_form", {"handle": "é"}),
        ("handle_reserved", {"handle": "search"}),
    ],
)
def test_a_shop_that_cannot_be_opened_leaves_nothing(code: str, changed: dict[str, str]) -> None:
    given = {"name": "Zinc", "handle": "zinc", "sells": "Du zinc", **changed}
    with pytest.raises(Refused, match=code):
        open_shop(actor=cast.zoe().actor, **given)
    assert not Shop.objects.exists()
    assert not Profile.objects.filter(kind="shop").exists()


def test_a_taken_handle_leaves_no_half_shop() -> None:
    cast.maison_zinc()
    with pytest.raises(Conflict, match="handle_taken"):
        open_shop(actor=cast.basile().actor, name="Autre", handle="maison_zinc", sells="x")
    assert Shop.objects.count() == 1


def test_a_visitor_opens_no_shop_and_nobody_opens_eleven() -> None:
    with pytest.raises(NotVisible):
        open_shop(actor=ANYONE, name="x", handle="xxx", sells="x")
    for n in range(10):
        open_shop(actor=cast.zoe().actor, name="Zinc", handle=f"zinc_{n}", sells="x")
    with pytest.raises(Refused, match="too_many_shops"):
        open_shop(actor=cast.zoe().actor, name="Zinc", handle="zinc_10", sells="x")


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("right", list(Right))
def test_each_role_has_its_rights_at_its_own_shop_only(role: Role, right: Right) -> None:
    zinc, brume, malo = cast.maison_zinc(), cast.atelier_brume(), cast.malo()
    cast.staff(zinc, malo, role)

    allowed = right in RIGHTS[role]
    assert may(malo.actor, zinc.pk, right) == allowed
    assert not may(malo.actor, brume.pk, right)
    assert not may(ANYONE, zinc.pk, right)
    if allowed:
        assert desk_for(malo.actor, "maison_zinc", right) == zinc
    else:
        with pytest.raises(NotVisible):
            desk_for(malo.actor, "maison_zinc", right)
    with pytest.raises(NotVisible):
        desk_for(malo.actor, "atelier_brume", right)


def test_the_least_that_each_role_may_do() -> None:
    assert Right.SETTINGS not in RIGHTS[Role.MANAGER]
    assert Right.EDIT_CATALOGUE not in RIGHTS[Role.PACKER] | RIGHTS[Role.SUPPORT]
    assert Right.SPEAK not in RIGHTS[Role.PACKER]
    assert RIGHTS[Role.OWNER] == frozenset(Right)


def test_where_one_works_and_for_whom_one_speaks() -> None:
    zinc, brume, malo = cast.maison_zinc(), cast.atelier_brume(), cast.malo()
    cast.staff(zinc, malo, Role.PACKER)
    cast.staff(brume, malo, Role.SUPPORT)

    assert [member.shop for member in desks_of(malo.actor)] == [zinc, brume]
    assert voices_of(malo.actor) == [brume.profile]
    assert voices_of(ANYONE) == []
