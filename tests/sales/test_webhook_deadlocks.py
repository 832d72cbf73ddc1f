"""A webhook whose transaction PostgreSQL ends, to break a deadlock, is taken in all the same."""

from unittest.mock import patch

import pytest
from django.db import OperationalError
from psycopg.errors import DeadlockDetected

from comptoir.sales.adapters.sandbox_bank import bank_notice
from comptoir.sales.models import ProviderEvent
from comptoir.sales.services import Settlement, settle, take_webhook
from tests import cast
from tests.sales.buying import at_bank, basket, charge_of, order_of

pytestmark = pytest.mark.django_db(transaction=True)


def test_it_is_tried_again_unseen() -> None:
    """It took the shop's numbers first, another purchase the offer: one of the two must go."""
    placed = basket((cast.variant_of(cast.product(cast.maison_zinc(), stock=1)), 1)).sent()
    at_bank(placed, "approve")
    headers, body = bank_notice(charge_of(placed).reference)
    deadlock = OperationalError("deadlock")
    deadlock.__cause__ = DeadlockDetected()
    tries = [deadlock, settle]

    def sometimes(**asked: object) -> Settlement:
        found = tries.pop(0)
        if isinstance(found, Exception):
            raise found
        return settle(**asked)  # type: ignore[arg-type]

    with patch("comptoir.sales.services.take_webhook.settle", sometimes):
        done = take_webhook(provider="sandbox", headers=headers, body=body)
    assert done is Settlement.PAID
    assert order_of(placed).status == "paid"
    assert ProviderEvent.objects.count() == 1
