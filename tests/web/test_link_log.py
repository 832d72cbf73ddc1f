"""The log names pages that were refused, and no key or token that opens one."""

import pytest
from django.test import Client

from comptoir.sales.links import signed_key
from tests.common.the_log import written_by

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("/bank/{token:.16}/nowhere", "Not Found: /bank/…/nowhere"),
        ("/orders/{token}/nowhere", "Not Found: /orders/…/nowhere"),
        ("/orders/{token}", "Not Found: /orders/…"),
        ("/withdrawals/{token}", "Not Found: /withdrawals/…"),
        ("/withdrawal/{token}:1tXyZ/nowhere", "Not Found: /withdrawal/…"),
    ],
)
def test_a_refused_address_is_logged_without_its_key(client: Client, page: str, said: str) -> None:
    token = signed_key("R-VeryOwnKeyOfAnOrderOfTwoAndThirty"[:32])
    with written_by("django.request") as text:
        assert client.get(page.format(token=token)).status_code == 404
    assert said in text.getvalue()
    assert token[:16] not in text.getvalue()


def test_other_addresses_are_logged_as_they_are(client: Client) -> None:
    with written_by("django.request") as text:
        client.get("/products/73/nowhere")
    assert "Not Found: /products/73/nowhere" in text.getvalue()
