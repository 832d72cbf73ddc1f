"""A batch of the outbox is delivered at one go; what fails costs only itself."""

import dataclasses
from typing import ClassVar

import pytest
from django.db import connection, transaction

from comptoir.common import clock
from comptoir.common.jobs import send_mail_job
from comptoir.common.models import OutboxEvent
from comptoir.common.outbox import Dispatcher, Event, emit, emit_all
from comptoir.common.queueing import enqueue, job
from tests.common.test_outbox import Counted, Ear, Unheard, tell, write, written
from tests.sales.buying import Counted as Statements

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ear() -> Ear:
    return Ear()


@dataclasses.dataclass(frozen=True, slots=True)
class UnheardOfBasket(Event):
    name: ClassVar[str] = "test.UnheardOfBasket"
    basket: str

    def aggregate(self) -> str:
        return f"basket:{self.basket}"


def test_a_failing_event_among_good_ones_costs_only_itself() -> None:
    """The batch is delivered together first: what it wrote before the failure is not doubled, and
    what came after is not lost."""

    def writes(event: Counted) -> None:
        write(f"n{event.number}")  # twice would break the table's key
        enqueue(job(send_mail_job, message={"number": event.number}))
        if event.number == 5:
            raise RuntimeError("not it")

    for number in range(1, 10):
        tell(number, basket=f"b{number}")
    assert Dispatcher({Counted: [writes]}).deliver_batch() == 9
    good = [n for n in range(1, 10) if n != 5]
    assert written() == [f"n{n}" for n in good]
    assert sorted(_queued()) == good
    row = OutboxEvent.objects.get()
    assert (row.aggregate, row.attempts, row.error) == (
        "basket:b5",
        1,
        "RuntimeError: not it",
    )
    assert row.due_at > clock.now()


def test_a_batch_costs_the_same_however_many_events_are_in_it() -> None:
    def writes_nothing_but_jobs(event: Counted) -> None:
        enqueue(job(send_mail_job, message={"number": event.number}))

    costs = []
    for many in (2, 40):
        for number in range(many):
            tell(number, basket=f"b{number}")
            with transaction.atomic():
                emit(Unheard())
        with Statements() as counted:
            assert Dispatcher({Counted: [writes_nothing_but_jobs]}).deliver_batch() == 2 * many
        costs.append(len(counted.statements))
    # The events, a savepoint and its end, the jobs, two for the constraints, the events' end.
    assert costs == [7, 7]
    assert len(_queued()) == 42


def test_what_nobody_hears_holds_nothing_back(ear: Ear) -> None:
    with transaction.atomic():
        emit_all([UnheardOfBasket("a"), Counted("a", 1)])
    assert Dispatcher({Counted: [ear]}).deliver_batch() == 2
    assert ear.heard == {"a": [1]}


def test_a_batch_of_events_that_nobody_hears_costs_two_statements() -> None:
    with transaction.atomic():
        emit_all([Unheard()] * 20)
    with Statements() as counted:
        assert Dispatcher({}).deliver_batch() == 20
    assert [statement.split()[0] for statement in counted.statements] == ["SELECT", "DELETE"]


def test_jobs_of_a_delivery_that_failed_are_not_queued() -> None:
    def enqueues_then_fails(event: Counted) -> None:
        enqueue(job(send_mail_job, message={"number": event.number}))
        raise RuntimeError("no")

    tell(1)
    Dispatcher({Counted: [enqueues_then_fails]}).deliver_all()
    assert _queued() == []


def _queued() -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (args->'message'->>'number')::int FROM procrastinate_jobs ORDER BY id"
        )
        return [row[0] for row in cursor.fetchall()]
