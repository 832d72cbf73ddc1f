"""RSS and Atom, well made and not."""

import gzip

import pytest

from comptoir.catalog.feeds import Availability, FeedUnreadable, Price
from tests.catalog.feeds.reading_feeds import (
    BOWL,
    RSS,
    faults_of,
    feed_of,
    items_of,
    rows_of,
    rss_of,
)

WHOLE = """
<g:id>bol-1</g:id>
<title>Autre titre</title>
<g:title>Bol en grès &amp; émail</g:title>
<description><![CDATA[<p>Tourné à la main.</p><p>Va au four &amp; au feu.</p>]]></description>
<link>https://zinc.example/bol?couleur=bleu&amp;v=2</link>
<g:image_link>https://zinc.example/bol-1.jpg</g:image_link>
<g:additional_image_link>https://zinc.example/bol-2.jpg</g:additional_image_link>
<g:additional_image_link>https://zinc.example/bol-3.jpg</g:additional_image_link>
<g:price>24.00 EUR</g:price>
<g:sale_price>19,50 EUR</g:sale_price>
<g:sale_price_effective_date>2026-01-07T08:00+01:00/2026-02-03T23:59+01:00</g:sale_price_effective_date>
<g:availability>in stock</g:availability>
<g:quantity>7</g:quantity>
<g:brand>Maison Zinc</g:brand><g:gtin>3017620422003</g:gtin><g:mpn>BOL-01</g:mpn>
<g:condition>new</g:condition>
<g:google_product_category>Maison et jardin &gt; Arts de la table</g:google_product_category>
<g:product_type>Table &gt; Bols</g:product_type>
<g:item_group_id>bol</g:item_group_id>
<g:color>bleu</g:color><g:size>M</g:size><g:material>grès</g:material>
<g:gender>unisex</g:gender><g:age_group>adult</g:age_group>
<g:shipping_weight>0,45 kg</g:shipping_weight>
<g:shipping><g:country>FR</g:country><g:price>4.90 EUR</g:price></g:shipping>
<g:custom_label_0>Noël</g:custom_label_0>
"""


def test_every_field_of_an_rss_item() -> None:
    (item,) = items_of(rss_of(WHOLE))
    assert item.external_id == "bol-1"
    assert item.title == "Bol en grès & émail"
    assert item.description == "Tourné à la main.\n\nVa au four & au feu."
    assert item.link == "https://zinc.example/bol?couleur=bleu&v=2"
    assert item.images == tuple(f"https://zinc.example/bol-{n}.jpg" for n in (1, 2, 3))
    assert item.price == Price(2400, "EUR")
    assert item.sale_price == Price(1950, "EUR")
    assert item.sale_starts is not None
    assert item.sale_ends is not None
    assert (item.availability, item.quantity) == (Availability.IN_STOCK, 7)
    assert (item.brand, item.gtin, item.mpn) == ("Maison Zinc", "3017620422003", "BOL-01")
    assert item.google_product_category == "Maison et jardin > Arts de la table"
    assert item.product_type == "Table > Bols"
    assert item.item_group_id == "bol"
    assert (item.color, item.size, item.material) == ("bleu", "M", "grès")
    assert (item.gender, item.age_group) == ("unisex", "adult")
    assert item.shipping_weight_grams == 450
    assert item.custom_labels == ("Noël",)


def test_an_atom_feed() -> None:
    feed = feed_of(
        '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:g="http://base.google.com/ns/1.0"><title>Zinc</title>'
        "<entry><g:id>a</g:id><title>Bol</title><summary>Un bol.</summary>"
        '<link rel="alternate" href="https://zinc.example/a"/>'
        "<g:price>3 EUR</g:price><g:availability>in stock</g:availability></entry></feed>"
    )
    (row,) = feed
    assert feed.format.label == "Google Merchant Atom"
    assert row.item is not None
    assert row.item.link == "https://zinc.example/a"
    assert row.item.description == "Un bol."


def test_another_prefix_for_googles_names() -> None:
    document = rss_of(BOWL).replace("xmlns:g=", "xmlns:shop=").replace("g:", "shop:")
    assert items_of(document)[0].external_id == "bol-1"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_with_and_without_mark(encoding: str) -> None:
    document = rss_of(BOWL).replace(' encoding="UTF-8"', "")
    assert items_of(document.encode(encoding))[0].title == "Bol en grès"


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "windows-1252", "iso-8859-15"])
def test_a_declared_encoding(encoding: str) -> None:
    document = rss_of(BOWL).replace("UTF-8", encoding)
    assert items_of(document.encode(encoding))[0].title == "Bol en grès"


def test_a_wrong_declaration_of_what_is_utf8() -> None:
    document = rss_of(BOWL).replace("UTF-8", "ISO-8859-1")
    assert items_of(document.encode())[0].title == "Bol en grès"


def test_bytes_that_are_not_the_declared_utf8() -> None:
    assert items_of(rss_of(BOWL).encode("cp1252"))[0].title == "Bol en grès"


def test_encodings_that_are_no_text_are_not_honoured() -> None:
    for name in ("utf-7", "unicode_escape", "zlib", "rot13", "idna", "no-such"):
        document = rss_of(BOWL).replace("UTF-8", name)
        assert items_of(document.encode())[0].title == "Bol en grès"


def test_gzip() -> None:
    feed = feed_of(gzip.compress(rss_of(BOWL).encode()))
    assert [row.external_id for row in feed] == ["bol-1"]
    assert feed.format.compressed


def test_damaged_gzip_stops_with_a_reason() -> None:
    data = gzip.compress(rss_of(*[BOWL] * 50).encode())
    with pytest.raises(FeedUnreadable) as found:
        rows_of(data[:-20])
    assert found.value.code == "bad_gzip"


def test_a_malformed_item_stops_at_its_own_end() -> None:
    document = rss_of(BOWL, "<g:id>x</g:ID><broken", BOWL.replace("bol-1", "bol-2"))
    rows = rows_of(document)
    assert [row.external_id for row in rows] == ["bol-1", "", "bol-2"]
    assert faults_of(document) == [(2, "", "not_well_formed")]


def test_lone_ampersands_and_html_entities_are_mended_with_a_warning() -> None:
    (row,) = rows_of(
        rss_of(
            BOWL.replace("Bol en grès", "Bol &eacute;maill&eacute;&nbsp;& noir")
            + "<g:link>https://zinc.example/?a=1&b=2</g:link>"
            "<g:description><![CDATA[Sel & poivre]]></g:description>"
        )
    )
    assert row.item is not None
    assert row.item.title == "Bol émaillé & noir"
    assert row.item.link == "https://zinc.example/?a=1&b=2"
    assert row.item.description == "Sel & poivre"
    assert ("not_well_formed", "warning") in [(i.code, i.severity) for i in row.issues]


def test_what_looks_like_a_tag_inside_cdata_and_comments() -> None:
    document = rss_of(
        BOWL + "<!-- </item> --><description><![CDATA[</item><item> & co]]></description>"
    ).replace("<channel>", "<channel><!-- <item> --><![CDATA[<item>]]>")
    (item,) = items_of(document)
    assert item.description == "& co"


def test_an_empty_item_is_refused_for_what_it_lacks() -> None:
    assert faults_of(rss_of("<g:mpn>1</g:mpn>")) == [
        (1, "id", "required"),
        (1, "title", "required"),
        (1, "price", "required"),
        (1, "availability", "required"),
    ]


def test_a_document_cut_off_says_so_after_its_last_whole_row() -> None:
    document = rss_of(BOWL, BOWL.replace("bol-1", "bol-2"), BOWL.replace("bol-1", "bol-3"))
    rows = iter(feed_of(document[: document.index("bol-3")]))
    assert [next(rows).external_id, next(rows).external_id] == ["bol-1", "bol-2"]
    with pytest.raises(FeedUnreadable) as found:
        next(rows)
    assert (found.value.code, found.value.params) == ("cut_off", {"row": 2})


def test_a_document_without_its_last_tag_is_cut_off() -> None:
    with pytest.raises(FeedUnreadable) as found:
        rows_of(rss_of(BOWL).replace("</rss>", ""))
    assert found.value.code == "cut_off"


BILLION_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
XXE = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("prolog", [BILLION_LAUGHS, XXE, "<!-- x --><!DOCTYPE rss SYSTEM 'x'>"])
def test_a_document_type_is_refused(prolog: str) -> None:
    with pytest.raises(FeedUnreadable) as found:
        feed_of(prolog + RSS.split("?>", 1)[1] % f"<item>{BOWL}</item>")
    assert found.value.code == "doctype"


def test_a_document_type_hidden_in_an_item_is_not_well_formed() -> None:
    hidden = BOWL.replace(
        "Bol en grès", "<!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>&x;"
    )
    assert faults_of(rss_of(hidden)) == [(1, "", "not_well_formed")]


def test_an_undeclared_entity_stands_for_nothing_but_itself() -> None:
    (item,) = items_of(rss_of(BOWL.replace("Bol en grès", "Bol &secret;")))
    assert item.title == "Bol &secret;"


def test_a_ten_megabyte_field_costs_its_row_only() -> None:
    huge = f"<g:description>{'x' * 10_000_000}</g:description>"
    hidden = f"<g:description><![CDATA[{'</item>' * 1_500_000}]]></g:description>"
    document = rss_of(BOWL + huge, BOWL.replace("bol-1", "bol-2"), BOWL + hidden, BOWL)
    rows = rows_of(document)
    assert [row.item is not None for row in rows] == [False, True, False, True]
    assert faults_of(document) == [(1, "", "row_too_large"), (3, "", "row_too_large")]


def test_an_item_without_end_does_not_gather_in_memory() -> None:
    document = rss_of(BOWL)[:-30] + "x" * 3_000_000
    with pytest.raises(FeedUnreadable) as found:
        rows_of(document)
    assert found.value.code == "cut_off"


def test_deep_nesting_is_refused() -> None:
    deep = "<a>" * 5000 + "</a>" * 5000
    assert faults_of(rss_of(BOWL + deep)) == [(1, "", "not_well_formed")]


def test_nul_and_other_control_characters_are_left_out_with_a_warning() -> None:
    (row,) = rows_of(rss_of(BOWL.replace("Bol en", "Bol\x00\x0b en")))
    assert row.item is not None
    assert row.item.title == "Bol en grès"
    assert any(issue.severity == "warning" for issue in row.issues)


@pytest.mark.parametrize("size", [1, 7, 64, 1000])
def test_chunk_edges_do_not_matter(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    document = rss_of(WHOLE, "<!-- </item> -->" + BOWL, BOWL + "<![CDATA[]] > ]]>")
    expected = rows_of(document)
    monkeypatch.setattr("comptoir.catalog.feeds.item_texts.CHUNK_BYTES", size)
    assert rows_of(document) == expected
    assert len(expected) == 3
