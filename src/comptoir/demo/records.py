"""The town as plain data: who lives there, what is sold, what is said and bought."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from comptoir.demo.drawing import Face, Front, Look, Scene
from comptoir.shops.identity import Identity

DATA = Path(__file__).parent / "data"


class TownError(ValueError):
    """A data file says something that cannot be; the text names the file and the entry."""


@dataclass(frozen=True, slots=True)
class Person:
    """`likes` are handles of shops; `fame`, 0 to 10, draws strangers."""

    handle: str
    name: str
    email: str
    bio: str
    place: str
    language: str
    likes: tuple[str, ...]
    fame: int
    face: Face


@dataclass(frozen=True, slots=True)
class Delivery:
    """Prices in cents, VAT included; `days` from and to; `where` it is fetched, and when."""

    kind: str
    name: str
    price_minor: int
    free_from_minor: int | None
    days: tuple[int, int]
    where: str = ""


@dataclass(frozen=True, slots=True)
class Variant:
    """One choice of a product: ("Taille", "M"), or ("", "") for the only one; pieces in stock."""

    option: str
    value: str
    stock: int


@dataclass(frozen=True, slots=True)
class Product:
    """`ref` is shop/key. Prices in cents, VAT included; the rate in basis points."""

    ref: str
    title: str
    text: str
    price_minor: int
    sale_minor: int | None
    vat_rate_bp: int
    category: str
    brand: str
    look: Look
    variants: tuple[Variant, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """A reduction; fields as `sales.services.offers.OfferDraft` takes them."""

    name: str
    kind: str
    value: int
    code: str
    audience: str
    minimum_minor: int


@dataclass(frozen=True, slots=True)
class Shop:
    """`trader` is as `shops.services.set_trader` takes it."""

    handle: str
    name: str
    bio: str
    sells: str
    owner: str
    place: str
    trader: Identity
    deliveries: tuple[Delivery, ...]
    products: tuple[Product, ...]
    offers: tuple[Offer, ...]
    front: Front


@dataclass(frozen=True, slots=True)
class Comment:
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Post:
    """`by` is a person or a shop; `days` before loading; `shows` are the products in the scene,
    in order, or those under the text when there is none; `warmth`, 0 to 10, draws reactions."""

    key: str
    by: str
    days: float
    text: str
    scene: Scene | None
    shows: tuple[str, ...]
    alt: str
    comments: tuple[Comment, ...]
    warmth: int


@dataclass(frozen=True, slots=True)
class Recommendation:
    by: str
    ref: str
    word: str


@dataclass(frozen=True, slots=True)
class Order:
    """`lines`: product and how many; `shared`: product and the buyer's word about it; `back`:
    product of which a piece is asked to be sent back, and what is said of it."""

    by: str
    shop: str
    days: float
    lines: tuple[tuple[str, int], ...]
    shared: dict[str, str]
    back: dict[str, str]
    state: Literal["paid", "shipped"]
    delivery: Literal["post", "pickup"]


@dataclass(frozen=True)
class Town:
    """Everything, each list in the order of its file."""

    people: tuple[Person, ...]
    circles: dict[str, tuple[str, ...]]
    shops: tuple[Shop, ...]
    posts: tuple[Post, ...]
    recommendations: tuple[Recommendation, ...]
    orders: tuple[Order, ...]

    @cached_property
    def products(self) -> dict[str, Product]:
        """Every product by its ref."""
        return {product.ref: product for shop in self.shops for product in shop.products}

    @cached_property
    def owners(self) -> dict[str, str]:
        """The owner's handle by the shop's."""
        return {shop.handle: shop.owner for shop in self.shops}
