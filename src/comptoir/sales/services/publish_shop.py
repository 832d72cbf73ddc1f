"""A shop that is ready begins to sell; what was bought in test is called off first.

Test orders are not deleted: the payment log and the numbers of orders and invoices have no gaps.
They are called off like any other order, so that pieces and (test) money go back and nothing of
them counts as turnover.
"""

from django.utils.translation import gettext_lazy as _

from comptoir.common.errors import Conflict, Refused
from comptoir.sales.opening import opening_of, test_orders_left
from comptoir.sales.services.cancel_order import cancel_by_shop
from comptoir.shops.models import Shop
from comptoir.shops.services import publish_shop as open_doors


def publish_shop(*, shop: Shop, accept_test_payments: bool = False) -> None:
    """Opens the shop to everybody. Stopped in the middle, it is simply asked for again.

    Raises:
        Refused: ``opening_incomplete`` with ``steps``; ``test_payments_only``, unless that is
            accepted; ``test_order_sent``, a test order was marked as sent.
        Conflict: ``not_preparing``, or what ``cancel_by_shop`` raises.
    """
    if shop.status != Shop.Status.PREPARING:
        raise Conflict("not_preparing", _("This shop is not being prepared any more."))
    opening = opening_of(shop.pk)
    if opening.missing:
        message = _("Something is still missing: the list above says what.")
        raise Refused("opening_incomplete", message, steps=[str(step) for step in opening.missing])
    if opening.moves_no_money and not accept_test_payments:
        message = _("Buyers could only pay at the test bank: no money would reach you.")
        raise Refused("test_payments_only", message)
    for order in test_orders_left(shop.pk):
        cancel_by_shop(order=order)
    open_doors(shop=shop)
