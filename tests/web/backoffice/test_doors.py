"""The ways in to one's shops are where one looks for them."""

import pytest
from django.test import Client

from comptoir.shops.models import Role
from tests import cast

pytestmark = pytest.mark.django_db


def test_the_owner_finds_the_back_office_from_anywhere(client: Client) -> None:
    cast.maison_zinc()
    client.force_login(cast.zoe().user)
    assert 'href="/counter"' in client.get("/").content.decode()
    assert 'href="/counter/maison_zinc"' in client.get("/counter").content.decode()
    assert 'href="/counter/maison_zinc"' in client.get("/@maison_zinc").content.decode()


def test_a_packer_finds_it_too_and_strangers_do_not(client: Client) -> None:
    zinc = cast.maison_zinc()
    cast.staff(zinc, cast.malo(), Role.PACKER)
    client.force_login(cast.malo().user)
    assert "/counter/maison_zinc" in client.get("/counter").content.decode()
    client.force_login(cast.ines().user)
    assert "/counter/maison_zinc" not in client.get("/counter").content.decode()
    assert "/counter/maison_zinc" not in client.get("/@maison_zinc").content.decode()


def test_who_has_no_shop_is_shown_how_to_open_one(client: Client) -> None:
    client.force_login(cast.ines().user)
    assert 'href="/shops/new"' in client.get("/counter").content.decode()


def test_only_the_operator_sees_the_way_to_the_operators_room(client: Client) -> None:
    client.force_login(cast.ines().user)
    assert "/operator" not in client.get("/").content.decode()
    client.force_login(cast.person("Odile", "odile", is_operator=True).user)
    assert 'href="/operator"' in client.get("/").content.decode()
