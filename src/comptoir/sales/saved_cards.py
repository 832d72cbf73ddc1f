"""Cards that are kept for a member, as their own settings show them."""

from dataclasses import dataclass

from comptoir.sales.models import SavedCard


@dataclass(frozen=True, slots=True)
class SavedCardRow:
    """``brand`` is in Stripe's words, such as "visa"; ``expires`` such as "03/2030"."""

    id: int
    shop_name: str
    shop_handle: str
    brand: str
    last4: str
    expires: str


def saved_cards_of(profile_id: int) -> list[SavedCardRow]:
    """By shop, in one query; those that were removed are not there any more."""
    rows = SavedCard.objects.filter(customer__owner=profile_id, removed_at=None)
    found = rows.select_related("customer__account__shop__profile")
    return [
        SavedCardRow(
            id=row.pk,
            shop_name=row.customer.account.shop.profile.name,
            shop_handle=row.customer.account.shop.profile.handle,
            brand=row.brand.replace("_", " ").title(),
            last4=row.last4,
            expires=f"{row.exp_month:02d}/{row.exp_year}",
        )
        for row in found.order_by("customer__account__shop__profile__name", "id")
    ]
