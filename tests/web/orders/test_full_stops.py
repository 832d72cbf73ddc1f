"""A month that is cut short ends with a full stop in French: no sentence has two."""

import re
from datetime import UTC, datetime
from datetime import date as calendar_day
from unittest.mock import patch

import pytest

from comptoir.common import clock
from comptoir.sales.links import signed_key
from comptoir.sales.models import Withdrawal
from comptoir.sales.services.accounts import add_cash_account, add_transfer_account
from comptoir.web.formats import date, whole_date
from tests import cast
from tests.sales.after import line_of, sent
from tests.sales.buying import basket
from tests.sales.statements import IBAN
from tests.web.visiting import Answer, parsed, visitor

pytestmark = pytest.mark.django_db

TWICE = re.compile(r"\.\.(?!\.)")


def told(answer: Answer) -> str:
    (main,) = parsed(answer).xpath("//main")
    return str(main.text_content())


def test_the_month_of_a_sentence_is_whole() -> None:
    day = datetime(2026, 11, 30, 12, tzinfo=UTC)
    with patch.object(clock, "now", lambda: day.replace(day=1)):
        assert (date(day), whole_date(day)) == ("30 nov.", "30 novembre")
        assert whole_date(day.date()) == "30 novembre"
        assert whole_date(day.replace(year=2027)) == "30 novembre 2027"


def test_no_sentence_ends_with_two_full_stops() -> None:
    bowl = cast.variant_of(cast.product(cast.maison_zinc(), "Bol", stock=5))
    order, browser = sent((bowl, 1)), visitor("fr")
    address = f"/orders/{signed_key(order.key)}"
    browser.post(f"{address}/withdrawal", {f"pieces-{line_of(order, bowl).pk}": "1"})
    Withdrawal.objects.update(refund_by=calendar_day(2026, 12, 2))
    page = told(browser.get(address))
    assert "2 décembre" in page
    assert not TWICE.search(page)


def test_nor_of_what_waits_to_be_paid() -> None:
    shop = cast.maison_zinc()
    add_cash_account(shop=shop)
    add_transfer_account(shop=shop, iban=IBAN, holder="La Maison Zinc")
    bowl = cast.variant_of(cast.product(shop, "Bol", stock=5))
    november = datetime(2026, 11, 18, 12, tzinfo=UTC)
    with patch.object(clock, "now", lambda: november):
        waiting = [
            basket((bowl, 1), provider="transfer").sent(),
            basket((bowl, 1), method=cast.pick_up(shop), provider="cash").sent(),
        ]
        for placed in waiting:
            page = told(visitor("fr").get(f"/orders/{signed_key(placed.order_key)}"))
            assert "novembre" in page
            assert not TWICE.search(page)
