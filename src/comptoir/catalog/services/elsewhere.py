"""Products that a shop sells on its own site, and how often people go there from here."""

import ipaddress
from datetime import date
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from comptoir.catalog.models import OutboundDay, Product
from comptoir.common import clock
from comptoir.common.errors import Refused
from comptoir.common.markup import clean_text

LONGEST = 1000
DAYS = 30

COUNT = """
INSERT INTO catalog_outboundday (product_id, day, count) VALUES (%s, %s, 1)
ON CONFLICT (product_id, day) DO UPDATE SET count = catalog_outboundday.count + 1
"""


def set_elsewhere(*, product: Product, buy_url: str, safety_contact: str) -> None:
    """Where the product is bought ('' for here), and who answers for its safety ('': the shop's).

    Raises:
        Refused: ``bad_buy_url``, ``text_too_long``.
    """
    address = checked_address(buy_url)
    contact = clean_text(safety_contact, max_length=300)
    Product.objects.filter(pk=product.pk).update(
        buy_url=address, safety_contact=contact, updated_at=clock.now()
    )
    product.buy_url, product.safety_contact = address, contact


def checked_address(typed: str) -> str:
    """An https address at a public name, or ''.

    Raises:
        Refused: ``bad_buy_url``.
    """
    address = typed.strip()
    if not address:
        return ""
    try:
        URLValidator(schemes=["https"])(address)
        parts = urlsplit(address)
        named = "." in (parts.hostname or "") and not _is_number(parts.hostname or "")
        right = named and not parts.username and parts.port in {None, 443}
    except (ValidationError, ValueError):
        right = False
    if not right or len(address) > LONGEST:
        message = _("Write the product’s address on your own site; it begins with https://.")
        raise Refused("bad_buy_url", message, fields=["buy_url"])
    return address


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def count_outbound(*, product_id: int) -> None:
    """One person more went on today; nothing is kept of who."""
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [product_id, _today()])


def outbound_of(product_id: int) -> list[OutboundDay]:
    """Its last days on which people went on, newest first."""
    return list(OutboundDay.objects.filter(product=product_id).order_by("-day")[:DAYS])


def _today() -> date:
    return timezone.localdate(clock.now(), ZoneInfo(settings.TIME_ZONE))
