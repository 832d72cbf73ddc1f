"""The town comes in through the services, once, and can be taken up where it stopped."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.contrib.auth import authenticate
from django.utils import timezone

from comptoir.catalog.models import Product, StockItem, Variant
from comptoir.common.models import OutboxEvent
from comptoir.demo import load as loading
from comptoir.demo.arrivals import OPERATOR, PASSWORD
from comptoir.demo.bearings import Advance, Bearings
from comptoir.demo.drawing import Face, Ink, Look
from comptoir.demo.load import load_demo
from comptoir.demo.pictures import Drawing, rendered
from comptoir.demo.records import Town
from comptoir.media.models import Picture
from comptoir.media.services.store_upload import store_rendered
from comptoir.people.models import Follow, Profile, User
from comptoir.posts.models import Comment, Post, Reaction
from comptoir.reviews.models import Keep, Recommendation
from comptoir.sales.models import Offer, Order, Return
from comptoir.sales.opening import is_test
from comptoir.shops.models import DeliveryMethod, Shop
from tests.demo.small_town import small_town

pytestmark = pytest.mark.django_db(transaction=True)

ROWS = (
    Comment, DeliveryMethod, Follow, Keep, Offer, Order, OutboxEvent, Post, Product, Profile,
    Reaction, Recommendation, Return, Shop, User,
)  # fmt: skip


@pytest.fixture
def town(monkeypatch: pytest.MonkeyPatch) -> Town:
    """The small town, its pictures left out: they have their own test."""

    def _no_pictures(_bearings: Bearings, _part: float, _advance: Advance) -> None:
        return None

    monkeypatch.setattr(loading, "_paint", _no_pictures)
    return small_town()


def counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in ROWS}


def test_the_town_is_loaded_and_a_second_time_changes_nothing(town: Town) -> None:
    assert load_demo(town=town) is True
    first = counts()
    assert first["Profile"] == len(town.people) + len(town.shops)
    assert first["Product"] == len(town.products)
    assert first["Order"] == len(town.orders)
    shared = sum(len(order.shared) for order in town.orders)
    assert first["Post"] == len(town.posts) + shared
    assert load_demo(town=town) is False
    assert counts() == first


def test_a_town_cut_short_is_taken_up_again(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def _power_cut(label: str) -> Iterator[Advance]:
        def _cut(done: int, _total: int | None) -> None:
            if label == "Purchases" and done == 2:
                raise KeyboardInterrupt

        yield _cut

    with pytest.raises(KeyboardInterrupt):
        load_demo(town=town, step=_power_cut)
    assert load_demo(town=town) is True
    after = counts()
    assert after["Order"] == len(town.orders)
    assert after["Recommendation"] == len(town.recommendations)
    assert after["Post"] == len(town.posts) + sum(len(o.shared) for o in town.orders)


def test_what_is_left_on_the_shelf_is_what_the_files_say(town: Town) -> None:
    load_demo(town=town)
    for product in town.products.values():
        left = StockItem.objects.filter(variant__product__title=product.title)
        found = list(left.order_by("variant__position").values_list("available", "held"))
        assert found == [(variant.stock, 0) for variant in product.variants]


def test_sales_have_a_price_to_cross_out_and_followers_have_offers(town: Town) -> None:
    load_demo(town=town)
    reduced = {p.title: p.price_minor for p in town.products.values() if p.sale_minor is not None}
    on_sale = Variant.objects.exclude(sale_price_minor=None).select_related("product")
    assert {v.product.title: v.reference_minor for v in on_sale} == reduced != {}
    written = sorted(offer.name for shop in town.shops for offer in shop.offers)
    assert sorted(Offer.objects.values_list("name", flat=True)) == written != []


def test_orders_are_on_their_way_and_their_mails_are_not_sent_again(town: Town) -> None:
    load_demo(town=town)
    assert set(Order.objects.values_list("status", flat=True)) == {"paid", "delivered"}
    assert not OutboxEvent.objects.filter(aggregate__startswith="order:").exists()


def test_what_is_asked_back_waits_for_its_shop(town: Town) -> None:
    load_demo(town=town)
    asked = sorted(words for order in town.orders for words in order.back.values())
    waiting = Return.objects.filter(status=Return.Status.ASKED)
    assert sorted(waiting.values_list("words", flat=True)) == asked != []


def test_the_place_has_a_past_and_no_future(town: Town) -> None:
    load_demo(town=town)
    now = timezone.now()
    days = [(now - post.published_at).total_seconds() / 86400 for post in Post.objects.all()]
    assert min(days) > 0
    assert max(days) > 10
    assert not Comment.objects.filter(created_at__gt=now).exists()
    assert not Order.objects.filter(shipped_at__gt=now).exists()
    bought = Order.objects.select_related("shop")
    assert not any(is_test(order, order.shop) for order in bought)


def test_the_three_sign_ins_that_are_printed_work(town: Town) -> None:
    load_demo(town=town)
    for email in ("ines@demo.example", "zinc@demo.example", OPERATOR):
        user = authenticate(username=email, password=PASSWORD)
        assert isinstance(user, User)
        assert user.is_operator is (email == OPERATOR)


def test_pictures_are_rendered_in_other_processes_and_kept(
    settings: LazySettings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    face = Face(1, "court", "noyer", "garance", "rond", (), 1)
    wanted = [
        Drawing("person:ines", face),
        Drawing("product:mug", Look("mug", Ink("#B83A2C", "#F5EAD7", "#1F5A46")), part=0.1),
    ]
    found = dict(rendered(wanted))
    assert {key: picture.width for key, picture in found.items()} == {
        "person:ines": 480,
        "product:mug": 120,
    }
    stored = store_rendered(rendered=found["product:mug"], durable=False)
    assert Picture.objects.get(pk=stored.pk).status == Picture.Status.READY
    assert list(tmp_path.rglob("*.avif"))
