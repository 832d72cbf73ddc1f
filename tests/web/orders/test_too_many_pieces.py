"""More pieces than were bought: each form says how many there are, beside the number."""

from typing import Any
from uuid import uuid4

import pytest

from comptoir.catalog.models import Product, Variant
from comptoir.sales.links import signed_key
from comptoir.sales.models import Refund, Return, Withdrawal
from comptoir.sales.services.refund_order import RefundPart, refund_order
from comptoir.sales.services.returns import ask_return
from comptoir.sales.services.withdraw import declare_withdrawal
from tests import cast
from tests.sales.after import line_of, sent
from tests.web.visiting import browser_of, parsed, text_of, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def cup() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), "Tasse", price_minor=1000, stock=10))


def beside(answer: Any, line: int) -> str:
    """What is said beside the number of that line, which the page opens at."""
    page = parsed(answer)
    (number,) = page.xpath(f"//input[@id='pieces-{line}' and @aria-invalid='true' and @autofocus]")
    (said,) = page.xpath(f"//p[@id='{number.get('aria-describedby')}']")
    assert not page.xpath("//p[contains(@class, 'notice is-error')]")
    return str(said.text_content())


def test_withdrawing_from_more_than_was_bought(cup: Variant) -> None:
    order = sent((cup, 1))
    line = line_of(order, cup).pk
    address = f"/orders/{signed_key(order.key)}/withdrawal"
    refused = visitor().post(address, {f"pieces-{line}": "9"})
    assert refused.status_code == 422
    assert beside(refused, line) == "Only 1 was bought."
    assert beside(visitor().post(address, {f"pieces-{line}": "x"}), line).startswith("Write")
    assert not Withdrawal.objects.exists()


def test_asking_to_return_more_than_was_bought(cup: Variant) -> None:
    order = sent((cup, 2))
    line = line_of(order, cup).pk
    address = f"/orders/{signed_key(order.key)}/returns"
    refused = visitor().post(address, {f"pieces-{line}": "5", "reason": "fit"})
    assert refused.status_code == 422
    assert beside(refused, line) == "Only 2 were bought."
    assert not Return.objects.exists()


def test_refunding_more_than_was_bought(cup: Variant) -> None:
    order = sent((cup, 1))
    line = line_of(order, cup).pk
    address = f"/counter/maison_zinc/orders/{order.number}/refund"
    refused = browser_of(cast.zoe()).post(address, {f"pieces-{line}": "3"})
    assert refused.status_code == 422
    assert beside(refused, line) == "Only 1 was bought."
    assert not Refund.objects.exists()


def test_what_went_back_meanwhile_is_still_told_so(cup: Variant) -> None:
    order = sent((cup, 3))
    line = line_of(order, cup).pk
    here = f"/orders/{signed_key(order.key)}"
    ask_return(order=order, pieces={line: 1}, reason="fit")
    asked = visitor().post(f"{here}/returns", {f"pieces-{line}": "3", "reason": "fit"})
    assert (asked.status_code, beside(asked, line)) == (
        409, "Some of these pieces cannot be returned now.",
    )  # fmt: skip
    declare_withdrawal(order=order, pieces={line: 1}, request_key=uuid4())
    gone = visitor().post(f"{here}/withdrawal", {f"pieces-{line}": "3"})
    assert (gone.status_code, beside(gone, line)) == (
        409, "Some of these pieces were given back already.",
    )  # fmt: skip
    other = sent((cup, 2))
    line = line_of(other, cup).pk
    refund_order(order=other, refund_key=uuid4(), parts=[RefundPart(line, 1)])
    counter = f"/counter/maison_zinc/orders/{other.number}/refund"
    twice = browser_of(cast.zoe()).post(counter, {f"pieces-{line}": "2"})
    assert twice.status_code == 409
    assert "Some of these pieces were refunded already." in text_of(twice)


@pytest.mark.parametrize("end", ["withdrawal", "returns"])
def test_of_nothing_at_all(cup: Variant, end: str) -> None:
    order = sent((cup, 1))
    line = line_of(order, cup).pk
    address = f"/orders/{signed_key(order.key)}/{end}"
    refused = visitor().post(address, {f"pieces-{line}": "0", "reason": "fit"})
    assert refused.status_code == 422
    assert beside(refused, line).startswith("Choose what you")
    assert "Choose your photos again" not in text_of(refused)


def test_what_is_not_said_to_be_sealed(cup: Variant) -> None:
    Product.objects.filter(pk=cup.product_id).update(withdrawal="sealed")
    order = sent((cup, 1))
    line = line_of(order, cup).pk
    address = f"/orders/{signed_key(order.key)}/withdrawal"
    page = parsed(visitor().post(address, {f"pieces-{line}": "1"}))
    (tick,) = page.xpath(f"//input[@name='sealed-{line}' and @aria-invalid and @autofocus]")
    (said,) = page.xpath(f"//p[@id='{tick.get('aria-describedby')}']")
    assert "still sealed" in said.text_content()
    assert not page.xpath("//p[contains(@class, 'notice is-error')]")


def test_an_exchange_of_two_lines(cup: Variant) -> None:
    bowl = cast.variant_of(cast.product(cast.maison_zinc(), "Bol", stock=5))
    large = Variant.objects.create(product=bowl.product, price_minor=1, options={"Size": "L"})
    order = sent((cup, 1), (bowl, 1))
    pieces = {f"pieces-{line_of(order, kind).pk}": "1" for kind in (cup, bowl)}
    address = f"/orders/{signed_key(order.key)}/returns"
    wanted = {**pieces, "reason": "fit", "exchange": str(large.pk)}
    page = parsed(visitor().post(address, wanted))
    (choice,) = page.xpath("//select[@name='exchange' and @aria-invalid and @autofocus]")
    assert choice.get("aria-describedby") == "exchange-hint exchange-error"
    (said,) = page.xpath("//p[@id='exchange-error']")
    assert "Exchange one line" in said.text_content()
    large.delete()
    assert "Exchange one line" in text_of(visitor().post(address, wanted))


def test_a_member_reads_how_large_their_own_photos_may_be(cup: Variant) -> None:
    order = sent((cup, 1), actor=cast.ines().actor)
    page = text_of(browser_of(cast.ines()).get(f"/orders/{signed_key(order.key)}/returns"))
    assert "Up to six, of 15 MB each at most." in page
    assert "without an account" not in page
