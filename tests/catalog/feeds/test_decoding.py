"""What a small compressed file may grow to."""

import gzip
import io

import pytest

from comptoir.catalog.feeds import decoding
from comptoir.catalog.feeds.reading import open_feed
from comptoir.catalog.feeds.unreadable import FeedUnreadable

HEADER = b"id,title,price,availability\n"
ROW = b"1,Bol,12.90 EUR,in stock\n"


class Counted(io.BytesIO):
    """A file that counts what is read of it."""

    taken = 0

    def read(self, size: int | None = -1, /) -> bytes:
        piece = super().read(size)
        self.taken += len(piece)
        return piece


def test_a_file_that_unfolds_beyond_the_limit_is_refused_before_it_is_unfolded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Survival 27: bytes are counted as they unfold, and reading stops there."""
    monkeypatch.setattr(decoding, "MAX_DECODED_BYTES", 1_000_000)
    bomb = Counted(gzip.compress(HEADER + ROW * 4_000_000, compresslevel=1))
    with pytest.raises(FeedUnreadable) as refused:
        list(open_feed(bomb))
    assert refused.value.code == "too_large"
    assert bomb.taken < len(bomb.getvalue()) / 2
