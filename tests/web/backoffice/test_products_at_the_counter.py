"""Products at the counter: made by hand, found, edited, counted, taken off sale."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from comptoir.catalog.models import Product, StockItem, Variant
from comptoir.catalog.services.pictures import MOST_PICTURES, add_picture
from comptoir.media.models import Picture
from comptoir.shops.models import Role, Shop
from tests import cast
from tests.sales.buying import Counted, basket
from tests.web.visiting import browser_of, text_of, visitor

pytestmark = pytest.mark.django_db

COUNTER = "/counter/maison_zinc"
BOWL = {"title": "Bol", "vat_rate_bp": "2000", "rows": "1", "row0-price": "24", "row0-stock": "3"}


@pytest.fixture
def desk() -> Any:
    """Malo manages la Maison Zinc, in English."""
    cast.staff(cast.maison_zinc(), cast.malo(), Role.MANAGER)
    return browser_of(cast.malo())


@pytest.fixture
def bowl() -> Product:
    return cast.product(cast.maison_zinc(), "Bol à soupe", price_minor=2400, stock=5)


def photo(colour: str = "teal", name: str = "bowl.png") -> SimpleUploadedFile:
    data = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(data, "PNG")
    return SimpleUploadedFile(name, data.getvalue(), "image/png")


def test_a_product_is_made_with_photos_and_can_be_bought(desk: Any) -> None:
    made = desk.post(
        f"{COUNTER}/products/new", {**BOWL, "row0-price": "24,50", "photos": [photo()]}
    )
    product = Product.objects.get()
    assert made.headers["Location"] == f"{COUNTER}/products/{product.pk}"
    variant = cast.variant_of(product)
    assert (variant.price_minor, variant.label()) == (2450, "")
    assert cast.stock_of(variant) == (3, 0)
    assert product.pictures.count() == 1
    assert visitor().get(f"/products/{product.pk}/buy").status_code == 200


def test_variants_are_added_row_by_row_without_losing_a_word(desk: Any) -> None:
    more = desk.post(f"{COUNTER}/products/new", {**BOWL, "photos": [photo()], "step": "more"})
    page = text_of(more)
    assert 'name="row1-price"' in page
    assert 'value="Bol"' in page
    (ticket,) = [part.split('"')[0] for part in page.split('name="photo" value="')[1:]]
    rows = {
        "rows": "2",
        "option1": "Size",
        "photo": ticket,
        "step": "make",
        "row0-value1": "small",
        "row1-value1": "large",
        "row1-price": "30.00",
    }
    desk.post(f"{COUNTER}/products/new", {**BOWL, **rows})
    product = Product.objects.get()
    small, large = product.variants.order_by("position")
    assert (small.options, large.options) == ({"Size": "small"}, {"Size": "large"})
    assert not StockItem.objects.get(pk=large.pk).tracked
    assert product.pictures.count() == 1


@pytest.mark.parametrize("price", ["", "-1", "NaN", "1e3", "12.345", "9" * 30, "dix"])
def test_a_price_that_is_none_is_refused(desk: Any, price: str) -> None:
    refused = desk.post(f"{COUNTER}/products/new", {**BOWL, "row0-price": price})
    assert refused.status_code == 422
    assert 'value="Bol"' in text_of(refused)
    assert not Product.objects.exists()


def test_what_is_not_a_picture_is_said(desk: Any) -> None:
    text = SimpleUploadedFile("notes.png", b"<script>alert(1)</script>", "image/png")
    refused = desk.post(f"{COUNTER}/products/new", {**BOWL, "photos": [text]})
    assert refused.status_code == 422
    assert "notes.png" in text_of(refused)
    assert not Product.objects.exists()


def test_two_variants_must_differ(desk: Any) -> None:
    rows = {"rows": "2", "row0-value1": "small", "row1-value1": "small", "row1-price": "3"}
    refused = desk.post(f"{COUNTER}/products/new", {**BOWL, **rows})
    assert refused.status_code == 422
    assert not Product.objects.exists()


def test_words_price_and_stock_are_edited(desk: Any, bowl: Product) -> None:
    here, variant = f"{COUNTER}/products/{bowl.pk}", cast.variant_of(bowl)
    desk.post(here, {"title": "Grand bol", "description": "Grès", "brand": "", "category": ""})
    sent = {"price": "26", "sale_price": "20,00", "stock": "9", "seen": "5"}
    desk.post(f"{here}/variants/{variant.pk}", sent)
    bowl.refresh_from_db()
    variant.refresh_from_db()
    assert (bowl.title, variant.price_minor, variant.sale_price_minor) == ("Grand bol", 2600, 2000)
    assert cast.stock_of(variant) == (9, 0)


def test_the_vat_of_an_imported_product_is_set_by_its_shop(desk: Any, bowl: Product) -> None:
    here = f"{COUNTER}/products/{bowl.pk}"
    words = {"title": "Miel", "description": "", "brand": "", "category": ""}
    desk.post(here, {**words, "vat_rate_bp": "550"})
    bowl.refresh_from_db()
    assert (bowl.title, bowl.vat_rate_bp) == ("Miel", 550)
    assert desk.post(here, {**words, "vat_rate_bp": "1234"}).status_code == 422
    Shop.objects.filter(pk=bowl.shop_id).update(country="BE")
    shown = text_of(desk.get(here))
    assert "21 %" in shown
    assert "5.5" in shown  # what it has stays to be seen
    bowl.refresh_from_db()
    assert bowl.vat_rate_bp == 550


def test_pieces_sold_meanwhile_are_not_given_back(desk: Any, bowl: Product) -> None:
    variant = cast.variant_of(bowl)
    address = f"{COUNTER}/products/{bowl.pk}/variants/{variant.pk}"
    basket((variant, 2)).sent()
    refused = desk.post(address, {"price": "26", "stock": "8", "seen": "5"})
    assert refused.status_code == 409
    page = text_of(refused)
    assert "is-moved" in page
    assert 'name="seen" value="3"' in page
    assert 'value="8"' in page
    variant.refresh_from_db()
    assert (variant.price_minor, cast.stock_of(variant)) == (2400, (3, 2))
    desk.post(address, {"price": "26", "stock": "8", "seen": "3"})
    assert cast.stock_of(variant) == (8, 2)


@pytest.mark.parametrize(
    "sent",
    [
        {"price": "24", "stock": "-1"},
        {"price": "24", "stock": "1.5"},
        {"price": "24", "stock": "NaN"},
        {"price": "24", "sale_price": "30"},
        {"price": ""},
    ],
)
def test_what_cannot_be_is_refused_beside_its_row(
    desk: Any, bowl: Product, sent: dict[str, str]
) -> None:
    variant = cast.variant_of(bowl)
    refused = desk.post(f"{COUNTER}/products/{bowl.pk}/variants/{variant.pk}", sent)
    assert refused.status_code == 422
    assert "field-error" in text_of(refused)
    variant.refresh_from_db()
    assert (variant.price_minor, cast.stock_of(variant)) == (2400, (5, 0))


def test_off_sale_and_on_again(desk: Any, bowl: Product) -> None:
    desk.post(f"{COUNTER}/products/{bowl.pk}/offer", {"on": "0"})
    bowl.refresh_from_db()
    assert bowl.status == "withdrawn"
    assert "Bol à soupe" in text_of(desk.get(f"{COUNTER}/products?state=withdrawn"))
    assert "Bol à soupe" not in text_of(desk.get(f"{COUNTER}/products?state=active"))
    desk.post(f"{COUNTER}/products/{bowl.pk}/offer", {"on": "1"})
    bowl.refresh_from_db()
    assert bowl.status == "active"


def test_products_are_found_by_the_beginnings_of_their_words(desk: Any, bowl: Product) -> None:
    Variant.objects.filter(product=bowl).update(sku="ZN-112", gtin="3760000000017")
    cast.product(cast.maison_zinc(), "Tire-bouchon")
    for search in ("sou", "bol", "ZN-112", "3760000000017", "Bol SOUPE"):
        page = text_of(desk.get(f"{COUNTER}/products", {"q": search}))
        assert "Bol à soupe" in page, search
        assert "Tire-bouchon" not in page, search
    for search in ("&", "':*", "zzz", "!"):
        assert "Bol à soupe" not in text_of(desk.get(f"{COUNTER}/products", {"q": search}))


def test_the_list_says_what_a_buyer_pays_today(desk: Any) -> None:
    cast.product(cast.maison_zinc(), "Plat", price_minor=11900, sale_price_minor=9900)
    page = text_of(desk.get(f"{COUNTER}/products"))
    assert ("€99.00" in page, "€119.00" in page, "Sale" in page) == (True, False, True)


def test_the_list_goes_on_page_by_page_at_the_same_cost(desk: Any) -> None:
    zinc = cast.maison_zinc()
    for number in range(60):
        cast.product(zinc, f"Verre {number:02}")
    with Counted() as counted:
        first = text_of(desk.get(f"{COUNTER}/products"))
    assert len(counted.statements) <= 6
    (more,) = [part.split('"')[0] for part in first.split('rel="next" href="')[1:]]
    second = text_of(desk.get(more.replace("&amp;", "&")))
    shown = [f"Verre {number:02}" in first for number in range(60)]
    assert [f"Verre {number:02}" in second for number in range(60)] == [not was for was in shown]


def test_pictures_are_described_and_taken_away(desk: Any, bowl: Product) -> None:
    here = f"{COUNTER}/products/{bowl.pk}"
    desk.post(f"{here}/pictures", {"photos": [photo("teal"), photo("navy", "side.png")]})
    first, second = bowl.pictures.order_by("position")
    desk.post(f"{here}/pictures/{first.pk}", {"alt": "Un bol bleu"})
    desk.post(f"{here}/pictures/{second.pk}", {"act": "remove"})
    (left,) = bowl.pictures.all()
    assert left.alt == "Un bol bleu"


def test_a_product_shows_twenty_pictures_at_most(desk: Any, bowl: Product) -> None:
    shot = Picture.objects.create(status="pending")
    for _n in range(MOST_PICTURES):
        add_picture(product=bowl, picture_id=shot.pk)
    page = desk.post(f"{COUNTER}/products/{bowl.pk}/pictures", {"photos": [photo()]}, follow=True)
    assert "up to twenty pictures" in text_of(page)
    assert bowl.pictures.count() == MOST_PICTURES


def test_another_shop_s_variant_or_picture_is_out_of_reach(desk: Any, bowl: Product) -> None:
    foreign = cast.product(cast.atelier_brume(), "Vase", stock=4)
    variant = cast.variant_of(foreign)
    sent = {"price": "1", "stock": "0", "seen": "4"}
    desk.post(f"{COUNTER}/products/{bowl.pk}/variants/{variant.pk}", sent)
    assert desk.get(f"{COUNTER}/products/{foreign.pk}").status_code == 404
    variant.refresh_from_db()
    assert (variant.price_minor, cast.stock_of(variant)) == (1290, (4, 0))
