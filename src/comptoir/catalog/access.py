"""The only way in to products from pages."""

from comptoir.catalog.models import Product
from comptoir.catalog.queries import ProductView, product_page
from comptoir.common.errors import NotVisible
from comptoir.people.actor import Actor
from comptoir.shops.access import Right, desk_for


def product_for(actor: Actor, product_id: int) -> ProductView:
    """The product as anyone may see it; a withdrawn one is still shown, and cannot be bought.

    Raises:
        NotVisible: there is none, its shop is suspended, or the shop and actor block each other.
    """
    view = product_page(actor, product_id)
    if view is None:
        raise NotVisible
    return view


def product_at_desk(actor: Actor, shop_handle: str, product_id: int) -> Product:
    """A product of the shop where the actor may edit the catalogue.

    Raises:
        NotVisible: not their shop, not their right, or not that shop's product.
    """
    shop = desk_for(actor, shop_handle, Right.EDIT_CATALOGUE)
    product = Product.objects.filter(pk=product_id, shop=shop).first()
    if product is None or product.status == Product.Status.COUNTER:
        raise NotVisible
    product.shop = shop
    return product
