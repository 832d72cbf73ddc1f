"""Amounts as Stripe counts them, which is not always as ISO 4217 does.

Source: docs.stripe.com/currencies, "Minor units in API amounts" and "Special cases".
"""

from comptoir.common.money import decimals

# Without decimals there; ISO 4217 gives the ariary (MGA) two.
WITHOUT_DECIMALS = frozenset({
    "BIF", "CLP", "DJF", "GNF", "JPY", "KMF", "KRW", "MGA", "PYG", "RWF", "VND", "VUV", "XAF",
    "XOF", "XPF",
})  # fmt: skip
# With three, of which the last is always 0.
WITH_THREE = frozenset(["BHD", "JOD", "KWD", "OMR", "TND"])
# ISK and UGX have no decimals, but are counted in hundredths, which must be 00: they are among all
# the others, with two. So are HUF and TWD, which have no decimals in payouts alone.


class NotCountable(ValueError):
    """An amount that cannot be said to Stripe, or that it cannot have said."""


def decimals_at_stripe(currency: str) -> int:
    """How many decimals its amounts have in the API; ``currency`` is an ISO 4217 code."""
    if currency in WITHOUT_DECIMALS:
        return 0
    return 3 if currency in WITH_THREE else 2


def is_counted(currency: str) -> bool:
    """Whether every amount of that currency can be said to Stripe."""
    ours = decimals(currency)
    return ours <= decimals_at_stripe(currency) and ours < 3


def to_stripe(minor: int, currency: str) -> int:
    """Minor units of ISO 4217 as Stripe counts them.

    Raises:
        NotCountable: Stripe has no such amount: a fraction that it does not count, or thousandths
            that are no multiple of ten.
    """
    amount = _shifted(minor, decimals_at_stripe(currency) - decimals(currency))
    if currency in WITH_THREE and amount % 10:
        raise NotCountable(f"{minor} {currency}")
    return amount


def from_stripe(amount: int, currency: str) -> int:
    """The inverse; ``currency`` in any case.

    Raises:
        NotCountable: a fraction of the smallest unit of ISO 4217.
    """
    code = currency.upper()
    return _shifted(amount, decimals(code) - decimals_at_stripe(code))


def _shifted(amount: int, places: int) -> int:
    scale: int = 10 ** abs(places)
    if places >= 0:
        return amount * scale
    whole, rest = divmod(amount, scale)
    if rest:
        raise NotCountable(f"{amount} has no {-places} zeros at its end")
    return whole
