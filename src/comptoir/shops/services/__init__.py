"""The writes of ``shops``."""

from comptoir.shops.services.identify import set_terms, set_trader
from comptoir.shops.services.open_shop import first_delivery_methods, open_shop
from comptoir.shops.services.publish import publish_shop

__all__ = ["first_delivery_methods", "open_shop", "publish_shop", "set_terms", "set_trader"]
