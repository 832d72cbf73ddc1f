"""Nothing paid enters: words with an interest, and what people say of their own shop."""

import pytest

from comptoir.catalog.models import Product
from comptoir.common.errors import Refused
from comptoir.config.wiring import dispatcher
from comptoir.discovery import suggest
from comptoir.discovery.models import Signal
from comptoir.discovery.reasons import reasons_for
from comptoir.people.actor import ANYONE
from comptoir.posts.models import Post
from comptoir.posts.services import edit_post, publish_post
from comptoir.reviews.models import Recommendation
from comptoir.reviews.services import recommend_product
from tests import cast, circle

pytestmark = pytest.mark.django_db

INTERESTS = ("gift", "paid", "commission", "own")


def recommends(who: cast.Person, product: Product, interest: str) -> None:
    recommend_product(actor=who.actor, product_id=product.pk, interest=interest)
    dispatcher().deliver_all()


@pytest.mark.parametrize("interest", INTERESTS)
def test_a_recommendation_with_an_interest_is_no_signal(interest: str) -> None:
    ines, malo, pot = cast.ines(), cast.malo(), cast.product(cast.maison_zinc())
    circle.follows(malo, ines)
    recommends(ines, pot, interest)
    assert not Signal.objects.exists()
    assert reasons_for(malo.actor, [pot.pk])[pot.pk].kind == "none"


def test_declaring_an_interest_takes_the_signal_away_before_any_worker_hears() -> None:
    ines, malo, pot = cast.ines(), cast.malo(), cast.product(cast.maison_zinc())
    circle.follows(malo, ines)
    recommends(ines, pot, "")
    assert reasons_for(malo.actor, [pot.pk])[pot.pk].kind == "recommended"

    recommend_product(actor=ines.actor, product_id=pot.pk, interest="gift")
    assert reasons_for(malo.actor, [pot.pk])[pot.pk].kind == "none"
    dispatcher().deliver_all()
    assert not Signal.objects.exists()

    recommends(ines, pot, "")
    assert Signal.objects.get().kind == "recommended"


def test_a_shared_purchase_with_an_interest_is_no_signal() -> None:
    ines, malo, pot = cast.ines(), cast.malo(), cast.product(cast.maison_zinc())
    circle.follows(malo, ines)
    post = circle.shows_bought(ines, pot)
    edit_post(post=post, text="", audience="everyone", interest="paid")
    assert reasons_for(malo.actor, [pot.pk])[pot.pk].kind == "none"
    dispatcher().deliver_all()
    assert not Signal.objects.exists()

    edit_post(post=Post.objects.get(), text="", audience="everyone", interest="")
    dispatcher().deliver_all()
    assert reasons_for(malo.actor, [pot.pk])[pot.pk].kind == "bought"


def test_whoever_works_at_the_shop_has_an_interest_said_or_not() -> None:
    zoe, ines, pot = cast.zoe(), cast.ines(), cast.product(cast.maison_zinc())
    circle.follows(ines, zoe)
    recommends(zoe, pot, "")
    circle.keeps(zoe, pot)
    circle.shows_bought(zoe, pot)
    post = circle.says(zoe, "Regardez", pot)
    assert Recommendation.objects.get().interest == "own"
    assert post.interest == "own"
    assert not Signal.objects.exists()
    assert reasons_for(ines.actor, [pot.pk])[pot.pk].kind == "none"
    edit_post(post=post, text="Regardez bien", audience="everyone", interest="")
    assert Post.objects.get(pk=post.pk).interest == "own"


def test_any_number_of_paid_acts_changes_no_reason_and_no_rank() -> None:
    malo, zinc = cast.malo(), cast.maison_zinc()
    pot, bowl = cast.product(zinc, "Pot"), cast.product(zinc, "Bol")
    circle.follows(malo, cast.ines())
    circle.keeps(cast.ines(), bowl)
    circle.follows(cast.ines(), malo)
    sellers = [cast.person(f"Vendeur {n}", f"vendeur_{n}") for n in range(8)]
    for n, seller in enumerate(sellers):
        circle.follows(seller, malo)
        if n % 2:
            circle.follows(malo, seller)
    ids = [pot.pk, bowl.pk]
    before = reasons_for(malo.actor, ids)
    ranked = suggest.for_you(malo.actor), suggest.for_you(ANYONE), suggest.weigh(malo.actor, ids)
    for n, seller in enumerate(sellers):
        recommends(seller, pot, INTERESTS[n % 4])
    assert Recommendation.objects.count() == 8
    assert reasons_for(malo.actor, ids) == before
    after = suggest.for_you(malo.actor), suggest.for_you(ANYONE), suggest.weigh(malo.actor, ids)
    assert after == ranked


def test_an_interest_that_is_none_of_the_law_is_refused() -> None:
    ines, pot = cast.ines(), cast.product(cast.maison_zinc())
    with pytest.raises(Refused, match="bad_interest"):
        recommends(ines, pot, "friendship")
    with pytest.raises(Refused, match="bad_interest"):
        publish_post(actor=ines.actor, text="Voilà", interest="friendship")
