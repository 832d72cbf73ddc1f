"""When a parcel arrives."""

from datetime import date

import pytest

from comptoir.shops.arrival import arrival_words, expected_days, working_days_after
from comptoir.shops.delivery_terms import Method

FRIDAY = date(2026, 3, 6)


@pytest.mark.parametrize(
    ("days", "arrives"),
    [(0, date(2026, 3, 6)), (1, date(2026, 3, 9)), (5, date(2026, 3, 13)), (6, date(2026, 3, 16))],
)
def test_weekends_do_not_count(days: int, arrives: date) -> None:
    assert working_days_after(FRIDAY, days) == arrives


def test_what_is_taken_along_or_downloaded_is_not_expected_on_a_day() -> None:
    kinds = ("post", "pickup", "digital")
    post, pickup, files = (Method(1, kind, "", 0, days_min=2, days_max=3) for kind in kinds)
    tuesday = date(2026, 3, 10)
    assert expected_days(post, FRIDAY) == (tuesday, date(2026, 3, 11))
    assert expected_days(pickup, FRIDAY)[0] == tuesday
    assert expected_days(files, FRIDAY) == (None, None)


def test_a_span_is_said_in_the_reader_s_language() -> None:
    span = (date(2026, 3, 3), date(2026, 3, 5))
    assert arrival_words(*span, "en") == "Mar 3\u2009–\u20095"
    assert arrival_words(*span, "fr") == "3–5 mars"
    assert arrival_words(span[0], span[0], "fr") == "mar. 3 mars"
