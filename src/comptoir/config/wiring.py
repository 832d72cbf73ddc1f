"""The one map from event to handlers: what must react upward is read here and nowhere else."""

from comptoir.common.outbox import Dispatcher, Wiring
from comptoir.discovery import handlers as discovery
from comptoir.people import handlers as people
from comptoir.people.events import PersonLeft
from comptoir.posts import handlers as posts
from comptoir.posts.events import PurchaseShared, PurchaseUnshared
from comptoir.reviews.events import (
    ProductKept,
    ProductRecommended,
    ProductUnkept,
    RecommendationWithdrawn,
)
from comptoir.sales import handlers as sales
from comptoir.sales.events import (
    OrderCancelled,
    OrderPaid,
    OrderRefunded,
    OrderShipped,
    RefundDue,
)
from comptoir.shops.events import ShopOpened

WIRING: Wiring = {
    ShopOpened: [sales.on_shop_opened],
    # people goes last: it deletes the profile that the others still need.
    PersonLeft: [posts.on_person_left, people.on_person_left],
    ProductKept: [discovery.on_product_kept],
    ProductUnkept: [discovery.on_product_unkept],
    ProductRecommended: [discovery.on_product_recommended],
    RecommendationWithdrawn: [discovery.on_recommendation_withdrawn],
    PurchaseShared: [discovery.on_purchase_shared],
    PurchaseUnshared: [discovery.on_purchase_unshared],
    OrderPaid: [sales.on_order_paid],
    OrderShipped: [sales.on_order_shipped],
    OrderCancelled: [sales.on_order_cancelled, posts.on_order_cancelled],
    RefundDue: [sales.on_refund_due],
    OrderRefunded: [sales.on_order_refunded],
}


def dispatcher() -> Dispatcher:
    return Dispatcher(WIRING)
