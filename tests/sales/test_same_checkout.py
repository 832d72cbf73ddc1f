"""The same checkout sent again."""

from dataclasses import replace

import pytest

from comptoir.catalog.models import Variant
from comptoir.common.errors import Conflict
from comptoir.sales.models import BankCharge, Order
from comptoir.sales.services import Address
from comptoir.sales.services.come_back import come_back
from tests import cast
from tests.sales.buying import (
    at_bank,
    basket,
    order_of,
    refused,
)

pytestmark = pytest.mark.django_db


def test_the_same_request_again_gets_the_same_answer() -> None:
    """Survival 5, one after the other."""
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc(), stock=1))
    wanted = basket((corkscrew, 1))
    answers = {wanted.sent() for _n in range(8)}
    assert len(answers) == 1
    assert (Order.objects.count(), BankCharge.objects.count()) == (1, 1)
    placed = answers.pop()
    at_bank(placed, "approve")
    come_back(order=order_of(placed))
    again = wanted.sent()
    assert (again.order_key, again.status, again.redirect_url) == (placed.order_key, "paid", "")


def test_the_same_request_is_answered_although_the_price_has_changed() -> None:
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc()))
    wanted = basket((corkscrew, 1))
    placed = wanted.sent()
    Variant.objects.update(price_minor=9900)
    assert wanted.sent() == placed


def test_the_same_key_with_another_body_is_an_error() -> None:
    """Survival 6."""
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc()))
    wanted = basket((corkscrew, 1))
    wanted.sent()
    others = [
        replace(basket((corkscrew, 2)), key=wanted.key),
        replace(wanted, email="malo@example.org"),
        replace(wanted, address=Address("Malo", "1 quai", "", "29200", "Brest")),
        replace(wanted, actor=cast.malo().actor),
        replace(wanted, expected_minor=1),
    ]
    for other in others:
        with pytest.raises(Conflict, match="checkout_key_reused"):
            other.sent()
    assert Order.objects.count() == 1
    assert cast.stock_of(corkscrew) == (9, 1)


def test_a_key_is_free_again_after_a_refusal() -> None:
    corkscrew = cast.variant_of(cast.product(cast.maison_zinc()))
    wanted = replace(basket((corkscrew, 1)), expected_minor=1)
    refused(wanted, "total_changed")
    assert replace(wanted, expected_minor=1880).sent().status == "pending"
