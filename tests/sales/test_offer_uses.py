"""Uses of offers: counted, limited under races, given back."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from comptoir.common import clock
from comptoir.common.errors import Conflict
from comptoir.sales.models import Offer, OfferCustomer, OfferUse, Order
from comptoir.sales.pricing.offer_terms import OFFERS_SQL, OfferTerms, offer_terms
from comptoir.sales.services.offer_uses import (
    confirm_offers,
    customer_of,
    forget_customer,
    release_offers,
    retake_offers,
    use_offers,
)
from comptoir.sales.services.offers import stop_offer
from comptoir.shops.models import Shop
from tests import cast
from tests.circle import follows
from tests.common.two_connections import at_once, behind
from tests.sales.offering import offer, order_row

INES = "p:1"


def terms_for(at: Shop, *codes: str, buyer: int | None = None) -> list[OfferTerms]:
    params = {
        "shop": at.pk,
        "codes": list(codes),
        "buyer": buyer,
        "customer": customer_of(buyer, "ines@example.org"),
        "now": clock.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {OFFERS_SQL}", params)
        return list(offer_terms(cursor.fetchone()[0]))


def uses_of(made: Offer) -> tuple[int, int, list[str]]:
    """Uses of the offer, of its customers in all, and the states of its orders."""
    made.refresh_from_db()
    customers = OfferCustomer.objects.filter(offer=made)
    states = OfferUse.objects.filter(offer=made).order_by("id").values_list("status", flat=True)
    return made.uses, sum(row.uses for row in customers), list(states)


@pytest.mark.django_db
class TestTerms:
    def test_offers_by_themselves_are_read_always_and_codes_when_given(self) -> None:
        at = cast.maison_zinc()
        offer(at)
        offer(at, code="spring", name="Spring")
        offer(cast.atelier_brume(), name="Elsewhere")
        assert [each.name for each in terms_for(at)] == ["Ten percent"]
        assert [each.name for each in terms_for(at, "SPRING")] == ["Ten percent", "Spring"]

    def test_a_stopped_offer_is_not_read(self) -> None:
        made = offer(cast.maison_zinc(), code="SPRING")
        stop_offer(offer=made)
        assert terms_for(made.shop, "SPRING") == []

    def test_an_offer_in_another_currency_than_the_shops_is_not_read(self) -> None:
        made = offer(cast.maison_zinc())
        Shop.objects.filter(pk=made.shop_id).update(currency="CHF")
        assert terms_for(made.shop) == []

    def test_followers_and_named_people_are_reached_and_nobody_else(self) -> None:
        at, ines, malo = cast.maison_zinc(), cast.ines(), cast.malo()
        offer(at, audience="followers")
        offer(at, audience="segment", people=["@Malo"])
        follows(ines, at)
        reached = [
            [each.reached for each in terms_for(at, buyer=who)]
            for who in (ines.profile.pk, malo.profile.pk, None)
        ]
        assert reached == [[True, False], [False, True], [False, False]]

    def test_scope_dates_and_what_is_left_come_with_it(self) -> None:
        at = cast.maison_zinc()
        corkscrew = cast.product(at)
        start = clock.now().replace(microsecond=0)
        made = offer(
            at, product_ids=[corkscrew.pk], starts=start, limit_total=3, limit_per_customer=2
        )
        use_offers(order_row(at).pk, [(made.pk, 100)], customer_of(None, "Ines@example.org"))
        (read,) = terms_for(at)
        assert (read.product_ids, read.starts, read.ends) == (
            frozenset({corkscrew.pk}), start, None,
        )  # fmt: skip
        assert (read.left, read.left_for_buyer) == (2, 1)


@pytest.mark.django_db
class TestUses:
    def test_a_use_is_held_then_used(self) -> None:
        made = offer(cast.maison_zinc())
        order = order_row(made.shop)
        use_offers(order.pk, [(made.pk, 100)], INES)
        assert uses_of(made) == (1, 1, ["held"])
        confirm_offers(order.pk)
        assert uses_of(made) == (1, 1, ["used"])

    def test_a_use_goes_back_once_however_often_the_order_is_called_off(self) -> None:
        made = offer(cast.maison_zinc())
        order = order_row(made.shop)
        use_offers(order.pk, [(made.pk, 100)], INES)
        release_offers(order.pk)
        release_offers(order.pk)
        assert uses_of(made) == (0, 0, ["released"])

    def test_the_total_limit_refuses(self) -> None:
        made = offer(cast.maison_zinc(), limit_total=1)
        use_offers(order_row(made.shop).pk, [(made.pk, 100)], INES)
        assert refused(made, "p:2") == "offer_used_up"
        assert uses_of(made) == (1, 1, ["held"])

    def test_the_limit_of_one_customer_refuses_that_customer_alone(self) -> None:
        made = offer(cast.maison_zinc(), limit_per_customer=1)
        use_offers(order_row(made.shop).pk, [(made.pk, 100)], INES)
        assert refused(made, INES) == "offer_used_up"
        assert refused(made, "p:2") == ""

    def test_a_limit_that_is_set_later_counts_what_was_used_before(self) -> None:
        made = offer(cast.maison_zinc())
        use_offers(order_row(made.shop).pk, [(made.pk, 100)], INES)
        Offer.objects.filter(pk=made.pk).update(limit_per_customer=1)
        assert refused(made, INES) == "offer_used_up"

    def test_money_that_comes_late_uses_again_what_is_left(self) -> None:
        made = offer(cast.maison_zinc(), limit_total=1)
        late = order_row(made.shop)
        use_offers(late.pk, [(made.pk, 100)], INES)
        release_offers(late.pk)
        assert retake_offers(late.pk)
        assert uses_of(made) == (1, 1, ["used"])

    def test_money_that_comes_late_uses_nothing_that_another_has(self) -> None:
        made = offer(cast.maison_zinc(), limit_total=1)
        late = order_row(made.shop)
        use_offers(late.pk, [(made.pk, 100)], INES)
        release_offers(late.pk)
        use_offers(order_row(made.shop).pk, [(made.pk, 100)], "p:2")
        assert not retake_offers(late.pk)
        assert uses_of(made) == (1, 1, ["released", "held"])

    def test_money_that_comes_late_uses_nothing_beyond_its_buyer_s_limit(self) -> None:
        made = offer(cast.maison_zinc(), limit_per_customer=1)
        late = order_row(made.shop)
        use_offers(late.pk, [(made.pk, 100)], INES)
        release_offers(late.pk)
        use_offers(order_row(made.shop).pk, [(made.pk, 100)], INES)
        assert not retake_offers(late.pk)
        assert uses_of(made) == (1, 1, ["released", "held"])

    def test_an_order_without_offers_needs_none_to_be_taken_up_again(self) -> None:
        assert retake_offers(order_row(cast.maison_zinc()).pk)

    def test_one_who_left_is_forgotten_and_the_count_stays(self) -> None:
        made = offer(cast.maison_zinc())
        use_offers(order_row(made.shop).pk, [(made.pk, 100)], INES)
        forget_customer(1)
        assert uses_of(made) == (1, 0, ["held"])
        assert OfferUse.objects.get().customer == ""

    @pytest.mark.parametrize(
        "wrong",
        [
            {"uses": 2, "limit_total": 1},
            {"kind": "percent", "value": 10_001},
            {"kind": "amount", "value": 0},
            {"kind": "buy_x_get_y", "buy_quantity": None},
            {"code": "lower"},
        ],
    )
    def test_the_database_refuses_an_offer_that_makes_no_sense(self, wrong: dict[str, Any]) -> None:
        made = offer(cast.maison_zinc())
        with pytest.raises(IntegrityError), transaction.atomic():
            Offer.objects.filter(pk=made.pk).update(**wrong)

    def test_guests_are_known_by_a_digest_that_does_not_say_their_address(self) -> None:
        known = customer_of(None, " Ines@Example.org")
        assert known == customer_of(None, "ines@example.org")
        assert "ines" not in known


def refused(made: Offer, customer: str) -> str:
    """The code with which a use is refused; '' when it is not."""
    order = order_row(made.shop)
    return attempt(order, made, customer)


def attempt(order: Order, made: Offer, customer: str) -> str:
    try:
        with transaction.atomic():
            use_offers(order.pk, [(made.pk, 100)], customer)
    except Conflict as conflict:
        return conflict.code
    return ""


@pytest.mark.django_db(transaction=True)
class TestRaces:
    def test_a_code_with_ten_uses_is_used_ten_times_by_thirty_buyers(self) -> None:
        made = offer(cast.maison_zinc(), limit_total=10)
        orders = [order_row(made.shop) for _each in range(30)]
        ends = Counter(
            at_once([partial(attempt, order, made, f"p:{order.pk}") for order in orders])
        )
        assert ends == {"": 10, "offer_used_up": 20}
        assert uses_of(made) == (10, 10, ["held"] * 10)

    def test_one_customer_at_many_windows_uses_a_code_once(self) -> None:
        made = offer(cast.maison_zinc(), limit_per_customer=1)
        orders = [order_row(made.shop) for _each in range(8)]
        ends = Counter(at_once([partial(attempt, order, made, INES) for order in orders]))
        assert ends == {"": 1, "offer_used_up": 7}
        assert uses_of(made) == (1, 1, ["held"])

    def test_two_offers_named_in_either_order_never_wait_in_a_circle(self) -> None:
        at = cast.maison_zinc()
        one, two = offer(at), offer(at, name="Other")

        def both(first: Offer, second: Offer, number: int) -> None:
            for _again in range(5):
                order = order_row(at)
                use_offers(order.pk, [(first.pk, 1), (second.pk, 1)], f"p:{number}")

        works = [partial(both, one, two, 1), partial(both, two, one, 2)] * 2
        assert at_once(works) == [None] * 4
        assert uses_of(one) == uses_of(two) == (20, 20, ["held"] * 20)

    @pytest.mark.parametrize("deed", ["use", "release", "retake"])
    def test_offers_are_locked_in_key_order(self, deed: str) -> None:
        """Survival 4."""
        at = cast.maison_zinc()
        low, high = offer(at), offer(at, name="Other")
        order, uses = order_row(at), [(high.pk, 1), (low.pk, 1)]
        does: Callable[[], object] = partial(use_offers, order.pk, uses, INES)
        if deed != "use":
            does()
            does = partial(release_offers, order.pk)
        if deed == "retake":
            does()
            does = partial(retake_offers, order.pk)
        Offer.objects.filter(pk=low.pk).update(name="First")  # it lies behind the other now
        with transaction.atomic():
            Offer.objects.select_for_update().get(pk=low.pk)
            ended = behind(does)
            Offer.objects.select_for_update(nowait=True).get(pk=high.pk)
        assert not isinstance(ended(), Exception)

    def test_money_that_comes_late_waits_for_who_takes_the_last_use(self) -> None:
        made = offer(cast.maison_zinc(), limit_total=1)
        late, new = order_row(made.shop), order_row(made.shop)
        use_offers(late.pk, [(made.pk, 100)], INES)
        release_offers(late.pk)
        with transaction.atomic():
            use_offers(new.pk, [(made.pk, 100)], "p:2")
            ended = behind(partial(retake_offers, late.pk))
        assert ended() is False
        assert uses_of(made) == (1, 1, ["released", "held"])

    def test_an_order_called_off_twice_at_once_gives_its_use_back_once(self) -> None:
        made = offer(cast.maison_zinc())
        order = order_row(made.shop)
        use_offers(order.pk, [(made.pk, 100)], INES)
        use_offers(order_row(made.shop).pk, [(made.pk, 100)], INES)
        assert at_once([partial(release_offers, order.pk)] * 6) == [None] * 6
        assert uses_of(made) == (1, 1, ["released", "held"])
