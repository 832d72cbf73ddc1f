"""The page that says who trades, as the law asks."""

import pytest

from comptoir.shops.models import Shop
from comptoir.shops.services import set_terms
from tests import cast
from tests.web.visiting import browser_of, links, text_of, visitor

pytestmark = pytest.mark.django_db

LEGAL = "/@maison_zinc/legal"


def test_it_says_all_that_a_buyer_may_ask() -> None:
    zinc = cast.maison_zinc()
    set_terms(shop=zinc, text="Nous réparons ce que nous vendons.")
    page = text_of(visitor().get(LEGAL))
    for said in (
        "La Maison Zinc SARL (fiction)",
        "12 rue des Cordiers, 00000 Port-Garance",
        "000 000 018",
        "FR66000000018",
        "bonjour@boutique.example",
        "Médiation des Quais",
        "mediation-des-quais.example",
        "within 14 days",
        "Nous réparons ce que nous vendons.",
    ):
        assert said in page


def test_the_frame_of_the_guarantees_is_in_french_terms_in_the_words_of_the_law() -> None:
    """Annex to article D211-2 of the consumer code."""
    zinc = cast.maison_zinc()
    page = text_of(visitor("fr").get(LEGAL))
    for said in (
        "Le consommateur dispose d’un délai de deux ans à compter de la délivrance du bien",
        "une amende civile d’un montant maximal de 300\xa0000\xa0euros",
        "garantie légale des vices cachés en application des articles\xa01641 à 1649 du code civil",
    ):
        assert said in page
    Shop.objects.filter(pk=zinc.pk).update(country="DE")
    assert "in the words of the law" not in text_of(visitor().get(LEGAL))


def test_every_way_to_the_shop_leads_there() -> None:
    bowl = cast.product(cast.maison_zinc(), "Bol")
    for page in ("/@maison_zinc/about", f"/products/{bowl.pk}", f"/products/{bowl.pk}/buy"):
        assert LEGAL in links(visitor().get(page)), page


def test_a_shop_being_prepared_says_that_it_sells_nothing() -> None:
    cast.prepared_shop(cast.zoe(), "Zinc", "maison_zinc")
    assert "is being prepared" in text_of(visitor().get(LEGAL))


def test_people_trade_nothing_here() -> None:
    cast.ines()
    assert visitor().get("/@ines/legal").status_code == 404


def test_the_owner_is_told_what_is_missing_and_keeps_what_was_typed() -> None:
    cast.prepared_shop(cast.zoe(), "Zinc", "maison_zinc")
    desk = browser_of(cast.zoe())
    page = desk.post(
        "/counter/maison_zinc/identity",
        {"country": "FR", "legal_name": "Zinc SARL", "no_vat_number": "on"},
        follow=True,
    )
    assert "What is still missing is marked below." in text_of(page)
    assert 'value="Zinc SARL"' in text_of(page)
    assert text_of(page).count("Still to be said.") == 8
    wrong = desk.post(
        "/counter/maison_zinc/identity", {"country": "FR", "registration": "000 000 019"}
    )
    assert wrong.status_code == 422
    assert 'id="id_registration-error"' in text_of(wrong)
    desk.post("/counter/maison_zinc/terms", {"text": "Sans chichis."})
    assert "Sans chichis." in text_of(visitor().get(LEGAL))


def test_what_a_withdrawal_costs_and_its_form_are_told_before_one_buys() -> None:
    """Art. L221-5, 7° and 8°: unless it is told, sending back is at the seller's cost."""
    cast.maison_zinc()
    page = text_of(visitor().get(LEGAL))
    assert "The cost of sending them back is yours." in page
    assert "Model withdrawal form" in page
    assert "To: La Maison Zinc SARL (fiction), 12 rue des Cordiers" in page
