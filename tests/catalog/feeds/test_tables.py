"""CSV and TSV, well made and not."""

import codecs

import pytest

from comptoir.catalog.feeds import Availability, FeedUnreadable, Price
from tests.catalog.feeds.reading_feeds import faults_of, feed_of, items_of, rows_of

HEADER = "id,title,price,availability,description\n"


def table_of(*lines: str) -> str:
    return HEADER + "\n".join(lines) + "\n"


@pytest.mark.parametrize("delimiter", [",", ";", "|", "\t"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(delimiter: str, line_end: str) -> None:
    lines = [
        "id,title,price,availability",
        "a,Bol,12.90 EUR,in stock",
        "b,Tasse,8 EUR,out_of_stock",
    ]
    content = line_end.join(lines).replace(",", delimiter)
    first, second = items_of(content)
    assert (first.title, first.price) == ("Bol", Price(1290, "EUR"))
    assert second.availability is Availability.OUT_OF_STOCK


def test_a_google_tsv_with_spaces_in_names() -> None:
    feed = feed_of(
        "id\ttitle\timage link\tadditional image link\tprice\tavailability\titem group id\n"
        "a\tBol\thttps://z.example/1.jpg\thttps://z.example/2.jpg,https://z.example/3,4.jpg\t"
        "12,90 EUR\tin stock\tbols\n"
    )
    (row,) = feed
    assert feed.format.label == "Google Merchant TSV"
    assert row.item is not None
    assert row.item.images == (
        "https://z.example/1.jpg", "https://z.example/2.jpg", "https://z.example/3,4.jpg",
    )  # fmt: skip
    assert row.item.item_group_id == "bols"


def test_googles_french_names() -> None:
    (item,) = items_of(
        "identifiant\ttitre\tdescription\tlien\tlien image\tdisponibilité\tprix\tprix soldé\t"
        "marque\n"
        "a\tBol\tUn bol\thttps://z.example/\thttps://z.example/1.jpg\ten stock\t1 299,00 €\t999 €\t"
        "Zinc\n"
    )
    assert item.price == Price(129900, "EUR")
    assert item.sale_price == Price(99900, "EUR")
    assert item.brand == "Zinc"


def test_a_meta_file_with_its_comment_lines() -> None:
    feed = feed_of(
        '"# Required | A unique content ID","# Required | title"\n'
        "id,title,description,availability,condition,price,link,image_link,brand,"
        "quantity_to_sell_on_facebook,fb_product_category\n"
        'a,"Bol, bleu","Il dit ""bol""",in stock,new,"12,90 EUR",https://z.example/,'
        "https://z.example/1.jpg,Zinc,75,x\n"
    )
    (row,) = feed
    assert feed.format.label == "Meta CSV"
    assert row.number == 3
    assert row.item is not None
    assert (row.item.title, row.item.description) == ("Bol, bleu", 'Il dit "bol"')
    assert row.item.quantity == 75


def test_excels_separator_line_and_a_title_line_above_the_header() -> None:
    assert items_of("sep=;\nid;title;price;availability\na;Bol;12,90;in stock\n")
    assert items_of("Export du 3 mai\n\nid;title;price;availability\na;Bol;12,90;in stock\n")


@pytest.mark.parametrize(
    "encode",
    [
        lambda text: text.encode(),
        lambda text: codecs.BOM_UTF8 + text.encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("utf-16-le"),
        lambda text: text.encode("cp1252"),
        lambda text: text.encode("utf-32"),
    ],
)
def test_encodings(encode) -> None:  # type: ignore[no-untyped-def]
    (item,) = items_of(encode(table_of("a,Théière à 12 €,12.90 EUR,in stock,Grès")))
    assert item.title == "Théière à 12 €"


def test_a_stray_byte_in_utf8_costs_one_character_not_the_file() -> None:
    good = [f"{n},Théière,12.90 EUR,in stock,Grès émaillé" for n in range(20)]
    rows = rows_of(table_of(*good).encode() + b"x,Caf\xe9,3 EUR,in stock,d\n")
    assert rows[0].item is not None
    assert rows[0].item.title == "Théière"
    assert rows[-1].item is not None
    assert [issue.code for issue in rows[-1].issues if issue.field == "title"] == [
        "broken_characters"
    ]


def test_a_late_byte_decides_for_windows_1252() -> None:
    ascii_rows = [f"{n},Bol,12.90 EUR,in stock,simple" for n in range(9000)]
    items = items_of(table_of(*ascii_rows).encode() + "x,Café,3 EUR,in stock,d\n".encode("cp1252"))
    assert items[-1].title == "Café"


def test_each_fault_is_named_with_its_row_and_field() -> None:
    content = table_of(
        "a,Bol,12.90 EUR,in stock,d",
        ",Sans identifiant,1 EUR,in stock,d",
        "c,,1 EUR,in stock,d",
        "d,Bol,,in stock,d",
        "e,Bol,cher,in stock,d",
        "f,Bol,12.90 EUR,peut-être,d",
        "g,Bol,12.90 USD,in stock,d",
        "h,Bol,-1 EUR,,d",
    )
    assert faults_of(content) == [
        (3, "id", "required"),
        (4, "title", "required"),
        (5, "price", "required"),
        (6, "price", "price_unreadable"),
        (7, "availability", "availability"),
        (8, "price", "currency_other"),
        (9, "price", "price_negative"),
        (9, "availability", "required"),
    ]
    rows = rows_of(content)
    assert rows[0].item is not None
    issue = next(issue for issue in rows[4].issues if issue.severity == "error")
    assert (issue.item_id, issue.found) == ("e", "cher")
    assert "12.90 EUR" in issue.expected


def test_warnings_leave_the_row_standing() -> None:
    (row,) = rows_of(
        "id,title,price,sale price,availability,gtin,condition,link\n"
        "a,Bol,10 EUR,12 EUR,preorder,3017620422004,mint,zinc.example\n"
    )
    assert row.item is not None
    assert row.item.sale_price is None
    assert row.item.gtin == ""
    assert {(i.field, i.code) for i in row.issues if i.severity == "warning"} >= {
        ("sale_price", "sale_not_lower"),
        ("gtin", "gtin"),
        ("condition", "condition"),
        ("link", "url"),
        ("availability", "not_sold_ahead"),
    }


def test_a_sale_whose_dates_cannot_be_read_is_left_out() -> None:
    (row,) = rows_of(
        "id,title,price,sale price,sale price effective date,availability\n"
        "a,Bol,10 EUR,8 EUR,bientôt,in stock\n"
    )
    assert row.item is not None
    assert row.item.sale_price is None


def test_too_many_cells_refuse_the_row_and_trailing_empties_do_not() -> None:
    content = table_of(
        "a,Bol, bleu,12.90 EUR,in stock,d", "b,Bol,1 EUR,in stock,d,,,", "c,Bol,1 EUR,in stock"
    )
    assert faults_of(content) == [(2, "", "too_many_cells")]
    assert [row.item is not None for row in rows_of(content)] == [False, True, True]


def test_a_line_break_inside_quotes_belongs_to_the_cell() -> None:
    (item,) = items_of(table_of('a,Bol,12.90 EUR,in stock,"Une ligne\nune autre"'))
    assert item.description == "Une ligne\nune autre"


def test_a_quote_that_never_closes_costs_its_row_only() -> None:
    content = table_of(
        "a,Bol,1 EUR,in stock,d",
        'b,"Bol,1 EUR,in stock,d',
        *[f"c{n},Bol,1 EUR,in stock,d" for n in range(3000)],
    )
    rows = rows_of(content)
    assert faults_of(content) == [(3, "", "stray_quote")]
    assert len([row for row in rows if row.item]) == 3001


def test_two_stray_quotes_cost_the_rows_they_stand_in() -> None:
    content = table_of(
        'a,"Bol,1 EUR,in stock,d', "b,Bol,1 EUR,in stock,d", 'c,"Bol,1 EUR,in stock,d'
    )
    assert [row.external_id for row in rows_of(content) if row.item] == ["b"]


def test_inches_in_a_tsv() -> None:
    (item,) = items_of('id\ttitle\tprice\tavailability\na\tCadre 24" noir\t9 EUR\tin stock\n')
    assert item.title == 'Cadre 24" noir'


def test_a_ten_megabyte_cell_costs_its_row_only() -> None:
    content = table_of(
        "a,Bol,1 EUR,in stock," + "x" * 10_000_000,
        "b,Bol,1 EUR,in stock,d",
        "c,Bol,1 EUR,in stock," + "x" * 200_000,
        "d,Bol,1 EUR,in stock,d",
    )
    assert faults_of(content) == [(2, "", "row_too_large"), (4, "", "cell_too_large")]
    assert [row.external_id for row in rows_of(content) if row.item] == ["b", "d"]


def test_nul_bytes_are_left_out() -> None:
    (row,) = rows_of(table_of("a,Bo\x00l,12.90 EUR,in stock,d"))
    assert row.item is not None
    assert row.item.title == "Bol"
    assert ("title", "control_characters") in [(i.field, i.code) for i in row.issues]


def test_long_text_is_cut_and_long_identifiers_are_refused() -> None:
    rows = rows_of(
        table_of(f"a,{'t' * 500},1 EUR,in stock,{'d' * 20_000}", f"{'i' * 101},B,1 EUR,oos,d")
    )
    assert rows[0].item is not None
    assert len(rows[0].item.title) == 200
    assert len(rows[0].item.description) == 10_000
    assert [i.code for i in rows[1].issues if i.severity == "error"] == ["id_too_long"]


def test_blank_lines_are_passed_over_and_still_counted() -> None:
    rows = rows_of(table_of("a,Bol,1 EUR,in stock,d", "", ",,,,", "b,Bol,1 EUR,in stock,d"))
    assert [row.number for row in rows] == [2, 5]


def test_a_column_given_twice_counts_once() -> None:
    (item,) = items_of("id,title,name,price,availability\na,Bol,Tasse,1 EUR,in stock\n")
    assert item.title == "Bol"


def test_missing_columns_are_named() -> None:
    with pytest.raises(FeedUnreadable) as found:
        feed_of("id,title,brand\na,b,c\n")
    assert found.value.code == "no_columns"
    assert "price, availability" in str(found.value)


def test_at_most_ten_more_pictures() -> None:
    links = ",".join(f"https://z.example/{n}.jpg" for n in range(20))
    (row,) = rows_of(
        "id\ttitle\tprice\tavailability\timage link\tadditional image link\n"
        f"a\tBol\t1 EUR\tin stock\thttps://z.example/main.jpg\t{links}\n"
    )
    assert row.item is not None
    assert len(row.item.images) == 11
    assert "too_many_images" in [issue.code for issue in row.issues]
