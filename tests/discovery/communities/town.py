"""A town in the database: people who keep things of a few kinds, and two shops that sell them.

Whoever lives there is known: Zoé follows them all, and they follow her.
"""

from collections.abc import Mapping, Sequence

from django.db import transaction

from comptoir.catalog.models import Product
from comptoir.discovery.models import Community, CommunityMember, Signal
from comptoir.people.actor import Actor
from comptoir.people.models import Follow, Profile
from comptoir.reviews.models import Keep
from tests import cast
from tests.cast import Person

KINDS: Mapping[str, tuple[str, ...]] = {
    "Thé": ("Théière", "Sencha", "Bouilloire", "Passoire", "Zhong", "Oolong"),
    "Jardin": ("Sécateur", "Arrosoir", "Semis", "Binette", "Terreau", "Tuteur"),
    "Vélo": ("Sonnette", "Pompe", "Sacoche", "Chambre", "Casque", "Selle"),
}


def shelves() -> dict[str, list[Product]]:
    """Six products of each kind, of which nobody has heard yet; called twice, the same ones."""
    shops = (cast.maison_zinc(), cast.atelier_brume())
    known = {product.title: product for product in Product.objects.filter(shop__in=shops)}
    made: dict[str, list[Product]] = {}
    for kind, titles in KINDS.items():
        made[kind] = [
            known.get(title) or cast.product(shops[place % 2], title)
            for place, title in enumerate(titles)
        ]
        Product.objects.filter(pk__in=[one.pk for one in made[kind]]).update(category=kind)
    return made


def person(number: int, kind: str) -> Person:
    """The same person for the same number and kind."""
    handle = f"{'tjv'[list(KINDS).index(kind)]}_{number:02d}"
    found = Profile.objects.select_related("user").filter(handle=handle).first()
    if found is not None and found.user is not None:
        return Person(found.user, found, Actor(found.user.pk, found.pk, False))
    return known(cast.person(f"{kind} {number}", handle))


def known(who: Person) -> Person:
    """Zoé, whom everybody follows, follows them back."""
    zoe = cast.zoe().profile
    both = [Follow(follower=zoe, followee=who.profile), Follow(follower=who.profile, followee=zoe)]
    Follow.objects.bulk_create(both, ignore_conflicts=True)
    return who


@transaction.atomic
def act(who: Person, products: Sequence[Product], audience: str = "everyone") -> None:
    """Keeps each, with its signal, as the handlers would write it."""
    for product in products:
        Keep.objects.update_or_create(
            profile=who.profile, product=product, defaults={"audience": audience}
        )
        Signal.objects.update_or_create(
            actor=who.profile, product=product, kind="kept", defaults={"audience": audience}
        )


def settle(each: int = 7, kinds: Sequence[str] = tuple(KINDS)) -> dict[str, list[Person]]:
    """So many people of each kind, with four acts of their kind and one of the next."""
    made, shelf = {}, shelves()
    for place, kind in enumerate(kinds):
        stray = shelf[kinds[(place + 1) % len(kinds)]]
        made[kind] = [person(number, kind) for number in range(each)]
        for number, who in enumerate(made[kind]):
            own = [shelf[kind][(number + step) % 6] for step in range(4)]
            act(who, [*own, stray[number % 6]])
    return made


def members(how: str = "found") -> dict[str, set[str]]:
    """Handles by community name."""
    found: dict[str, set[str]] = {
        name: set() for name in Community.objects.values_list("name", flat=True)
    }
    rows = CommunityMember.objects.filter(how=how)
    for name, handle in rows.values_list("community__name", "profile__handle"):
        found[name].add(handle)
    return found


def handles(people: Sequence[Person]) -> set[str]:
    return {one.profile.handle for one in people}
