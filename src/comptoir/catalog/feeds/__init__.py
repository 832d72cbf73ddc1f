"""Reading product feeds: Google Merchant RSS, Atom and TSV, Meta and Pinterest CSV and TSV.

This package turns the bytes of a file into one `FeedRow` a product row, each holding a clean
`FeedItem` or the `RowIssue`s that say why it was refused. It streams: memory is bounded by the
largest row allowed (`limits.py`), never by the file. It knows nothing of the database, of shops
or of what becomes of the items; `comptoir.catalog.services` does.
"""

from comptoir.catalog.feeds.issues import RowIssue, Severity
from comptoir.catalog.feeds.items import Availability, FeedItem, FeedRow
from comptoir.catalog.feeds.prices import Price
from comptoir.catalog.feeds.reading import Feed, open_feed
from comptoir.catalog.feeds.sniff import FeedFormat
from comptoir.catalog.feeds.unreadable import FeedUnreadable

__all__ = [
    "Availability",
    "Feed",
    "FeedFormat",
    "FeedItem",
    "FeedRow",
    "FeedUnreadable",
    "Price",
    "RowIssue",
    "Severity",
    "open_feed",
]
