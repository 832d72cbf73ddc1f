"""A look as a whole: what it shows, to be chosen from and bought together."""

from collections.abc import Collection, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from comptoir.catalog.cards import cards_of
from comptoir.catalog.picks import picks_of
from comptoir.common.errors import NotVisible, Refused
from comptoir.people.actor import Actor
from comptoir.posts.access import post_for
from comptoir.posts.queries import post_view
from comptoir.sales.services.purchase import MOST_LINES
from comptoir.sales.services.put_in import add_all
from comptoir.sales.services.shared_basket import products_of
from comptoir.web.answers import leave_for
from comptoir.web.basket.cookies import basket_holder, remember
from comptoir.web.checkout.forms import lines_text
from comptoir.web.checkout.source import Wanted
from comptoir.web.checkout.views import open_sheet
from comptoir.web.limits import allow_request
from comptoir.web.post.look_prices import Thing, prices_of, things_of
from comptoir.web.request import actor_of, wants_fragment
from comptoir.web.whole_numbers import whole_number


@require_http_methods(["GET", "HEAD", "POST"])
def look(request: HttpRequest, post_id: int) -> HttpResponse:
    """All that the post shows and one can buy here, with its kinds to choose, and what those that
    stand ticked come to. Sent back, it reckons anew; nothing is put anywhere."""
    actor = actor_of(request)
    ticked = _sent(request) if request.method == "POST" else None
    shown = post_view(actor, post_for(actor, post_id).pk).product_ids
    things = _things(actor, shown, ticked)
    if not things:
        raise NotVisible
    context = {
        "post_id": post_id,
        "things": things,
        "prices": prices_of(actor, things),
        "some": any(thing.pick.in_stock for thing in things),
        "one_shop": len({thing.card.shop_id for thing in things}) == 1,
    }
    name = "post/look_sheet.html" if wants_fragment(request) else "post/look.html"
    return render(request, name, context)


def _things(
    actor: Actor, product_ids: Sequence[int], ticked: Collection[int] | None
) -> list[Thing]:
    cards = cards_of(actor, product_ids)
    picks = picks_of(cards)
    pairs = [(cards[i], picks[i]) for i in product_ids if i in cards and i in picks]
    sold = [(card, pick) for card, pick in pairs if pick.variants and not pick.elsewhere]
    return things_of(sold, ticked)


def _sent(request: HttpRequest) -> set[int]:
    """What was ticked; what no form of ours sends is not."""
    texts = request.POST.getlist("variant")[:MOST_LINES]
    return {number for number in map(whole_number, texts) if number is not None}


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
