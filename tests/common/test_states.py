"""State machines: declared once, changed by compare-and-set."""

import pytest
from django.utils import timezone

from comptoir.common.errors import Conflict
from comptoir.common.models import OutboxEvent
from comptoir.common.states import Machine, UnknownTransition, transition
from tests.common.two_connections import at_once

# Any model with a text field will do; this one belongs to no domain.
LAMP = Machine(
    name="lamp",
    field="name",
    edges={"off": frozenset({"on"}), "on": frozenset({"off", "broken"}), "broken": frozenset()},
)


def lamp() -> OutboxEvent:
    return OutboxEvent.objects.create(name="off", aggregate="lamp:1", payload={})


def test_edges_lead_to_declared_states_only() -> None:
    with pytest.raises(ValueError, match="melted"):
        Machine(name="lamp", field="name", edges={"off": frozenset({"melted"})})


def test_the_states_of_a_machine_are_listed_in_order() -> None:
    assert LAMP.states == ["off", "on", "broken"]


@pytest.mark.django_db
def test_a_row_moves_along_an_edge_with_other_changes() -> None:
    row, later = lamp(), timezone.now()
    transition(row, LAMP, "on", due_at=later)
    fresh = OutboxEvent.objects.get(pk=row.pk)
    assert (row.name, fresh.name, fresh.due_at) == ("on", "on", later)


@pytest.mark.django_db
def test_an_edge_that_does_not_exist_is_a_programming_error() -> None:
    row = lamp()
    with pytest.raises(UnknownTransition, match="off → broken"):
        transition(row, LAMP, "broken")
    assert OutboxEvent.objects.get(pk=row.pk).name == "off"


@pytest.mark.django_db
def test_a_row_that_moved_meanwhile_is_a_conflict_and_nothing_is_written() -> None:
    row = lamp()
    OutboxEvent.objects.filter(pk=row.pk).update(name="on")
    with pytest.raises(Conflict) as refused:
        transition(row, LAMP, "on", attempts=7)
    assert refused.value.code == "state_changed"
    fresh = OutboxEvent.objects.get(pk=row.pk)
    assert (row.name, fresh.name, fresh.attempts) == ("off", "on", 0)


@pytest.mark.django_db
def test_come_from_names_the_state_that_is_expected() -> None:
    row = lamp()
    OutboxEvent.objects.filter(pk=row.pk).update(name="on")
    transition(row, LAMP, "off", come_from="on")
    assert OutboxEvent.objects.get(pk=row.pk).name == "off"


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_moves_the_row() -> None:
    pk = lamp().pk
    rows = [OutboxEvent.objects.get(pk=pk) for _ in range(6)]
    results = at_once([lambda row=row: transition(row, LAMP, "on") for row in rows])  # type: ignore[misc]
    assert sum(result is None for result in results) == 1
    assert sum(isinstance(result, Conflict) for result in results) == 5
