"""Before a shop sells, it has said who trades."""

from dataclasses import asdict, replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from comptoir.common.errors import Conflict, Refused
from comptoir.common.models import OutboxEvent
from comptoir.shops.identity import siren_of
from comptoir.shops.models import DeliveryMethod, Shop
from comptoir.shops.queries import identity_of, missing_identity, terms_of
from comptoir.shops.services import publish_shop, set_terms, set_trader
from comptoir.shops.services.admit import admit_shop, close_shop
from tests import cast

pytestmark = pytest.mark.django_db

EVERYTHING = (
    *("legal_name", "legal_form", "legal_address", "registration", "contact_email"),
    *("contact_phone", "vat_number", "mediator_name", "mediator_url", "safety_contact"),
)


def prepared() -> Shop:
    return cast.prepared_shop(cast.zoe(), "La Maison Zinc", "maison_zinc")


def test_a_new_shop_is_prepared_and_lists_what_it_must_say() -> None:
    shop = prepared()
    assert (shop.status, shop.is_identified) == ("preparing", False)
    assert not shop.sells_now
    assert shop.sells_in_test
    assert missing_identity(shop) == EVERYTHING


def test_what_is_said_in_part_is_kept() -> None:
    shop = prepared()
    part = replace(cast.trader(), mediator_name="", vat_number="")
    assert set_trader(shop=shop, identity=part) == ("vat_number", "mediator_name")
    shop.refresh_from_db()
    assert (shop.legal_form, shop.is_identified) == ("SARL", False)
    with pytest.raises(Refused, match="not_identified"):
        publish_shop(shop=shop)
    assert (
        set_trader(shop=shop, identity=replace(part, mediator_name="M", no_vat_number=True)) == ()
    )
    assert shop.is_identified
    publish_shop(shop=shop)
    assert Shop.objects.get().sells_now
    assert OutboxEvent.objects.filter(name="shops.ShopPublished").count() == 1
    with pytest.raises(Conflict, match="not_preparing"):
        publish_shop(shop=shop)


def test_no_mediator_is_asked_of_a_trader_elsewhere() -> None:
    shop = prepared()
    belgian = replace(
        cast.trader(),
        country="BE",
        registration="BCE 0000.000.097",
        vat_number="",
        no_vat_number=True,
        mediator_name="",
        mediator_url="",
    )
    assert set_trader(shop=shop, identity=belgian) == ()
    assert identity_of(shop).registration == "BCE 0000.000.097"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"registration": "000 000 019"}, "bad_registration"),
        ({"registration": "000 000 018 00011"}, "bad_registration"),
        ({"registration": "RCS Brest"}, "bad_registration"),
        ({"vat_number": "FR67000000018"}, "bad_vat_number"),
        ({"vat_number": "FR90000000026"}, "vat_number_of_another"),
        ({"vat_number": "DE136695976"}, "vat_number_of_another"),
        ({"no_vat_number": True}, "vat_said_twice"),
        ({"contact_email": "zinc@"}, "bad_email"),
        ({"contact_phone": "call me"}, "bad_phone"),
        ({"mediator_url": "javascript:alert(1)"}, "bad_mediator_url"),
        ({"country": "France"}, "bad_country"),
        ({"legal_name": "Z" * 121}, "text_too_long"),
    ],
)
def test_what_cannot_be_true_is_refused(said: dict[str, Any], code: str) -> None:
    shop = prepared()
    with pytest.raises(Refused, match=code) as refused:
        set_trader(shop=shop, identity=replace(cast.trader(), **said))
    assert refused.value.details["fields"]
    shop.refresh_from_db()
    assert not shop.legal_name


@pytest.mark.parametrize("typed", ["000000018", "00000001800002", " 000.000.018 00002 "])
def test_siren_and_siret_are_kept_as_they_are_printed(typed: str) -> None:
    shop = prepared()
    set_trader(shop=shop, identity=replace(cast.trader(), registration=typed))
    assert shop.registration.startswith("000 000 018")
    assert siren_of("FR", shop.registration) == "000000018"


def test_an_open_shop_takes_nothing_back() -> None:
    shop = cast.maison_zinc()
    with pytest.raises(Refused, match="identity_incomplete") as refused:
        set_trader(shop=shop, identity=replace(cast.trader(), mediator_name=""))
    assert refused.value.details["fields"] == ["mediator_name"]
    shop.refresh_from_db()
    assert shop.mediator_name


@pytest.mark.parametrize("field", EVERYTHING)
def test_the_database_says_the_same(field: str) -> None:
    shop = cast.maison_zinc()
    with pytest.raises(IntegrityError, match="shop_identified"), transaction.atomic():
        Shop.objects.filter(pk=shop.pk).update(**{field: ""})
    with pytest.raises(IntegrityError, match="shop_open_is_identified"), transaction.atomic():
        Shop.objects.filter(pk=shop.pk).update(is_identified=False, **{field: ""})


def test_every_field_of_the_identity_is_written() -> None:
    shop = prepared()
    set_trader(shop=shop, identity=cast.trader())
    assert asdict(identity_of(Shop.objects.get())) == asdict(cast.trader())


def test_without_a_way_of_delivery_nothing_is_published() -> None:
    shop = prepared()
    set_trader(shop=shop, identity=cast.trader())
    DeliveryMethod.objects.filter(shop=shop).update(is_active=False)
    with pytest.raises(Refused, match="no_delivery"):
        publish_shop(shop=shop)


def test_the_operator_lets_only_identified_shops_sell() -> None:
    operator = cast.person("Odile", "odile", is_operator=True).actor
    shop = prepared()
    with pytest.raises(Conflict, match="not_identified"):
        admit_shop(actor=operator, handle="maison_zinc")
    close_shop(actor=operator, handle="maison_zinc")
    admit_shop(actor=operator, handle="maison_zinc")
    shop.refresh_from_db()
    assert shop.status == "preparing"


def test_terms_are_written_and_taken_away() -> None:
    shop = prepared()
    set_terms(
        shop=shop, text="Nos pots sont faits à la main.\r\n\r\n\r\n\r\nAucun ne se ressemble. "
    )
    kept = terms_of(shop.pk)
    assert kept is not None
    assert kept.text == "Nos pots sont faits à la main.\n\nAucun ne se ressemble."
    set_terms(shop=shop, text=" ")
    assert terms_of(shop.pk) is None
