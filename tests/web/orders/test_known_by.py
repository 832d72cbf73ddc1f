"""What one who waits to pay can name, and where one without an account finds an order."""

import pytest
from django.core import mail

from comptoir.catalog.models import Variant
from comptoir.sales.links import signed_key
from comptoir.sales.models import TransferDue
from comptoir.sales.services import Placed
from comptoir.sales.services.accounts import add_cash_account, add_transfer_account
from tests import cast
from tests.sales.buying import basket, work
from tests.sales.statements import IBAN
from tests.web.visiting import text_of, visitor

pytestmark = pytest.mark.django_db

HINT = "Such an order opens by the link in its confirmation mail."


@pytest.fixture
def bowl() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), "Bol", stock=5))


def seen(placed: Placed) -> str:
    return text_of(visitor().get(f"/orders/{signed_key(placed.order_key)}"))


def test_a_transfer_by_its_reference(bowl: Variant) -> None:
    add_transfer_account(shop=cast.maison_zinc(), iban=IBAN, holder="La Maison Zinc")
    placed = basket((bowl, 1), provider="transfer").sent()
    due, page = TransferDue.objects.get(), seen(placed)
    assert due.reference in page.replace(" ", "")
    visitor().post(f"/orders/{signed_key(placed.order_key)}/cancellation")
    assert due.reference not in seen(placed).replace(" ", "")


def test_what_is_paid_at_the_counter_by_a_name(bowl: Variant) -> None:
    shop = cast.maison_zinc()
    add_cash_account(shop=shop)
    bought = basket((bowl, 1), method=cast.pick_up(shop), provider="cash", language="en")
    placed = bought.sent()
    said = f"At the counter, say the name of the order: {cast.home().recipient}."
    assert said in seen(placed)
    work()
    (letter,) = [each for each in mail.outbox if each.to == ["ines@example.org"]]
    assert said in letter.body


def test_who_looks_for_a_guest_s_orders_is_told_where_they_are() -> None:
    assert HINT in text_of(visitor().get("/orders", follow=True))
    assert HINT not in text_of(visitor().get("/accounts/login/"))
    assert HINT not in text_of(visitor().get("/settings", follow=True))
