"""The money of a line's pieces, however they are given back: to the unit, never more."""

from hypothesis import given
from hypothesis import strategies as st

from comptoir.sales.models import LineTally
from comptoir.sales.services.tallies import price_of

LINES = st.tuples(st.integers(1, 999), st.integers(0, 10**9))


@given(LINES, st.lists(st.integers(1, 200), max_size=30), st.integers(0, 10**9))
def test_shares_add_up_and_a_gesture_is_taken_off(
    line: tuple[int, int], steps: list[int], gesture: int
) -> None:
    ordered, total = line
    tally = LineTally(ordered=ordered, total_minor=total, refunded=0)
    tally.refunded_minor = before = min(gesture, total)
    for step in [*steps, ordered]:
        pieces = min(step, ordered - tally.refunded)
        amount = price_of(tally, pieces)
        assert 0 <= amount <= total - tally.refunded_minor
        assert before or abs(amount * ordered - total * pieces) < ordered
        tally.refunded += pieces
        tally.refunded_minor += amount
    assert (tally.refunded, tally.refunded_minor) == (ordered, total)


@given(LINES, st.integers(0, 998), st.integers(0, 999))
def test_a_share_after_others_is_what_is_left_of_both(
    line: tuple[int, int], first: int, second: int
) -> None:
    ordered, total = line
    tally = LineTally(ordered=ordered, total_minor=total, refunded=0, refunded_minor=0)
    first = min(first, ordered)
    second = min(second, ordered - first)
    both = price_of(tally, first + second)
    assert price_of(tally, first) + price_of(tally, second, before=first) == both
