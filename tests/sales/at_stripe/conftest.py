"""A shop that is paid at Stripe, and a Stripe to be paid at."""

from collections.abc import Iterator

import pytest
from pytest_django.fixtures import Settings

from comptoir.catalog.models import Variant
from comptoir.sales.services import Placed
from comptoir.sales.services.accounts import add_account
from tests import cast
from tests.sales.at_stripe.shop import ACCOUNT
from tests.sales.buying import basket
from tests.stripe_process import running
from tests.stripe_server import KEY, SECRET, StripeServer


@pytest.fixture(scope="module")
def server() -> Iterator[StripeServer]:
    with running() as started:
        yield started


@pytest.fixture
def stripe_server(server: StripeServer, settings: Settings) -> StripeServer:
    settings.STRIPE_SECRET_KEY = KEY
    settings.STRIPE_WEBHOOK_SECRETS = ["whsec_of_the_place", SECRET]
    settings.STRIPE_API = server.url
    server.lose, server.down, server.refund_fails = 0, False, ""
    server.calls.clear()
    return server


@pytest.fixture
def corkscrew(stripe_server: StripeServer) -> Variant:
    shop = cast.maison_zinc()
    add_account(shop=shop, provider="stripe", reference=ACCOUNT, details={})
    return cast.variant_of(cast.product(shop, stock=3))


@pytest.fixture
def placed(corkscrew: Variant) -> Placed:
    return basket((corkscrew, 1), provider="stripe").sent()
