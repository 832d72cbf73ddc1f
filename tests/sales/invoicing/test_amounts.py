"""The arithmetic of EN 16931, exact, whatever was bought."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.common.money import vat_within
from comptoir.sales.invoicing.amounts import Amounts, Left, Paid, amounts_of, vat_on

RATES = st.sampled_from([0, 210, 550, 700, 850, 1000, 1900, 2000, 2550, 2700])


@st.composite
def paid_lines(draw: st.DrawFn) -> list[Paid]:
    lines = []
    for _ in range(draw(st.integers(1, 12))):
        rate = draw(RATES)
        before = draw(st.integers(0, 2_000_000))
        off = draw(st.integers(0, before))
        lines.append(Paid("S" if rate else "Z", rate, before - off, off))
    return lines


@given(paid_lines(), st.integers(0, 20_000))
def test_every_sum_holds_exactly(lines: list[Paid], delivery: int) -> None:
    amounts = amounts_of(lines, delivery)

    for share in amounts.shares:
        mine = [n for n, line in zip(amounts.nets, lines, strict=True)
                if line.group == (share.rate_bp, share.category)]  # fmt: skip
        charged = [c.net_minor for c in amounts.charges if c.rate_bp == share.rate_bp]
        assert share.net_minor == sum(mine) + sum(charged)  # BR-S-08
        exact = Decimal(share.net_minor) * share.rate_bp / 10_000
        assert share.vat_minor == exact.quantize(Decimal(1), ROUND_HALF_UP)  # BR-CO-17
    assert len({(s.category, s.rate_bp) for s in amounts.shares}) == len(amounts.shares)
    charges = sum(charge.net_minor for charge in amounts.charges)
    assert amounts.net_minor == sum(amounts.nets) + charges  # BR-CO-13
    assert sum(charge.gross_minor for charge in amounts.charges) == delivery
    paid = sum(line.gross_minor for line in lines) + delivery
    assert amounts.net_minor + amounts.vat_minor + amounts.rounding_minor == paid  # BR-CO-16
    assert abs(amounts.rounding_minor) <= len(amounts.shares)
    assert all(n >= 0 for n in (*amounts.nets, *amounts.discounts, charges))


@given(RATES, st.integers(0, 3_000_000))
def test_one_line_shows_the_vat_that_the_order_showed(rate: int, gross: int) -> None:
    amounts = amounts_of([Paid("S", rate, gross)], 0)
    assert amounts.vat_minor == vat_within(gross, rate)


@given(RATES.filter(bool), st.integers(0, 300_000))
def test_what_can_be_reached_is_reached_without_a_rounding(rate: int, net: int) -> None:
    assert _one(net + vat_on(net, rate), rate).rounding_minor == 0


@pytest.mark.parametrize(
    ("gross", "rate", "net", "vat", "rounding"),
    [
        (1290, 2000, 1075, 215, 0),
        (1299, 2000, 1083, 217, -1),  # no net amount at 20 % gives 12.99
        (1850, 550, 1754, 96, 0),
        (0, 2000, 0, 0, 0),
        (1000, 0, 1000, 0, 0),
        (1, 2000, 1, 0, 0),
    ],
)
def test_the_rule_in_figures(gross: int, rate: int, net: int, vat: int, rounding: int) -> None:
    amounts = _one(gross, rate)
    assert (amounts.net_minor, amounts.vat_minor, amounts.rounding_minor) == (net, vat, rounding)


def test_delivery_follows_the_goods() -> None:
    amounts = amounts_of([Paid("S", 2000, 6000), Paid("S", 550, 4000)], 500)
    assert [(c.rate_bp, c.gross_minor) for c in amounts.charges] == [(2000, 300), (550, 200)]
    assert [(s.rate_bp, s.net_minor, s.vat_minor) for s in amounts.shares] == [
        (2000, 5250, 1050),
        (550, 3981, 219),
    ]


def test_an_invoice_has_lines() -> None:
    with pytest.raises(ValueError, match="has lines"):
        amounts_of([], 0)


def _one(gross: int, rate: int) -> Amounts:
    return amounts_of([Paid("S" if rate else "Z", rate, gross)], 0)


@given(
    RATES,
    st.lists(st.integers(1, 60), min_size=1, max_size=30)
    | st.lists(st.integers(1, 50_000), min_size=1, max_size=8),
)
def test_credit_notes_piece_by_piece_never_credit_more_than_was_invoiced(
    rate: int, parts: list[int]
) -> None:
    group = (rate, "S")
    share = amounts_of([Paid("S", rate, sum(parts))], 0).shares[0]
    left = Left(sum(parts), share.net_minor, share.vat_minor)
    for part in parts:
        credited = amounts_of([Paid("S", rate, part)], 0, {group: left})
        assert credited.paid_minor == part
        assert credited.net_minor + credited.vat_minor + credited.rounding_minor == part
        assert credited.vat_minor == vat_on(credited.net_minor, rate)  # BR-CO-17
        left = Left(
            left.gross_minor - part,
            left.net_minor - credited.net_minor,
            left.vat_minor - credited.vat_minor,
        )
        assert left.net_minor >= 0
        assert left.vat_minor >= 0


@given(RATES, st.integers(1, 3_000_000))
def test_a_credit_note_of_all_says_what_the_invoice_said(rate: int, gross: int) -> None:
    invoiced = _one(gross, rate)
    group, share = ((rate, invoiced.shares[0].category), invoiced.shares[0])
    left = {group: Left(gross, share.net_minor, share.vat_minor)}
    assert amounts_of([Paid(share.category, rate, gross)], 0, left).shares == invoiced.shares


def test_ten_pieces_of_three_cents() -> None:
    """Each on its own would credit one cent of VAT: ten, of the five that were invoiced."""
    left = Left(30, 25, 5)
    vats = []
    for _piece in range(10):
        one = amounts_of([Paid("S", 2000, 3)], 0, {(2000, "S"): left})
        vats.append(one.vat_minor)
        left = Left(left.gross_minor - 3, left.net_minor - one.net_minor, left.vat_minor - vats[-1])
    assert sum(vats) == 5
    assert left.net_minor == 0


@pytest.mark.parametrize(
    ("rate", "left", "credited"),
    [
        (210, Left(333, 327, 6), (309, 6)),
        (550, Left(21, 20, 0), (9, 0)),
        (1000, Left(98, 90, 8), (84, 8)),
        (2000, Left(3, 3, 0), (2, 0)),
        (0, Left(333, 333, 0), (333, 0)),
    ],
)
def test_the_last_of_a_low_rate_is_not_all_rounding(
    rate: int, left: Left, credited: tuple[int, int]
) -> None:
    """Earlier notes may have left a cent less of VAT than is on the net amount."""
    last = amounts_of([Paid("S", rate, left.gross_minor)], 0, {(rate, "S"): left})
    (share,) = last.shares
    assert (share.net_minor, share.vat_minor) == credited
    assert vat_on(share.net_minor + 1, rate) > left.vat_minor or not rate
