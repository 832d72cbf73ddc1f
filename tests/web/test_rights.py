"""Every address of the counter, asked for by each role of the shop's own staff.

``MAY`` says who may come in: O the owner, M a manager, P a packer, S support. A route of the
counter that is not in it fails the test, so that nobody adds a page without saying who works there.
"""

import pytest
from django.urls import reverse

from comptoir.catalog.models import ProductFile
from comptoir.shops.models import Role
from tests import cast
from tests.sales.buying import basket
from tests.web.private_town import build
from tests.web.routes_expected import EXPECTED, NO
from tests.web.test_routes import addresses, answer, routes
from tests.web.visiting import browser_of, text_of

pytestmark = pytest.mark.django_db

MAY = {
    "counter": "OMPS",
    "counter_arrival": "OMP",
    "counter_bank": "OM",
    "counter_bank_entry": "OM",
    "counter_bill": "OMP",
    "counter_bill_cancellation": "OMP",
    "counter_bill_sign": "OMP",
    "counter_bill_state": "OMP",
    "counter_bills": "OMP",
    "counter_cancellation": "OM",
    "counter_cash": "OMP",
    "counter_collection": "OM",
    "counter_collection_act": "OM",
    "counter_collections": "OM",
    "counter_delivery": "O",
    "counter_document": "OMS",
    "counter_documents": "OMS",
    "counter_elsewhere": "OM",
    "counter_excess": "OM",
    "counter_feed_source": "OM",
    "counter_file": "OM",
    "counter_files": "OM",
    "counter_followers": "OMPS",
    "counter_given_back": "OM",
    "counter_identity": "O",
    "counter_import": "OM",
    "counter_import_answer": "OM",
    "counter_import_progress": "OM",
    "counter_imports": "OM",
    "counter_invitation_removal": "O",
    "counter_invite": "O",
    "counter_invoice": "OMS",
    "counter_invoices": "OMS",
    "counter_leaving": "OMPS",
    "counter_method": "O",
    "counter_method_new": "O",
    "counter_offer": "OM",
    "counter_offers": "OM",
    "counter_offers_edit": "OM",
    "counter_offers_new": "OM",
    "counter_offers_stop": "OM",
    "counter_opening": "O",
    "counter_order": "OMPS",
    "counter_orders": "OMPS",
    "counter_orders_export": "OM",
    "counter_payment_account": "O",
    "counter_payments": "O",
    "counter_payments_cash": "O",
    "counter_picture": "OM",
    "counter_pictures": "OM",
    "counter_posts": "OMS",
    "counter_product": "OM",
    "counter_product_new": "OM",
    "counter_product_exceptions": "O",
    "counter_product_rates": "O",
    "counter_products": "OM",
    "counter_publish": "O",
    "counter_refund": "OMS",
    "counter_report": "OM",
    "counter_return": "OMPS",
    "counter_role": "O",
    "counter_sent_instead": "OM",
    "counter_settings": "O",
    "counter_shelf": "OMP",
    "counter_shipment": "OMP",
    "counter_showcase": "OM",
    "counter_slips": "OMPS",
    "counter_staff": "O",
    "counter_staff_removal": "O",
    "counter_statement": "OM",
    "counter_stock": "OMP",
    "counter_stock_change": "OMP",
    "counter_stock_count": "OMP",
    "counter_stripe": "O",
    "counter_tax": "O",
    "counter_terms": "O",
    "counter_vat_number": "OMS",
    "counter_variant": "OM",
    "counter_zone": "O",
    "counter_zone_new": "O",
    "counter_zone_removal": "O",
}
LETTERS = {Role.OWNER: "O", Role.MANAGER: "M", Role.PACKER: "P", Role.SUPPORT: "S"}


# What a form must say to be looked at.
DATA = {"counter_payment_account": {"act": "pause"}}


def town_of_zinc() -> dict[str, str]:
    """Addresses of things that are there: a file is of its own product."""
    made = build()
    town = addresses(made)
    patron = ProductFile.objects.get(pk=made["file_id"])
    arguments = [made["handle"], patron.product_id, patron.pk]
    return {**town, "counter_file": reverse("counter_file", args=arguments)}


def of_the_counter() -> list[str]:
    return sorted(name for name in routes() if name == "counter" or name.startswith("counter_"))


def test_every_route_of_the_counter_says_who_works_there() -> None:
    assert sorted(MAY) == of_the_counter()


@pytest.mark.parametrize("role", list(Role))
def test_each_role_comes_in_where_it_works_and_nowhere_else(role: Role) -> None:
    """A packer, say, is answered 404 where only owners work: the page is not there for them."""
    town = town_of_zinc()
    cast.staff(cast.maison_zinc(), cast.malo(), role)
    client = browser_of(cast.malo())
    wrong = []
    for name in of_the_counter():
        for method in ("get", "post"):
            if EXPECTED[name][method] == NO:
                continue
            given, _body = answer(
                client, method, town[name], DATA.get(name) if method == "post" else None
            )
            may = LETTERS[role] in MAY[name]
            if (given != "404") != may or given == "sign in" or given.startswith("5"):
                wrong.append(f"{method} {name}: {given}, {'may' if may else 'may not'}")
    assert wrong == []


@pytest.mark.parametrize("role", list(Role))
def test_what_the_shop_turns_over_is_for_who_runs_it(role: Role) -> None:
    """Packers and support are told what there is to do, and no figures of the shop."""
    pot = cast.product(cast.maison_zinc(), "Pot", price_minor=1234)
    basket(
        (cast.variant_of(pot), 1), method=cast.pick_up(cast.maison_zinc()), instrument="card_ok"
    ).sent()
    cast.staff(cast.maison_zinc(), cast.malo(), role)
    page = text_of(browser_of(cast.malo()).get("/counter/maison_zinc"))
    runs_it = role in {Role.OWNER, Role.MANAGER}
    assert ("€12.34" in page) == runs_it
    assert ("urnover" in page) == runs_it
    assert "1 order to prepare" in page


def test_who_is_let_go_is_out_at_once() -> None:
    town = town_of_zinc()
    member = cast.staff(cast.maison_zinc(), cast.malo(), Role.OWNER)
    client = browser_of(cast.malo())
    assert answer(client, "get", town["counter_settings"])[0] == "200"
    member.delete()
    assert answer(client, "get", town["counter_settings"])[0] == "404"
    assert answer(client, "get", town["counter"])[0] == "404"
