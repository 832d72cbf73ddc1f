"""What makes a GET conditional: the server's own words about the answer before."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seen:
    """What a server said of an answer, so that it need not send the same again (RFC 9110, 13)."""

    etag: str = ""
    last_modified: str = ""

    def headers(self) -> list[tuple[str, str]]:
        pairs = (("If-None-Match", self.etag), ("If-Modified-Since", self.last_modified))
        return [(name, value) for name, value in pairs if value]


NOTHING_SEEN = Seen()
NOT_MODIFIED = 304
