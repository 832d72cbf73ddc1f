"""One piece of one thing, an order for it, and a bank that does not hear."""

import pytest

from comptoir.catalog.models import Variant
from comptoir.sales.adapters.registry import PROVIDERS
from comptoir.sales.services import Placed
from tests import cast
from tests.sales.buying import Deaf, basket


@pytest.fixture
def corkscrew() -> Variant:
    """The last piece."""
    return cast.variant_of(cast.product(cast.maison_zinc(), stock=1))


@pytest.fixture
def placed(corkscrew: Variant) -> Placed:
    return basket((corkscrew, 1)).sent()


@pytest.fixture
def deaf(monkeypatch: pytest.MonkeyPatch) -> Deaf:
    provider = Deaf()
    monkeypatch.setitem(PROVIDERS, "sandbox", provider)
    return provider
