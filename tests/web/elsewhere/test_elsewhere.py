"""A product that is bought on the shop's own site: a signed way out, counted without names."""

from typing import Any

import pytest
from django.test import Client

from comptoir.catalog.models import OutboundDay, Product
from comptoir.catalog.services.elsewhere import set_elsewhere
from comptoir.common.errors import Refused
from tests import cast
from tests.web.visiting import browser_of, links, text_of

pytestmark = pytest.mark.django_db

OUT = "https://www.maison-zinc.example/bol?utm=1"


def person(agent: str = "Mozilla/5.0 (Android 15; Mobile; rv:140.0)") -> Client:
    return Client(headers={"accept-language": "en", "user-agent": agent})


def bowl() -> Product:
    made = cast.product(cast.maison_zinc(), "Bol")
    set_elsewhere(product=made, buy_url=OUT, safety_contact="")
    return made


def way_out(product: Product) -> str:
    (found,) = {str(one) for one in links(person().get(f"/products/{product.pk}")) if "/go/" in one}
    return found


def counted() -> int:
    return sum(OutboundDay.objects.values_list("count", flat=True))


def test_the_button_names_the_site_and_leads_there() -> None:
    product = bowl()
    page = text_of(person().get(f"/products/{product.pk}"))
    assert "Buy on maison-zinc.example" in page
    assert 'rel="nofollow noopener"' in page
    assert "/checkout/new" not in page
    gone = person().get(way_out(product))
    assert (gone.status_code, gone.headers["Location"]) == (302, OUT)
    assert gone.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert not gone.cookies
    assert counted() == 1


def test_it_cannot_be_bought_here() -> None:
    product = bowl()
    buyer = person()
    assert buyer.get(f"/products/{product.pk}/buy").headers["Location"] == f"/products/{product.pk}"
    variant = cast.variant_of(product).pk
    assert buyer.post("/basket/lines", {"variant": variant}).status_code in {404, 422}
    assert buyer.get("/checkout/new", {"variant": variant}).status_code in {404, 422}


@pytest.mark.parametrize(
    ("agent", "headers"),
    [
        ("Googlebot/2.1 (+http://www.google.com/bot.html)", {}),
        ("facebookexternalhit/1.1", {}),
        ("curl/8.5.0", {}),
        ("", {}),
        ("Mozilla/5.0", {"Sec-Purpose": "prefetch"}),
    ],
)
def test_machines_are_led_on_and_not_counted(agent: str, headers: dict[str, str]) -> None:
    gone = person(agent).get(way_out(bowl()), headers=headers)
    assert gone.status_code == 302
    assert counted() == 0


def test_looking_is_not_going_and_going_too_often_is_not_counted(settings: Any) -> None:
    address = way_out(bowl())
    person().head(address)
    assert counted() == 0
    settings.RATE_LIMITS = {"outbound": (2, 3600)}
    for _n in range(4):
        assert person().get(address).status_code == 302
    assert counted() == 2


def test_only_signed_addresses_lead_out() -> None:
    product = bowl()
    address = way_out(product)
    for forged in ("/go/1", f"/go/{product.pk}:abc", address[:-1], "/go/https://evil.example"):
        assert person().get(forged).status_code == 404
    set_elsewhere(product=product, buy_url="", safety_contact="")
    assert person().get(address).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [
        "http://maison-zinc.example/",
        "javascript:alert(1)",
        "https://127.0.0.1/bol",
        "https://[::1]/",
        "https://localhost/",
        "https://zinc@evil.example/",
        "https://zinc.example:8443/",
        "maison-zinc.example",
        "https://zinc.example/" + "x" * 1000,
    ],
)
def test_addresses_that_lead_nowhere_good(wrong: str) -> None:
    product = cast.product(cast.maison_zinc(), "Bol")
    with pytest.raises(Refused, match="bad_buy_url"):
        set_elsewhere(product=product, buy_url=wrong, safety_contact="")
    desk = browser_of(cast.zoe())
    answer = desk.post(f"/counter/maison_zinc/products/{product.pk}/elsewhere", {"buy_url": wrong})
    assert answer.status_code == 422


def test_the_desk_sets_it_and_sees_the_count() -> None:
    product = cast.product(cast.maison_zinc(), "Bol")
    desk = browser_of(cast.zoe())
    page = f"/counter/maison_zinc/products/{product.pk}/elsewhere"
    desk.post(page, {"buy_url": OUT, "safety_contact": "Faïencerie du Cap\n1 rue Haute"})
    person().get(way_out(product))
    seen = text_of(desk.get(page))
    assert "1 visit" in seen
    assert "Faïencerie du Cap" in text_of(person().get(f"/products/{product.pk}"))
