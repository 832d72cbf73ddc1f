"""How a shop is taxed."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.common.errors import Refused
from comptoir.shops.models import Shop


@transaction.atomic
def set_tax(*, shop: Shop, vat_regime: str, oss: bool) -> None:
    """Which VAT the shop charges; orders keep what was agreed. ``shop`` is brought up to date.

    Raises:
        Refused: ``bad_regime``, ``vat_number_missing`` (the one-stop shop takes one).
    """
    if vat_regime not in Shop.VatRegime.values:
        raise Refused("bad_regime", _("Choose one of the two."))
    locked = Shop.objects.select_for_update(no_key=True).get(pk=shop.pk)
    if oss and not locked.vat_number:
        message = _("The one-stop shop takes a VAT number: first write it under “Who trades”.")
        raise Refused("vat_number_missing", message)
    Shop.objects.filter(pk=shop.pk).update(vat_regime=vat_regime, oss=oss)
    shop.vat_regime, shop.oss = vat_regime, oss
