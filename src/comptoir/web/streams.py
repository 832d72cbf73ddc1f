"""What a list of posts needs beside the posts: the products shown, and why the viewer sees them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from comptoir.catalog.cards import ProductCard, cards_asked, cards_read
from comptoir.common.keyset import Page
from comptoir.discovery.asking import Asking
from comptoir.discovery.reasons import (
    Reason,
    reasons_beside,
    reasons_for,
    reasons_for_beside,
)
from comptoir.discovery.suggest import Suggestion
from comptoir.people.actor import Actor
from comptoir.posts.queries import FeedPost


@dataclass(frozen=True, slots=True)
class Stream:
    """Posts to print, with cards and reasons by product id, and ids of products one keeps."""

    posts: Sequence[FeedPost]
    next: str | None
    cards: Mapping[int, ProductCard]
    reasons: Mapping[int, Reason]
    kept: frozenset[int]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Products to print, with why and whether the viewer keeps them."""

    products: Sequence[ProductCard]
    next: str | None
    reasons: Mapping[int, Reason]
    kept: frozenset[int]


def stream_of(actor: Actor, page: Page[FeedPost]) -> Stream:
    """Two queries more, whatever the number of posts."""
    ids = [product_id for post in page.rows for product_id in post.product_ids]
    reasons, (cards,) = reasons_for_beside(actor, ids, cards_asked(actor, ids))
    return Stream(page.rows, page.next, cards_read(cards), reasons, kept_in(reasons))


def shelf_of(actor: Actor, page: Page[ProductCard]) -> Shelf:
    """One query more."""
    reasons = reasons_for(actor, [card.id for card in page.rows])
    return Shelf(page.rows, page.next, reasons, kept_in(reasons))


def shelf_of_ids(actor: Actor, page: Page[int]) -> Shelf:
    """Two queries more; what the actor may not see is left out."""
    reasons, (rows,) = reasons_for_beside(actor, page.rows, cards_asked(actor, page.rows))
    cards = cards_read(rows)
    shown = [cards[product_id] for product_id in page.rows if product_id in cards]
    return Shelf(shown, page.next, reasons, kept_in(reasons))


def shelf_of_suggestions(
    actor: Actor,
    suggestions: Sequence[Suggestion],
    then: str | None = None,
    *,
    personal: bool,
    asking: Asking | None = None,
) -> Shelf:
    """Four queries more, in one round trip; ``then``: where the next page begins. Not ``personal``:
    with the reasons that a visitor is told. ``asking``: of the actor, where a page asks more."""
    ids = [one.product_id for one in suggestions]
    reasons, (rows,) = reasons_beside(
        actor, suggestions, cards_asked(actor, ids), personal=personal, asking=asking
    )
    cards = cards_read(rows)
    products = [cards[one] for one in ids if one in cards]
    return Shelf(products, then, reasons, kept_in(reasons))


def kept_in(reasons: Mapping[int, Reason]) -> frozenset[int]:
    return frozenset(i for i, reason in reasons.items() if reason.kept_by_me)


def first(rows: Iterable[FeedPost], count: int) -> Page[FeedPost]:
    """A short page of the first rows, with nothing after it."""
    return Page(list(rows)[:count])
