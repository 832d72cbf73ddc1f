"""A shop brings its catalogue in, and again."""

import pytest

from comptoir.catalog.models import ImportRun, Product, Variant
from comptoir.common.models.outbox import OutboxEvent
from tests import cast
from tests.catalog.feeds.reading_feeds import BOWL, rss_of
from tests.catalog.importing import bring, catalogue, counts, findings, line, table, variant

pytestmark = pytest.mark.django_db

SIX = [line(f"b{n}", title=f"Bol {n}", price=f"{n}.50 EUR", quantity=n) for n in range(1, 7)]


def test_a_first_import_makes_products_with_price_and_stock() -> None:
    shop = cast.maison_zinc()
    run = bring(shop, table(*SIX))
    assert counts(run) == {"created": 6}
    assert run.status == ImportRun.Status.DONE
    assert (run.format_label, run.encoding, run.rows_read) == ("Meta CSV", "utf-8", 6)
    made = variant(shop, "b3")
    assert (made.product.title, made.price_minor, made.currency) == ("Bol 3", 350, "EUR")
    assert made.product.source == Product.Source.FEED
    assert cast.stock_of(made) == (3, 0)


def test_the_same_file_again_changes_nothing() -> None:
    shop = cast.maison_zinc()
    bring(shop, table(*SIX))
    before = catalogue(shop)
    stamps = list(Product.objects.values_list("id", "updated_at"))
    assert counts(bring(shop, table(*SIX))) == {"unchanged": 6}
    assert catalogue(shop) == before
    assert list(Product.objects.values_list("id", "updated_at")) == stamps


def test_the_same_items_in_another_format_change_nothing() -> None:
    shop = cast.maison_zinc()
    bring(shop, rss_of(BOWL).encode())
    csv = "id;title;price;availability\nbol-1;Bol en grès;12,90 €;in stock\n"
    assert counts(bring(shop, csv.encode("cp1252"))) == {"unchanged": 1}


def test_created_updated_unchanged_withdrawn_refused_are_exact() -> None:
    shop = cast.maison_zinc()
    bring(shop, table(*SIX))
    run = bring(
        shop,
        table(
            line("b1", title="Bol 1", price="9.99 EUR", quantity=1),
            line("b2", title="Bol deux", price="2.50 EUR", quantity=2),
            *SIX[2:5],
            line("b7"),
            line("b8", price="gratuit"),
        ),
    )
    assert counts(run) == {
        "created": 1, "updated": 2, "unchanged": 3, "withdrawn": 1, "refused": 1,
    }  # fmt: skip
    assert run.rows_read == 7
    assert findings(run) == [(8, "price", "price_unreadable")]
    assert variant(shop, "b1").price_minor == 999
    assert variant(shop, "b2").product.title == "Bol deux"
    gone = variant(shop, "b6")
    assert (gone.status, gone.product.status) == ("withdrawn", "withdrawn")
    assert not Variant.objects.filter(external_id="b8").exists()


def test_what_comes_back_is_offered_again() -> None:
    shop = cast.maison_zinc()
    bring(shop, table(*SIX))
    bring(shop, table(*SIX[:5]))
    key = variant(shop, "b6").pk
    assert counts(bring(shop, table(*SIX))) == {"updated": 1, "unchanged": 5}
    back = variant(shop, "b6")
    assert (back.pk, back.status, back.product.status) == (key, "active", "active")


def test_of_two_rows_with_one_identifier_the_first_counts() -> None:
    shop = cast.maison_zinc()
    run = bring(shop, table(line("a", title="Un"), line("b"), line("a", title="Deux")))
    assert counts(run) == {"created": 2, "refused": 1}
    assert findings(run) == [(4, "id", "duplicate_id")]
    assert run.issues.get(code="duplicate_id").params == {"first_row": 2}
    assert variant(shop, "a").product.title == "Un"


def test_a_row_refused_for_its_price_leaves_what_the_catalogue_has() -> None:
    shop = cast.maison_zinc()
    bring(shop, table(*SIX))
    run = bring(shop, table(line("b1", price="12,9,0"), *SIX[1:]))
    assert counts(run) == {"unchanged": 5, "refused": 1}
    assert variant(shop, "b1").status == "active"


def test_another_shops_catalogue_is_out_of_reach() -> None:
    zinc, brume = cast.maison_zinc(), cast.atelier_brume()
    bring(zinc, table(*SIX))
    assert counts(bring(brume, table(*SIX[:2]))) == {"created": 2}
    assert variant(zinc, "b1").pk != variant(brume, "b1").pk
    assert Variant.objects.filter(product__shop=zinc, status="active").count() == 6


def test_products_made_by_hand_are_never_touched() -> None:
    shop = cast.maison_zinc()
    by_hand = cast.product(shop, "Tire-bouchon")
    named = cast.product(shop, "Passoire")
    Product.objects.filter(pk=named.pk).update(external_id="b1")
    run = bring(shop, table(*SIX))
    assert counts(run) == {"created": 5, "refused": 1}
    assert findings(run) == [(2, "item_group_id", "made_by_hand")]
    bring(shop, table(line("autre")), confirm_withdrawals=True)
    by_hand.refresh_from_db()
    named.refresh_from_db()
    assert (by_hand.status, named.status, named.title) == ("active", "active", "Passoire")


def test_a_product_withdrawn_by_hand_stays_withdrawn() -> None:
    shop = cast.maison_zinc()
    bring(shop, table(*SIX))
    Product.objects.filter(external_id="b1").update(status="withdrawn")
    bring(shop, table(line("b1", price="8 EUR"), *SIX[1:]))
    assert variant(shop, "b1").price_minor == 800
    assert variant(shop, "b1").product.status == "withdrawn"


def test_another_currency_than_the_shops_is_refused() -> None:
    run = bring(cast.maison_zinc(), table(line("a", price="12 USD"), line("b", price="12")))
    assert counts(run) == {"created": 1, "refused": 1}
    assert findings(run) == [(2, "price", "currency_other")]


def test_a_sale_price_and_hostile_words_are_kept_as_words() -> None:
    shop = cast.maison_zinc()
    bring(shop, table(line("a", title="<b>Bol</b> %(x)s '; --", sale_price="9 EUR")))
    made = variant(shop, "a")
    assert made.product.title == "Bol %(x)s '; --"
    assert (made.price_minor, made.sale_price_minor) == (1290, 900)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 xl/", b"<html>", b"id,title\n"])
def test_what_is_no_catalogue_fails_with_a_reason_and_changes_nothing(content: bytes) -> None:
    shop = cast.maison_zinc()
    bring(shop, table(*SIX))
    run = bring(shop, content)
    assert run.status == ImportRun.Status.FAILED
    assert run.failure
    assert Variant.objects.filter(status="active").count() == 6


def test_a_file_cut_off_changes_nothing() -> None:
    shop = cast.maison_zinc()
    bring(shop, table(*SIX))
    run = bring(shop, rss_of(BOWL).replace("</rss>", "").encode())
    assert (run.status, run.failure_code, run.failure_params) == ("failed", "cut_off", {"row": 1})
    assert Variant.objects.filter(status="active").count() == 6


def test_those_above_are_told() -> None:
    shop = cast.maison_zinc()
    run = bring(shop, table(*SIX))
    told = OutboxEvent.objects.get(name="catalog.CatalogueImported")
    assert told.payload == {
        "run_id": run.pk, "shop_id": shop.pk, "created": 6, "updated": 0, "withdrawn": 0,
    }  # fmt: skip


def test_findings_are_bounded_and_counted_beyond(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("import_staging", "import_plan"):
        monkeypatch.setattr(f"comptoir.catalog.services.{module}.MAX_ISSUES", 10)
    lines = [line("a") for _ in range(40)]
    run = bring(cast.maison_zinc(), table(*lines))
    assert (run.issues.count(), run.refused, run.created) == (10, 39, 1)


def test_findings_of_old_runs_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comptoir.catalog.services.import_catalogue.REPORTS_KEPT", 2)
    shop = cast.maison_zinc()
    runs = [bring(shop, table(line("a"), line("b", price="?"))) for _ in range(3)]
    assert [run.issues.filter(severity="error").count() for run in runs] == [0, 1, 1]
    assert [run.refused for run in runs] == [1, 1, 1]
