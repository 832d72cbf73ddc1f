"""Pictures that a feed names: announced in bulk, fetched by the worker later."""

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from comptoir.catalog.models import Product, ProductPicture
from comptoir.media.models import Picture
from tests import cast
from tests.catalog.importing import bring, counts, line, table

pytestmark = pytest.mark.django_db

ONE, TWO, THREE = (f"https://zinc.example/{n}.jpg" for n in (1, 2, 3))


def hung(external_id: str = "a") -> list[str]:
    pictures = ProductPicture.objects.filter(product__external_id=external_id)
    return list(pictures.order_by("position").values_list("picture__source_url", flat=True))


def jobs() -> int:
    return ProcrastinateJob.objects.filter(task_name="media.render_picture").count()


def test_pictures_are_announced_with_a_job_each() -> None:
    run = bring(
        cast.maison_zinc(),
        table(line("a", image_link=ONE), line("b", image_link=TWO), line("c", image_link=ONE)),
        pictures=True,
    )
    assert counts(run) == {"created": 3}
    assert (hung("a"), hung("b"), hung("c")) == ([ONE], [TWO], [ONE])
    assert Picture.objects.filter(status="pending").count() == 2
    assert jobs() == 2


def test_the_pictures_of_all_variants_hang_on_the_product() -> None:
    rows = [
        line("r", item_group_id="g", color="rouge", image_link=ONE),
        line("b", item_group_id="g", color="bleu", image_link=TWO),
        line("v", item_group_id="g", color="vert", image_link=ONE),
    ]
    bring(cast.maison_zinc(), table(*rows), pictures=True)
    assert hung("g") == [ONE, TWO]


def test_again_they_are_left_alone() -> None:
    shop = cast.maison_zinc()
    content = table(line("a", image_link=ONE))
    bring(shop, content, pictures=True)
    before = list(ProductPicture.objects.values_list("id", flat=True))
    assert counts(bring(shop, content, pictures=True)) == {"unchanged": 1}
    assert list(ProductPicture.objects.values_list("id", flat=True)) == before
    assert jobs() == 1


def test_a_new_picture_takes_its_place_and_one_hung_by_hand_stays() -> None:
    shop = cast.maison_zinc()
    bring(shop, table(line("a", image_link=ONE)), pictures=True)
    product = Product.objects.get(external_id="a")
    by_hand = Picture.objects.create(
        status="ready", sha256="ab" * 32, width=10, height=10, colour="#ffffff"
    )
    ProductPicture.objects.create(product=product, picture=by_hand, position=1, alt="à la main")
    bring(shop, table(line("a", image_link=THREE)), pictures=True)
    assert hung() == [THREE, ""]
    assert product.pictures.get(position=1).alt == "à la main"


def test_an_import_without_pictures_can_be_made_good() -> None:
    shop = cast.maison_zinc()
    content = table(line("a", image_link=ONE))
    bring(shop, content)
    assert (hung(), jobs()) == ([], 0)
    assert counts(bring(shop, content)) == {"unchanged": 1}
    assert counts(bring(shop, content, pictures=True)) == {"updated": 1}
    assert hung() == [ONE]
    assert counts(bring(shop, content)) == {"unchanged": 1}
    assert hung() == [ONE]


def test_addresses_that_are_never_fetched_bring_no_picture() -> None:
    bring(
        cast.maison_zinc(),
        table(line("a", image_link="http://zinc.example:22/x.jpg"), line("b", image_link=TWO)),
        pictures=True,
    )
    assert (hung("a"), hung("b")) == ([], [TWO])
