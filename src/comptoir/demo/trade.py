"""The town buys: orders paid at the sandbox bank, shipped, and sometimes shared or sent back."""

from uuid import UUID, uuid5

from comptoir.catalog.models import Variant
from comptoir.common.models import OutboxEvent
from comptoir.demo.bearings import Advance, Bearings, days_ago
from comptoir.demo.records import Order, Person
from comptoir.demo.shelves import chosen
from comptoir.posts.services import share_purchase
from comptoir.sales.links import order_link
from comptoir.sales.models import Order as Bought
from comptoir.sales.services import Address, place_order, ship_order
from comptoir.sales.services.mark_delivered import mark_delivered
from comptoir.sales.services.returns import ask_return
from comptoir.sales.sheet import sheet_of
from comptoir.shops.models import DeliveryMethod

DESK = UUID("6f0c6a5e-7d6b-5d0e-9a55-1931a0c0ffee")
STREETS = ("rue des Cordiers", "rue Haute", "rue Basse", "quai des Lamaneurs", "chemin des Salins")
SHARED_AFTER = 0.3  # days
SHIPPED_AFTER = 1.1
PACKED_WITHIN = 0.6
ARRIVED_AFTER = 3.0
ASKED_BACK = 0.4  # days before the place opens: it waits for an answer


def buy(bearings: Bearings, advance: Advance) -> None:
    """Places every order that is not there yet, has it paid, sent, shared and asked back."""
    people = {person.handle: person for person in bearings.town.people}
    for done, order in enumerate(bearings.town.orders):
        with days_ago(order.days):
            order_id = _placed(bearings, order, people[order.by], done)
        bought = Bought.objects.get(pk=order_id)
        if order.state == "shipped":
            _send(order, bought, f"PG{10_000 + done}")
        _share(bearings, order, bought)
        _ask_back(bearings, order, bought)
        # Its mails would have been read long ago.
        OutboxEvent.objects.filter(aggregate=f"order:{bought.pk}").delete()
        advance(done + 1, len(bearings.town.orders))


def _send(order: Order, bought: Bought, tracking: str) -> None:
    left = max(order.days - SHIPPED_AFTER, order.days * PACKED_WITHIN)
    if bought.status == Bought.Status.PAID:
        with days_ago(left):
            ship_order(order=bought, carrier="La Malle-Poste", tracking=tracking)
    for parcel in bought.shipments.filter(delivered_at=None):
        if left > ARRIVED_AFTER:
            with days_ago(left - ARRIVED_AFTER):
                mark_delivered(order=bought, shipment_id=parcel.pk)


def _ask_back(bearings: Bearings, order: Order, bought: Bought) -> None:
    by_product = {line.product_id: line.pk for line in bought.lines.all()}
    for ref, words in order.back.items():
        with days_ago(ASKED_BACK):
            ask_return(
                order=bought,
                pieces={by_product[bearings.products[ref]]: 1},
                reason="mind",
                words=words,
                key=uuid5(DESK, f"back {bought.pk} {ref}"),
            )


def _placed(bearings: Bearings, order: Order, buyer: Person, number: int) -> int:
    shop = bearings.shops[order.shop]
    method = DeliveryMethod.objects.get(shop=shop, kind=order.delivery)
    lines = [(_variant(bearings, order, ref), count) for ref, count in order.lines]
    wanted = [(one.pk, count) for one, count in lines]
    agreed = sheet_of(wanted).quote_for(method.pk)
    placed = place_order(
        actor=bearings.actors[order.by],
        checkout_key=uuid5(DESK, f"{order.by} {order.shop} {order.days}"),
        lines=wanted,
        delivery_method_id=method.pk,
        address=Address(
            recipient=buyer.name,
            address1=f"{number % 40 + 1} {STREETS[number % len(STREETS)]}",
            postcode="00000",
            city="Port-Garance",
        ),
        email=buyer.email,
        language=buyer.language,
        expected_total_minor=agreed.total_minor,
        return_url_for=order_link,
        instrument="card_ok",
    )
    return placed.order_id


def _variant(bearings: Bearings, order: Order, ref: str) -> Variant:
    product = bearings.town.products[ref]
    position = product.variants.index(chosen(order, product))
    rows = Variant.objects.select_related("product")
    return rows.get(product=bearings.products[ref], position=position)


def _share(bearings: Bearings, order: Order, bought: Bought) -> None:
    by_product = {line.product_id: line.pk for line in bought.lines.all()}
    for n, (ref, word) in enumerate(order.shared.items()):
        with days_ago(max(order.days - SHARED_AFTER * (n + 1), 0.01)):
            share_purchase(
                actor=bearings.actors[order.by],
                line_id=by_product[bearings.products[ref]],
                text=word,
            )
