"""What tests of baskets do over and over: put things in, and look at what is held."""

from comptoir.catalog.models import Product
from comptoir.sales.baskets import basket_page
from comptoir.sales.services.basket import Holder, holder_of
from comptoir.sales.services.put_in import add_to_basket
from tests import cast

GUEST = Holder()


def held_by(holder: Holder) -> dict[str, int]:
    page = basket_page(holder)
    lines = [line for shop in page.shops for line in shop.lines] + list(page.later)
    return {line.title: line.quantity for line in lines}


def mine() -> Holder:
    return holder_of(cast.ines().actor, "")


def put(made: Product, quantity: int = 1, holder: Holder | None = None) -> Holder:
    variant = cast.variant_of(made).pk
    to = mine() if holder is None else holder
    return add_to_basket(holder=to, variant_id=variant, quantity=quantity).holder
