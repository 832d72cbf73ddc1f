"""The data files hold together, and make a place worth visiting."""

import shutil
from collections import Counter
from pathlib import Path

import pytest

from comptoir.demo.habits import follows, keeps, newcomers, reactions
from comptoir.demo.records import DATA, TownError
from comptoir.demo.town import load_town
from comptoir.people.handles import RESERVED


def test_the_town_is_a_small_town() -> None:
    town = load_town()
    assert len(town.people) >= 40
    assert len(town.shops) == 8
    assert {len(shop.products) for shop in town.shops} == {25}
    assert len(town.posts) >= 90
    assert {"ines", "malo"} <= {person.handle for person in town.people}
    assert next(s for s in town.shops if s.handle == "maison_zinc").name == "la Maison Zinc"


def test_no_handle_is_reserved_and_no_address_can_be_owned() -> None:
    town = load_town()
    handles = {p.handle for p in town.people} | {s.handle for s in town.shops}
    assert not handles & RESERVED
    addresses = [p.email for p in town.people] + [s.trader.contact_email for s in town.shops]
    assert [a for a in addresses if not a.endswith(".example")] == []
    assert len(addresses) == len(set(addresses))


def test_every_product_is_described_and_drawn_in_its_own_way() -> None:
    products = load_town().products.values()
    assert [p.ref for p in products if not 60 <= len(p.text) <= 400] == []
    assert len({p.title for p in products}) == len(products)
    assert len({p.look for p in products}) == len(products)
    assert len({p.look.motif for p in products}) >= 45


def test_some_things_are_on_sale_some_sold_out_some_come_in_sizes() -> None:
    products = load_town().products.values()
    assert sum(p.sale_minor is not None for p in products) >= 8
    assert sum(all(v.stock == 0 for v in p.variants) for p in products) >= 5
    assert sum(len(p.variants) > 1 for p in products) >= 15


def test_the_web_of_follows_is_the_same_each_time_and_has_a_heavy_tail() -> None:
    town = load_town()
    web = follows(town)
    assert web == follows(load_town())
    assert len(web) == len(set(web))
    counts = sorted(Counter(other for _one, other in web).values(), reverse=True)
    assert counts[0] > 2.5 * counts[len(counts) * 3 // 4]
    following = Counter(one for one, _other in web)
    assert all(following[person.handle] >= 3 for person in town.people)


def test_habits_are_the_same_each_time() -> None:
    town, again = load_town(), load_town()
    web = set(follows(town))
    assert reactions(town, web) == reactions(again, web)
    assert keeps(town) == keeps(again)
    assert newcomers(town) == newcomers(again)


def test_nothing_happens_in_the_future() -> None:
    town = load_town()
    assert min(post.days for post in town.posts) > 0
    assert min(order.days for order in town.orders) > 0
    assert max(post.days for post in town.posts) <= 22


@pytest.mark.parametrize(
    ("file", "said", "instead", "fault"),
    [
        ("people.toml", 'hair = "carre"', 'hair = "perruque"', "perruque"),
        ("people.toml", '"malo", "nour"', '"malo", "personne"', "personne"),
        ("opinions.toml", "maison_zinc/cocotte", "maison_zinc/marmite", "marmite"),
        ("shops/maison_zinc.toml", 'motif = "cocotte"', 'motif = "dragon"', "dragon"),
        ("shops/maison_zinc.toml", "sale = 6500", "sale = 9500", "cocotte_petite"),
        ("posts/table_et_marche.toml", 'place = "etal"', 'place = "bureau"', "bureau"),
    ],
)
def test_a_mistake_in_a_file_is_named(
    tmp_path: Path, file: str, said: str, instead: str, fault: str
) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    path = tmp_path / "data" / file
    text = path.read_text()
    assert said in text
    path.write_text(text.replace(said, instead))
    with pytest.raises(TownError, match=fault):
        load_town(tmp_path / "data")
