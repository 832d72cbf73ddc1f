"""What a file is, told from its bytes."""

import io

import pytest
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from comptoir.catalog.feeds import FeedRow, FeedUnreadable, open_feed
from comptoir.catalog.feeds.issues import EXPECTED, RowIssue, quoted
from comptoir.catalog.feeds.unreadable import REASONS
from tests.catalog.feeds.reading_feeds import feed_of


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"PK\x03\x04....[Content_Types].xml", "spreadsheet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "spreadsheet"),
        (b"PK\x03\x04....catalogue.csv", "archive"),
        (b"7z\xbc\xaf\x27\x1c", "archive"),
        (b"%PDF-1.7", "binary"),
        (b"\x89PNG\r\n\x1a\n", "binary"),
        (bytes(range(1, 9)) * 100, "binary"),
        (b'{"products": []}', "json"),
        (b'[{"id": 1}]', "json"),
        (b"<!DOCTYPE html><html><body>Not found</body></html>", "web_page"),
        (b"<html><body>Not found</body></html>", "web_page"),
        (b"<rss><channel></channel></rss>", "no_items"),
        (b"<a/>", "no_items"),
        (b"Bonjour, ceci est une lettre.", "no_header"),
        (b"1,2,3\n4,5,6\n", "no_header"),
        (b"id,title\na,b\n", "no_columns"),
        (b"id,title,price,availability" + b",x" * 600, "too_many_columns"),
        (b"\x1f\x8b\x08\x00", "bad_gzip"),
    ],
)
def test_what_is_no_catalogue_is_refused_with_a_reason(content: bytes, code: str) -> None:
    with pytest.raises(FeedUnreadable) as found:
        feed_of(content)
    assert found.value.code == code
    assert str(found.value)


def test_one_column_name_too_few_is_a_header_still() -> None:
    with pytest.raises(FeedUnreadable) as found:
        feed_of("id;title;price\na;b;1 EUR\n")
    assert found.value.params == {"columns": "availability"}


def outcome_of(content: bytes) -> list[FeedRow] | str:
    """The rows, or the code of the refusal; any other exception fails the test."""
    try:
        return list(open_feed(io.BytesIO(content), currency="EUR"))
    except FeedUnreadable as refusal:
        return refusal.code


@given(st.binary(max_size=600))
def test_any_bytes_are_read_or_refused_and_nothing_else(content: bytes) -> None:
    outcome = outcome_of(content)
    assert isinstance(outcome, list) or outcome in REASONS


@given(
    st.binary(max_size=300),
    st.sampled_from([b"id,title,price,availability\n", b"id\ttitle\tprice\tquantity\n"]),
)
@example(b"\x00" * 5, b"id,title,price,availability\n")
def test_any_bytes_under_a_header_yield_rows(content: bytes, header: bytes) -> None:
    """Unless more than an eighth of it is no text."""
    outcome = outcome_of(header + content)
    if isinstance(outcome, str):
        strange = sum(byte < 9 or byte > 127 for byte in content)
        assert (outcome, strange * 8 > len(header)) == ("binary", True)
        return
    assert all(row.item is not None or row.issues for row in outcome)


@given(st.text(max_size=300))
def test_any_text_in_an_item_yields_refused_rows_or_a_cut_off_file(text: str) -> None:
    document = f"<rss><item><id>{text}</id></item></rss>".encode("utf-8", "replace")
    outcome = outcome_of(document)
    assert outcome in REASONS if isinstance(outcome, str) else all(row.issues for row in outcome)


def test_the_file_stays_open_and_says_how_far_it_was_read() -> None:
    file = io.BytesIO(b"id,title,price,availability\na,b,1 EUR,in stock\n")
    feed = open_feed(file, currency="EUR")
    assert len(list(feed)) == 1
    assert feed.position == feed.size
    assert not file.closed


def test_every_message_renders_with_the_params_it_is_given() -> None:
    params: dict[str, str | int] = dict.fromkeys(
        ("limit", "first_row", "decimals", "currency", "columns", "detail", "row"), 3
    )
    for code in EXPECTED:
        assert RowIssue(1, "a", "f", code, params=params).expected
    for code in REASONS:
        assert str(FeedUnreadable(code, **params))


def test_messages_are_rendered_when_read() -> None:
    issue = RowIssue(1, "a", "id", "required")
    with translation.override("en"):
        assert issue.expected == "A value: this field is required."


def test_what_is_quoted_is_bounded_and_printable() -> None:
    assert len(quoted("x" * 10_000)) == 200
    assert quoted("a\x00\u202eb") == "a��b"
