"""VAT rates by country, from the kept dataset ``eu-vat-rates-data`` (European Commission, TEDB).

The dataset names the rates of a country, not the goods that have them. So a product's rate in its
shop's country is read as a category, and the category gives the rate elsewhere. The written rule:

* the standard rate gives the standard rate, and 0 gives 0;
* the super-reduced rate gives the super-reduced rate, or where there is none the lowest reduced
  one, or else the standard rate;
* reduced rates go by their place, lowest to lowest and highest to highest; where there is but one,
  it is the lowest; where there is none, the standard rate;
* a rate that the shop's country does not have counts as standard: never too little is collected.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from eu_vat_rates_data import VatRate, get_all_rates

# Rates that the dataset gives for a whole country and that are in force in parts of it alone:
# Corsica and overseas, the Greek islands, Madeira and the Azores, Jungholz and Mittelberg.
IN_PARTS_ONLY: Mapping[str, frozenset[int]] = {
    "FR": frozenset({90, 105, 850, 1300}),
    "GR": frozenset({400, 1700}),
    "PT": frozenset({1600, 2200}),
    "AT": frozenset({1900}),
}


@dataclass(frozen=True, slots=True)
class Rates:
    """Basis points (2000 is 20 %); ``reduced`` ascending."""

    standard: int
    reduced: tuple[int, ...] = ()
    super_reduced: int | None = None

    @property
    def all(self) -> tuple[int, ...]:
        """Each that something bears there."""
        lowest = () if self.super_reduced is None else (self.super_reduced,)
        return (*lowest, *self.reduced, self.standard)


# Parts with rates of their own, which the dataset does not tell apart. Sources: art. 296 of the
# French tax code; art. 18 of the Portuguese VAT code; § 10 (4) of the Austrian VAT act.
OF_PARTS: Mapping[str, Rates] = {
    "GP": Rates(850, (210,)),
    "MQ": Rates(850, (210,)),
    "RE": Rates(850, (210,)),
    "GF": Rates(0),
    "YT": Rates(0),
    "PT-20": Rates(1600, (400, 900)),
    "PT-30": Rates(2200, (400, 1200)),
    "AT-JM": Rates(1900, (1000, 1300)),
}


@lru_cache(maxsize=1)
def rates_by_country() -> Mapping[str, Rates]:
    """The rates of each country of the dataset and of each part with its own."""
    return {**{code: _rates(code, row) for code, row in get_all_rates().items()}, **OF_PARTS}


@lru_cache(maxsize=1)
def member_states() -> frozenset[str]:
    """The 27, and Northern Ireland, which is in the Union's VAT for goods."""
    return frozenset(c for c, row in get_all_rates().items() if row["eu_member"]) | {"XI"}


def standard_rate(country: str) -> int:
    """What most things bear there, in basis points; 0 where the dataset does not know of VAT."""
    rates = rates_by_country().get(country)
    return rates.standard if rates is not None else 0


def corresponding(rate_bp: int, origin: str, destination: str) -> int:
    """The rate at ``destination`` of what has ``rate_bp`` at ``origin``, by the rule above.

    ``rate_bp`` itself where either is not in the dataset.
    """
    known = rates_by_country()
    if origin == destination or origin not in known or destination not in known:
        return rate_bp
    return _corresponding(rate_bp, known[origin], known[destination])


def _corresponding(rate_bp: int, here: Rates, there: Rates) -> int:
    if rate_bp == 0:
        return 0
    if rate_bp == here.super_reduced:
        return there.super_reduced or next(iter(there.reduced), there.standard)
    if rate_bp not in here.reduced or not there.reduced:
        return there.standard
    return there.reduced[_place(here.reduced.index(rate_bp), len(here.reduced), len(there.reduced))]


def _place(place: int, many_here: int, many_there: int) -> int:
    """Lowest to lowest, highest to highest, those between in proportion, half up."""
    if many_here == 1:
        return 0
    steps = many_here - 1
    return (2 * place * (many_there - 1) + steps) // (2 * steps)


def _rates(code: str, row: VatRate) -> Rates:
    elsewhere = IN_PARTS_ONLY.get(code, frozenset())
    reduced = sorted({_bp(rate) for rate in row["reduced"]} - elsewhere)
    lowest = _bp(row["super_reduced"]) if row["super_reduced"] is not None else None
    # Some countries' reduced rate is given as super-reduced as well.
    if lowest is not None and (lowest in elsewhere or (reduced and lowest >= reduced[0])):
        lowest = None
    return Rates(_bp(row["standard"]), tuple(reduced), lowest)


def _bp(percent: float) -> int:
    return int(Decimal(str(percent)) * 100)
