"""The counter under anything: ``COMPTOIR_MACHINE_STEPS`` says how many steps (20,000 if not)."""

import os

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.sales.machine.counter import Counter

STEPS = int(os.environ.get("COMPTOIR_MACHINE_STEPS", "20000"))
FIRST_FOUND = "COMPTOIR_MACHINE_FIRST" in os.environ  # show a fault as it was found, not shrunk
A_LIFE = 100
PARTS = 4  # tests, so that two processes share the work


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
def test_no_interleaving_breaks_the_books(part: int) -> None:
    """Each part is another walk."""
    lives = max(1, STEPS // PARTS // A_LIFE)
    run_state_machine_as_test(
        Counter,
        settings=settings(
            max_examples=lives,
            stateful_step_count=A_LIFE,
            deadline=None,
            database=None,
            phases=[Phase.generate] if FIRST_FOUND else list(Phase),
            suppress_health_check=list(HealthCheck),
        ),
    )
