"""Every change of a price is written down, and what is crossed out comes from there."""

from datetime import timedelta

import pytest
from django.db import connection

from comptoir.catalog.cards import cards_of
from comptoir.catalog.models import PriceChange, Product, Variant
from comptoir.catalog.queries import product_page
from comptoir.catalog.services.products import (
    VariantDraft,
    create_product,
    edit_product,
    set_price,
)
from comptoir.common import clock
from comptoir.people.actor import ANYONE
from tests import cast
from tests.catalog.importing import bring, line, table
from tests.common.two_connections import at_once

UNTOLD = """
SELECT count(*) FROM catalog_variant v LEFT JOIN LATERAL (
  SELECT * FROM catalog_pricechange c WHERE c.variant_id = v.id ORDER BY at DESC, id DESC LIMIT 1
) last ON TRUE
WHERE (last.currency, last.price_minor, last.sale_price_minor, last.sale_from, last.sale_until)
  IS DISTINCT FROM (v.currency, v.price_minor, v.sale_price_minor, v.sale_from, v.sale_until)
"""


def untold() -> int:
    """Variants whose price is not the last one written down."""
    with connection.cursor() as cursor:
        cursor.execute(UNTOLD)
        return int(cursor.fetchone()[0])


def ask(product: Product, price: int, sale: int | None = None, *, days_ago: float = 0) -> None:
    variant = cast.variant_of(product)
    with clock.travelled(timedelta(days=-days_ago)):
        set_price(product=product, variant_id=variant.pk, price_minor=price, sale_price_minor=sale)


def bowl(price: int = 2000, *, days_ago: float = 60) -> Product:
    with clock.travelled(timedelta(days=-days_ago)):
        return cast.product(cast.maison_zinc(), "Bol", price_minor=price)


def crossed_out(product: Product) -> tuple[int | None, int | None, int | None]:
    """On the card, on the page, and in the row."""
    view = product_page(ANYONE, product.pk)
    assert view is not None
    variant = cast.variant_of(product)
    return (
        cards_of(ANYONE, [product.pk])[product.pk].was_minor,
        view.variants[0].was_minor,
        variant.reference_minor,
    )


@pytest.mark.django_db
class TestByHand:
    def test_a_price_is_written_down_when_it_is_made_and_when_it_changes(self) -> None:
        made = bowl()
        ask(made, 2500)
        ask(made, 2500, 1500)
        written = PriceChange.objects.order_by("at", "id")
        assert list(written.values_list("price_minor", "sale_price_minor")) == [
            (2000, None), (2500, None), (2500, 1500),
        ]  # fmt: skip
        assert untold() == 0

    def test_saving_the_same_price_again_writes_nothing(self) -> None:
        made = bowl()
        ask(made, 2000)
        assert PriceChange.objects.count() == 1

    def test_what_is_crossed_out_is_the_lowest_price_of_thirty_days(self) -> None:
        made = bowl(2000)
        ask(made, 3000, days_ago=1)
        ask(made, 3000, 1500)
        assert crossed_out(made) == (2000, 2000, 2000)

    def test_a_shop_cannot_make_a_reduction_up(self) -> None:
        made = bowl(2000)
        ask(made, 4000, 2000)
        assert crossed_out(made) == (None, None, None)

    def test_what_is_reduced_from_its_first_day_has_nothing_crossed_out(self) -> None:
        made = create_product(
            shop=cast.maison_zinc(), title="Bol", description="",
            variants=[VariantDraft(price_minor=2000, sale_price_minor=1000)],
        )  # fmt: skip
        assert crossed_out(made) == (None, None, None)

    def test_when_the_sale_is_over_nothing_is_crossed_out(self) -> None:
        made = bowl(2000)
        ask(made, 2000, 1500)
        ask(made, 2000)
        assert crossed_out(made) == (None, None, None)

    def test_what_spoils_keeps_the_price_of_just_before(self) -> None:
        made = bowl(2000)
        ask(made, 2000, 500, days_ago=20)
        ask(made, 2000, days_ago=19)
        ask(made, 2000, 1000)
        assert crossed_out(made)[0] is None
        edit_product(
            product=made, title="Pain", description="", brand="", category="",
            withdrawal=Product.Exempt.PERISHABLE,
        )  # fmt: skip
        assert crossed_out(made) == (2000, 2000, 2000)

    def test_another_currency_begins_another_history(self) -> None:
        made = bowl(2000)
        Variant.objects.filter(product=made).update(currency="CHF")
        ask(made, 2500, 1500)
        assert crossed_out(made)[2] is None


@pytest.mark.django_db(transaction=True)
def test_two_changes_at_once_are_both_written_and_the_last_is_true() -> None:
    made = bowl()
    assert at_once([lambda: ask(made, 2500), lambda: ask(made, 2600)]) == [None, None]
    assert PriceChange.objects.count() == 3
    assert untold() == 0


@pytest.mark.django_db(transaction=True)
class TestByImport:
    def test_prices_of_a_file_are_written_down_and_again_when_they_change(self) -> None:
        shop = cast.maison_zinc()
        bring(shop, table(line("a", price="20 EUR"), line("b", price="30 EUR")))
        bring(shop, table(line("a", price="20 EUR"), line("b", price="33 EUR")))
        assert PriceChange.objects.count() == 3
        assert untold() == 0

    def test_a_sale_of_a_file_crosses_out_what_the_history_says(self) -> None:
        shop = cast.maison_zinc()
        with clock.travelled(timedelta(days=-60)):
            bring(shop, table(line("a", price="20 EUR")))
        bring(shop, table(line("a", price="50 EUR", sale_price="15 EUR")))
        made = Product.objects.get(external_id="a")
        assert crossed_out(made) == (2000, 2000, 2000)

    def test_a_sale_in_the_first_file_crosses_nothing_out(self) -> None:
        shop = cast.maison_zinc()
        bring(shop, table(line("a", price="50 EUR", sale_price="15 EUR")))
        assert crossed_out(Product.objects.get(external_id="a")) == (None, None, None)
        assert untold() == 0
