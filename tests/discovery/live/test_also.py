"""What goes with a product: by whom, how much, and how many are asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comptoir.discovery.live.place import Place
from comptoir.discovery.live.rank import Ranker
from tests.discovery.live.slowly import Slowly
from tests.discovery.live.test_rank import NARROW, quietly
from tests.discovery.live.towns import Town, snapshot_of, towns


def also(place: Place, me: int, product: int, *, purchases: bool) -> dict[int, tuple[float, int]]:
    viewer, row = place.viewer(me, []), place.products.row(product)
    rows, worths, people = Ranker(place).acted_also(viewer, row, purchases=purchases)
    ids = place.products.ids(rows)
    return dict(zip(ids, zip(worths.tolist(), people.tolist(), strict=True), strict=True))


@quietly
@given(towns(), st.booleans())
def test_what_goes_with_a_product_is_what_the_plain_reference_says(
    town: Town, purchases: bool
) -> None:
    place = Place(snapshot_of(town))
    for me in range(10, 10 + town.people):
        slowly = Slowly(town, me)
        for product in place.products.ids(list(range(len(place.products)))):
            expected = slowly.acted_also(product, purchases=purchases)
            found = also(place, me, product, purchases=purchases)
            assert found.keys() == expected.keys()
            for other, (worth, people) in found.items():
                assert (worth, people) == pytest.approx(expected[other], rel=1e-5)


@pytest.mark.parametrize("purchases", [True, False])
def test_so_many_of_the_newest_are_asked_what_goes_with_a_product(purchases: bool) -> None:
    """Four people bought 100, each something of their own and then 104; two are asked, and of
    their purchases the newest two."""
    people, around = (10, 11, 12, 13), range(10, 14)
    acts: dict[tuple[int, int], str] = {}
    for step, who in enumerate(people):
        acts |= {(who, 110 + step): "everyone", (who, 104): "everyone", (who, 100): "everyone"}
    follows = frozenset((a, b) for a in around for b in around if a != b)
    place = Place(snapshot_of(Town(5, 14, acts, follows), NARROW), NARROW)
    found = also(place, 14, 100, purchases=purchases)
    assert {other: people for other, (_, people) in found.items()} == {104: 2}
