"""What is left of an order that cost nothing, when a part of it has been sent."""

import pytest
from django.core import mail

from comptoir.catalog.models import Variant
from comptoir.catalog.services.products import VariantDraft, create_product
from comptoir.common.errors import Conflict
from comptoir.sales.services.cancel_order import cancel_by_shop
from comptoir.sales.services.close_return import exchange_return
from comptoir.sales.services.returns import answer_return, ask_return
from comptoir.sales.services.ship_order import ship_lines
from comptoir.sales.timeline import timeline_of
from tests import cast
from tests.sales.after import bought, line_of, sent, tally_of
from tests.sales.buying import work
from tests.sales.offering import offer

pytestmark = pytest.mark.django_db


@pytest.fixture
def cup() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), "Tasse", price_minor=1000, stock=10))


def test_the_rest_of_a_free_order_is_given_up_and_goes_back_to_the_shelf(cup: Variant) -> None:
    offer(cast.maison_zinc(), value=10_000)
    offer(cast.maison_zinc(), kind="free_delivery", value=0)
    order = bought((cup, 3))
    assert order.total_minor == 0
    ship_lines(order=order, quantities={line_of(order, cup).pk: 1})
    cancel_by_shop(order=order)
    order.refresh_from_db()
    assert (order.status, cast.stock_of(cup)) == ("shipped", (9, 0))
    assert (tally_of(order, cup).called_off, tally_of(order, cup).claimed) == (2, 2)
    with pytest.raises(Conflict):  # once
        cancel_by_shop(order=order)
    assert cast.stock_of(cup) == (9, 0)


def test_the_rest_of_an_exchange_is_given_up() -> None:
    drafts = [VariantDraft(price_minor=2000, stock=5, options={"size": s}) for s in "SM"]
    made = create_product(shop=cast.maison_zinc(), title="Chemise", description="", variants=drafts)
    small, medium = made.variants.order_by("position")
    order = sent((small, 3))
    back = ask_return(order=order, pieces={line_of(order, small).pk: 3}, reason="fit")
    answer_return(giving_back=back, accept=True, send_to="1 rue du Port")
    exchange = exchange_return(giving_back=back, variant_id=medium.pk)
    ship_lines(order=exchange, quantities={line_of(exchange, medium).pk: 1})
    cancel_by_shop(order=exchange)
    exchange.refresh_from_db()
    assert (exchange.status, cast.stock_of(medium)) == ("shipped", (4, 0))


def test_of_a_free_order_that_is_cancelled_no_letter_speaks_of_money(cup: Variant) -> None:
    offer(cast.maison_zinc(), value=10_000)
    offer(cast.maison_zinc(), kind="free_delivery", value=0)
    order = bought((cup, 3), language="en")
    work()
    mail.outbox.clear()
    cancel_by_shop(order=order)
    work()
    told = {letter.to[0] == order.email: letter.body for letter in mail.outbox}
    assert len(told) == len(mail.outbox) == 2
    assert "Nothing was paid for this order." in told[True]
    assert "Les pièces sont de nouveau en rayon." in told[False]
    assert "given back" not in told[True]
    assert "remboursé" not in told[False]


def test_the_buyer_is_told_once_and_the_order_says_who_gave_it_up(cup: Variant) -> None:
    offer(cast.maison_zinc(), value=10_000)
    offer(cast.maison_zinc(), kind="free_delivery", value=0)
    order = bought((cup, 3))
    ship_lines(order=order, quantities={line_of(order, cup).pk: 1})
    work()
    mail.outbox.clear()
    cancel_by_shop(order=order, by_id=cast.zoe().user.pk)
    work()
    (letter,) = mail.outbox
    assert letter.to == [order.email]
    assert "2 × Tasse" in letter.body
    order.refresh_from_db()
    (given_up,) = [moment for moment in timeline_of(order) if moment.kind == "given_up"]
    assert (given_up.who, given_up.facts) == ("staff", {"pieces": 2})
    assert given_up.name == cast.zoe().profile.name
