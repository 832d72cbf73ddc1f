"""The address of a form, opened as a page: a browser shows it after a form was refused."""

import pytest

from tests.web.visiting import SCRIPT, parsed, visitor

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/checkout", "/basket"),
        ("/checkout/totals", "/basket"),
        ("/basket/lines/57", "/basket"),
        ("/counter/zinc/stock/62/count", "/counter/zinc"),
        ("/settings/cards/1/removal", "/"),
    ],
)
def test_it_says_so_and_leads_on(address: str, leads_to: str) -> None:
    answer = visitor().get(address)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    page = parsed(answer)
    assert page.xpath("string(//main//h2)") == "Nothing to see here"
    assert leads_to in page.xpath("//main//a/@href")


def test_a_script_is_answered_in_short() -> None:
    answer = visitor().get("/checkout", headers=SCRIPT)
    assert (answer.status_code, answer.content) == (405, b"")
