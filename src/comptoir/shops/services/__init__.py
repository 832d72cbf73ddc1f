"""The writes of ``shops``."""

from comptoir.shops.services.open_shop import describe_trader, first_delivery_methods, open_shop

__all__ = ["describe_trader", "first_delivery_methods", "open_shop"]
