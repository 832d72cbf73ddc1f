"""At the counter: files to download, and what a piece weighs."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from comptoir.catalog.models import Product, ProductFile
from comptoir.shops.models import Role
from tests import cast
from tests.web.visiting import browser_of, parsed, text_of

pytestmark = pytest.mark.django_db

PRODUCTS = "/counter/maison_zinc/products"


@pytest.fixture(autouse=True)
def root(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def desk() -> Any:
    """Malo manages la Maison Zinc, in English."""
    cast.staff(cast.maison_zinc(), cast.malo(), Role.MANAGER)
    return browser_of(cast.malo())


@pytest.fixture
def pattern() -> Product:
    return cast.product(cast.maison_zinc(), "Patron de veste")


def sent(name: str = "veste.pdf", body: bytes = b"%PDF-1.7 sewing") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, body)}


def test_a_file_is_added_and_the_product_becomes_a_download(desk: Any, pattern: Product) -> None:
    page = desk.post(f"{PRODUCTS}/{pattern.pk}/files", sent(), follow=True)
    assert "veste.pdf" in text_of(page)
    assert "Send it by post instead" in text_of(page)
    pattern.refresh_from_db()
    assert pattern.digital
    desk.post(f"{PRODUCTS}/{pattern.pk}/files/sent")
    pattern.refresh_from_db()
    assert not pattern.digital


def test_what_is_wrong_with_a_file_is_said(desk: Any, pattern: Product) -> None:
    wrong = desk.post(f"{PRODUCTS}/{pattern.pk}/files", sent(body=b"MZ\x90\x00"), follow=True)
    assert "not what its name says" in text_of(wrong)
    missing = desk.post(f"{PRODUCTS}/{pattern.pk}/files", follow=True)
    assert "Choose a file first" in text_of(missing)
    assert not ProductFile.objects.exists()


def test_a_file_is_taken_away_but_for_the_last(desk: Any, pattern: Product) -> None:
    first = cast.file_of(pattern)
    here = f"{PRODUCTS}/{pattern.pk}/files"
    assert "Keep one file" in text_of(desk.post(f"{here}/{first.pk}", follow=True))
    desk.post(here, sent("veste-2.pdf"))
    assert "do not get it any more" in text_of(desk.post(f"{here}/{first.pk}", follow=True))


def test_another_shop_s_files_are_out_of_reach(desk: Any, pattern: Product) -> None:
    foreign = cast.product(cast.atelier_brume(), "Modèle")
    file = cast.file_of(foreign)
    assert desk.post(f"{PRODUCTS}/{foreign.pk}/files", sent()).status_code == 404
    assert desk.post(f"{PRODUCTS}/{foreign.pk}/files/sent").status_code == 404
    assert desk.post(f"{PRODUCTS}/{foreign.pk}/files/{file.pk}").status_code == 404
    assert desk.post(f"{PRODUCTS}/{pattern.pk}/files/{file.pk}").status_code == 404


def test_a_file_larger_than_all_bounds_is_not_read(desk: Any, pattern: Product) -> None:
    answer = desk.post(
        f"{PRODUCTS}/{pattern.pk}/files", sent(), headers={"content-length": "205000001"}
    )
    assert answer.status_code == 413
    said = text_of(answer)
    assert "205\u00a0MB" in said
    assert "Go back: what you wrote should still be there" in said


def test_a_weight_is_written_and_shown_again(desk: Any, pattern: Product) -> None:
    variant = cast.variant_of(pattern)
    row = {"price": "12.90", "sale_price": "", "stock": "3", "seen": "10", "weight": "1,25 kg"}
    assert desk.post(f"{PRODUCTS}/{pattern.pk}/variants/{variant.pk}", row).status_code == 302
    variant.refresh_from_db()
    assert variant.weight_grams == 1250
    page = parsed(desk.get(f"{PRODUCTS}/{pattern.pk}"))
    assert page.get_element_by_id(f"id_{variant.pk}_weight").value == "1.25 kg"
    wrong = desk.post(
        f"{PRODUCTS}/{pattern.pk}/variants/{variant.pk}", {**row, "seen": "3", "weight": "light"}
    )
    assert wrong.status_code == 422
    assert "a weight such as 500 g" in text_of(wrong)


def test_a_product_is_made_with_its_weight(desk: Any) -> None:
    desk.post(
        f"{PRODUCTS}/new",
        {"title": "Bol", "vat_rate_bp": "2000", "rows": "1", "row0-price": "24",
         "row0-weight": "350"},
    )  # fmt: skip
    assert cast.variant_of(Product.objects.get()).weight_grams == 350
