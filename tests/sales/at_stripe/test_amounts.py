"""Amounts as Stripe counts them: all of them there and back, whatever the currency's decimals."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.common.money import decimals, money
from comptoir.sales.adapters.registry import provider_named
from comptoir.sales.adapters.stripe_amounts import (
    WITH_THREE,
    WITHOUT_DECIMALS,
    NotCountable,
    decimals_at_stripe,
    from_stripe,
    is_counted,
    to_stripe,
)

AMOUNTS = st.integers(min_value=0, max_value=10**14)
USUAL = ["EUR", "USD", "GBP", "CHF", "SEK", "PLN", "CZK", "MAD", "HUF", "TWD"]
ZERO = sorted(WITHOUT_DECIMALS - {"MGA"})
COUNTED = st.sampled_from([*USUAL, *ZERO, "ISK", "UGX"])


@given(minor=AMOUNTS, currency=COUNTED)
def test_every_amount_goes_there_and_back(minor: int, currency: str) -> None:
    amount = to_stripe(minor, currency)
    assert from_stripe(amount, currency.lower()) == minor
    said = Decimal(amount).scaleb(-decimals_at_stripe(currency))
    assert said == money(minor, currency).amount
    assert is_counted(currency)


@given(minor=AMOUNTS, currency=st.sampled_from(ZERO))
def test_without_decimals_the_amount_is_the_price(minor: int, currency: str) -> None:
    assert to_stripe(minor, currency) == minor


@given(minor=AMOUNTS, currency=st.sampled_from(["ISK", "UGX"]))
def test_kronur_and_ugandan_shillings_end_in_two_zeros(minor: int, currency: str) -> None:
    assert to_stripe(minor, currency) == minor * 100


@given(amount=AMOUNTS, currency=st.sampled_from(["ISK", "UGX"]))
def test_what_is_no_whole_one_is_not_rounded(amount: int, currency: str) -> None:
    if amount % 100:
        with pytest.raises(NotCountable):
            from_stripe(amount, currency)
    else:
        assert from_stripe(amount, currency) == amount // 100


@given(minor=AMOUNTS, currency=st.sampled_from(sorted(WITH_THREE)))
def test_thousandths_are_multiples_of_ten(minor: int, currency: str) -> None:
    if minor % 10:
        with pytest.raises(NotCountable):
            to_stripe(minor, currency)
    else:
        assert (
            from_stripe(to_stripe(minor, currency), currency) == minor == to_stripe(minor, currency)
        )


@given(minor=AMOUNTS)
def test_the_ariary_has_decimals_here_and_none_there(minor: int) -> None:
    if minor % 100:
        with pytest.raises(NotCountable):
            to_stripe(minor, "MGA")
    else:
        assert to_stripe(minor, "MGA") == minor // 100


@given(minor=AMOUNTS)
def test_the_forint_is_charged_with_two_decimals(minor: int) -> None:
    """It has none in payouts alone."""
    assert to_stripe(minor, "HUF") == minor


@pytest.mark.parametrize(
    ("currency", "taken"),
    [("EUR", True), ("JPY", True), ("ISK", True), ("UGX", True), ("HUF", True),
     ("TND", False), ("KWD", False), ("LYD", False), ("MGA", False)],
)  # fmt: skip
def test_only_what_can_always_be_said_is_taken(currency: str, *, taken: bool) -> None:
    """A price of 12.345 TND could not be paid, nor a refund of 5 millimes be made."""
    assert provider_named("stripe").takes(currency=currency, delivery_kind="post") is taken
    assert decimals(currency) <= 2 or not taken
