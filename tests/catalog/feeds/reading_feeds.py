"""How the feed tests read a file written in the test."""

import io

from comptoir.catalog.feeds import Feed, FeedItem, FeedRow, open_feed


def feed_of(content: str | bytes, *, currency: str = "EUR") -> Feed:
    data = content.encode() if isinstance(content, str) else content
    return open_feed(io.BytesIO(data), currency=currency)


def rows_of(content: str | bytes, *, currency: str = "EUR") -> list[FeedRow]:
    return list(feed_of(content, currency=currency))


def items_of(content: str | bytes, *, currency: str = "EUR") -> list[FeedItem]:
    """The items; fails with the issues when a row was refused."""
    rows = rows_of(content, currency=currency)
    assert all(row.item for row in rows), [row.issues for row in rows]
    return [row.item for row in rows if row.item]


def faults_of(content: str | bytes) -> list[tuple[int, str, str]]:
    """(row, field, code) of each error."""
    return [
        (issue.row, issue.field, issue.code)
        for row in rows_of(content)
        for issue in row.issues
        if issue.severity == "error"
    ]


RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>
<title>La Maison Zinc</title><link>https://zinc.example</link>
%s
</channel></rss>
"""


def rss_of(*items: str) -> str:
    return RSS % "\n".join(f"<item>{item}</item>" for item in items)


BOWL = (
    "<g:id>bol-1</g:id><g:title>Bol en grès</g:title><g:price>12.90 EUR</g:price>"
    "<g:availability>in_stock</g:availability>"
)
