from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.catalog.feeds import values
from comptoir.catalog.feeds.headers import canonical
from comptoir.catalog.feeds.items import Availability
from comptoir.catalog.feeds.plain_text import has_control_characters, one_line, paragraphs


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("in stock", Availability.IN_STOCK),
        ("in_stock", Availability.IN_STOCK),
        ("In-Stock", Availability.IN_STOCK),
        ("https://schema.org/InStock", Availability.IN_STOCK),
        ("available for order", Availability.IN_STOCK),
        ("en stock", Availability.IN_STOCK),
        ("out of stock", Availability.OUT_OF_STOCK),
        ("out_of_stock", Availability.OUT_OF_STOCK),
        ("Épuisé", Availability.OUT_OF_STOCK),
        ("discontinued", Availability.OUT_OF_STOCK),
        ("preorder", Availability.PREORDER),
        ("pre-order", Availability.PREORDER),
        ("backorder", Availability.BACKORDER),
        ("perhaps", None),
        ("", None),
    ],
)
def test_availability(word: str, meaning: Availability | None) -> None:
    assert values.availability(word) == meaning


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("3017620422003", "3017620422003"),
        ("3 017620 422003", "3017620422003"),
        ("96385074", "96385074"),
        ("036000291452", "036000291452"),
        ("3017620422004", ""),  # the check digit is wrong
        ("301762042200", ""),
        ("0000000000000", ""),
        ("abc", ""),
        ("٣٠١٧٦٢٠٤٢٢٠٠٣", ""),
    ],
)
def test_a_barcode_number_must_check(text: str, digits: str) -> None:
    assert values.gtin(text) == digits


@pytest.mark.parametrize(
    ("text", "number"),
    [("12", 12), ("0", 0), ("12.0", 12), ("-3", 0), ("1.5", None), ("many", None), ("1e3", None),
     ("99999999", None), ("", None)],
)  # fmt: skip
def test_quantity(text: str, number: int | None) -> None:
    assert values.quantity(text) == number


def test_addresses_are_http_and_whole() -> None:
    assert values.web_address("https://zinc.example/a?b=1&c=é,x")
    for bad in (
        "zinc.example/a", "ftp://zinc.example/", "javascript:alert(1)", "https://",
        "https://u:p@zinc.example/", "https://zinc.example/a b", "https://zinc.example/<b>",
        "https://zinc.example/" + "a" * 2000, "//zinc.example/a", "data:image/png;base64,AA",
    ):  # fmt: skip
        assert values.web_address(bad) == "", bad


def test_a_list_of_addresses_parts_where_an_address_begins() -> None:
    text = "https://a.example/1,2.jpg,https://b.example/x.jpg ; https://c.example|http://d.example"
    assert values.split_addresses(text) == [
        "https://a.example/1,2.jpg", "https://b.example/x.jpg", "https://c.example",
        "http://d.example",
    ]  # fmt: skip


def test_sale_dates() -> None:
    dates = values.date_range("2026-01-07T08:00+0100/2026-02-03T23:59+0100")
    assert dates is not None
    assert dates[0].astimezone(UTC) == datetime(2026, 1, 7, 7, tzinfo=UTC)
    assert dates[1] - dates[0] == timedelta(days=27, hours=15, minutes=59)
    assert values.date_range("2026-01-07/2026-02-03") is not None
    for bad in ("2026-02-03/2026-01-07", "2026-01-07", "soon/later", "", "2026-13-01/2027-01-01"):
        assert values.date_range(bad) is None


def test_since_ever_and_for_ever_are_times_that_can_be_kept() -> None:
    first = datetime(1970, 1, 1, tzinfo=UTC)
    last = datetime(2999, 12, 31, tzinfo=UTC)
    for ever in (
        "0001-01-01T00:00+0200/9999-12-31T23:59-0500",
        "0001-01-01/9999-12-31",
        "1900-01-01/3000-01-01",
    ):
        assert values.date_range(ever) == (first, last)
    assert values.date_range("9999-01-01/9999-12-31") is None


def test_weight_in_grams() -> None:
    assert values.grams("1.2 kg") == 1200
    assert values.grams("1,2kg") == 1200
    assert values.grams("250 g") == 250
    assert values.grams("1 lb") == 454
    assert values.grams("heavy") is None


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("image link", "image_link"),
        ("image_link", "image_link"),
        ("Image Link", "image_link"),
        ("g:image_link", "image_link"),
        ("lien image", "image_link"),
        ("image[0].url", "image_link"),
        ("image[3].url", "additional_image_link"),
        ("additional image link", "additional_image_link"),
        ("lien_image_supplémentaire", "additional_image_link"),
        ("quantity_to_sell_on_facebook", "quantity"),
        ("inventory", "quantity"),
        ("disponibilité", "availability"),
        ("identifiant groupe", "item_group_id"),
        ("tranche d'âge", "age_group"),
        ("matière", "material"),
        ("prix soldé", "sale_price"),
        ("shipping(country)", None),
        ("", None),
    ],
)
def test_column_names_however_they_are_spelled(header: str, name: str | None) -> None:
    assert canonical(header) == name


def test_html_becomes_paragraphs() -> None:
    text = paragraphs("<p>Grès &amp; émail.</p><ul><li>bol</li><li>tasse</li></ul>2<br/>3")
    assert [line for line in text.split("\n") if line] == [
        "Grès & émail.",
        "bol",
        "tasse",
        "2",
        "3",
    ]


def test_scripts_and_styles_leave_nothing() -> None:
    text = "Bol<script>alert(1)</script><style>p{}</style><!-- x --><img src=x onerror=a()> bleu"
    assert one_line(text) == "Bol bleu"


@pytest.mark.parametrize(
    ("given_html", "left"),
    [
        ("<p onclick='x'>Un <b style='color:red'>bol</b></p>", "Un bol"),
        ("<svg><script>x</script></svg>bol", "bol"),
        ("bol<iframe src='https://zinc.example'></iframe>", "bol"),
        ("<a href='javascript:alert(1)'>bol</a>", "bol"),
        ("<p>ouvert <b", "ouvert"),
    ],
)
def test_no_markup_of_a_stranger_survives(given_html: str, left: str) -> None:
    assert (one_line(given_html), paragraphs(given_html).strip()) == (left, left)


HOSTILE = st.lists(
    st.one_of(
        st.text(max_size=40),
        st.sampled_from(
            [
                *("<p>", "</p>", "<br>", "<script>", "</script>", "<svg onload=x>", "<!--", "-->"),
                *("<a href='javascript:x'>", "</a>", "&lt;", "&gt;", "&amp;", "&#0;", "&#xd800;"),
                *("<style>", "<math><mi>", "<img src=x onerror=y>", "]]>", "\x00", "\r\n", "&#27;"),
            ]
        ),
    ),
    max_size=12,
).map("".join)


@given(st.one_of(st.text(max_size=400), HOSTILE))
def test_plain_text_holds_nothing_that_a_database_or_page_would_choke_on(text: str) -> None:
    for plain in (one_line(text), paragraphs(text)):
        assert not has_control_characters(plain)
        plain.encode()
    assert "\n" not in one_line(text)
