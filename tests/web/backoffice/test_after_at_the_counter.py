"""After payment, as the shop does it: parcels in parts, refunds, returns; each with its right."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from comptoir.catalog.models import Variant
from comptoir.catalog.services.products import VariantDraft, create_product
from comptoir.sales.documents import orders_to_print
from comptoir.sales.invoicing.slips import slips_paper
from comptoir.sales.links import signed_key
from comptoir.sales.models import Order, Payment, Refund, Return, Shipment
from comptoir.sales.services.close_return import refund_return
from comptoir.sales.services.refund_order import RefundPart, refund_order
from comptoir.sales.services.returns import answer_return, ask_return, receive_return
from comptoir.sales.services.withdraw import declare_withdrawal
from comptoir.shops.models import Role
from tests import cast
from tests.sales.after import bought, line_of, sent
from tests.sales.buying import work
from tests.sales.offering import offer
from tests.web.visiting import browser_of, parsed, text_of, visitor

pytestmark = pytest.mark.django_db

COUNTER = "/counter/maison_zinc/orders"


@pytest.fixture
def shirts() -> list[Variant]:
    drafts = [VariantDraft(price_minor=2000, stock=5, options={"size": s}) for s in "SM"]
    made = create_product(shop=cast.maison_zinc(), title="Chemise", description="", variants=drafts)
    return list(made.variants.order_by("position"))


def asked(order: Order, variant: Variant, **more: Any) -> Return:
    said = {"reason": "fit", "words": "Trop petite", **more}
    return ask_return(order=order, pieces={line_of(order, variant).pk: 1}, **said)


def form_of(page: Any, act: str) -> dict[str, str]:
    """What the form of that act would send as it stands."""
    (form,) = parsed(page).xpath(f"//form[input[@name='act' and @value='{act}']]")
    return {str(name): str(value) for name, value in form.form_values()}


def test_a_part_leaves_and_arrives(shirts: list[Variant]) -> None:
    order, browser = bought((shirts[0], 3)), browser_of(cast.zoe())
    address, line = f"{COUNTER}/{order.number}", line_of(order, shirts[0]).pk
    parcel = {"key": str(uuid4()), f"pieces-{line}": "1", "carrier": "Colissimo", "tracking": "6A"}
    for _n in range(2):
        browser.post(f"{address}/shipment", parcel)
    shipment = Shipment.objects.get()
    assert (shipment.lines.get().quantity, shipment.by_id) == (1, cast.zoe().user.pk)
    wrong = browser.post(f"{address}/shipment", {f"pieces-{line}": "3"})
    assert wrong.status_code == 409
    assert "Fewer pieces are left" in text_of(wrong)
    browser.post(f"{address}/shipments/{shipment.pk}/arrival")
    page = text_of(browser.get(address))
    assert "Zoé" in page
    assert "laposte.fr/outils/suivre-vos-envois?code=6A" in page


def test_a_part_is_refunded_once(shirts: list[Variant]) -> None:
    order, browser = bought((shirts[0], 2)), browser_of(cast.zoe())
    address, line = f"{COUNTER}/{order.number}/refund", line_of(order, shirts[0]).pk
    assert f'href="{address}"' in text_of(browser.get(f"{COUNTER}/{order.number}"))
    data = {
        "key": str(uuid4()), f"pieces-{line}": "1", f"amount-{line}": "", f"shelf-{line}": "yes",
        "delivery": "1,50",
    }  # fmt: skip
    for _n in range(2):
        browser.post(address, data)
    assert Refund.objects.get().amount_minor == 2150
    assert cast.stock_of(shirts[0]) == (4, 0)
    too_much = browser.post(address, {"delivery": "6"})
    assert too_much.status_code == 409
    assert browser.post(address, {f"amount-{line}": "douze"}).status_code == 422
    assert browser.post(address, {}).status_code == 422


def test_a_return_from_the_question_to_the_exchange(shirts: list[Variant]) -> None:
    order, browser = sent((shirts[0], 1)), browser_of(cast.zoe())
    back = asked(order, shirts[0], exchange_variant_id=shirts[1].pk)
    address = f"{COUNTER}/{order.number}/returns/{back.pk}"
    assert address in text_of(browser.get(f"{COUNTER}/{order.number}"))
    page = browser.get(address)
    assert "Trop petite" in text_of(page)
    accept = form_of(page, "accept") | {"send_to": "1 rue du Port"}
    browser.post(address, {k: v for k, v in accept.items() if k != "label"})
    browser.post(address, form_of(browser.get(address), "receive"))
    assert cast.stock_of(shirts[0]) == (5, 0)
    exchange = form_of(browser.get(address), "exchange")
    assert exchange["variant"] == str(shirts[1].pk)
    browser.post(address, exchange)
    other = Order.objects.exclude(pk=order.pk).get()
    assert f"{COUNTER}/{other.number}" in text_of(browser.get(address))
    assert cast.stock_of(shirts[1]) == (4, 0)


def test_a_label_that_is_refused_with_the_rest_is_asked_for_again(shirts: list[Variant]) -> None:
    order, browser = sent((shirts[0], 1)), browser_of(cast.zoe())
    back = asked(order, shirts[0])
    address = f"{COUNTER}/{order.number}/returns/{back.pk}"
    label = SimpleUploadedFile("label.pdf", b"a picture", "application/pdf")
    accept = form_of(browser.get(address), "accept") | {"send_to": "", "label": label}
    refused = browser.post(address, accept)
    assert (refused.status_code, "Choose the label again" in text_of(refused)) == (422, True)
    assert "Choose the label again" not in text_of(browser.get(address))


def test_what_the_law_wants_given_back_has_its_day(shirts: list[Variant]) -> None:
    order, browser = sent((shirts[0], 1)), browser_of(cast.zoe())
    declare_withdrawal(order=order, pieces={line_of(order, shirts[0]).pk: 1}, request_key=uuid4())
    back = Return.objects.get()
    address = f"{COUNTER}/{order.number}/returns/{back.pk}"
    page = browser.get(address)
    assert "the money is due by" in text_of(page)
    refund = form_of(page, "refund")
    assert [refund[f"amount-{line_of(order, shirts[0]).pk}"], refund["delivery"]] == [
        "20.00", "5.90",
    ]  # fmt: skip
    browser.post(address, refund)
    assert Payment.objects.get(order=order).refund_due_minor == order.total_minor
    closed = browser.post(address, {"act": "close"})
    assert closed.status_code == 409


@pytest.mark.parametrize(
    ("role", "refund", "receive"),
    [(Role.MANAGER, 200, 302), (Role.SUPPORT, 200, 404), (Role.PACKER, 404, 302)],
)
def test_who_may_do_what(shirts: list[Variant], role: Role, refund: int, receive: int) -> None:
    order = sent((shirts[0], 1))
    back = asked(order, shirts[0])
    address = f"{COUNTER}/{order.number}/returns/{back.pk}"
    browser_of(cast.zoe()).post(address, {"act": "accept", "send_to": "ici"})
    cast.staff(cast.maison_zinc(), cast.malo(), role)
    browser = browser_of(cast.malo())
    assert browser.get(address).status_code == 200
    assert browser.get(f"{COUNTER}/{order.number}/refund").status_code == refund
    line = line_of(order, shirts[0]).pk
    said = browser.post(address, {"act": "receive", f"pieces-{line}": "1"})
    assert said.status_code == receive
    money = browser.post(address, {"act": "refund", f"amount-{line}": "1"})
    assert money.status_code == (302 if refund == 200 else 404)
    assert browser.post(address, {"act": "nonsense"}).status_code == 422


def test_another_order_s_return_is_not_found(shirts: list[Variant]) -> None:
    one, other = sent((shirts[0], 1)), sent((shirts[0], 1))
    back = asked(one, shirts[0])
    browser = browser_of(cast.zoe())
    for wrong in (f"{other.number}/returns/{back.pk}", f"{one.number}/returns/{10**30}"):
        assert browser.get(f"{COUNTER}/{wrong}").status_code == 404
    shipment = one.shipments.get().pk
    lost = browser.post(f"{COUNTER}/{other.number}/shipments/{shipment}/arrival")
    assert lost.status_code == 404


@pytest.fixture
def gift() -> Variant:
    """All of its price is taken off."""
    made = cast.product(cast.maison_zinc(), "Mouchoir", stock=5)
    offer(cast.maison_zinc(), value=10_000, product_ids=[made.pk])
    return cast.variant_of(made)


def test_what_cost_nothing_is_given_up_alone(shirts: list[Variant], gift: Variant) -> None:
    order, browser = bought((shirts[0], 1), (gift, 1)), browser_of(cast.zoe())
    free = order.lines.get(total_minor=0)
    address = f"{COUNTER}/{order.number}/refund"
    form = {"key": str(uuid4()), f"pieces-{free.pk}": "1", f"shelf-{free.pk}": "yes"}
    for _n in range(2):
        answer = browser.post(address, form, follow=True)
        assert "no money is due" in text_of(answer)
    assert cast.stock_of(free.variant) == (5, 0)
    assert Refund.objects.get().amount_minor == 0


def test_a_return_of_what_cost_nothing_ends_with_one_button(
    shirts: list[Variant], gift: Variant
) -> None:
    order, browser = sent((shirts[0], 1), (gift, 1)), browser_of(cast.zoe())
    free = order.lines.get(total_minor=0)
    declare_withdrawal(order=order, pieces={free.pk: 1}, request_key=uuid4())
    back = Return.objects.get()
    address = f"{COUNTER}/{order.number}/returns/{back.pk}"
    browser.post(address, form_of(browser.get(address), "receive"))
    page = browser.get(address)
    assert "No money is due" in text_of(page)
    assert not parsed(page).xpath("//form[input[@name='act' and @value='refund']]")
    browser.post(address, form_of(page, "close"))
    back.refresh_from_db()
    assert back.status == "closed"


def test_what_was_given_up_is_said_where_the_parcel_is_packed(shirts: list[Variant]) -> None:
    order, browser = bought((shirts[0], 3), language="en"), browser_of(cast.zoe())
    line = line_of(order, shirts[0]).pk
    browser.post(f"{COUNTER}/{order.number}/refund", {"key": str(uuid4()), f"pieces-{line}": "1"})
    pages = (
        browser.get(f"{COUNTER}/{order.number}"),
        visitor().get(f"/orders/{signed_key(order.key)}"),
    )
    for page in pages:
        assert "1 piece was given up: it is not sent." in text_of(page)
    assert packed(order) == ["2 ×"]
    browser.post(f"{COUNTER}/{order.number}/shipment", {"key": str(uuid4())})
    assert packed(order) == ["2 ×"]


def packed(order: Order) -> list[str]:
    """The quantities of its packing slip."""
    found = orders_to_print(order.shop, [order.number], waiting=False)
    (slip,) = slips_paper(found, "La Maison Zinc", "en")["documents"]
    return [row["quantity"] for row in slip["lines"]]


def test_money_given_for_something_else_is_not_that_of_a_withdrawal(shirts: list[Variant]) -> None:
    order = sent((shirts[0], 1), (shirts[1], 2))
    kept, given_back = (line_of(order, shirt).pk for shirt in shirts)
    flaw = RefundPart(kept, 0, amount_minor=2000)
    refund_order(order=order, refund_key=uuid4(), parts=[flaw])
    declare_withdrawal(order=order, pieces={given_back: 1}, request_key=uuid4())
    work()
    owed = "is to be given back by", "comes back to you by"
    pages = browser_of(cast.zoe()), visitor()
    addresses = f"{COUNTER}/{order.number}", f"/orders/{signed_key(order.key)}"
    for words, browser, address in zip(owed, pages, addresses, strict=True):
        assert words in text_of(browser.get(address))
    pieces = {given_back: 1}
    receive_return(giving_back=Return.objects.get(), received=pieces, restock=pieces)
    refund_return(giving_back=Return.objects.get(), refund_key=uuid4())
    work()
    for words, browser, address in zip(owed, pages, addresses, strict=True):
        page = text_of(browser.get(address))
        assert words not in page
        assert "money back" in page


def test_a_refusal_without_a_reason_keeps_its_part_open(shirts: list[Variant]) -> None:
    order, browser = sent((shirts[0], 1)), browser_of(cast.zoe())
    address = f"{COUNTER}/{order.number}/returns/{asked(order, shirts[0]).pk}"
    assert not parsed(browser.get(address)).xpath("//details[@open]//*[@id='refuse-words']")
    refused = browser.post(address, {"act": "refuse", "words": " "})
    assert refused.status_code == 422
    page = parsed(refused)
    (why,) = page.xpath("//details[@open]//textarea[@id='refuse-words' and @aria-invalid='true']")
    (said,) = page.xpath(f"//details[@open]//p[@id='{why.get('aria-describedby')}']")
    assert said.text_content() == "Say why, so that the buyer understands."
    assert not page.xpath("//p[contains(@class, 'notice is-error')]")


def test_what_came_back_is_counted_apart_from_the_shelf(shirts: list[Variant]) -> None:
    order, browser = sent((shirts[0], 2)), browser_of(cast.zoe())
    line = line_of(order, shirts[0]).pk
    back = ask_return(order=order, pieces={line: 2}, reason="fit")
    answer_return(giving_back=back, accept=True, send_to="1 rue du Port")
    receive_return(giving_back=back, received={line: 2}, restock={line: 1})
    page = text_of(browser.get(f"{COUNTER}/{order.number}/returns/{back.pk}"))
    assert "2 back, 1 on the shelf again" in page
