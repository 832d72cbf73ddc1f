"""A shop says who trades, and on which terms."""

from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from comptoir.common import clock
from comptoir.common.errors import Refused
from comptoir.common.markup import clean_text
from comptoir.common.outbox import emit
from comptoir.shops.events import ShopMoved
from comptoir.shops.identity import Identity, checked, missing_in
from comptoir.shops.models import Shop, ShopTerms

MOST_TERMS = 20_000


@transaction.atomic
def set_trader(*, shop: Shop, identity: Identity) -> tuple[str, ...]:
    """Writes down who trades, whole or in part; returns what is still missing before it may sell.

    A shop that sells cannot take back what it must say; ``shop`` is brought up to date.

    Raises:
        Refused: those of ``shops.identity.checked``; ``identity_incomplete`` with ``fields``.
    """
    kept = checked(identity)
    missing = missing_in(kept)
    locked = Shop.objects.select_for_update(no_key=True).get(pk=shop.pk)
    if missing and locked.status == Shop.Status.OPEN:
        message = _("Buyers must be able to read this: it cannot be left empty in an open shop.")
        raise Refused("identity_incomplete", message, fields=list(missing))
    if locked.oss and not kept.vat_number:
        message = _("You declare by the one-stop shop, which takes a VAT number.")
        raise Refused("identity_incomplete", message, fields=["vat_number"])
    values = {**asdict(kept), "is_identified": not missing}
    Shop.objects.filter(pk=shop.pk).update(**values)
    if kept.country != locked.country:
        emit(ShopMoved(shop_id=shop.pk, origin=locked.country, country=kept.country))
    for name, value in values.items():
        setattr(shop, name, value)
    return missing


@transaction.atomic
def set_terms(*, shop: Shop, text: str) -> None:
    """The shop's own terms of sale; an empty text takes them away.

    Raises:
        Refused: ``text_too_long``, ``text_broken``.
    """
    words = clean_text(text, max_length=MOST_TERMS)
    if not words:
        ShopTerms.objects.filter(shop=shop).delete()
        return
    ShopTerms.objects.update_or_create(
        shop=shop, defaults={"text": words, "updated_at": clock.now()}
    )
