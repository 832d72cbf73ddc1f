from comptoir.catalog.models.import_run import ImportChunk, ImportIssue, ImportRun
from comptoir.catalog.models.product import Product, ProductPicture
from comptoir.catalog.models.product_file import ProductFile
from comptoir.catalog.models.stock import StockItem
from comptoir.catalog.models.variant import Variant

__all__ = [
    "ImportChunk",
    "ImportIssue",
    "ImportRun",
    "Product",
    "ProductFile",
    "ProductPicture",
    "StockItem",
    "Variant",
]
