"""What tests of sales do over and over: ask for an order, pay it, let the worker work."""

import importlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.db import connection
from procrastinate.contrib.django import app

from comptoir.catalog.models import Variant
from comptoir.common import clock
from comptoir.common.errors import Refused
from comptoir.config.wiring import dispatcher
from comptoir.people.actor import ANYONE, Actor
from comptoir.sales.adapters.provider import PaymentRequest, ProviderAnswer, ProviderDown
from comptoir.sales.adapters.sandbox import SandboxProvider
from comptoir.sales.adapters.sandbox_bank import bank_choose
from comptoir.sales.links import signed_key
from comptoir.sales.models import BankCharge, Order, Payment
from comptoir.sales.pricing.quote import Destination
from comptoir.sales.services import Address, Placed, place_order
from comptoir.sales.sheet import sheet_of
from comptoir.shops.models import DeliveryMethod
from tests import cast

# Jobs by name, as a worker finds them.
for _module in ("comptoir.sales.jobs", "comptoir.common.jobs"):
    importlib.import_module(_module)


# A little after an order of the test bank is given up.
EXPIRED = timedelta(minutes=16)


def return_url_for(key: str) -> str:
    return f"http://shop.test/orders/{signed_key(key)}/return"


@dataclass(frozen=True, slots=True)
class Basket:
    """A request to buy; ``sent()`` sends it, as often as called, with the same key."""

    lines: Sequence[tuple[int, int]]
    method_id: int
    expected_minor: int
    actor: Actor = ANYONE
    key: UUID = field(default_factory=uuid4)
    address: Address = field(default_factory=cast.home)
    email: str = "ines@example.org"
    language: str = "fr"
    instrument: str = "page"
    codes: tuple[str, ...] = ()
    consented: bool = True
    basket_id: int | None = None
    provider: str = ""

    def sent(self) -> Placed:
        return place_order(
            actor=self.actor,
            checkout_key=self.key,
            lines=self.lines,
            delivery_method_id=self.method_id,
            address=self.address,
            email=self.email,
            language=self.language,
            expected_total_minor=self.expected_minor,
            return_url_for=return_url_for,
            instrument=self.instrument,
            provider=self.provider,
            codes=self.codes,
            consented=self.consented,
            basket_id=self.basket_id,
        )


def basket(
    *wanted: tuple[Variant, int], method: DeliveryMethod | None = None, **more: Any
) -> Basket:
    """A basket whose expected total is what the sheet says now; by post unless said otherwise."""
    lines = [(variant.pk, quantity) for variant, quantity in wanted]
    chosen = method or cast.by_post(wanted[0][0].product.shop)
    asked = Basket(lines, chosen.pk, 0, **more)
    to = Destination(asked.address.country, asked.address.postcode)
    sheet = sheet_of(lines, asked.actor.profile_id, to=to, codes=asked.codes, email=asked.email)
    choice = sheet.choice_of(chosen.pk)
    assert choice is not None
    return replace(asked, expected_minor=choice.quote.total_minor)


def refused(asked: Basket, code: str) -> Refused:
    """Sends it, and is refused for that reason: nothing is written, and nobody is asked to pay."""
    with pytest.raises(Refused) as caught:
        asked.sent()
    assert caught.value.code == code
    assert not Order.objects.exists()
    assert not BankCharge.objects.exists()
    return caught.value


def charged_a_cent(variant: Variant) -> Placed:
    """An order for one piece, of which the bank took one cent and told nobody."""
    placed = basket((variant, 1)).sent()
    at_bank(placed, "time_out")
    BankCharge.objects.update(amount_minor=1)
    return placed


def charge_of(placed: Placed) -> BankCharge:
    """The bank's own record of the order's payment."""
    return BankCharge.objects.get(key=str(payment_of(placed).key))


def payment_of(placed: Placed) -> Payment:
    return Payment.objects.get(order=placed.order_id)


def order_of(placed: Placed) -> Order:
    return Order.objects.select_related("shop__profile").get(pk=placed.order_id)


def at_bank(placed: Placed, choice: str) -> str:
    """The buyer chooses at the bank's page; returns where their browser goes."""
    return bank_choose(charge_of(placed).reference, choice)


def jobs_waiting(task: str) -> list[dict[str, Any]]:
    """Arguments of the jobs of that name that wait, in order."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args FROM procrastinate_jobs WHERE task_name = %s AND status = 'todo'"
            " ORDER BY id",
            [task],
        )
        return [args if isinstance(args, dict) else _json(args) for (args,) in cursor.fetchall()]


def _json(text: str) -> dict[str, Any]:
    return dict(json.loads(text))


def work(after: timedelta = timedelta(), only: str = "", *, letters: bool = True) -> int:
    """Delivers events and runs the jobs that are due ``after`` that time, until none is left.

    Without ``letters``, jobs of the queue ``mail`` wait. It is a worker's part in one thread, with
    the same tasks; returns how many jobs ran.
    """
    ran = 0
    with clock.travelled(after):
        while True:
            dispatcher().deliver_all()
            job = _next_job(only, letters)
            if job is None:
                return ran
            job_id, task, args = job
            app.tasks[task].func(**args)
            with connection.cursor() as cursor:
                cursor.execute("DELETE FROM procrastinate_jobs WHERE id = %s", [job_id])
            ran += 1


def _next_job(only: str, letters: bool) -> tuple[int, str, dict[str, Any]] | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, task_name, args FROM procrastinate_jobs WHERE status = 'todo'"
            " AND task_name LIKE %s AND (scheduled_at IS NULL OR scheduled_at <= %s)"
            " AND (queue_name <> 'mail' OR %s) ORDER BY id LIMIT 1",
            [only or "%", clock.now(), letters],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    return row[0], row[1], row[2] if isinstance(row[2], dict) else _json(row[2])


class Counted:
    """Statements sent to the database in a ``with`` block, savepoints included."""

    def __enter__(self) -> "Counted":
        self.statements: list[str] = []
        self._block = connection.execute_wrapper(self._note)
        self._block.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._block.__exit__(None, None, None)

    def _note(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any
    ) -> Any:
        self.statements.append(sql)
        return execute(sql, params, many, context)


class Deaf(SandboxProvider):
    """A provider that does what it is asked, and whose answer is lost on the way."""

    def __init__(self) -> None:
        self.lost = True

    def start(self, request: PaymentRequest) -> ProviderAnswer:
        answer = super().start(request)
        if self.lost:
            raise ProviderDown
        return answer

    def fetch(self, key: UUID) -> ProviderAnswer | None:
        if self.lost:
            raise ProviderDown
        return super().fetch(key)

    def refund(self, key: UUID, refund_key: UUID, amount_minor: int) -> None:
        super().refund(key, refund_key, amount_minor)
        if self.lost:
            raise ProviderDown


def is_paid_once(placed: Placed, variant: Variant) -> bool:
    order, payment = order_of(placed), payment_of(placed)
    return (
        (order.status, order.number[5:]) == ("paid", "00001")
        and payment.status == "captured"
        and payment.captured_minor == order.total_minor
        and cast.stock_of(variant) == (0, 0)
        and [message.to for message in mail.outbox]
        == [["ines@example.org"], ["bonjour@boutique.example"]]
    )
