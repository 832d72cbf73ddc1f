"""The outbox: at least once, in order per aggregate, whatever fails in between."""

import dataclasses
import threading
from collections import defaultdict
from datetime import timedelta
from typing import ClassVar

import pytest
from django.db import (
    Error,
    IntegrityError,
    InterfaceError,
    OperationalError,
    connection,
    transaction,
)

from comptoir.common.clock import travelled
from comptoir.common.models import OutboxEvent
from comptoir.common.outbox import MAX_ATTEMPTS, Dispatcher, Event, backlog, emit, emit_all
from comptoir.config.delivery import deliver_until
from comptoir.discovery.models import Signal
from tests.common.two_connections import at_once

pytestmark = pytest.mark.django_db(transaction=True)
GONE = 987_654_321


@dataclasses.dataclass(frozen=True, slots=True)
class Counted(Event):
    name: ClassVar[str] = "test.Counted"
    basket: str
    number: int

    def aggregate(self) -> str:
        return f"basket:{self.basket}"


@dataclasses.dataclass(frozen=True, slots=True)
class Unheard(Event):
    name: ClassVar[str] = "test.Unheard"

    def aggregate(self) -> str:
        return "nobody:1"


class Ear:
    """A handler that remembers what it heard, and fails when told to."""

    def __init__(self) -> None:
        self.heard: dict[str, list[int]] = defaultdict(list)
        self.fails: set[tuple[str, int]] = set()
        self.lock = threading.Lock()

    def __call__(self, event: Counted) -> None:
        if (event.basket, event.number) in self.fails:
            raise RuntimeError("not now")
        with self.lock:
            self.heard[event.basket].append(event.number)


@pytest.fixture
def ear() -> Ear:
    return Ear()


def tell(*numbers: int, basket: str = "a") -> None:
    with transaction.atomic():
        emit_all([Counted(basket, number) for number in numbers])


def test_an_event_is_written_only_within_a_transaction() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        emit(Counted("a", 1))


def test_an_event_of_a_change_that_failed_does_not_exist(ear: Ear) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        emit(Counted("a", 1))
        _ = 1 // 0
    assert Dispatcher({Counted: [ear]}).deliver_all() == 0
    assert ear.heard == {}


def test_events_of_one_aggregate_arrive_in_order(ear: Ear) -> None:
    tell(1, 2, 3)
    tell(1, 2, basket="b")
    tell(4)
    assert Dispatcher({Counted: [ear]}).deliver_all() == 6
    assert ear.heard == {"a": [1, 2, 3, 4], "b": [1, 2]}
    assert backlog() == {"waiting": 0, "parked": 0}


def test_an_event_that_nobody_hears_is_done_with() -> None:
    with transaction.atomic():
        emit(Unheard())
    Dispatcher({}).deliver_all()
    assert backlog() == {"waiting": 0, "parked": 0}


def test_a_failure_holds_back_its_aggregate_and_no_other(ear: Ear) -> None:
    ear.fails = {("a", 1)}
    tell(1, 2)
    tell(1, basket="b")
    dispatcher = Dispatcher({Counted: [ear]})
    dispatcher.deliver_all()
    assert ear.heard == {"b": [1]}
    row = OutboxEvent.objects.order_by("id")[0]
    assert (row.attempts, row.parked, row.error) == (1, False, "RuntimeError: not now")
    ear.fails = set()
    dispatcher.deliver_all()
    assert "a" not in ear.heard  # not due yet
    with travelled(timedelta(seconds=5)):
        dispatcher.deliver_all()
    assert ear.heard["a"] == [1, 2]


def test_tries_are_spaced_out_and_end_in_parking(ear: Ear) -> None:
    ear.fails = {("a", 1)}
    tell(1, 2)
    dispatcher = Dispatcher({Counted: [ear]})
    waits = []
    for attempt in range(MAX_ATTEMPTS):
        with travelled(timedelta(hours=2 * attempt)):
            dispatcher.deliver_all()
        row = OutboxEvent.objects.order_by("id")[0]
        assert row.attempts == attempt + 1
        waits.append(row.due_at)
    assert waits == sorted(waits)
    assert backlog() == {"waiting": 1, "parked": 1}
    ear.fails = set()
    with travelled(timedelta(days=30)):
        dispatcher.deliver_all()
    assert ear.heard == {}  # a parked event holds its aggregate back until someone looks
    OutboxEvent.objects.update(parked=False)
    with travelled(timedelta(days=30)):
        dispatcher.deliver_all()
    assert ear.heard == {"a": [1, 2]}


def test_a_handler_that_fails_leaves_nothing_of_its_own(ear: Ear) -> None:
    def writes_then_fails(event: Counted) -> None:
        OutboxEvent.objects.create(name="half", aggregate="half:1", payload={})
        raise RuntimeError("half done")

    tell(1)
    Dispatcher({Counted: [ear, writes_then_fails]}).deliver_all()
    assert not OutboxEvent.objects.filter(name="half").exists()
    assert OutboxEvent.objects.get().attempts == 1


def test_a_handler_whose_sql_fails_does_not_harm_the_others(ear: Ear) -> None:
    def asks_nonsense(event: Counted) -> None:
        if event.number == 1:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1 / 0")
        ear(event)

    tell(1)
    tell(2, basket="b")
    Dispatcher({Counted: [asks_nonsense]}).deliver_all()
    assert ear.heard == {"b": [2]}


def test_a_row_whose_parent_is_gone_fails_its_own_event_only() -> None:
    """Foreign keys are checked at the commit unless asked for earlier: all would fail with it."""

    def signals(event: Counted) -> None:
        if event.number == 1:
            Signal.objects.create(actor_id=GONE, product_id=GONE, kind=Signal.Kind.KEPT)
        write(f"n{event.number}")

    tell(1)
    tell(2, basket="b")
    assert Dispatcher({Counted: [signals]}).deliver_batch() == 2
    assert written() == ["n2"]
    row = OutboxEvent.objects.get()
    assert (row.aggregate, row.attempts) == ("basket:a", 1)
    assert row.error.startswith("IntegrityError")
    assert not Signal.objects.exists()


def test_what_a_handler_emits_is_delivered_too(ear: Ear) -> None:
    def echoes(event: Counted) -> None:
        if event.basket == "a":
            emit(Counted("echo", event.number))

    tell(1, 2)
    Dispatcher({Counted: [ear, echoes]}).deliver_all()
    assert ear.heard == {"a": [1, 2], "echo": [1, 2]}


def test_two_dispatchers_at_once_deliver_each_event_once_and_in_order(ear: Ear) -> None:
    for number in range(40):
        for basket in "abcde":
            tell(number, basket=basket)
    dispatchers = [Dispatcher({Counted: [ear]}) for _ in range(2)]

    def drain(dispatcher: Dispatcher) -> int:
        done = 0
        while OutboxEvent.objects.exists():
            done += dispatcher.deliver_batch(size=7)
        return done

    counts = at_once([lambda d=d: drain(d) for d in dispatchers])  # type: ignore[misc]
    assert sum(counts) == 200
    assert ear.heard == {basket: list(range(40)) for basket in "abcde"}


def test_a_dispatcher_that_dies_between_handler_and_commit_loses_and_doubles_no_write() -> None:
    def writes(event: Counted) -> None:
        write(f"n{event.number}")

    class Killed(BaseException):
        pass

    def is_killed(event: Counted) -> None:
        raise Killed

    tell(1, 2)
    with pytest.raises(Killed):
        Dispatcher({Counted: [writes, is_killed]}).deliver_all()
    assert written() == []
    Dispatcher({Counted: [writes]}).deliver_all()
    assert written() == ["n1", "n2"]


def write(key: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO common_counter (key, value, expires_at) VALUES (%s, '', now())", [key]
        )


def written() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT key FROM common_counter WHERE key LIKE 'n%%' ORDER BY key")
        return [row[0] for row in cursor.fetchall()]


def test_the_loop_delivers_what_comes_and_stops_when_told(ear: Ear) -> None:
    stop, came = threading.Event(), threading.Event()

    def hears(event: Counted) -> None:
        ear(event)
        came.set()

    loop = threading.Thread(target=deliver_until, args=(stop, Dispatcher({Counted: [hears]})))
    loop.start()
    tell(1)
    assert came.wait(30)
    stop.set()
    loop.join(30)
    assert not loop.is_alive()


@pytest.mark.parametrize("fault", [OperationalError, InterfaceError, IntegrityError])
def test_the_loop_survives_what_the_database_refuses(ear: Ear, fault: type[Error]) -> None:
    stop, came = threading.Event(), threading.Event()

    class Flaky(Dispatcher):
        tries = 0

        def deliver_batch(self, size: int = 100) -> int:
            self.tries += 1
            if self.tries == 1:
                raise fault("server closed the connection unexpectedly")
            came.set()
            return super().deliver_batch(size)

    loop = threading.Thread(target=deliver_until, args=(stop, Flaky({Counted: [ear]})))
    loop.start()
    assert came.wait(30)
    stop.set()
    loop.join(30)
    assert not loop.is_alive()
