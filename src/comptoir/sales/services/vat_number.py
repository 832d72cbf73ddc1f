"""Numbers for which an order is sold without VAT: trusted by their form, asked about afterwards.

The sale never waits for the register, which is often down: the shop is told when the number turns
out not to be valid, while there is still time to bill the VAT.
"""

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.common import clock
from comptoir.common.errors import Conflict
from comptoir.common.outbox import emit
from comptoir.common.vat_number import read_vat_number
from comptoir.sales.adapters.vies import ask_vies
from comptoir.sales.events import VatNumberTrusted, about
from comptoir.sales.models import Order, VatNumberCheck

Answer = VatNumberCheck.Answer


def trust_vat_number(order: Order) -> None:
    """Notes that the number was checked by its form alone; within the transaction of placing."""
    VatNumberCheck.objects.create(order=order, number=order.vat_number)
    emit(VatNumberTrusted(**about(order)))


def check_vat_number(*, order_id: int) -> None:
    """Asks VIES once, in the shop's name where it has a number, and keeps the answer.

    Raises:
        ViesDown: the register did not say.
    """
    rows = VatNumberCheck.objects.select_related("order__shop")
    check = rows.filter(order=order_id, answer=Answer.FORM).first()
    if check is None or not settings.VIES_API:
        return
    asker = read_vat_number(check.order.shop.vat_number)
    said = ask_vies(check.number, asker=asker.text if asker is not None else "")
    VatNumberCheck.objects.filter(order=order_id, answer=Answer.FORM).update(
        answer=Answer.VALID if said.valid else Answer.INVALID,
        answered_at=clock.now(),
        consultation=said.consultation,
        name=said.name,
    )


@transaction.atomic
def set_vat_number_aside(*, order: Order, by_id: int | None) -> None:
    """The shop has dealt with a number that is not valid. Done again, it changes nothing.

    Raises:
        Conflict: ``not_refused``, the number of this order was not found invalid.
    """
    check = VatNumberCheck.objects.select_for_update().filter(order=order).first()
    if check is None or check.answer != Answer.INVALID:
        message = _("There is nothing to settle about this VAT number.")
        raise Conflict("not_refused", message)
    if check.set_aside_at is None:
        check.set_aside_at, check.set_aside_by_id = clock.now(), by_id
        check.save(update_fields=["set_aside_at", "set_aside_by"])
