"""Addresses of the counter; a shop's handle is in each."""

from django.urls import path

from comptoir.web.backoffice import (
    counters,
    delivery,
    files,
    followers,
    identity,
    imports,
    offers,
    opening,
    order_list,
    orders,
    overview,
    pictures,
    product_new,
    products,
    settings,
    stock,
    variants,
)

SHOP = "counter/<str:handle>"
ORDER = f"{SHOP}/orders/<str:reference>"
PRODUCT = f"{SHOP}/products/<int:product_id>"
ZONE = f"{SHOP}/delivery/zones/<int:zone_id>"
IMPORT = f"{SHOP}/imports/<int:run_id>"

urlpatterns = [
    path("counter", counters.counters, name="counters"),
    path(SHOP, overview.overview, name="counter"),
    path(f"{SHOP}/orders", order_list.orders, name="counter_orders"),
    path(f"{SHOP}/orders.csv", order_list.export, name="counter_orders_export"),
    path(ORDER, orders.order, name="counter_order"),
    path(f"{ORDER}/shipment", orders.shipment, name="counter_shipment"),
    path(f"{ORDER}/cancellation", orders.cancellation, name="counter_cancellation"),
    path(f"{SHOP}/products", products.products, name="counter_products"),
    path(f"{SHOP}/products/new", product_new.product_new, name="counter_product_new"),
    path(PRODUCT, products.product, name="counter_product"),
    path(f"{PRODUCT}/offer", products.offer, name="counter_offer"),
    path(f"{PRODUCT}/pictures", pictures.pictures, name="counter_pictures"),
    path(f"{PRODUCT}/pictures/<int:place_id>", pictures.picture, name="counter_picture"),
    path(f"{PRODUCT}/files", files.files, name="counter_files"),
    path(f"{PRODUCT}/files/sent", files.sent_instead, name="counter_sent_instead"),
    path(f"{PRODUCT}/files/<int:file_id>", files.file, name="counter_file"),
    path(f"{PRODUCT}/variants/<int:variant_id>", variants.variant, name="counter_variant"),
    path(f"{SHOP}/offers", offers.offers, name="counter_offers"),
    path(f"{SHOP}/offers/new", offers.new_offer, name="counter_offers_new"),
    path(f"{SHOP}/offers/<int:offer_id>", offers.edit_offer, name="counter_offers_edit"),
    path(f"{SHOP}/offers/<int:offer_id>/stop", offers.stop, name="counter_offers_stop"),
    path(f"{SHOP}/stock", stock.stock, name="counter_stock"),
    path(f"{SHOP}/stock/<int:variant_id>", stock.shelf, name="counter_shelf"),
    path(f"{SHOP}/stock/<int:variant_id>/count", stock.count, name="counter_stock_count"),
    path(f"{SHOP}/stock/<int:variant_id>/change", stock.change, name="counter_stock_change"),
    path(f"{SHOP}/imports", imports.imports, name="counter_imports"),
    path(IMPORT, imports.import_report, name="counter_import"),
    path(f"{IMPORT}/progress", imports.import_progress, name="counter_import_progress"),
    path(f"{IMPORT}/answer", imports.import_answer, name="counter_import_answer"),
    path(f"{SHOP}/settings", settings.settings, name="counter_settings"),
    path(f"{SHOP}/opening", opening.opening, name="counter_opening"),
    path(f"{SHOP}/opening/publish", opening.publish, name="counter_publish"),
    path(f"{SHOP}/identity", identity.identity, name="counter_identity"),
    path(f"{SHOP}/terms", identity.terms, name="counter_terms"),
    path(f"{SHOP}/tax", settings.tax, name="counter_tax"),
    path(f"{SHOP}/delivery", delivery.delivery, name="counter_delivery"),
    path(f"{SHOP}/delivery/methods/new", delivery.method, name="counter_method_new"),
    path(f"{SHOP}/delivery/methods/<int:method_id>", delivery.method, name="counter_method"),
    path(f"{SHOP}/delivery/zones/new", delivery.zone, name="counter_zone_new"),
    path(ZONE, delivery.zone, name="counter_zone"),
    path(f"{ZONE}/removal", delivery.zone_removal, name="counter_zone_removal"),
    path(f"{SHOP}/followers", followers.followers, name="counter_followers"),
    path(f"{SHOP}/posts", followers.posts, name="counter_posts"),
]
