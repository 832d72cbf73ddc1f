"""Offers made, changed and stopped in the back office."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from comptoir.catalog.models import Product
from comptoir.catalog.services.announcements import AnnouncementDraft, record_announcement
from comptoir.common import clock
from comptoir.common.errors import Refused
from comptoir.common.markup import clean_line
from comptoir.people.models import Profile
from comptoir.sales.models import Offer
from comptoir.sales.pricing.offer_terms import folded_code
from comptoir.shops.models import Shop

MOST_OFFERS = 100
MOST_PRODUCTS = 1_000
MOST_PEOPLE = 1_000
MOST_MINOR = 10**11 - 1
MOST_PIECES = 99
MOST_USES = 10**9
WHOLE_BP = 10_000
CODE = re.compile(r"[^\W_][\w-]{1,28}[^\W_]")
PARTS = (Offer.Kind.PERCENT, Offer.Kind.BUY_X_GET_Y)


@dataclass(frozen=True, slots=True)
class OfferDraft:
    """What a shop writes of an offer; fields as in ``models.Offer``.

    ``product_ids`` are the products chosen (none: the whole shop), ``people`` the handles of those
    it is for, read when ``audience`` is ``segment``.
    """

    name: str
    kind: str
    value: int = 0
    buy_quantity: int | None = None
    get_quantity: int | None = None
    minimum_minor: int = 0
    code: str = ""
    starts: datetime | None = None
    ends: datetime | None = None
    limit_total: int | None = None
    limit_per_customer: int | None = None
    audience: str = Offer.Audience.EVERYONE
    product_ids: Sequence[int] | None = None
    people: Sequence[str] = ()


@transaction.atomic
def create_offer(*, shop: Shop, draft: OfferDraft) -> Offer:
    """Makes an offer that counts from now, or from its start.

    Raises:
        Refused: ``too_many_offers``, and those of ``change_offer``.
    """
    # One change of a shop's offers at a time may pass the checks.
    Shop.objects.select_for_update(no_key=True).get(pk=shop.pk)
    if Offer.objects.filter(shop=shop, is_active=True).count() >= MOST_OFFERS:
        raise Refused("too_many_offers", _("A shop has up to 100 offers: stop one first."))
    offer = Offer(shop=shop)
    _write(offer, draft)
    _announce(offer)
    return offer


@transaction.atomic
def change_offer(*, offer: Offer, draft: OfferDraft) -> None:
    """Changes what an offer says; orders placed before keep what they were given.

    Raises:
        Refused: ``name_missing``, ``bad_kind``, ``bad_value``, ``bad_pieces``, ``bad_minimum``,
            ``bad_code``, ``code_taken``, ``bad_dates``, ``bad_limit``, ``limit_below_uses``,
            ``bad_audience``, ``people_missing``, ``no_such_people``, ``products_missing``,
            ``no_such_products``.
    """
    rows = Offer.objects.select_related("shop")
    fresh = rows.select_for_update(of=("self",), no_key=True).get(pk=offer.pk)
    _write(fresh, draft)
    _announce(fresh)


def stop_offer(*, offer: Offer) -> None:
    """It counts no more; what it gave stays."""
    _set_active(offer, active=False)


def resume_offer(*, offer: Offer) -> None:
    """A stopped offer counts again, within its dates and limits."""
    _set_active(offer, active=True)


@transaction.atomic
def _set_active(offer: Offer, *, active: bool) -> None:
    Offer.objects.filter(pk=offer.pk).update(is_active=active)
    _announce(Offer.objects.get(pk=offer.pk))


def _announce(offer: Offer) -> None:
    """Writes down, beside the prices, what the offer tells all of a price from now on.

    A percentage without a code is told on pages, one for followers too. A code is typed, and an
    offer to named people is told to these.
    """
    told = offer.is_active and not offer.code and offer.audience != Offer.Audience.SEGMENT
    announced = None
    if told and offer.kind == Offer.Kind.PERCENT:
        everything = offer.scope == Offer.Scope.SHOP
        announced = AnnouncementDraft(
            currency=offer.currency,
            share_bp=offer.value,
            for_everyone=offer.audience == Offer.Audience.EVERYONE,
            minimum_minor=offer.minimum_minor,
            product_ids=None if everything else list(offer.products.values_list("pk", flat=True)),
            starts=offer.starts,
            ends=offer.ends,
            limited=offer.limit_total is not None or offer.limit_per_customer is not None,
        )
    record_announcement(shop_id=offer.shop_id, offer_id=offer.pk, announced=announced)


def _write(offer: Offer, draft: OfferDraft) -> None:
    offer.name = clean_line(draft.name, max_length=60)
    if not offer.name:
        raise Refused("name_missing", _("Give the offer a name: buyers will read it."))
    _check_value(draft)
    _check_conditions(draft, offer.uses)
    products = _products(offer.shop_id, draft)
    people = _people(draft)
    pieces = draft.kind == Offer.Kind.BUY_X_GET_Y
    offer.kind, offer.value, offer.currency = draft.kind, draft.value, offer.shop.currency
    offer.buy_quantity = draft.buy_quantity if pieces else None
    offer.get_quantity = draft.get_quantity if pieces else None
    offer.minimum_minor, offer.code = draft.minimum_minor, _code(draft.code)
    offer.starts, offer.ends = draft.starts, draft.ends
    offer.limit_total, offer.limit_per_customer = draft.limit_total, draft.limit_per_customer
    offer.audience = draft.audience
    offer.scope = Offer.Scope.SHOP if draft.product_ids is None else Offer.Scope.PRODUCTS
    _save(offer)
    offer.products.set(products)
    offer.segment.set(people)


def _save(offer: Offer) -> None:
    taken = Offer.objects.filter(shop=offer.shop_id, code=offer.code).exclude(pk=offer.pk)
    refusal = Refused("code_taken", _("Another offer has this code. Choose another."))
    if offer.code and taken.exists():
        raise refusal
    try:
        with transaction.atomic():
            offer.save()
    except IntegrityError as error:
        if "offer_code_unique" in str(error):
            raise refusal from error
        raise


def _check_value(draft: OfferDraft) -> None:
    if draft.kind not in Offer.Kind.values:
        raise Refused("bad_kind", _("Choose what the offer gives."))
    if draft.kind in PARTS and not 1 <= draft.value <= WHOLE_BP:
        raise Refused("bad_value", _("A percentage is between 0.01 and 100."))
    if draft.kind == Offer.Kind.AMOUNT and not 1 <= draft.value <= MOST_MINOR:
        raise Refused("bad_value", _("Say how much is taken off."))
    if draft.kind == Offer.Kind.FREE_DELIVERY and draft.value:
        raise Refused("bad_value", _("Free delivery has no amount."))
    counts = (draft.buy_quantity, draft.get_quantity)
    right = all(count is not None and 1 <= count <= MOST_PIECES for count in counts)
    if draft.kind == Offer.Kind.BUY_X_GET_Y and not right:
        raise Refused("bad_pieces", _("Say how many pieces are bought, and how many are given."))


def _check_conditions(draft: OfferDraft, uses: int) -> None:
    if not 0 <= draft.minimum_minor <= MOST_MINOR:
        raise Refused("bad_minimum", _("This amount is out of bounds."))
    if not all(at is None or clock.is_told(at) for at in (draft.starts, draft.ends)):
        raise Refused("bad_dates", _("Write the year in full, such as 2026."))
    if draft.starts and draft.ends and draft.ends <= draft.starts:
        raise Refused("bad_dates", _("The offer ends after it starts."))
    limits = (draft.limit_total, draft.limit_per_customer)
    if not all(limit is None or 1 <= limit <= MOST_USES for limit in limits):
        raise Refused("bad_limit", _("A limit is a whole number from 1."))
    if draft.limit_total is not None and draft.limit_total < uses:
        raise Refused(
            "limit_below_uses", _("It was used more often already. Stop it instead."), uses=uses
        )
    if draft.audience not in Offer.Audience.values:
        raise Refused("bad_audience", _("Choose whom the offer is for."))


def _code(typed: str) -> str:
    code = folded_code(typed)
    if code and not CODE.fullmatch(code):
        raise Refused(
            "bad_code", _("A code has 3 to 30 letters and digits; hyphens may stand between them.")
        )
    return code


def _products(shop_id: int, draft: OfferDraft) -> list[Product]:
    if draft.product_ids is None:
        return []
    wanted = set(draft.product_ids)
    if not 1 <= len(wanted) <= MOST_PRODUCTS:
        raise Refused("products_missing", _("Choose the products that the offer is for."))
    found = list(Product.objects.filter(shop=shop_id, pk__in=wanted).only("pk"))
    if len(found) < len(wanted):
        raise Refused("no_such_products", _("A product that you chose is not in your shop."))
    return found


def _people(draft: OfferDraft) -> list[Profile]:
    if draft.audience != Offer.Audience.SEGMENT:
        return []
    wanted = {handle.strip().removeprefix("@").lower() for handle in draft.people} - {""}
    if not 1 <= len(wanted) <= MOST_PEOPLE:
        raise Refused("people_missing", _("Name the people whom the offer is for."))
    rows = Profile.objects.filter(kind=Profile.Kind.PERSON, is_suspended=False, handle__in=wanted)
    found = list(rows.only("pk", "handle"))
    missing = sorted(wanted - {profile.handle for profile in found})
    if missing:
        message = _("Nobody here is called %(handle)s.") % {"handle": f"@{missing[0]}"}
        raise Refused("no_such_people", message)
    return found
