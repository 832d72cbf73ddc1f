"""What browsers, and what stands in between, may keep of a page."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests import cast
from tests.web.private_town import SECRETS, build
from tests.web.test_routes import addresses, answer
from tests.web.visiting import browser_of, visitor

pytestmark = pytest.mark.django_db
OWN = {"account_email"}  # of allauth: it holds nothing but one's own address


def kept(client: Client, address: str) -> tuple[str, str]:
    """What is said about keeping the page, and the page itself."""
    _status, body = answer(client, "get", address)
    return client.get(address).headers.get("Cache-Control", ""), body


@pytest.mark.parametrize("who", [cast.zoe, cast.ines])
def test_no_page_is_kept_on_the_way_and_none_with_an_address_at_all(
    who: Callable[[], cast.Person],
) -> None:
    town, client, wrong = addresses(build()), browser_of(who()), []
    for name, address in town.items():
        said, body = kept(client, address)
        if "private" not in said and "no-store" not in said:
            wrong.append(f"{name}: {said}")
        personal = [secret for secret in SECRETS[:3] if secret in body]
        if personal and name not in OWN and "no-store" not in said:
            wrong.append(f"{name} tells {personal}: {said}")
    assert wrong == []


def test_a_guest_s_sheet_is_not_kept() -> None:
    bowl = cast.product(cast.maison_zinc(), "Bol")
    assert "no-store" in kept(visitor(), f"/products/{bowl.pk}/buy")[0]
