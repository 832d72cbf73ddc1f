"""Brings the demo place in, through the services that the site uses."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from django.db import connection, transaction

from comptoir.demo.arrivals import (
    arrive,
    befriend,
    install_operator,
    open_shops,
    operator_is_there,
)
from comptoir.demo.bearings import Advance, Bearings
from comptoir.demo.habits import follows
from comptoir.demo.offers import grant
from comptoir.demo.pictures import drawings, rendered
from comptoir.demo.records import Town
from comptoir.demo.shelves import fill_shelves
from comptoir.demo.talk import applaud, keep, publish, recommend
from comptoir.demo.town import load_town
from comptoir.demo.trade import buy
from comptoir.media.services.store_upload import store_rendered

Step = Callable[[str], AbstractContextManager[Advance]]

# 960 pixels wide: a third less time than 1200, and the widest column of a page is 640.
PART = 0.8


@contextmanager
def silent(_label: str) -> Iterator[Advance]:
    """A step that shows nothing."""
    yield lambda _done, _total: None


def load_demo(*, step: Step = silent, town: Town | None = None, part: float = PART) -> bool:
    """Loads the town; returns whether there was anything to do.

    One that was loaded to its end is left alone. One that was interrupted is taken up again: what
    is there is found, what is missing is made. `step(label)` shows a long step: it yields a
    function that is called with (done, total). `part` is the width of pictures, 1 for 1200 pixels.

    Raises:
        TownError: the data files do not hold together.
    """
    if operator_is_there():
        return False
    place = town or load_town()
    bearings = Bearings(place, follows(place))
    # Waiting for the disk at every commit would double the time; a town cut short is loaded again.
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
    try:
        _load(bearings, step, part)
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET synchronous_commit")
    install_operator()
    return True


def _load(bearings: Bearings, step: Step, part: float) -> None:
    with step("Pictures of the demo place") as advance:
        _paint(bearings, part, advance)
    with step("People and shops") as advance, transaction.atomic():
        arrive(bearings, advance)
        open_shops(bearings, advance)
        befriend(bearings, advance)
    with step("Products") as advance, transaction.atomic():
        fill_shelves(bearings, advance)
    with step("Posts and comments") as advance, transaction.atomic():
        published = publish(bearings, advance)
    with step("Reactions and recommendations") as advance, transaction.atomic():
        applaud(bearings, published, advance)
        recommend(bearings, advance)
        keep(bearings, advance)
    # Outside of a transaction: an order is placed in its own, and the bank is asked between two.
    with step("Purchases") as advance:
        buy(bearings, advance)
    with transaction.atomic():
        grant(bearings)


def _paint(bearings: Bearings, part: float, advance: Advance) -> None:
    wanted = drawings(bearings.town, part)
    for done, (key, picture) in enumerate(rendered(wanted)):
        stored = store_rendered(rendered=picture, durable=False)
        bearings.pictures[key] = stored.pk
        advance(done + 1, len(wanted))
