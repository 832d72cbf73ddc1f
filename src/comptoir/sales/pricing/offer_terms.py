"""The offers of a shop as one buyer meets them: read as one value of a statement, judged here."""

import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from comptoir.catalog.price_history import off_reference
from comptoir.sales.pricing.lines import PricedLine

MOST_CODES = 5


class Reason(StrEnum):
    """Why a code takes nothing off."""

    UNKNOWN = "unknown"
    NOT_STARTED = "not_started"
    ENDED = "ended"
    FOLLOWERS_ONLY = "followers_only"
    USED_UP = "used_up"
    USED_BY_YOU = "used_by_you"
    OTHER_PRODUCTS = "other_products"
    MINIMUM = "minimum"
    NOT_BETTER = "not_better"


@dataclass(frozen=True, slots=True)
class OfferTerms:
    """An offer and what it depends on for one buyer, at the moment of reading.

    ``reached``: the buyer is of its audience. ``left`` and ``left_for_buyer`` are uses that remain
    (``None``: without limit). ``product_ids`` ``None`` is the whole shop. ``value`` is as in
    ``models.Offer``. ``priors``, of an announced percentage: by variant, the price of which it must
    be true (``catalog.price_history``, rule 5); empty until it is asked for (``sales.announced``).
    """

    id: int
    name: str
    kind: str
    value: int
    code: str
    minimum_minor: int
    buy_quantity: int
    get_quantity: int
    starts: datetime | None
    ends: datetime | None
    audience: str
    reached: bool
    left: int | None
    left_for_buyer: int | None
    product_ids: frozenset[int] | None
    priors: Mapping[int, int] = field(default_factory=dict, compare=False)

    @property
    def announced(self) -> bool:
        """Whether it tells all of a percentage: without a code, not to named people alone."""
        return self.kind == "percent" and not self.code and self.audience != "segment"

    @property
    def pieces(self) -> int:
        """How many make it once, of pieces bought and given."""
        return self.buy_quantity + self.get_quantity

    def covers(self, line: PricedLine) -> bool:
        """Whether the line's product is in its scope."""
        return self.product_ids is None or line.product_id in self.product_ids

    def off_piece(self, line: PricedLine) -> int:
        """What a percentage takes off one piece of the line, in minor units."""
        prior = self.priors.get(line.variant_id)
        return line.unit_minor - off_reference(line.unit_minor, prior, self.value)

    def base_minor(self, lines: Iterable[PricedLine]) -> int:
        """What the goods in its scope cost before any reduction."""
        return sum(line.unit_minor * line.quantity for line in lines if self.covers(line))

    def refusal(self, lines: Sequence[PricedLine], now: datetime) -> Reason | None:
        """Why it does not hold for this buyer and these lines; ``None``: it holds.

        An offer to named people is unknown to all others.
        """
        stranger = Reason.FOLLOWERS_ONLY if self.audience == "followers" else Reason.UNKNOWN
        tests = (
            (not self.reached, stranger),
            (self.starts is not None and now < self.starts, Reason.NOT_STARTED),
            (self.ends is not None and now >= self.ends, Reason.ENDED),
            (self.left is not None and self.left <= 0, Reason.USED_UP),
            (self.left_for_buyer is not None and self.left_for_buyer <= 0, Reason.USED_BY_YOU),
            (not any(self.covers(line) for line in lines), Reason.OTHER_PRODUCTS),
            (self.base_minor(lines) < self.minimum_minor, Reason.MINIMUM),
        )
        return next((reason for failed, reason in tests if failed), None)


def folded_code(typed: str) -> str:
    """A code however it was typed: capitals, no spaces, one form of each letter."""
    plain = unicodedata.normalize("NFKC", typed).casefold().upper()
    return unicodedata.normalize("NFKC", "".join(plain.split()))[:30]


def folded_codes(typed: Iterable[str]) -> tuple[str, ...]:
    """The codes to look for: folded, once each, in the order typed, ``MOST_CODES`` at most."""
    codes = dict.fromkeys(folded_code(text) for text in typed)
    return tuple(code for code in codes if code)[:MOST_CODES]


def as_follower(offers: Iterable[OfferTerms]) -> tuple[OfferTerms, ...]:
    """The same offers, for one who would follow the shop."""
    return tuple(
        replace(offer, reached=True) if offer.audience == "followers" else offer for offer in offers
    )


_OPEN = "(o.starts IS NULL OR o.starts <= %(now)s) AND (o.ends IS NULL OR o.ends > %(now)s)"
_TERMS = """(
SELECT coalesce(json_agg(json_build_array(o.id, o.name, o.kind, o.value, o.code, o.minimum_minor,
    coalesce(o.buy_quantity, 0), coalesce(o.get_quantity, 0), o.starts, o.ends, o.audience,
    CASE o.audience WHEN 'everyone' THEN TRUE
      WHEN 'followers' THEN EXISTS (SELECT 1 FROM people_follow f
        WHERE f.follower_id = %(buyer)s::bigint AND f.followee_id = o.shop_id)
      ELSE EXISTS (SELECT 1 FROM sales_offer_segment g
        WHERE g.offer_id = o.id AND g.profile_id = %(buyer)s::bigint) END,
    o.limit_total - o.uses,
    o.limit_per_customer - coalesce((SELECT c.uses FROM sales_offercustomer c
      WHERE c.offer_id = o.id AND c.customer = %(customer)s), 0),
    CASE WHEN o.scope = 'products' THEN (SELECT coalesce(json_agg(m.product_id), '[]')
      FROM sales_offer_products m WHERE m.offer_id = o.id) END) ORDER BY o.id), '[]')
FROM sales_offer o JOIN shops_shop os ON os.profile_id = o.shop_id
WHERE o.shop_id = <shop> AND o.is_active AND o.currency = os.currency
  AND (o.code = '' AND <open> OR o.code <> '' AND <codes>)
)"""


def _terms_sql(shop: str, codes: str) -> str:
    made = _TERMS.replace("<shop>", shop).replace("<codes>", codes)
    return made.replace("<open>", _OPEN)


# One JSON array of the shop's live offers, an array for each in the order of ``OfferTerms``: those
# that apply by themselves and are open now, and those of the codes, open or not. A subselect for
# any statement; its parameters are ``shop``, ``codes`` (text[], folded), ``buyer`` (profile id or
# NULL), ``customer`` (text) and ``now``.
OFFERS_SQL = _terms_sql("%(shop)s", "o.code = ANY(%(codes)s::text[])")
# The same of shop ``s`` of the statement around it, with the codes that are not for everyone: what
# its pages may tell. Parameters ``buyer``, ``customer`` and ``now``.
SHOWN_OFFERS_SQL = _terms_sql("s.profile_id", "o.audience <> 'everyone' AND <open>")


def offer_terms(rows: str | list[list[Any]]) -> tuple[OfferTerms, ...]:
    """The terms in the value of ``OFFERS_SQL``, whether the driver decoded it or not."""
    decoded: list[list[Any]] = json.loads(rows) if isinstance(rows, str) else rows
    return tuple(_terms(*row) for row in decoded)


def _terms(*row: Any) -> OfferTerms:
    plain, (starts, ends, audience, reached, left, left_for_buyer, products) = row[:8], row[8:]
    identity, name, kind, value, code, minimum, buy, get = plain
    return OfferTerms(
        id=identity,
        name=name,
        kind=kind,
        value=value,
        code=code,
        minimum_minor=minimum,
        buy_quantity=buy,
        get_quantity=get,
        starts=_time(starts),
        ends=_time(ends),
        audience=audience,
        reached=reached,
        left=left,
        left_for_buyer=left_for_buyer,
        product_ids=None if products is None else frozenset(products),
    )


def _time(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
