"""The regular rounds: what fails for one order must not keep the others waiting."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

import pytest

from comptoir.common import clock
from comptoir.sales.adapters.provider import ProviderAnswer
from comptoir.sales.adapters.registry import PROVIDERS
from comptoir.sales.adapters.sandbox import SandboxProvider
from comptoir.sales.jobs import give_back_job
from comptoir.sales.models import Order
from comptoir.sales.services import Placed, cancel_by_buyer, expire_orders, reconcile
from comptoir.sales.services.expire import look_back
from comptoir.sales.services.sweep import each
from tests import cast
from tests.sales.buying import at_bank, basket, order_of, payment_of, work

pytestmark = pytest.mark.django_db

EXPIRED = timedelta(minutes=16)
LONG = timedelta(minutes=2)


class Broken(SandboxProvider):
    """A provider whose answer for one payment cannot be read."""

    def __init__(self) -> None:
        self.key: UUID | None = None

    def fetch(self, key: UUID) -> ProviderAnswer | None:
        if key == self.key:
            raise ValueError("not an answer")
        return super().fetch(key)

    def refund(self, key: UUID, refund_key: UUID, amount_minor: int) -> None:
        if key == self.key:
            raise ValueError("not an answer")
        super().refund(key, refund_key, amount_minor)


@pytest.fixture
def three(monkeypatch: pytest.MonkeyPatch) -> Sequence[Placed]:
    """Three orders; the provider's answer for the oldest cannot be read."""
    soap = cast.variant_of(cast.product(cast.maison_zinc(), "Savon", stock=None))
    placed = [basket((soap, 1)).sent() for _n in "abc"]
    broken = Broken()
    broken.key = payment_of(placed[0]).key
    monkeypatch.setitem(PROVIDERS, "sandbox", broken)
    return placed


def statuses(placed: Sequence[Placed]) -> list[str]:
    return [order_of(each_one).status for each_one in placed]


def test_the_others_expire(three: Sequence[Placed], caplog: pytest.LogCaptureFixture) -> None:
    with clock.travelled(EXPIRED):
        assert expire_orders(page=1) == 2
    assert statuses(three) == ["pending", "cancelled", "cancelled"]
    assert "not an answer" in caplog.text


def test_the_others_are_reconciled(three: Sequence[Placed]) -> None:
    for placed in three:
        at_bank(placed, "time_out")
    with clock.travelled(EXPIRED):
        assert reconcile(older_than=LONG, page=1) == 2
    assert statuses(three) == ["pending", "paid", "paid"]


def test_the_others_are_looked_back_at(
    three: Sequence[Placed], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as whole:
        whole.setitem(PROVIDERS, "sandbox", SandboxProvider())
        with clock.travelled(EXPIRED):
            expire_orders()
            for placed in three:
                at_bank(placed, "time_out")
    with clock.travelled(timedelta(hours=1)):
        assert look_back(newer_than=timedelta(hours=26), page=1) == 2
    assert statuses(three) == ["cancelled", "paid", "paid"]


def test_the_others_get_their_money_back(
    three: Sequence[Placed], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as whole:
        whole.setitem(PROVIDERS, "sandbox", SandboxProvider())
        for placed in three:
            cancel_by_buyer(order=order_of(placed))
            at_bank(placed, "approve")
        work(only="sales.post_bank_notice")
    with clock.travelled(timedelta(minutes=3)):
        give_back_job.func(0)
    assert [payment_of(p).status for p in three] == ["captured", "refunded", "refunded"]


def test_every_row_is_tried_once_page_by_page(three: Sequence[Placed]) -> None:
    tried = []

    def do(key: int) -> bool:
        tried.append(key)
        return key != three[1].order_id

    assert each(Order.objects.all(), do, page=2) == 2
    assert tried == sorted(placed.order_id for placed in three)
