"""Writing a post: one form, taken through its steps by its buttons."""

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from comptoir.catalog.cards import ProductCard, cards_of
from comptoir.common.errors import Refused
from comptoir.discovery.search import search_products
from comptoir.people.actor import Actor
from comptoir.posts.models import Post
from comptoir.posts.services import TagDraft, publish_post
from comptoir.shops.queries import voices_of
from comptoir.web.answers import leave_for
from comptoir.web.gates import signed_in
from comptoir.web.limits import allow_request
from comptoir.web.post import draft as drafts
from comptoir.web.post.draft import Draft, draft_of
from comptoir.web.post.forms import INTEREST, INTEREST_HINT, INTERESTS
from comptoir.web.request import actor_of, wants_fragment
from comptoir.web.whole_numbers import whole_number

FOUND = 8


@dataclass(frozen=True, slots=True)
class Step:
    """Which button of the composer was pressed: "publish", "photos", "find", "tag:7" …"""

    verb: str
    number: int | None

    @classmethod
    def parse(cls, text: str) -> "Step":
        verb, _colon, number = text.partition(":")
        return cls(verb, whole_number(number))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def new_post(request: HttpRequest) -> HttpResponse:
    """The composer; the button "publish" makes the post, the others lead back to it."""
    actor = actor_of(request)
    if request.method != "POST":
        return _composer(request, actor, _begun(request))
    draft = draft_of(request, holder_of(actor))
    step = Step.parse(request.POST.get("step", "publish"))
    if drafts.place_asked(request.POST):
        return _composer(request, actor, placed(draft, request))
    if step.verb != "publish" or draft.problems:
        return _composer(request, actor, stepped(draft, step))
    try:
        allow_request(request, "post")
        post = _publish(actor, draft)
    except Refused as refusal:
        draft.problems.append(str(refusal.message))
        return _composer(request, actor, draft)
    return leave_for(request, f"/posts/{post.pk}")


def holder_of(actor: Actor) -> str:
    """The name under which the actor's uploads wait for their post."""
    return f"profile:{actor.profile_id}"


def _begun(request: HttpRequest) -> Draft:
    """An empty draft, or one that shows ``?product=`` already and speaks as ``?as=``."""
    tag = drafts.parse_tag(request.GET.get("product", ""))
    return Draft(tags=(tag,) if tag else (), speaks_as=request.GET.get("as", ""))


def stepped(draft: Draft, step: Step) -> Draft:
    """The draft after a step other than publishing."""
    match step:
        case Step("tag", int(number)):
            return drafts.with_tag(draft, TagDraft(number))
        case Step("untag", int(number)):
            return drafts.without_tag(draft, number)
        case Step("unplace", int(number)):
            return drafts.with_tag(draft, TagDraft(number))
        case Step("drop", int(number)):
            return drafts.without_photo(draft, number)
    return draft


def placed(draft: Draft, request: HttpRequest) -> Draft:
    """The draft with the chosen product at the point of the photo that was clicked."""
    asked = drafts.place_asked(request.POST)
    chosen = drafts.parse_tag(request.POST.get("placing", ""))
    if asked is None or chosen is None or asked[0] not in range(len(draft.photos)):
        return draft
    photo, x, y = asked
    shot = draft.photos[photo].picture
    height = drafts.PLACING_WIDTH * shot.height / shot.width
    point = (_thousandth(x / drafts.PLACING_WIDTH), _thousandth(y / height))
    return drafts.with_tag(draft, TagDraft(chosen.product_id, photo, *point))


def _thousandth(part: float) -> int:
    return min(max(round(1000 * part), 0), 1000)


def _publish(actor: Actor, draft: Draft) -> Post:
    return publish_post(
        actor=actor,
        text=draft.text,
        photos=draft.photo_drafts,
        tags=draft.tags,
        audience=draft.audience,
        interest=draft.interest,
        as_profile_id=_speaker(actor, draft.speaks_as),
    )


def _speaker(actor: Actor, handle: str) -> int | None:
    """The shop of that handle among those the actor speaks for; ``None``: oneself."""
    if not handle:
        return None
    return next((p.pk for p in voices_of(actor) if p.handle == handle), 0)


def _composer(request: HttpRequest, actor: Actor, draft: Draft) -> HttpResponse:
    found = search_products(actor, draft.words, limit=FOUND) if draft.words else []
    cards = cards_of(actor, (tag.product_id for tag in draft.tags))
    known = tuple(tag for tag in draft.tags if tag.product_id in cards)
    context = {
        "draft": replace(draft, tags=known),
        "points": {tag.product_id: drafts.point_of(tag) for tag in known},
        "cards": cards,
        "found": untagged(found, known),
        "voices": voices_of(actor),
        "interest": INTEREST,
        "interests": INTERESTS,
        "interest_hint": INTEREST_HINT,
    }
    template = "post/composer_sheet.html" if wants_fragment(request) else "post/new.html"
    return render(request, template, context, status=422 if draft.problems else 200)


def untagged(found: list[ProductCard], tags: tuple[TagDraft, ...]) -> list[ProductCard]:
    """Products found that the draft does not show yet."""
    shown = {tag.product_id for tag in tags}
    return [card for card in found if card.id not in shown]
