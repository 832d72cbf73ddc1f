"""What is taken back or kept to oneself is neither told nor counted, before any worker's turn."""

from collections.abc import Callable

import pytest

from comptoir.catalog.models import Product
from comptoir.discovery.models import Signal
from comptoir.discovery.reasons import NO_REASON, reasons_for
from comptoir.discovery.search import search_products
from comptoir.posts.models import Post
from comptoir.posts.services import delete_post, edit_post
from comptoir.reviews.services import (
    keep_product,
    recommend_product,
    set_keeps_audience,
    unkeep_product,
    withdraw_recommendation,
)
from tests import cast, circle
from tests.cast import Person

pytestmark = pytest.mark.django_db

Step = Callable[[Person, Product], object]


def unkeep(who: Person, product: Product) -> None:
    unkeep_product(actor=who.actor, product_id=product.pk)


def keep_for_oneself(who: Person, product: Product) -> None:
    keep_product(actor=who.actor, product_id=product.pk, audience="me")


def keep_all_for_oneself(who: Person, _product: Product) -> None:
    set_keeps_audience(actor=who.actor, audience="me")


def withdraw(who: Person, product: Product) -> None:
    withdraw_recommendation(actor=who.actor, product_id=product.pk)


def recommend_to_oneself(who: Person, product: Product) -> None:
    recommend_product(actor=who.actor, product_id=product.pk, audience="me")


def delete_share(who: Person, _product: Product) -> None:
    delete_post(post=Post.objects.get(author=who.profile))


def narrow_share(who: Person, _product: Product) -> None:
    edit_post(post=Post.objects.get(author=who.profile), text="", audience="me")


@pytest.mark.parametrize(
    ("act", "kind", "undo"),
    [
        (circle.keeps, "kept", unkeep),
        (circle.keeps, "kept", keep_for_oneself),
        (circle.keeps, "kept", keep_all_for_oneself),
        (circle.recommends, "recommended", withdraw),
        (circle.recommends, "recommended", recommend_to_oneself),
        (circle.shows_bought, "bought", delete_share),
        (circle.shows_bought, "bought", narrow_share),
    ],
)
def test_an_act_taken_back_is_gone_at_the_next_read(act: Step, kind: str, undo: Step) -> None:
    ines, malo, zinc = cast.ines(), cast.malo(), cast.maison_zinc()
    circle.follows(ines, malo)
    soap, newer = (cast.product(zinc, "Savon de Marseille") for _ in range(2))
    act(malo, soap)
    assert reasons_for(ines.actor, [soap.pk])[soap.pk].kind == kind
    assert search_products(ines.actor, "savon")[0].id == soap.pk

    undo(malo, soap)

    assert Signal.objects.exclude(audience="me").exists()
    assert reasons_for(ines.actor, [soap.pk])[soap.pk] == NO_REASON
    assert search_products(ines.actor, "savon")[0].id == newer.pk


def test_one_act_taken_back_leaves_the_others_told() -> None:
    ines, malo = cast.ines(), cast.malo()
    pot = cast.product(cast.maison_zinc())
    circle.follows(ines, malo)
    circle.keeps(malo, pot)
    circle.recommends(malo, pot)

    withdraw(malo, pot)

    reason = reasons_for(ines.actor, [pot.pk])[pot.pk]
    assert [act.kind for act in reason.acts] == ["kept"]
