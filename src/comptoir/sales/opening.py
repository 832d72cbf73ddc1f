"""How far a shop's opening has come: every step is read from rows, none is ticked by hand."""

from dataclasses import dataclass
from enum import StrEnum

from comptoir.common.rows import fetch_rows
from comptoir.sales.models import Order
from comptoir.shops.models import Shop


class Step(StrEnum):
    """The steps in the order in which they are proposed; each can be left and taken up again."""

    IDENTITY = "identity"
    PAYMENT = "payment"
    DELIVERY = "delivery"
    CATALOGUE = "catalogue"
    TERMS = "terms"
    TEST = "test"


# Without these, nothing is sold: the others are good to have.
NEEDED = frozenset({Step.IDENTITY, Step.PAYMENT, Step.DELIVERY, Step.CATALOGUE})


@dataclass(frozen=True, slots=True)
class Opening:
    """Counts of what the steps are about. ``live_accounts`` move money, ``test_accounts`` do not;
    ``files`` are the products of which nothing is sent; ``test_orders`` were paid in test."""

    identified: bool
    live_accounts: int
    test_accounts: int
    deliveries: int
    products: int
    files: int
    has_terms: bool
    test_orders: int

    def done(self, step: str) -> bool:
        """Whether the step's rows are there."""
        return bool(
            {
                Step.IDENTITY: self.identified,
                Step.PAYMENT: self.live_accounts or self.test_accounts,
                Step.DELIVERY: self.deliveries or (self.products and self.sends_nothing),
                Step.CATALOGUE: self.products,
                Step.TERMS: self.has_terms,
                Step.TEST: self.test_orders,
            }[Step(step)]
        )

    @property
    def sends_nothing(self) -> bool:
        """Whether all that it sells is downloaded: there is no way of delivery to set up."""
        return self.files == self.products

    @property
    def missing(self) -> tuple[Step, ...]:
        """What must still be done before the shop can be published."""
        return tuple(step for step in Step if step in NEEDED and not self.done(step))

    @property
    def moves_no_money(self) -> bool:
        """Whether buyers would pay at a test bank."""
        return not self.live_accounts

    @property
    def next(self) -> Step | None:
        """The first step that is not done; ``None``: nothing is left."""
        return next((step for step in Step if not self.done(step)), None)

    @property
    def steps_done(self) -> int:
        return sum(self.done(step) for step in Step)


OPENING = """
SELECT s.is_identified,
  (SELECT count(*) FROM sales_paymentaccount a
   WHERE a.shop_id = s.profile_id AND a.is_active AND NOT a.is_test),
  (SELECT count(*) FROM sales_paymentaccount a
   WHERE a.shop_id = s.profile_id AND a.is_active AND a.is_test),
  (SELECT count(*) FROM shops_deliverymethod d WHERE d.shop_id = s.profile_id AND d.is_active),
  (SELECT count(*) FROM catalog_product p WHERE p.shop_id = s.profile_id AND p.status = 'active'),
  (SELECT count(*) FROM catalog_product p
   WHERE p.shop_id = s.profile_id AND p.status = 'active' AND p.digital),
  EXISTS (SELECT FROM shops_shopterms t WHERE t.shop_id = s.profile_id),
  (SELECT count(*) FROM sales_order o WHERE o.shop_id = s.profile_id AND o.paid_at IS NOT NULL)
FROM shops_shop s WHERE s.profile_id = %(shop)s
"""


def opening_of(shop_id: int) -> Opening:
    """How far that shop's opening has come, in one statement."""
    return fetch_rows(Opening, OPENING, {"shop": shop_id})[0]


def is_test(order: Order, shop: Shop) -> bool:
    """Whether it was placed by the shop's own staff before the shop was published."""
    if shop.published_at is None:
        return shop.status == Shop.Status.PREPARING
    return order.placed_at < shop.published_at


def test_orders_left(shop_id: int) -> list[Order]:
    """Orders of a shop being prepared that still count for something, oldest first; never one that
    was paid with money, of a shop that sold before."""
    rows = Order.objects.filter(shop=shop_id).exclude(status=Order.Status.CANCELLED)
    return list(rows.exclude(payments__account__is_test=False).order_by("id"))
