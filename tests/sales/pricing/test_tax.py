"""VAT to the cent: by hand, and by properties."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.common.money import decimals
from comptoir.sales.pricing.division import divided
from comptoir.sales.pricing.lines import PricedLine
from comptoir.sales.pricing.tax import TaxContext, rate_for, tax_context, taxed

RATES = st.sampled_from([0, 210, 550, 1000, 2000, 2550])
PLACES = st.sampled_from(
    [
        "FR/29200",
        "FR/97200",
        "BE/1000",
        "DE/10115",
        "GR/",
        "ES/35001",
        "CH/1200",
        "GB/BT15GS",
        "GB/SW1A1AA",
        "MC/98000",
    ]
)


@st.composite
def lines(draw: st.DrawFn) -> PricedLine:
    """Prices small and large, discounts from none to all of the line."""
    quantity = draw(st.integers(1, 999))
    unit = draw(st.integers(0, 300) | st.integers(0, 10**11 - 1))
    return PricedLine(
        variant_id=draw(st.integers(1, 50)),
        quantity=quantity,
        unit_minor=unit,
        vat_rate_bp=draw(RATES),
        digital=draw(st.booleans()),
        discount_minor=draw(
            st.just(0) | st.just(unit * quantity) | st.integers(0, unit * quantity)
        ),
    )


CONTEXTS = st.builds(
    lambda place, regime, oss, valid: TaxContext("FR", regime, oss, place[:2], valid, place[3:]),
    PLACES,
    st.sampled_from(["normal", "franchise"]),
    st.booleans(),
    st.booleans(),
)
BASKETS = st.lists(lines(), min_size=1, max_size=12)
FEES = st.integers(0, 100_000)


@given(BASKETS, FEES, CONTEXTS)
def test_totals_are_the_sum_of_their_parts(
    basket: list[PricedLine], fee: int, context: TaxContext
) -> None:
    made = taxed(basket, fee, context)
    assert made.total_minor == sum(share.gross_minor for share in made.vat_shares)
    assert made.total_minor == sum(line.total_minor for line in made.lines) + made.delivery_minor
    assert made.vat_minor == sum(share.vat_minor for share in made.vat_shares)
    assert 0 <= made.vat_minor <= made.total_minor


@given(BASKETS, FEES, CONTEXTS)
def test_no_amount_leaves_its_bounds(
    basket: list[PricedLine], fee: int, context: TaxContext
) -> None:
    made = taxed(basket, fee, context)
    assert 0 <= made.delivery_minor <= fee
    for before, after in zip(basket, made.lines, strict=True):
        assert 0 <= after.unit_minor <= before.unit_minor
        assert 0 <= after.discount_minor <= before.discount_minor
        assert after.total_minor >= 0
        if before.total_minor == 0:
            assert after.total_minor == 0


@given(BASKETS, FEES, CONTEXTS)
def test_the_net_price_is_right_to_a_unit_for_each_rounding(
    basket: list[PricedLine], fee: int, context: TaxContext
) -> None:
    made = taxed(basket, fee, context)
    for before, after in zip(basket, made.lines, strict=True):
        rate = rate_for(context, before.vat_rate_bp, digital=before.digital)
        if not rate.on_net:
            assert after.total_minor == before.total_minor
            continue
        exact = Fraction(before.total_minor * 10_000, 10_000 + before.vat_rate_bp)
        assert abs(after.total_minor - exact) <= Fraction(before.quantity + 1, 2)


@given(BASKETS, FEES, CONTEXTS)
def test_each_rate_s_vat_is_right_to_a_unit_for_each_rounding(
    basket: list[PricedLine], fee: int, context: TaxContext
) -> None:
    made = taxed(basket, fee, context)
    for share in made.vat_shares:
        exact = Fraction(share.gross_minor * share.rate_bp, 10_000 + share.rate_bp)
        roundings = 1 + sum(line.vat_rate_bp == share.rate_bp for line in made.lines)
        assert abs(share.vat_minor - exact) <= Fraction(roundings, 2)


@given(BASKETS, FEES, CONTEXTS)
def test_the_order_of_the_lines_changes_no_amount(
    basket: list[PricedLine], fee: int, context: TaxContext
) -> None:
    one, other = taxed(basket, fee, context), taxed(basket[::-1], fee, context)
    assert (one.total_minor, one.vat_shares) == (other.total_minor, other.vat_shares)


@given(BASKETS, FEES)
def test_at_home_the_price_is_the_one_on_the_label(basket: list[PricedLine], fee: int) -> None:
    made = taxed(basket, fee, TaxContext("FR", "normal", oss=True, buyer_country="FR"))
    assert made.lines == tuple(basket)
    assert (made.delivery_minor, made.scheme) == (fee, "domestic")


@given(st.integers(0, 10**9), st.dictionaries(st.integers(0, 10_000), st.integers(0, 10**12)))
def test_a_division_loses_no_unit(amount: int, weights: dict[int, int]) -> None:
    parts = divided(amount, weights)
    assert sum(parts.values()) == (amount if weights else 0)
    total = sum(weights.values())
    for key, part in parts.items():
        if total:
            assert abs(part - Fraction(amount * weights[key], total)) < 1


@pytest.mark.parametrize("currency", ["JPY", "EUR", "TND"])
@given(price=st.integers(1, 10**7), quantity=st.integers(1, 9), rate=RATES)
def test_rounding_is_to_the_currency_s_own_decimals(
    currency: str, price: int, quantity: int, rate: int
) -> None:
    unit = Decimal(1).scaleb(-decimals(currency))
    gross = price * quantity * unit
    made = taxed([PricedLine(1, quantity, price, rate)], 0, tax_context_of("FR"))
    exact = gross * rate / (10_000 + rate)
    assert made.vat_minor * unit == exact.quantize(unit, ROUND_HALF_UP)


def tax_context_of(country: str, postcode: str = "", **more: object) -> TaxContext:
    """From a French shop that declares by the one-stop shop, unless said otherwise."""
    settings: dict[str, object] = {"seller_country": "FR", "regime": "normal", "oss": True}
    return tax_context(**{**settings, "country": country, "postcode": postcode, **more})  # type: ignore[arg-type]


WINE, BOOK = PricedLine(1, 2, 1200, 2000), PricedLine(2, 1, 1055, 550)
DE_NUMBER, FR_NUMBER, EL_NUMBER = "DE136695976", "FR 40 303 265 045", "EL094259216"


@pytest.mark.parametrize(
    ("context", "scheme", "country", "total", "shares"),
    [
        (tax_context_of("FR"), "domestic", "FR", 4045, [(2000, 2810, 468), (550, 1235, 64)]),
        (tax_context_of("DE"), "oss", "DE", 4045, [(1900, 2810, 448), (700, 1235, 81)]),
        (tax_context_of("DE", oss=False), "domestic", "FR", 4045,
         [(2000, 2810, 468), (550, 1235, 64)]),
        # 2 × 10.00, 10.00, and 5.90 less 0.68 and 0.09
        (tax_context_of("DE", vat_number=DE_NUMBER), "reverse_charge", "FR", 3513, [(0, 3513, 0)]),
        (tax_context_of("GR", vat_number=EL_NUMBER), "reverse_charge", "FR", 3513, [(0, 3513, 0)]),
        (tax_context_of("CH"), "export", "FR", 3513, [(0, 3513, 0)]),
        (tax_context_of("BE", vat_number=FR_NUMBER), "oss", "BE", 4045,
         [(2100, 2810, 488), (600, 1235, 70)]),
        (tax_context_of("FR", regime="franchise"), "franchise", "FR", 4045, [(0, 4045, 0)]),
        (tax_context_of("CH", regime="franchise"), "franchise", "FR", 4045, [(0, 4045, 0)]),
    ],
)  # fmt: skip
def test_a_parcel_by_hand(
    context: TaxContext, scheme: str, country: str, total: int, shares: list[tuple[int, int, int]]
) -> None:
    made = taxed([WINE, BOOK], 590, context)
    assert (made.scheme, made.country, made.total_minor) == (scheme, country, total)
    assert [(s.rate_bp, s.gross_minor, s.vat_minor) for s in made.vat_shares] == shares


@pytest.mark.parametrize(
    ("country", "postcode", "goods", "services"),
    [
        ("MC", "98000", "domestic 2000", "domestic 2000"),
        ("FR", "98000", "domestic 2000", "domestic 2000"),
        ("FR", "20000", "domestic 2000", "domestic 2000"),  # Corsica
        ("FR", "97110", "export 0", "domestic 850"),  # Guadeloupe
        ("MQ", "97200", "export 0", "domestic 850"),
        ("RE", "97400", "export 0", "domestic 850"),
        ("FR", "97300", "export 0", "export 0"),  # Guiana
        ("FR", "97133", "export 0", "export 0"),  # Saint-Barthélemy
        ("NC", "98800", "export 0", "export 0"),
        ("EL", "105 57", "oss 2400", "oss 2400"),
        ("ES", "28001", "oss 2100", "oss 2100"),
        ("ES", "35001", "export 0", "export 0"),  # the Canary islands
        ("ES", "51001", "export 0", "export 0"),  # Ceuta
        ("PT", "9000-018", "oss 2200", "oss 2200"),  # Madeira
        ("PT", "9500-150", "oss 1600", "oss 1600"),  # the Azores
        ("AT", "6691", "oss 1900", "oss 1900"),  # Jungholz
        ("AT", "1010", "oss 2000", "oss 2000"),
        ("DE", "78266", "export 0", "export 0"),  # Büsingen
        ("IT", "23041", "export 0", "export 0"),  # Livigno
        ("FI", "22100", "export 0", "export 0"),  # Åland
        ("FI", "00100", "oss 2550", "oss 2550"),
        ("GB", "BT1 5GS", "oss 2000", "export 0"),  # Northern Ireland
        ("XI", "", "oss 2000", "export 0"),
        ("GB", "SW1A 1AA", "export 0", "export 0"),
        ("IM", "IM1 1AA", "export 0", "export 0"),
        ("US", "", "export 0", "export 0"),
    ],
)
def test_where_a_consumer_lives_decides(
    country: str, postcode: str, goods: str, services: str
) -> None:
    context = tax_context_of(country, postcode)
    found = [rate_for(context, 2000, digital=digital) for digital in (False, True)]
    assert [f"{rate.scheme} {rate.rate_bp}" for rate in found] == [goods, services]


def test_what_is_handed_over_at_the_shop_has_the_shop_s_vat() -> None:
    context = tax_context_of("CH", "1200", at_the_shop=True)
    assert rate_for(context, 550).scheme == "domestic"


def test_a_number_that_is_badly_made_frees_from_nothing() -> None:
    assert rate_for(tax_context_of("DE", vat_number="DE136695977"), 2000).scheme == "oss"


def test_a_business_in_northern_ireland_accounts_for_goods_alone() -> None:
    context = tax_context_of("GB", "BT1 5GS", vat_number="XI980780684")
    assert rate_for(context, 2000).scheme == "reverse_charge"
    assert rate_for(context, 2000, digital=True).scheme == "export"


def test_a_small_seller_over_the_threshold_charges_the_buyer_s_vat_abroad_alone() -> None:
    abroad = tax_context_of("DE", regime="franchise")
    assert rate_for(abroad, 550).rate_bp == 700
    assert rate_for(tax_context_of("FR", regime="franchise"), 550).scheme == "franchise"


def test_a_parcel_and_a_file_overseas_have_each_their_vat() -> None:
    file = PricedLine(3, 1, 1085, 2000, digital=True)
    made = taxed([WINE, file], 0, tax_context_of("FR", "97200"))
    assert made.scheme == "export"
    assert [(s.rate_bp, s.gross_minor, s.vat_minor) for s in made.vat_shares] == [
        (850, 1085, 85),
        (0, 2000, 0),
    ]


def test_what_is_given_away_stays_given_away_without_vat() -> None:
    gift = PricedLine(1, 3, 99, 2000, discount_minor=297)
    made = taxed([gift], 0, tax_context_of("US"))
    assert (made.items_minor, made.discount_minor, made.total_minor) == (246, 246, 0)
