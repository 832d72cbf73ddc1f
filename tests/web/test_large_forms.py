"""The largest forms that pages offer are taken when they are sent, and what is too much is told."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from comptoir.catalog.models import Product
from comptoir.catalog.services.products import VariantDraft, create_product
from comptoir.sales.links import signed_key
from comptoir.sales.models import Bill, Offer, Return
from comptoir.web.bills import counter
from tests import cast
from tests.sales.after import line_of, sent
from tests.web.visiting import browser_of, parsed, text_of, visitor

pytestmark = pytest.mark.django_db
COUNTER = "/counter/maison_zinc"
KEPT = "The first ten were kept."


def clothes(title: str, kinds: int) -> Product:
    drafts = [VariantDraft(1000, stock=5, options={"size": str(n)}) for n in range(kinds)]
    return create_product(shop=cast.maison_zinc(), title=title, description="", variants=drafts)


def photos(many: int) -> list[SimpleUploadedFile]:
    found = []
    for n in range(many):
        data = io.BytesIO()
        Image.new("RGB", (40, 30), (n, 9, 9)).save(data, "PNG")
        found.append(SimpleUploadedFile(f"{n}.png", data.getvalue(), "image/png"))
    return found


def form_of(page: Any, action: str = "") -> dict[str, str]:
    (form,) = parsed(page).xpath(f"//main//form[@method='post' and @id='{action}']")
    return {str(name): str(value) for name, value in form.form_values()}


def test_a_shop_of_clothes_takes_a_payment() -> None:
    """Each size that could be chosen is a field, filled in or not."""
    for n in range(20):
        clothes(f"Chemise {n}", 20)
    zoe = browser_of(cast.zoe())
    form = form_of(zoe.get(f"{COUNTER}/bills"), "bill-form")
    sizes = [name for name in form if name.startswith("variant-")]
    assert len(sizes) == counter.MOST_VARIANTS
    assert zoe.post(f"{COUNTER}/bills", {**form, "amount": "7,50"}).status_code == 302
    zoe.post(f"{COUNTER}/bills", {**form, sizes[-1]: "2"})
    free, chosen = Bill.objects.order_by("id")
    assert (free.amount_minor, free.lines.count()) == (750, 0)
    assert chosen.lines.get().quantity == 2


def test_what_was_chosen_stays_however_much_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counter, "MOST_VARIANTS", 3)
    old, _new = clothes("Vieille chemise", 4), clothes("Chemise", 4)
    last = old.variants.order_by("position").last()
    assert last is not None
    chosen = {f"variant-{last.pk}": "2", "q": "chemise", "search": "1"}
    form = form_of(browser_of(cast.zoe()).post(f"{COUNTER}/bills", chosen), "bill-form")
    sizes = {name: many for name, many in form.items() if name.startswith("variant-")}
    assert len(sizes) == 3
    assert sizes[f"variant-{last.pk}"] == "2"


def test_a_product_of_a_hundred_variants_is_made() -> None:
    words = {"title": "Chemise", "vat_rate_bp": "2000", "rows": "100", "option1": "Size"}
    rows = {
        f"row{n}-{name}": value
        for n in range(100)
        for name, value in (
            *(("value1", str(n)), ("value2", ""), ("price", "10"), ("stock", "1"), ("weight", "")),
        )
    }
    cast.maison_zinc()
    made = browser_of(cast.zoe()).post(f"{COUNTER}/products/new", {**words, **rows})
    assert made.status_code == 302
    assert Product.objects.get().variants.count() == 100


def test_an_offer_for_a_thousand_products_is_kept() -> None:
    shop = cast.maison_zinc()
    rows = [Product(shop=shop, title=f"Bol {n}") for n in range(1000)]
    for row in rows:
        row.created_at = row.updated_at = shop.profile.created_at
    Product.objects.bulk_create(rows)
    offer = {
        "name": "Bols", "kind": "percent", "percent": "10", "audience": "everyone",
        "scope": "products", "product": [row.pk for row in rows], "step": "save",
    }  # fmt: skip
    assert browser_of(cast.zoe()).post(f"{COUNTER}/offers/new", offer).status_code == 302
    assert Offer.objects.get().products.count() == 1000


def test_photos_beyond_ten_are_told() -> None:
    bowl, zoe = cast.product(cast.maison_zinc(), "Bol"), browser_of(cast.zoe())
    form = {"title": "Bol", "vat_rate_bp": "2000", "rows": "1", "row0-price": "24"}
    begun = zoe.post(f"{COUNTER}/products/new", {**form, "photos": photos(13)})
    assert begun.status_code == 422
    assert (KEPT in text_of(begun), text_of(begun).count('name="photo"')) == (True, 10)
    there = f"{COUNTER}/products/{bowl.pk}"
    added = text_of(zoe.post(f"{there}/pictures", {"photos": photos(13)}, follow=True))
    assert (KEPT in added, bowl.pictures.count()) == (True, 10)


@pytest.mark.parametrize("many", [7, 13])
def test_a_return_is_not_sent_without_some_of_its_photos(many: int) -> None:
    cup = cast.variant_of(cast.product(cast.maison_zinc(), "Tasse", price_minor=1000))
    order = sent((cup, 1))
    form = {f"pieces-{line_of(order, cup).pk}": "1", "reason": "damaged", "photos": photos(many)}
    refused = visitor().post(f"/orders/{signed_key(order.key)}/returns", form)
    assert refused.status_code == 422
    (said,) = parsed(refused).xpath("//p[@id='photos-error']")
    assert "Up to six" in said.text_content()
    assert not Return.objects.exists()
