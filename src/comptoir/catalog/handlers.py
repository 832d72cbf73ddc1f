"""What catalogues do about events."""

from comptoir.catalog.services.vat import move_rates
from comptoir.shops.events import ShopMoved


def on_shop_moved(event: ShopMoved) -> None:
    """Its things bear the VAT of where it trades from now."""
    move_rates(shop_id=event.shop_id, origin=event.origin, country=event.country)
