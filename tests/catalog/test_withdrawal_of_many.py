"""An exception to the right to withdraw, for all products of a category at once."""

import pytest

from comptoir.catalog.models import Product
from comptoir.catalog.services.products import VariantDraft, create_product, set_exception
from comptoir.common.errors import Refused
from comptoir.shops.models import Shop
from tests import cast
from tests.catalog.test_price_changes import ask, bowl, crossed_out
from tests.web.visiting import browser_of, parsed, text_of, visitor

pytestmark = pytest.mark.django_db
PAGE = "/counter/atelier_brume/terms"


def made(shop: Shop, title: str, category: str) -> Product:
    drafts = [VariantDraft(price_minor=2000)]
    return create_product(
        shop=shop, title=title, description="", category=category, variants=drafts
    )


def exceptions() -> dict[str, str]:
    return dict(Product.objects.values_list("title", "withdrawal"))


@pytest.fixture
def shop() -> Shop:
    shop = cast.atelier_brume()
    made(shop, "Pain", "Food > Bread")
    made(shop, "Brioche", "Food > Bread")
    made(shop, "Moule", "Kitchen")
    made(shop, "Carte", "")
    return shop


@pytest.mark.usefixtures("shop")
def test_a_category_is_excepted_at_once_and_its_buyers_read_it() -> None:
    browser = browser_of(cast.basile())
    form = parsed(browser.get(PAGE)).xpath("//form[contains(@action, 'terms/products')]")[0]
    told = [" ".join(o.text_content().split()) for o in form.xpath(".//select[@name='of']/option")]
    assert any(text.startswith("Food > Bread") and "2" in text for text in told)
    assert "digital" not in form.xpath(".//select[@name='withdrawal']/option/@value")

    sent = {"of": "=Food > Bread", "withdrawal": "perishable"}
    answer = browser.post(f"{PAGE}/products", sent, follow=True)
    assert "2 products were changed." in text_of(answer)
    assert exceptions() == {"Pain": "perishable", "Brioche": "perishable", "Moule": "", "Carte": ""}
    page = text_of(visitor().get(f"/products/{Product.objects.get(title='Pain').pk}"))
    assert "spoil" in page

    browser.post(f"{PAGE}/products", {"of": "=", "withdrawal": "sealed"})
    assert exceptions()["Carte"] == "sealed"
    browser.post(f"{PAGE}/products", {"of": "all", "withdrawal": ""})
    assert set(exceptions().values()) == {""}


@pytest.mark.parametrize(
    "sent",
    [
        {"of": "", "withdrawal": "perishable"},
        {"of": "=Nowhere", "withdrawal": "perishable"},
        {"of": "all", "withdrawal": "digital"},
        {"of": "all", "withdrawal": "x"},
    ],
)
@pytest.mark.usefixtures("shop")
def test_what_the_form_does_not_offer_changes_nothing(sent: dict[str, str]) -> None:
    answer = browser_of(cast.basile()).post(f"{PAGE}/products", sent)
    assert answer.status_code == 422
    assert set(exceptions().values()) == {""}


def test_downloads_keep_theirs_and_only_the_law_s_exceptions_are_known(shop: Shop) -> None:
    Product.objects.filter(title="Carte").update(digital=True, withdrawal="digital")
    assert set_exception(shop=shop, category=None, withdrawal="sealed") == 3
    assert exceptions()["Carte"] == "digital"
    with pytest.raises(Refused, match="bad_withdrawal"):
        set_exception(shop=shop, category=None, withdrawal="whim")


def test_what_is_said_to_spoil_is_crossed_out_at_the_price_just_before() -> None:
    made = bowl(2000)
    ask(made, 1500, days_ago=20)
    ask(made, 2000, days_ago=10)
    ask(made, 2000, 1800)
    assert crossed_out(made) == (None, None, None)
    set_exception(shop=made.shop, category=None, withdrawal="perishable")
    assert crossed_out(made) == (2000, 2000, 2000)
    set_exception(shop=made.shop, category=None, withdrawal="")
    assert crossed_out(made) == (None, None, None)
