"""Addresses that letters carry are those of pages."""

import pytest
from django.test import override_settings
from django.urls import resolve

from comptoir.sales import links
from comptoir.sales.letters.law import WITHDRAW_HERE
from comptoir.shops.letters import invitation_link
from comptoir.web.orders import law


@override_settings(PUBLIC_URL="https://zinc.example")
@pytest.mark.parametrize(
    ("address", "route", "arguments"),
    [
        (links.order_link("k"), "order", {"key": "k"}),
        (links.order_withdrawal_link("k"), "order_withdrawal", {"key": "k"}),
        (links.invoice_link("k"), "order_invoice", {"key": "k"}),
        (links.receipt_link("k"), "withdrawal_receipt", {"key": "k"}),
        (links.withdrawal_link("t"), "withdrawal_link", {"token": "t"}),
        (links.desk_link("z", "1"), "counter_order", {"handle": "z", "reference": "1"}),
        (invitation_link("k"), "invitation", {"invitation_key": "k"}),
    ],
)
def test_a_link_leads_to_its_page(address: str, route: str, arguments: dict[str, str]) -> None:
    path = "/" + address.split("://", 1)[1].split("/", 1)[1]
    found = resolve(path)
    assert (found.url_name, found.kwargs) == (route, arguments)


def test_letters_name_the_withdrawal_as_its_pages_do() -> None:
    assert WITHDRAW_HERE == law.WITHDRAW_HERE
