"""Cards that members have kept at a shop: only when they tick it, listed, removed, forgotten."""

from datetime import timedelta

import pytest
from django.test import Client

from comptoir.catalog.models import Variant
from comptoir.common import clock
from comptoir.sales.adapters.provider import ProviderDown
from comptoir.sales.links import signed_key
from comptoir.sales.models import SavedCard, StripeCharge, StripeCustomer
from comptoir.sales.privacy import export_of
from comptoir.sales.saved_cards import saved_cards_of
from comptoir.sales.services import Placed
from comptoir.sales.services.come_back import come_back
from comptoir.sales.services.saved_cards import forget_card, note_saved_cards
from tests import cast
from tests.cast import Person
from tests.sales.at_stripe.shop import session_of
from tests.sales.buying import basket, jobs_waiting, order_of, work
from tests.stripe_server import StripeServer
from tests.web.checkout.sheets import GUEST, open_sheet, send
from tests.web.visiting import browser_of, parsed, text_of, visitor, worker_turn

pytestmark = pytest.mark.django_db

KEPT = "card_kept"


@pytest.fixture
def ines() -> Person:
    return cast.ines()


@pytest.fixture
def browser(ines: Person) -> Client:
    return browser_of(ines)


def bought(
    corkscrew: Variant, stripe_server: StripeServer, who: Person, instrument: str = KEPT
) -> Placed:
    wanted = basket((corkscrew, 1), provider="stripe", actor=who.actor, instrument=instrument)
    placed = wanted.sent()
    stripe_server.pay(session_of(placed))
    come_back(order=order_of(placed))
    assert order_of(placed).status == "paid"
    return placed


def customer() -> str:
    return StripeCustomer.objects.get().customer_id


def test_a_card_is_kept_and_shown_when_one_buys_again(
    corkscrew: Variant, stripe_server: StripeServer, ines: Person
) -> None:
    first = bought(corkscrew, stripe_server, ines)
    assert saved_cards_of(ines.profile.pk) == []
    assert (note_saved_cards(), note_saved_cards()) == (1, 0)
    (card,) = saved_cards_of(ines.profile.pk)
    assert (card.shop_handle, card.brand, card.last4) == ("maison_zinc", "Visa", "4242")
    assert card.expires == "12/2030"
    again = bought(corkscrew, stripe_server, ines, instrument="card")
    sessions = [stripe_server.sessions[session_of(placed)] for placed in (first, again)]
    assert {session["customer"] for session in sessions} == {customer()}
    assert [session["keeps"] for session in sessions] == [True, False]
    assert stripe_server.cards_of(customer()) == ["4242"]


def test_without_the_tick_nobody_is_known_at_stripe(
    corkscrew: Variant, stripe_server: StripeServer, ines: Person
) -> None:
    bought(corkscrew, stripe_server, ines, instrument="card")
    guest = basket((corkscrew, 1), provider="stripe", instrument=KEPT).sent()
    assert stripe_server.sessions[session_of(guest)]["customer"] is None
    assert not StripeCustomer.objects.exists()
    assert ("POST", "/v1/customers") not in stripe_server.calls
    assert note_saved_cards() == 0


def test_the_sheet_asks_members_alone_and_ticks_nothing(
    corkscrew: Variant, stripe_server: StripeServer, browser: Client
) -> None:
    path = f"/checkout/new?variant={corkscrew.pk}"
    (tick,) = parsed(browser.get(path)).xpath("//input[@name='keep']")
    assert tick.get("checked") is None
    assert not parsed(visitor().get(path)).xpath("//input[@name='keep']")


def test_through_the_sheet_to_the_settings_and_away(
    corkscrew: Variant, stripe_server: StripeServer, browser: Client
) -> None:
    sheet = open_sheet(browser, corkscrew.product)
    sent = send(browser, sheet, **{**GUEST, "pay": "stripe:card", "keep": "1"})
    assert sent.status_code == 303
    charge = StripeCharge.objects.get()
    assert charge.keeps
    assert charge.request["payment_method_data"] == {"allow_redisplay": "always"}
    stripe_server.pay(charge.session_id)
    assert browser.get(f"/orders/{signed_key(charge.payment.order.key)}/return").status_code == 302
    note_saved_cards()
    page = browser.get("/settings")
    assert "Kept cards" in text_of(page)
    (action,) = parsed(page).xpath("//form[contains(@action, '/settings/cards/')]/@action")
    assert browser_of(cast.malo()).post(action).status_code == 404
    gone = browser.post(action, follow=True)
    assert "The card is removed." in text_of(gone)
    assert "Kept cards" not in text_of(gone)
    assert browser.post(action).status_code == 302  # again, as from another window
    work()
    assert not StripeCustomer.objects.exists()
    assert browser.post(action).status_code == 404


def test_stripe_is_told_until_it_listens(
    corkscrew: Variant, stripe_server: StripeServer, ines: Person, browser: Client
) -> None:
    bought(corkscrew, stripe_server, ines)
    note_saved_cards()
    card, whose = SavedCard.objects.get(), customer()
    browser.post(f"/settings/cards/{card.pk}/removal")
    worker_turn()
    assert jobs_waiting("sales.forget_card") == [{"card_id": card.pk}]
    stripe_server.down = True
    with pytest.raises(ProviderDown):
        forget_card(card_id=card.pk)
    stripe_server.down = False
    StripeCharge.objects.update(keeps=True)  # a round that looks again does not bring it back
    note_saved_cards()
    assert saved_cards_of(ines.profile.pk) == []
    work()
    with pytest.raises(KeyError):
        stripe_server.cards_of(whose)
    forget_card(card_id=card.pk)
    assert not SavedCard.objects.exists()


def test_whoever_leaves_is_forgotten_there_too(
    corkscrew: Variant, stripe_server: StripeServer, ines: Person, browser: Client
) -> None:
    bought(corkscrew, stripe_server, ines)
    note_saved_cards()
    (exported,) = export_of(ines.profile.pk)["saved_cards"]
    assert (exported["last4"], exported["customer"]) == ("4242", customer())
    whose = customer()
    browser.post("/settings/leave", {"password": cast.PASSWORD})
    worker_turn()
    assert not SavedCard.objects.exists()
    assert StripeCustomer.objects.get().owner_id is None
    work()
    with pytest.raises(KeyError):
        stripe_server.cards_of(whose)
    assert not StripeCustomer.objects.exists()


def test_one_who_was_deleted_at_stripe_still_pays(
    corkscrew: Variant, stripe_server: StripeServer, ines: Person
) -> None:
    bought(corkscrew, stripe_server, ines)
    stripe_server.answer("DELETE", f"/v1/customers/{customer()}", "", {})
    again = bought(corkscrew, stripe_server, ines)
    assert stripe_server.sessions[session_of(again)]["customer"] is None
    assert note_saved_cards() == 1
    assert saved_cards_of(ines.profile.pk) == []
    third = bought(corkscrew, stripe_server, ines)
    assert stripe_server.sessions[session_of(third)]["customer"] == customer()


def test_the_same_checkout_again_is_the_same_customer(
    corkscrew: Variant, stripe_server: StripeServer, ines: Person
) -> None:
    wanted = basket((corkscrew, 1), provider="stripe", actor=ines.actor, instrument=KEPT)
    stripe_server.down = True
    assert wanted.sent().redirect_url == ""
    stripe_server.down = False
    assert wanted.sent() == wanted.sent()
    assert stripe_server.calls.count(("POST", "/v1/customers")) >= 1
    assert StripeCustomer.objects.count() == 1


def test_what_is_never_paid_is_not_looked_up_for_ever(
    corkscrew: Variant, stripe_server: StripeServer, ines: Person
) -> None:
    basket((corkscrew, 1), provider="stripe", actor=ines.actor, instrument=KEPT).sent()
    assert note_saved_cards() == 0
    assert StripeCharge.objects.get().keeps
    with clock.travelled(timedelta(days=3)):
        assert note_saved_cards() == 0
    assert not StripeCharge.objects.get().keeps
