"""Addresses that letters carry are those of pages; whose they are is known by their signature."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import override_settings
from django.urls import resolve, reverse

from comptoir.catalog.models import Product
from comptoir.sales import links
from comptoir.sales.models import Order, TransferDue
from comptoir.sales.services.accounts import add_transfer_account
from comptoir.shops.letters import invitation_link
from tests import cast
from tests.sales.buying import at_bank, basket, order_of, work
from tests.sales.statements import IBAN
from tests.web.private_town import build
from tests.web.test_routes import SPECIAL, routes
from tests.web.visiting import browser_of, text_of, visitor

FORMER = "the secret of this place ten years ago, which is in no file any more"
SIGNED = {
    "order", "order_state", "order_file", "order_invoice", "order_document", "order_return",
    "order_payment", "order_cancellation", "order_returns", "return_label", "order_withdrawal",
    "withdrawal_receipt", "pay_transfer", "pay_transfer_code", "pay_stripe",
}  # fmt: skip


@override_settings(PUBLIC_URL="https://zinc.example")
@pytest.mark.parametrize(
    ("link", "route", "arguments"),
    [
        (lambda: links.order_link("k"), "order", {"key": "k"}),
        (lambda: links.order_withdrawal_link("k"), "order_withdrawal", {"key": "k"}),
        (lambda: links.invoice_link("k"), "order_invoice", {"key": "k"}),
        (lambda: links.receipt_link("k"), "withdrawal_receipt", {"key": "k"}),
        (lambda: links.withdrawal_link("t"), "withdrawal_link", {"token": "t"}),
        (lambda: links.desk_link("z", "1"), "counter_order", {"handle": "z", "reference": "1"}),
        (lambda: links.desk_bank_link("z"), "counter_bank", {"handle": "z"}),
        (lambda: invitation_link("k"), "invitation", {"invitation_key": "k"}),
    ],
)
def test_a_link_leads_to_its_page(
    link: Callable[[], str], route: str, arguments: dict[str, str]
) -> None:
    path = "/" + link().split("://", 1)[1].split("/", 1)[1]
    found = resolve(path)
    assert (found.url_name, found.kwargs) == (route, arguments)


@pytest.fixture
def paid() -> Order:
    """A guest's."""
    placed = basket((cast.variant_of(cast.product(cast.maison_zinc(), "Bol")), 1)).sent()
    at_bank(placed, "approve")
    return order_of(placed)


@pytest.mark.django_db
def test_a_key_alone_opens_no_page() -> None:
    """Whoever reads a backup, an export or a row has keys, and no signature."""
    town, opened = build(), []
    for name in SIGNED:
        special = SPECIAL.get(name, {})
        values = {each: town[special.get(each, each)] for each in routes()[name]}
        key = values.get("key") or values["token"]
        signed = links.signed_key(key)
        address = reverse(name, kwargs=values)
        assert signed in address, name
        others = (key, f"{key}.", f"{key}.{signed[-24:][::-1]}", f"{signed}A", signed[:-1])
        opened += [
            (name, other)
            for client in (visitor(), browser_of(cast.ines()))
            for other in others
            for answer in (client.get, client.post)
            if answer(address.replace(signed, other)).status_code != 404
        ]
    assert opened == []


@pytest.mark.django_db
def test_one_order_s_signature_opens_no_other(paid: Order) -> None:
    signature = links.signed_key("another").rpartition(".")[2]
    assert len(signature) * 6 >= 128
    assert visitor().get(f"/orders/{paid.key}.{signature}").status_code == 404
    assert visitor().get(f"/orders/{links.signed_key(paid.key)}").status_code == 200


@pytest.mark.django_db
def test_no_row_holds_a_signed_address() -> None:
    """Neither those of a payment by transfer, nor jobs, nor what is still to be told."""
    shop = cast.maison_zinc()
    add_transfer_account(shop=shop, holder="Maison Zinc", iban=IBAN, bic="")
    cup: Product = cast.product(shop, "Tasse")
    placed = basket((cast.variant_of(cup), 1), provider="transfer").sent()
    for letters in (False, True):
        rows = _all_rows()
        assert placed.order_key in rows
        for key in (placed.order_key, TransferDue.objects.get().token):
            assert links.signed_key(key).rpartition(".")[2] not in rows
        work(letters=letters)
    page = text_of(visitor().get(placed.redirect_url))
    assert reverse("order", args=[placed.order_key]) in page


@pytest.mark.django_db
def test_links_of_ten_years_ago_still_open(paid: Order) -> None:
    """The secret was changed, and the former one is still believed."""
    with override_settings(SECRET_KEY=FORMER):
        links_then = [links.order_link(paid.key), links.invoice_link(paid.key)]
        paths = ["/" + link.split("/", 3)[3] for link in links_then]
        work()
    page, invoice = paths
    assert visitor().get(page).status_code == 404
    with override_settings(SECRET_KEY_FALLBACKS=[FORMER]):
        shown = text_of(visitor().get(page))
        assert visitor().get(invoice).headers["Content-Type"] == "application/pdf"
        assert reverse("order_withdrawal", args=[paid.key]) in shown
        assert reverse("order", args=[paid.key]) != page


def _all_rows() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        names = [name for (name,) in cursor.fetchall()]
        texts = []
        for name in names:
            cursor.execute(f'SELECT string_agg(t::text, chr(10)) FROM "{name}" t')
            texts.append(cursor.fetchone()[0] or "")
    return "\n".join(texts)
