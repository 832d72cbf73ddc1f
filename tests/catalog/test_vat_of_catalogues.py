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


def test_the_lowest_rate_of_the_country_is_offered_too() -> None:
    shop_in("ES")
    assert choices("products/new") == (["2100", "1000", "400", "0"], "2100")


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


def books(shop: Shop) -> None:
    """Two books and a bowl, brought in, and a thing that was made."""
    made(shop, "Carte")
    bring(shop, feed(("l1", "Livre", "Livres"), ("l2", "Atlas", "Livres"), ("b1", "Bol", "Bols")))


def feed(*products: tuple[str, str, str]) -> bytes:
    rows = [f"{key},{title},9.90 EUR,in stock,{category}" for key, title, category in products]
    return "\n".join(["id,title,price,availability,product_type", *rows, ""]).encode()


def post_rates(**said: str) -> int:
    answer = browser_of(cast.zoe()).post("/counter/maison_zinc/tax/products", said)
    return answer.status_code


def test_a_category_is_given_its_rate_at_once_and_what_comes_later_bears_it() -> None:
    shop = shop_in("FR")
    books(shop)
    assert post_rates(of="=Livres", vat_rate_bp="550") == 302
    rates = [rate_of(title) for title in ("Livre", "Atlas", "Bol", "Carte")]
    assert rates == [550, 550, 2000, 2000]
    more = (("l3", "Roman", "Livres"), ("b2", "Vase", "Bols"), ("x1", "Rien", ""))
    bring(
        shop,
        feed(("l1", "Livre", "Livres"), ("l2", "Atlas", "Livres"), ("b1", "Bol", "Bols"), *more),
    )
    assert [rate_of(title) for title in ("Roman", "Vase", "Rien")] == [550, 2000, 2000]


def test_all_or_those_without_a_category_can_be_given_a_rate() -> None:
    books(shop_in("FR"))
    assert post_rates(of="=", vat_rate_bp="1000") == 302
    assert [rate_of(title) for title in ("Livre", "Bol", "Carte")] == [2000, 2000, 1000]
    assert post_rates(of="all", vat_rate_bp="550") == 302
    assert {rate_of(title) for title in ("Livre", "Atlas", "Bol", "Carte")} == {550}


@pytest.mark.parametrize(
    ("of", "rate"), [("=Livres", "777"), ("", "550"), ("=Fleurs", "550"), ("=Livres", "x")]
)
def test_a_rate_or_a_category_that_is_none_is_refused(of: str, rate: str) -> None:
    books(shop_in("FR"))
    assert post_rates(of=of, vat_rate_bp=rate) == 422
    assert rate_of("Livre") == 2000


def test_another_shop_s_products_keep_their_rates() -> None:
    books(shop_in("FR"))
    other = cast.product(cast.atelier_brume(), "Vase", price_minor=4200)
    post_rates(of="all", vat_rate_bp="550")
    other.refresh_from_db()
    assert other.vat_rate_bp == 2000
