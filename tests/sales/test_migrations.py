"""The counter's tables made at once are those of a place that took the steps."""

from functools import partial

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from comptoir.config.schema import pending_migrations

AT_ONCE = ("sales", "0001_squashed_0037_excess_returned")


def plan() -> list[str]:
    executor = MigrationExecutor(connection)
    steps = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{step.app_label}.{step.name}" for step, _backwards in steps]


@pytest.mark.django_db
def test_a_place_that_took_every_step_has_nothing_to_do() -> None:
    steps = MigrationExecutor(connection).loader.disk_migrations[AT_ONCE].replaces
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied(*AT_ONCE)
    for step in steps:
        recorder.record_applied(*step)
    assert len(steps) == 37
    assert plan() == []
    for step in steps:
        recorder.record_unapplied(*step)
    assert plan() == [".".join(AT_ONCE)]


@pytest.mark.django_db
def test_a_place_that_stopped_on_the_way_is_refused_with_what_to_do() -> None:
    *steps, (app, last) = MigrationExecutor(connection).loader.disk_migrations[AT_ONCE].replaces
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied(*AT_ONCE)
    recorder.record_unapplied(app, last)
    for step in steps:
        recorder.record_applied(*step)
    for way in (pending_migrations, partial(call_command, "migrate")):
        with pytest.raises(CommandError, match=f"stopped before {app}.{last}"):
            way()
