from comptoir.catalog.models.product import Product, ProductPicture
from comptoir.catalog.models.stock import StockItem
from comptoir.catalog.models.variant import Variant

__all__ = ["Product", "ProductPicture", "StockItem", "Variant"]
