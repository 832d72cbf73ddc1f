"""Where a shop reads its mail."""

from django.conf import settings

from comptoir.people.models import User
from comptoir.shops.models import Role, Shop


def shop_mailbox(shop: Shop) -> tuple[list[str], str]:
    """The contact address, else the owners'; and the first owner's language."""
    owners = list(User.objects.filter(staff_of__shop=shop, staff_of__role=Role.OWNER))
    language = next((owner.language for owner in owners if owner.language), "")
    to = [shop.contact_email] if shop.contact_email else [owner.email for owner in owners]
    return to, language or settings.LANGUAGE_CODE
