"""Rows of one item_group_id are variants of one product."""

import pytest

from comptoir.catalog.models import Product
from tests import cast
from tests.catalog.importing import bring, counts, findings, line, table, variant

pytestmark = pytest.mark.django_db

COLOURS = ["encre", "sable", "mousse"]


def bowls(*colours: str) -> list[str]:
    return [line(f"bol-{c}", title=f"Bol {c}", color=c, item_group_id="bol") for c in colours]


def test_rows_of_a_group_make_one_product() -> None:
    shop = cast.maison_zinc()
    assert counts(bring(shop, table(*bowls(*COLOURS)))) == {"created": 3}
    product = Product.objects.get(shop=shop)
    assert (product.title, product.external_id) == ("Bol encre", "bol")
    kept = product.variants.order_by("position").values_list("position", "options")
    assert list(kept) == [(n, {"color": colour}) for n, colour in enumerate(COLOURS)]


def test_rows_of_a_group_may_stand_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comptoir.catalog.services.import_plan.BATCH_ROWS", 2)
    shop = cast.maison_zinc()
    others = [line(f"autre-{n}") for n in range(20)]
    first, *rest = bowls(*COLOURS)
    assert counts(bring(shop, table(first, *others, *rest))) == {"created": 23}
    assert Product.objects.get(external_id="bol").variants.count() == 3


def test_a_single_item_keeps_its_colour_as_a_detail() -> None:
    shop = cast.maison_zinc()
    bring(shop, table(line("a", color="encre")))
    made = variant(shop, "a")
    assert (made.options, made.product.details) == ({}, {"color": "encre"})


def test_a_variant_added_and_one_gone() -> None:
    shop = cast.maison_zinc()
    bring(shop, table(*bowls(*COLOURS)))
    run = bring(shop, table(*bowls("écume", "encre", "sable")))
    assert counts(run) == {"created": 1, "unchanged": 2, "withdrawn": 1}
    product = Product.objects.get(external_id="bol")
    active = product.variants.filter(status="active").order_by("position")
    assert [v.options["color"] for v in active] == ["écume", "encre", "sable"]
    assert (product.title, product.status) == ("Bol écume", "active")


def test_when_the_first_variant_goes_the_next_names_the_product() -> None:
    shop = cast.maison_zinc()
    bring(shop, table(*bowls(*COLOURS)))
    run = bring(shop, table(*bowls("sable", "mousse")))
    assert counts(run) == {"unchanged": 2, "withdrawn": 1}
    assert Product.objects.get(external_id="bol").title == "Bol sable"


def test_a_row_that_changes_group_takes_its_variant_along() -> None:
    shop = cast.maison_zinc()
    bring(shop, table(*bowls(*COLOURS), line("seul")))
    key = variant(shop, "seul").pk
    run = bring(shop, table(*bowls(*COLOURS), line("seul", item_group_id="bol", color="seul")))
    assert counts(run) == {"updated": 1, "unchanged": 3}
    moved = variant(shop, "seul")
    assert (moved.pk, moved.product.external_id) == (key, "bol")
    assert Product.objects.get(external_id="seul").status == "withdrawn"


def test_a_group_of_a_whole_shop_is_refused_beyond_a_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("comptoir.catalog.services.import_plan.MAX_VARIANTS", 5)
    run = bring(cast.maison_zinc(), table(*[line(f"a{n}", item_group_id="g") for n in range(8)]))
    assert counts(run) == {"created": 5, "refused": 3}
    assert findings(run)[0] == (7, "item_group_id", "too_many_variants")
