"""A look as a whole: what it shows, to be chosen from and bought together."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from comptoir.catalog.cards import ProductCard, cards_of
from comptoir.catalog.picks import Pick, picks_of
from comptoir.common.errors import NotVisible, Refused
from comptoir.people.actor import Actor
from comptoir.posts.access import post_for
from comptoir.posts.queries import post_view
from comptoir.sales.services.put_in import add_all
from comptoir.sales.services.shared_basket import products_of
from comptoir.web.answers import leave_for
from comptoir.web.basket.cookies import basket_holder, remember
from comptoir.web.checkout.forms import MOST_LINES, lines_text
from comptoir.web.checkout.source import Wanted
from comptoir.web.checkout.views import open_sheet
from comptoir.web.limits import allow_request
from comptoir.web.request import actor_of, wants_fragment
from comptoir.web.whole_numbers import whole_number


@dataclass(frozen=True, slots=True)
class Thing:
    """A product of the look, and what of it one chooses from."""

    card: ProductCard
    pick: Pick


@require_safe
def look(request: HttpRequest, post_id: int) -> HttpResponse:
    """All that the post shows and one can buy here, with its kinds to choose."""
    actor = actor_of(request)
    things = _things(actor, post_view(actor, post_for(actor, post_id).pk).product_ids)
    if not things:
        raise NotVisible
    context = {
        "post_id": post_id,
        "things": things,
        "some": any(thing.pick.in_stock for thing in things),
        "one_shop": len({thing.card.shop_id for thing in things}) == 1,
    }
    name = "post/look_sheet.html" if wants_fragment(request) else "post/look.html"
    return render(request, name, context)


def _things(actor: Actor, product_ids: Sequence[int]) -> list[Thing]:
    cards = cards_of(actor, product_ids)
    picks = picks_of(cards)
    pairs = [(cards[i], picks[i]) for i in product_ids if i in cards and i in picks]
    return [Thing(card, pick) for card, pick in pairs if pick.variants and not pick.elsewhere]


@require_POST
def put_look(request: HttpRequest) -> HttpResponseBase:
    """Puts what was chosen of a look into the basket, a piece of each. What is there already stays
    as it is, so that the form may be sent twice; what is refused is named."""
    allow_request(request, "basket")
    lines = _chosen(request)
    taken, refused = add_all(holder=basket_holder(request), lines=lines, at_least=True)
    for word in _words(refused):
        messages.warning(request, word)
    response = leave_for(request, reverse("basket"))
    if taken:
        said = ngettext(
            "%(num)s thing is in your basket.", "%(num)s things are in your basket.", len(taken)
        )
        messages.success(request, said % {"num": len(taken)})
        remember(response, actor_of(request), taken[-1].holder, taken[-1].pieces)
    return response


def _words(refused: Sequence[tuple[int, Refused]]) -> list[str]:
    """Why each was refused, with its name."""
    if not refused:
        return []
    products = products_of([variant_id for variant_id, _refusal in refused])
    picks = picks_of(products.values())
    said = []
    for variant_id, refusal in refused:
        pick, why = picks.get(products.get(variant_id, 0)), str(refusal.message)
        if pick is not None and pick.title not in why:
            why = _("“%(title)s”: %(why)s") % {"title": pick.title, "why": why}
        said.append(why)
    return list(dict.fromkeys(said))


@require_POST
def order_look(request: HttpRequest) -> HttpResponseBase:
    """The sheet of what was chosen of a look, all of one shop; nothing is put into the basket."""
    lines = _chosen(request)
    if not wants_fragment(request):
        return redirect(f"{reverse('checkout_new')}?lines={lines_text(lines)}")
    return open_sheet(request, Wanted(tuple(lines), many=True))


def _chosen(request: HttpRequest) -> list[tuple[int, int]]:
    """(Variant id, 1) of each that was chosen.

    Raises:
        Refused: ``no_lines``.
        NotVisible: what no form of ours sends.
    """
    texts = [text for text in request.POST.getlist("variant") if text]
    if not texts:
        raise Refused("no_lines", _("Choose something to buy first."))
    ids = dict.fromkeys(whole_number(text) for text in texts[: MOST_LINES + 1])
    if None in ids or len(texts) > MOST_LINES:
        raise NotVisible
    return [(variant_id, 1) for variant_id in ids if variant_id is not None]
