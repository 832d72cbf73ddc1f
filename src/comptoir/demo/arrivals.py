"""People join, shops open, everyone finds whom to follow."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password

from comptoir.demo.bearings import Advance, Bearings, days_ago
from comptoir.demo.records import Person, Shop
from comptoir.people.actor import Actor
from comptoir.people.models import Profile, User
from comptoir.people.services import edit_profile, follow, join
from comptoir.sales.services.accounts import open_sandbox
from comptoir.shops.models import DeliveryMethod
from comptoir.shops.models import Shop as OpenShop
from comptoir.shops.services import open_shop, publish_shop, set_trader

PASSWORD = "comptoir-demo"  # noqa: S105 (it is printed at every start of the demo place)
OPERATOR = "operator@demo.example"
OPEN_SINCE = 60  # days


def arrive(bearings: Bearings, advance: Advance) -> None:
    """Everyone of the town joins; those who are there already are found."""
    people, hashed = bearings.town.people, make_password(PASSWORD)
    for done, person in enumerate(people):
        bearings.actors[person.handle] = _arrived(bearings, person, hashed)
        advance(done + 1, len(people))


def _arrived(bearings: Bearings, person: Person, hashed: str) -> Actor:
    user = login(person.email, hashed, language=person.language)
    there = Profile.objects.filter(user=user).first()
    profile = there or join(
        user=user, name=person.name, handle=person.handle, bio=person.bio, place=person.place
    )
    actor = Actor(user.pk, profile.pk)
    edit_profile(
        actor=actor,
        name=person.name,
        bio=person.bio,
        place=person.place,
        keeps_audience=profile.keeps_audience,
        avatar_id=bearings.pictures.get(f"person:{person.handle}"),
    )
    return actor


def login(email: str, hashed: str, *, language: str, is_operator: bool = False) -> User:
    """The user of that address, made if need be with its address confirmed.

    Sign-up itself belongs to allauth and its forms; the password is hashed once for the town.
    """
    user, _new = User.objects.get_or_create(
        email=email,
        defaults={"password": hashed, "language": language, "is_operator": is_operator},
    )
    EmailAddress.objects.get_or_create(
        user=user, email=email, defaults={"verified": True, "primary": True}
    )
    return user


def install_operator() -> None:
    """The operator's login, last of all: where it is, the town is whole."""
    login(OPERATOR, make_password(PASSWORD), language="fr", is_operator=True)


def operator_is_there() -> bool:
    """Whether a town was loaded to its end."""
    return User.objects.filter(email=OPERATOR).exists()


def open_shops(bearings: Bearings, advance: Advance) -> None:
    """Every shop opens with its owner, its trader, its ways of delivery and its pictures."""
    shops = bearings.town.shops
    for done, shop in enumerate(shops):
        bearings.shops[shop.handle] = _opened(bearings, shop)
        advance(done + 1, len(shops))


def _opened(bearings: Bearings, shop: Shop) -> OpenShop:
    there = OpenShop.objects.select_related("profile").filter(profile__handle=shop.handle).first()
    made = there or open_shop(
        actor=bearings.actors[shop.owner],
        name=shop.name,
        handle=shop.handle,
        sells=shop.sells,
        bio=shop.bio,
        place=shop.place,
    )
    set_trader(shop=made, identity=shop.trader)
    open_sandbox(shop_id=made.pk)  # before the worker does: the town buys next
    for position, way in enumerate(shop.deliveries):
        DeliveryMethod.objects.filter(shop=made, kind=way.kind).update(
            name=way.name,
            place=way.where,
            price_minor=way.price_minor,
            free_from_minor=way.free_from_minor,
            days_min=way.days[0],
            days_max=way.days[1],
            position=position,
        )
    if made.status == OpenShop.Status.PREPARING:
        with days_ago(OPEN_SINCE):  # before its first order, which would be a test otherwise
            publish_shop(shop=made)
    Profile.objects.filter(pk=made.pk).update(
        avatar=bearings.pictures.get(f"sign:{shop.handle}"),
        banner=bearings.pictures.get(f"banner:{shop.handle}"),
    )
    return made


def befriend(bearings: Bearings, advance: Advance) -> None:
    """Everyone follows whom they follow."""
    for done, (one, other) in enumerate(bearings.web):
        follow(actor=bearings.actors[one], profile_id=bearings.profile_id(other))
        advance(done + 1, len(bearings.web))
