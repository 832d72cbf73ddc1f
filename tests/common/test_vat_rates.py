"""The rate of a thing elsewhere, by the written rule, on the dataset as it is kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.common.vat_rates import (
    corresponding,
    member_states,
    rates_by_country,
    standard_rate,
)

STATES = st.sampled_from(sorted(member_states()))


@pytest.mark.parametrize(
    ("rate", "origin", "destination", "found"),
    [
        (2000, "FR", "DE", 1900),
        (2000, "FR", "FI", 2550),
        (550, "FR", "DE", 700),  # the only reduced rate
        (550, "FR", "IT", 500),  # lowest to lowest
        (1000, "FR", "BE", 1200),  # highest to highest
        (550, "FR", "DK", 2500),  # no reduced rate at all
        (210, "FR", "ES", 400),  # super-reduced to super-reduced
        (210, "FR", "BE", 600),  # none: the lowest reduced
        (210, "FR", "DK", 2500),
        (0, "FR", "DE", 0),
        (700, "DE", "FR", 550),
        (1960, "FR", "DE", 1900),  # a rate that France has not: standard
        (850, "FR", "ES", 2100),  # one of overseas: standard
        (2000, "FR", "US", 2000),  # unknown there
        (2000, "FR", "PT-30", 2200),
    ],
)
def test_a_rate_elsewhere(rate: int, origin: str, destination: str, found: int) -> None:
    assert corresponding(rate, origin, destination) == found


def test_a_country_s_rates_are_those_of_its_mainland() -> None:
    france = rates_by_country()["FR"]
    assert (france.standard, france.reduced, france.super_reduced) == (2000, (550, 1000), 210)
    assert rates_by_country()["PT"].reduced == (600, 1300)
    assert rates_by_country()["PT"].super_reduced is None


def test_the_union_has_27_members_and_northern_ireland() -> None:
    assert len(member_states()) == 28
    assert {"FR", "GR", "HR", "XI"} <= member_states()
    assert not {"GB", "EL", "CH", "MC", "GP"} & member_states()


@given(STATES, STATES, st.data())
def test_every_rate_leads_to_a_rate_of_there(
    origin: str, destination: str, data: st.DataObject
) -> None:
    here, there = rates_by_country()[origin], rates_by_country()[destination]
    rate = data.draw(st.sampled_from([0, here.standard, *here.reduced]))
    assert corresponding(rate, origin, destination) in {
        0, there.standard, there.super_reduced, *there.reduced,
    }  # fmt: skip


@given(STATES, STATES)
def test_what_costs_less_vat_here_never_costs_more_there(origin: str, destination: str) -> None:
    here = rates_by_country()[origin]
    ascending = sorted({0, *filter(None, [here.super_reduced]), *here.reduced, here.standard})
    found = [corresponding(rate, origin, destination) for rate in ascending]
    assert found == sorted(found)


@pytest.mark.parametrize(
    ("country", "rate"), [("FR", 2000), ("BE", 2100), ("MQ", 850), ("CH", 810), ("US", 0)]
)
def test_what_most_things_bear(country: str, rate: int) -> None:
    assert standard_rate(country) == rate
