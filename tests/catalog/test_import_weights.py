"""The weights of feeds reach what is put in a parcel."""

import pytest

from tests import cast
from tests.catalog.importing import bring, counts, variant

pytestmark = pytest.mark.django_db


def feed(*weights: str) -> bytes:
    head = "id,title,price,availability,shipping_weight"
    rows = [f"b{n},Bol,12.90 EUR,in stock,{w}" for n, w in enumerate(weights)]
    return "\n".join([head, *rows, ""]).encode()


def test_weights_come_change_and_go() -> None:
    shop = cast.maison_zinc()
    bring(shop, feed("0.45 kg", "1 lb", ""))
    assert [variant(shop, f"b{n}").weight_grams for n in range(3)] == [450, 454, None]
    run = bring(shop, feed("500 g", "1 lb", "2 kg"))
    assert counts(run) == {"updated": 2, "unchanged": 1}
    assert [variant(shop, f"b{n}").weight_grams for n in range(3)] == [500, 454, 2000]


@pytest.mark.parametrize("weight", ["heavy", "999999 kg"])
def test_a_weight_that_is_none_is_said_and_left_out(weight: str) -> None:
    shop = cast.maison_zinc()
    run = bring(shop, feed(weight))
    assert variant(shop, "b0").weight_grams is None
    assert ("shipping_weight", "weight") in run.issues.values_list("field", "code")
