"""The named cast: people and shops of a small town that is fiction, made by the real services.

Each name is the same person within a test, however often it is called. Builders take what a test
is about and choose the rest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from comptoir.catalog.models import Product, ProductFile, StockItem, Variant
from comptoir.catalog.services.files import add_file
from comptoir.catalog.services.products import VariantDraft, create_product, set_price
from comptoir.common import clock
from comptoir.common.models import OutboxEvent
from comptoir.people.actor import Actor
from comptoir.people.models import Profile, User
from comptoir.people.services import join
from comptoir.sales.services import Address
from comptoir.sales.services.accounts import open_sandbox
from comptoir.shops.identity import Identity
from comptoir.shops.models import DeliveryMethod, DeliveryZone, Role, Shop, StaffMember
from comptoir.shops.services import open_shop, publish_shop, set_trader

PASSWORD = "ficelle-et-papier"


@dataclass(frozen=True, slots=True)
class Person:
    """A login with its profile, and the actor that pages would make of them."""

    user: User
    profile: Profile
    actor: Actor


def person(name: str, handle: str, *, language: str = "fr", is_operator: bool = False) -> Person:
    """Someone who joined; ``handle@example.org`` with ``PASSWORD``."""
    user = User.objects.filter(email=f"{handle}@example.org").first()
    if user is None:
        user = User.objects.create_user(
            f"{handle}@example.org", PASSWORD, language=language, is_operator=is_operator
        )
        join(user=user, name=name, handle=handle)
    profile = Profile.objects.get(user=user)
    return Person(user, profile, Actor(user.pk, profile.pk, user.is_operator))


def ines() -> Person:
    """Buys well and talks about it; reads French."""
    return person("Inès", "ines")


def malo() -> Person:
    """Inès's friend; reads English."""
    return person("Malo", "malo", language="en")


def zoe() -> Person:
    """Owns la Maison Zinc."""
    return person("Zoé", "zoe")


def basile() -> Person:
    """Owns l'Atelier Brume, and has no business at la Maison Zinc."""
    return person("Basile", "basile")


def shop(owner: Person, name: str, handle: str, *, sells: str = "Objets de tous les jours") -> Shop:
    """An open shop with its first delivery methods: by post 5.90 (free from 60), and pick-up."""
    found = Shop.objects.select_related("profile").filter(profile__handle=handle).first()
    if found is not None:
        return found
    made = prepared_shop(owner, name, handle, sells=sells)
    set_trader(shop=made, identity=trader(name))
    publish_shop(shop=made)
    OutboxEvent.objects.filter(aggregate=f"shop:{made.pk}").delete()  # told long ago
    return made


def prepared_shop(
    owner: Person, name: str, handle: str, *, sells: str = "Objets de tous les jours"
) -> Shop:
    """A shop that is not open yet, and has said nothing of who trades."""
    made = open_shop(actor=owner.actor, name=name, handle=handle, sells=sells)
    open_sandbox(shop_id=made.pk)  # as the worker does
    return made


def trader(name: str = "La Maison Zinc") -> Identity:
    """All that a shop must say; the numbers begin with zeros, which no real one does."""
    return Identity(
        legal_name=f"{name} SARL (fiction)",
        legal_form="SARL",
        legal_address="12 rue des Cordiers, 00000 Port-Garance",
        registration="000 000 018",
        contact_email="bonjour@boutique.example",
        contact_phone="+33 1 99 00 00 01",
        vat_number="FR66000000018",
        mediator_name="Médiation des Quais (fiction)",
        mediator_url="https://mediation-des-quais.example/",
        safety_contact=f"{name}, 12 rue des Cordiers, 00000 Port-Garance",
    )


def maison_zinc() -> Shop:
    """Zoé's hardware of the table and the kitchen."""
    return shop(zoe(), "La Maison Zinc", "maison_zinc", sells="Quincaillerie de table")


def atelier_brume() -> Shop:
    """Basile's pottery."""
    return shop(basile(), "L'Atelier Brume", "atelier_brume", sells="Poterie")


def staff(at: Shop, who: Person, role: Role) -> StaffMember:
    """``who`` works at the shop."""
    return StaffMember.objects.create(shop=at, user=who.user, role=role)


def by_post(at: Shop) -> DeliveryMethod:
    return at.delivery_methods.get(kind=DeliveryMethod.Kind.POST)


def zone(
    at: Shop, name: str = "France", countries: Sequence[str] = ("FR",), **more: Any
) -> DeliveryZone:
    """Where the shop sends; more: ``prefixes``, ``is_rest``."""
    return DeliveryZone.objects.create(shop=at, name=name, countries=list(countries), **more)


def pick_up(at: Shop) -> DeliveryMethod:
    return at.delivery_methods.get(kind=DeliveryMethod.Kind.PICKUP)


def product(
    at: Shop,
    title: str = "Tire-bouchon",
    *,
    price_minor: int = 1290,
    stock: int | None = 10,
    vat_rate_bp: int = 2000,
    options: Mapping[str, str] | None = None,
    sale_price_minor: int | None = None,
) -> Product:
    """A product with one variant; ``stock`` ``None`` is not counted. A sale begins now, and the
    price was asked for forty days: it may be crossed out."""
    draft = VariantDraft(price_minor=price_minor, stock=stock, options=dict(options or {}))
    with clock.travelled(timedelta(days=-40 if sale_price_minor is not None else 0)):
        made = create_product(
            shop=at, title=title, description="", variants=[draft], vat_rate_bp=vat_rate_bp
        )
    if sale_price_minor is not None:
        begin_sale(made, sale_price_minor)
    return made


def begin_sale(made: Product, sale_price_minor: int) -> None:
    """The product's variants cost that from now on."""
    for each in made.variants.all():
        set_price(
            product=made,
            variant_id=each.pk,
            price_minor=each.price_minor,
            sale_price_minor=sale_price_minor,
        )


def file_of(made: Product, name: str = "patron.pdf") -> ProductFile:
    """A file of the product, which becomes a download."""
    return add_file(product=made, name=name, chunks=[b"%PDF-1.7 ", name.encode()])


def variant_of(made: Product) -> Variant:
    """The only variant of a product."""
    return made.variants.get()


def stock_of(variant: Variant) -> tuple[int, int]:
    """(available, held), read now."""
    item = StockItem.objects.get(pk=variant.pk)
    return item.available, item.held


def home() -> Address:
    """Inès's address."""
    return Address(
        recipient="Inès Le Goff", address1="3 rue des Lices", postcode="29200", city="Brest"
    )
