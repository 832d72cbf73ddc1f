"""Products bear the VAT of the country where their shop trades."""

from dataclasses import replace

import pytest

from comptoir.catalog.models import Product
from comptoir.catalog.services.counter_amounts import counter_variant, usual_vat_rate
from comptoir.catalog.services.products import VariantDraft, create_product
from comptoir.shops.models import Shop
from comptoir.shops.queries import identity_of
from comptoir.shops.services import set_trader
from tests import cast
from tests.catalog.importing import bring, line, table
from tests.web.visiting import browser_of, parsed, worker_turn

pytestmark = pytest.mark.django_db


def shop_in(country: str) -> Shop:
    shop = cast.prepared_shop(cast.zoe(), "La Maison Zinc", "maison_zinc")
    moved(shop, country)
    return shop


def moved(shop: Shop, country: str) -> None:
    set_trader(shop=shop, identity=replace(identity_of(shop), country=country, vat_number=""))
    worker_turn()


def rate_of(title: str) -> int:
    return Product.objects.get(title=title).vat_rate_bp


def made(shop: Shop, title: str, rate: int | None = None) -> Product:
    drafts = [VariantDraft(price_minor=2000)]
    return create_product(shop=shop, title=title, description="", variants=drafts, vat_rate_bp=rate)


def choices(page: str) -> tuple[list[str], str]:
    """The rates that its form offers, and the one that is chosen."""
    browser = browser_of(cast.zoe())
    field = parsed(browser.get(f"/counter/maison_zinc/{page}")).xpath(
        "//select[@name='vat_rate_bp']"
    )[0]
    return [str(value) for value in field.xpath("./option/@value")], str(field.value)


def test_what_is_made_or_brought_in_bears_the_standard_rate_of_the_country() -> None:
    shop = shop_in("BE")
    made(shop, "Bol")
    bring(shop, table(line("b1", title="Vase")))
    assert (rate_of("Bol"), rate_of("Vase")) == (2100, 2100)


def test_the_forms_offer_the_rates_of_the_country() -> None:
    shop = shop_in("BE")
    rates = ["2100", "1200", "600", "0"]
    assert choices("products/new") == (rates, "2100")
    assert choices("bills") == (rates, "2100")
    assert usual_vat_rate(shop) == 2100


def test_the_forms_of_a_french_shop_say_what_the_rates_are_for() -> None:
    shop_in("FR")
    assert choices("products/new") == (["2000", "1000", "550", "210", "0"], "2000")


def test_a_shop_that_turns_out_to_be_elsewhere_charges_the_vat_of_there() -> None:
    shop = shop_in("FR")
    for title, rate in (("Bol", 2000), ("Livre", 550), ("Don", 0)):
        made(shop, title, rate)
    at_the_till = counter_variant(shop=shop, amount_minor=500, vat_rate_bp=2000, note="").product
    moved(shop, "BE")
    assert [rate_of(title) for title in ("Bol", "Livre", "Don")] == [2100, 600, 0]
    at_the_till.refresh_from_db()
    assert at_the_till.vat_rate_bp == 2000


def test_a_shop_that_says_more_of_itself_keeps_the_rates_that_it_chose() -> None:
    shop = shop_in("BE")
    made(shop, "Bol", 600)
    moved(shop, "BE")
    assert rate_of("Bol") == 600


def test_where_vat_is_not_known_of_nothing_is_asked() -> None:
    shop = shop_in("FR")
    made(shop, "Bol", 2000)
    moved(shop, "US")
    assert rate_of("Bol") == 0
    moved(shop, "FR")
    assert rate_of("Bol") == 2000
