"""A process that buys at Stripe and is refunded, and dies by SIGKILL before each thing that lasts.

Run by ``test_crash_at_stripe``: ``python -m tests.sales.at_stripe.crashing_buyer STRIPE VARIANT``.
What lasts are commits here and requests to Stripe there; both are found by instrumentation. Nothing
is kept between one and the next, so that dying just after one is dying just before the next: a
story's first child dies before the first, its second before the second, until one outlives it.
Prints one line of JSON for each child: story, number, e-mail, what it died before, "" for none.
"""

import json
import re
import signal
import sys
from collections.abc import Callable
from functools import partial
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

import django
import httpx
import stripe
from django.conf import settings

django.setup()

from django.db import connection  # noqa: E402

from comptoir.catalog.models import Variant  # noqa: E402
from comptoir.people.actor import ANYONE, Actor  # noqa: E402
from comptoir.people.models import Profile  # noqa: E402
from comptoir.sales.models import StripeCharge, StripeCustomer  # noqa: E402
from comptoir.sales.services import (  # noqa: E402
    Placed,
    cancel_by_buyer,
    cancel_by_shop,
    issue_invoice,
    take_webhook,
)
from comptoir.sales.services.come_back import come_back  # noqa: E402
from tests.sales.at_stripe.shop import ACCOUNT  # noqa: E402
from tests.sales.buying import Basket, basket, order_of, work  # noqa: E402
from tests.sales.crashing_buyer import MOST, Death, forked, wait_until_alone  # noqa: E402
from tests.stripe_server import signed  # noqa: E402


class DeathBeforeEach(Death):
    """Kills the process before the ``number``-th commit or request to Stripe, and says which."""

    def __init__(self, story: str, number: int, email: str) -> None:
        super().__init__("before", number)
        self.tell = partial(tell, story, number, email)

    def watch(self) -> None:
        super().watch()
        ask = stripe.RequestsClient.request

        def asked(client: stripe.RequestsClient, method: str, url: str, *more: Any) -> Any:
            path = re.sub("/(cs|cus)_[^/]+", "", urlsplit(url).path.removeprefix("/v1/"))
            what = f"{method.upper()} {path}"
            return self.around(lambda: ask(client, method, url, *more), what)

        patch.object(stripe.RequestsClient, "request", asked).start()

    def around(self, deed: Callable[[], Any], what: str = "commit") -> Any:
        if self.armed and self.seen + 1 == self.number:
            self.tell(what)
        return super().around(deed)


class NoDeath(Death):
    """Of a rehearsal."""

    def watch(self) -> None:
        pass


def tell(story: str, number: int, email: str, what: str) -> None:
    print(json.dumps([story, number, email, what]), flush=True)


def pay(placed: Placed) -> None:
    """The buyer types a card in at Stripe's page: no deed of ours."""
    page = StripeCharge.objects.get(payment__order=placed.order_id).url
    assert BROWSER.post(page).is_redirect


def buy(wanted: Basket) -> None:
    """From the sheet to the confirmation mail, the worker's part included."""
    placed = wanted.sent()
    pay(placed)
    come_back(order=order_of(placed))
    work(letters=False)


def story_of_buying(wanted: Basket, death: Death) -> None:
    StripeCustomer.objects.all().delete()  # so that each is known there for the first time
    death.watch()
    buy(wanted)


def story_of_ordering(wanted: Basket, death: Death) -> None:
    """The same sheet is sent once more afterwards: see ``same_again``."""
    StripeCustomer.objects.all().delete()
    death.watch()
    wanted.sent()


def story_of_hearing_of_it(wanted: Basket, death: Death) -> None:
    """Stripe writes before the buyer is back."""
    placed = wanted.sent()
    pay(placed)
    session = StripeCharge.objects.get(payment__order=placed.order_id).session_id
    said = BROWSER.get(f"{settings.STRIPE_API}/v1/checkout/sessions/{session}")
    headers, body = signed("checkout.session.completed", said.json(), account=ACCOUNT)
    death.watch()
    take_webhook(provider="stripe", headers=headers, body=body)


def story_of_refunding(wanted: Basket, death: Death) -> None:
    buy(wanted)
    death.watch()
    cancel_by_shop(order=order_of(wanted.sent()))
    work(letters=False)


def story_of_calling_off(wanted: Basket, death: Death) -> None:
    """The buyer pays after all, before Stripe's page is closed."""
    placed = wanted.sent()
    death.watch()
    cancel_by_buyer(order=order_of(placed))
    pay(placed)
    work(only="sales.close_payment")


BROWSER = httpx.Client(headers={"Stripe-Account": ACCOUNT})
AGAIN = "again"  # who sends the same sheet once more, after the crash
STORIES = {
    "buying": story_of_buying,
    AGAIN: story_of_ordering,
    "told": story_of_hearing_of_it,
    "refunding": story_of_refunding,
    "called-off": story_of_calling_off,
}
# Of these, Stripe is asked to keep the card.
KEEPING = {"buying", AGAIN}


def wanted_by(buyer: Actor, variant_id: int, story: str, email: str) -> Basket:
    variant = Variant.objects.select_related("product__shop").get(pk=variant_id)
    more = {"actor": buyer, "instrument": "card_kept"} if story in KEEPING else {"actor": ANYONE}
    key = uuid5(NAMESPACE_URL, email)
    return basket((variant, 2), provider="stripe", email=email, language="en", key=key, **more)


def life(buyer: Actor, variant_id: int, story: str, number: int) -> None:
    """What the dead one before left is finished first, so that each story begins on its own."""
    wait_until_alone()
    work(letters=False)
    email = f"{story}-{number}@example.org"
    wanted = wanted_by(buyer, variant_id, story, email)
    STORIES[story](wanted, DeathBeforeEach(story, number, email))
    tell(story, number, email, "")


def same_again(buyer: Actor, variant_id: int, number: int) -> None:
    """The buyer whose process died sends the sheet once more, and pays."""
    wait_until_alone()
    wanted = wanted_by(buyer, variant_id, AGAIN, f"{AGAIN}-{number}@example.org")
    placed = wanted.sent()
    pay(placed)
    come_back(order=order_of(placed))


def rehearse(buyer: Actor, variant_id: int) -> None:
    """What is read and imported once is so before anyone is forked: each child is quicker."""
    for story in ("refunding", "called-off"):
        wanted = wanted_by(buyer, variant_id, story, f"{story}@example.org")
        STORIES[story](wanted, NoDeath("before", 0))
    work(letters=False)
    connection.close()


def main() -> None:
    """Every story, dying before each commit and each request."""
    settings.STRIPE_API, variant = sys.argv[1], int(sys.argv[2])
    profile = Profile.objects.get(handle="ines")
    buyer = Actor(profile.user_id, profile.pk, False)
    # What is on the paper is for other tests.
    patch.object(issue_invoice, "invoice_pdf", return_value=b"%PDF-").start()
    rehearse(buyer, variant)
    for story in STORIES:
        for number in range(1, MOST):
            code = forked(partial(life, buyer, variant, story, number))
            if story == AGAIN:
                forked(partial(same_again, buyer, variant, number))
            if code != -signal.SIGKILL:
                break


if __name__ == "__main__":
    main()
