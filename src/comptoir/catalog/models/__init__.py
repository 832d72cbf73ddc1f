from comptoir.catalog.models.announcement import Announcement
from comptoir.catalog.models.asked_price import AskedPrice, PriceToAsk
from comptoir.catalog.models.collection import Collection, CollectionProduct
from comptoir.catalog.models.feed_source import FeedSource
from comptoir.catalog.models.import_run import ImportChunk, ImportIssue, ImportRun
from comptoir.catalog.models.outbound import OutboundDay
from comptoir.catalog.models.price import PriceChange
from comptoir.catalog.models.product import Product, ProductPicture
from comptoir.catalog.models.product_file import ProductFile
from comptoir.catalog.models.stock import StockItem
from comptoir.catalog.models.stock_change import StockChange
from comptoir.catalog.models.variant import Variant

__all__ = [
    "Announcement",
    "AskedPrice",
    "Collection",
    "CollectionProduct",
    "FeedSource",
    "ImportChunk",
    "ImportIssue",
    "ImportRun",
    "OutboundDay",
    "PriceChange",
    "PriceToAsk",
    "Product",
    "ProductFile",
    "ProductPicture",
    "StockChange",
    "StockItem",
    "Variant",
]
