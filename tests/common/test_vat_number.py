"""VAT numbers in any form they are typed in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.common.vat_number import read_vat_number


@pytest.mark.parametrize(
    ("typed", "country", "text"),
    [
        ("FR40303265045", "FR", "FR40303265045"),
        (" fr 40 303 265 045 ", "FR", "FR40303265045"),
        ("DE 136.695.976", "DE", "DE136695976"),
        ("EL094259216", "GR", "EL094259216"),
        ("GR094259216", "GR", "EL094259216"),
        ("NL004495445B01", "NL", "NL004495445B01"),
        ("ATU13585627", "AT", "ATU13585627"),
        ("XI980780684", "XI", "XI980780684"),
        ("BE 0428.759.497", "BE", "BE0428759497"),
    ],
)
def test_a_number_has_one_form(typed: str, country: str, text: str) -> None:
    number = read_vat_number(typed)
    assert number is not None
    assert (number.country, number.text) == (country, text)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "FR",
        "FR40303265046",
        "40303265045",
        "GB980780684",
        "US123456789",
        "EU372022452",
        "é" * 12,
    ],
)
def test_what_is_not_a_number_of_the_union(typed: str) -> None:
    assert read_vat_number(typed) is None


@given(st.text(max_size=60))
def test_anything_may_be_typed(typed: str) -> None:
    number = read_vat_number(typed)
    assert number is None or read_vat_number(number.text) == number
