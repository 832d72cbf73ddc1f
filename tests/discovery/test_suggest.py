"""What the engine suggests, through the services that people use."""

import pytest

from comptoir.catalog.models import Product
from comptoir.config.wiring import dispatcher
from comptoir.discovery import suggest
from comptoir.discovery.asking import asking_of
from comptoir.discovery.live.engine import ENGINE
from comptoir.discovery.reasons import reasons_of_suggestions
from comptoir.discovery.services.taste import (
    drop_person,
    forget_signal,
    less_of,
    set_personalised,
)
from comptoir.people.actor import ANYONE, Actor
from comptoir.people.services import block, unfollow
from comptoir.people.services.suspend import suspend_profile
from comptoir.posts.models import Post
from comptoir.posts.services import edit_post
from comptoir.reviews.services import keep_product, unkeep_product
from tests import cast, circle

pytestmark = pytest.mark.django_db


Town = tuple[cast.Person, cast.Person, list[int]]


def shown(actor: Actor, kind: str = "circle") -> list[int]:
    return [one.product_id for one in suggest.for_you(actor) if one.kind == kind]


@pytest.fixture
def pot() -> Product:
    return cast.product(cast.maison_zinc(), title="Pot 0")


@pytest.fixture
def town(pot: Product) -> Town:
    """Inès follows Malo, and they follow each other's friends; Malo keeps two of three pots."""
    ines, malo, ana, zinc = cast.ines(), cast.malo(), cast.person("Ana", "ana"), cast.maison_zinc()
    pots = [pot, *(cast.product(zinc, title=f"Pot {number}") for number in (1, 2))]
    circle.follows(ines, malo)
    circle.follows(malo, ines)
    circle.follows(ana, malo)
    circle.keeps(malo, pots[0])
    circle.keeps(malo, pots[1])
    circle.keeps(ines, pots[0])
    return ines, malo, [pot.pk for pot in pots]


def test_what_a_friend_keeps_is_suggested_with_the_friend_as_its_cause(town: Town) -> None:
    ines, malo, pots = town

    first = suggest.for_you(ines.actor)[0]

    assert (first.product_id, first.kind) == (pots[1], "circle")
    assert first.voices[0].kind == "person"
    assert (first.voices[0].id, first.voices[0].friend) == (malo.profile.pk, True)
    assert sum(voice.share for voice in suggest.why(ines.actor, pots[1])) == pytest.approx(1)


def test_what_one_has_is_not_suggested_and_what_nobody_knows_is_new(town: Town) -> None:
    ines, _, pots = town

    found = {one.product_id: one.kind for one in suggest.for_you(ines.actor)}

    assert pots[0] not in found
    assert found[pots[2]] == "new"


def test_a_visitor_sees_what_is_loved_by_different_people(town: Town) -> None:
    ines, _, pots = town

    assert shown(ANYONE, "loved")[0] == pots[0]
    assert suggest.loved([pots[0], pots[2]]) == {pots[0]: 2, pots[2]: 0}
    assert suggest.weigh(ANYONE, pots)[pots[0]] == 1
    assert suggest.weigh(ines.actor, pots)[pots[2]] == 0


def test_an_act_moves_the_very_next_answer(town: Town) -> None:
    ines, malo, pots = town
    assert shown(ines.actor) == [pots[1]]

    circle.keeps(malo, cast.product(cast.atelier_brume()))
    assert len(shown(ines.actor)) == 2


def test_an_act_taken_back_moves_nothing_even_before_that_is_delivered(
    town: Town,
) -> None:
    ines, malo, pots = town
    assert shown(ines.actor) == [pots[1]]

    keep_product(actor=malo.actor, product_id=pots[1], audience="me")
    assert shown(ines.actor) == []
    dispatcher().deliver_all()
    assert shown(ines.actor) == []

    keep_product(actor=malo.actor, product_id=pots[1], audience="followers")
    dispatcher().deliver_all()
    assert shown(ines.actor) == [pots[1]]
    unkeep_product(actor=malo.actor, product_id=pots[1])
    assert shown(ines.actor) == []


def test_followers_acts_speak_to_followers_only(town: Town, pot: Product) -> None:
    ines, malo, _ = town
    ana, candle = cast.person("Ana", "ana"), cast.product(cast.atelier_brume())
    circle.keeps(ana, pot)
    circle.follows(malo, ana)
    circle.keeps(ana, candle, audience="followers")

    assert candle.pk not in shown(ines.actor)
    circle.follows(ines, ana)
    assert candle.pk in shown(ines.actor)
    unfollow(actor=ines.actor, profile_id=ana.profile.pk)
    assert candle.pk not in shown(ines.actor)


def test_blocked_dropped_suspended_and_forgotten_speak_no_more(town: Town) -> None:
    ines, malo, pots = town

    drop_person(actor=ines.actor, person_id=malo.profile.pk)
    assert shown(ines.actor) == []
    ana, olga = cast.person("Ana", "ana"), cast.person("Olga", "olga", is_operator=True)
    circle.follows(ines, ana)
    circle.keeps(ana, cast.product(cast.atelier_brume(), title="Bougie"))
    assert len(shown(ines.actor)) == 1
    suspend_profile(actor=olga.actor, handle="ana")
    assert shown(ines.actor) == []

    eve = cast.person("Eve", "eve")
    circle.follows(eve, malo)
    assert shown(eve.actor) == [pots[0], pots[1]]
    forget_signal(actor=malo.actor, product_id=pots[1], kind="kept")
    assert shown(eve.actor) == [pots[0]]
    block(actor=malo.actor, profile_id=eve.profile.pk)
    assert shown(eve.actor) == []


def test_what_may_not_be_shown_leaves_the_rest(
    town: Town, pot: Product, monkeypatch: pytest.MonkeyPatch
) -> None:
    ines, malo, pots = town
    for number in range(12):
        gone = cast.product(cast.maison_zinc(), title=f"Gone {number}")
        for who in (malo, *([ines] if number % 2 else [])):
            circle.recommends(who, gone)
    Product.objects.filter(title__startswith="Gone").update(status=Product.Status.WITHDRAWN)
    monkeypatch.setattr(suggest, "SPARE", 0)

    assert [one.product_id for one in suggest.for_you(ines.actor, limit=1)] == [pots[1]]
    assert [one.product_id for one in suggest.for_you(ANYONE, limit=2)] == pots[:2]
    monkeypatch.setattr(suggest, "FARTHEST", 1)
    assert [one.kind for one in suggest.for_you(ines.actor, limit=1)] == ["new"]


def test_one_may_want_less_or_no_personal_order_at_all(town: Town) -> None:
    ines, _, pots = town
    less_of(actor=ines.actor, product_id=pots[1])
    assert pots[1] not in {one.product_id for one in suggest.for_you(ines.actor)}

    ana = cast.person("Ana", "ana")
    circle.follows(ana, cast.malo())
    set_personalised(actor=ana.actor, personalised=False)
    assert suggest.why(ana.actor, pots[0]) == ()
    assert {one.kind for one in suggest.for_you(ana.actor)} <= {"loved", "new"}


def test_people_and_shops_near(town: Town, pot: Product) -> None:
    ines, malo, pots = town
    ana, brume = cast.person("Ana", "ana"), cast.atelier_brume()
    circle.follows(malo, ana)
    circle.follows(malo, brume)
    circle.keeps(ana, pot)

    assert suggest.people_like_you(ines.actor)[0].profile_id == malo.profile.pk
    (to_follow,) = suggest.people_to_follow(ines.actor)
    assert to_follow.profile_id == ana.profile.pk
    assert to_follow.product_ids == (pots[0],)
    assert to_follow.friends == (malo.profile.pk,)
    shops = {one.profile_id: one for one in suggest.shops_you_may_like(ines.actor)}
    assert shops[brume.pk].friends == (malo.profile.pk,)
    assert cast.maison_zinc().pk in shops
    assert suggest.likeness(ines.actor, [malo.profile.pk])[malo.profile.pk] == 1


def test_what_people_keep_or_buy_together(town: Town) -> None:
    pots = town[2]

    assert suggest.like_this(ANYONE, pots[0])[0].product_id == pots[1]
    assert [one.kind for one in suggest.like_this(ANYONE, pots[2])] == ["similar", "similar"]
    assert suggest.bought_together(ANYONE, pots[0]) == []


def test_bought_together_takes_public_purchases_of_different_known_buyers(
    town: Town, pot: Product
) -> None:
    _, malo, pots = town
    ana, eve, other = cast.person("Ana", "ana"), cast.person("Eve", "eve"), cast.atelier_brume()
    candle, lamp = cast.product(other, "Bougie"), cast.product(other, "Lampe")
    circle.follows(malo, ana)
    for who in (malo, eve):
        for bought in (pot, candle):
            circle.shows_bought(who, bought)
    circle.shows_bought(ana, pot)
    circle.keeps(ana, lamp)
    circle.shows_bought(malo, lamp)
    assert suggest.bought_together(ANYONE, pots[0]) == [], "Malo alone: nobody knows of Eve"

    circle.follows(malo, eve)
    (found,) = suggest.bought_together(ANYONE, pots[0])
    assert (found.product_id, found.people) == (candle.pk, 2)
    block(actor=ana.actor, profile_id=eve.profile.pk)
    assert suggest.bought_together(ana.actor, pots[0]) == [], "who is blocked says nothing"
    for one in Post.objects.filter(author=eve.profile):
        edit_post(post=one, text="", audience="followers")
    dispatcher().deliver_all()
    assert suggest.bought_together(ANYONE, pots[0]) == [], "only what is public"


def test_the_engine_says_what_it_rests_on(town: Town) -> None:
    shown(town[0].actor)

    condition = ENGINE.condition()

    assert (condition.base, condition.fault) == ("database", "no snapshot yet")


def test_one_shop_does_not_fill_all_places_of_what_is_new() -> None:
    zinc, atelier = cast.maison_zinc(), cast.shop(cast.basile(), "Atelier Neuf", "atelier_neuf")
    older = cast.product(atelier, title="Vase")
    newer = [cast.product(zinc, title=f"Pot {number}") for number in range(4)]

    shown = [one.product_id for one in suggest.for_you(ANYONE)]

    assert shown[:3] == [newer[3].pk, newer[2].pk, older.pk]
    assert set(shown) == {older.pk, *(pot.pk for pot in newer)}


def test_a_page_that_asks_more_is_told_the_same_reasons(town: Town) -> None:
    ines, malo, pots = town
    circle.keeps(malo, Product.objects.get(pk=pots[2]), audience="followers")
    asking = asking_of(ines.actor)

    found = suggest.for_you(ines.actor, asking=asking)
    reasons = reasons_of_suggestions(ines.actor, found, asking=asking)

    assert found == suggest.for_you(ines.actor)
    assert reasons == reasons_of_suggestions(ines.actor, found)
    assert {reasons[pot].kind for pot in pots[1:]} == {"kept"}
    assert reasons[pots[1]].acts[0].face.id == malo.profile.pk
