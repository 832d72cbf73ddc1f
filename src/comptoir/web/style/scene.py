"""What the style page shows: a few invented people, shops and things."""

from datetime import timedelta

from comptoir.catalog.cards import ProductCard
from comptoir.common import clock
from comptoir.discovery.acts import Act, Match
from comptoir.discovery.reasons import NO_REASON, Reason
from comptoir.media.queries import PictureView
from comptoir.people.faces import Face
from comptoir.people.queries import FollowRow
from comptoir.posts.queries import CommentView, FeedPost, PostPhoto, TagPoint

INES = Face(1, "ines", "Inès Le Goff", "person", None)
MALO = Face(2, "malo", "Malo Kerhervé", "person", None)
AWA = Face(3, "awa_d", "Awa Diallo", "person", None)
TOM = Face(4, "tom", "Tom Perrin", "person", None)
ZINC = Face(9, "maison_zinc", "la Maison Zinc", "shop", None)

NOW = clock.now()


def _shot(colour: str, width: int = 1200, height: int = 1500) -> PictureView:
    return PictureView(0, "pending", "", width, height, colour)


def _card(number: int, title: str, price: int, colour: str, **more: object) -> ProductCard:
    fields: dict[str, object] = {
        "price_max_minor": price,
        "was_minor": None,
        "variants": 1,
        "in_stock": True,
        "left": 12,
    }
    fields.update(more)
    return ProductCard(
        id=number,
        title=title,
        shop_id=9,
        shop_handle="maison_zinc",
        shop_name="la Maison Zinc",
        currency="EUR",
        price_minor=price,
        cover=_shot(colour),
        alt=title,
        **fields,  # type: ignore[arg-type]
    )


CARDS = (
    _card(1, "Grand bol en grès, émail ardoise", 3800, "#7f8a8c"),
    _card(2, "Torchon en lin lavé, rayures garance", 1490, "#c9a08f", was_minor=1900, left=3),
    _card(3, "Planche à découper en noyer", 6200, "#8a6a4d", left=1),
    _card(4, "Lampe de chevet en laiton", 18900, "#cfa85a", price_max_minor=24900, variants=3),
    _card(5, "Carafe soufflée, un litre", 4500, "#a9c2b4", in_stock=False, left=0),
    _card(6, "Couverture de laine des Pyrénées", 129000, "#b7a58c", left=None),
)
PRODUCTS = {card.id: card for card in CARDS}

REASONS = {
    1: Reason("bought", 4, (
        Act(INES, "bought", NOW - timedelta(days=2)),
        Act(MALO, "bought", NOW - timedelta(days=9)),
        Act(AWA, "bought", NOW - timedelta(days=40)),
        Act(TOM, "recommended", NOW - timedelta(days=3)),
    )),
    2: Reason("recommended", 2, (
        Act(AWA, "recommended", NOW - timedelta(hours=5)),
        Act(TOM, "recommended", NOW - timedelta(days=1)),
    )),
    3: Reason("kept", 1, (Act(MALO, "kept", NOW - timedelta(minutes=20)),)),
    4: Reason("shop"),
    5: NO_REASON,
    6: NO_REASON,
}  # fmt: skip
# Of people one need not follow, and of nobody.
FURTHER_REASONS = (
    Reason("taste", 1, (Act(AWA, "recommended", NOW - timedelta(days=1)),)),
    Reason("taste", 2, (
        Act(TOM, "bought", NOW - timedelta(days=3)), Act(AWA, "kept", NOW - timedelta(days=4)),
    )),
    Reason("pair", match=Match(1, "Bol de grès", "kept")),
    Reason("loved", 12),
    Reason("new"),
)  # fmt: skip

POST = FeedPost(
    id=1,
    kind="words",
    audience="everyone",
    published_at=NOW - timedelta(hours=2),
    edited=True,
    text="Le bol est arrivé ce matin, encore tiède du four ou presque. Plus profond que sur la"
    " photo : une soupe entière y tient.\n\nMerci @maison_zinc #grès",
    reaction_count=23,
    comment_count=4,
    liked=True,
    mine=True,
    author=INES,
    photos=(
        PostPhoto(
            _shot("#9aa39b", 1600, 1200),
            "Un bol gris sur une nappe claire",
            (TagPoint(1, 420, 560), TagPoint(2, 790, 300)),
        ),
        PostPhoto(_shot("#c7b299", 1600, 1200), "Le même bol, plein de soupe", ()),
    ),
    product_ids=(1, 2),
)
BOUGHT = FeedPost(
    id=2,
    kind="purchase",
    audience="followers",
    published_at=NOW - timedelta(days=12),
    edited=False,
    text="",
    reaction_count=0,
    comment_count=0,
    liked=False,
    mine=False,
    author=MALO,
    photos=(),
    product_ids=(3,),
)
COMMENTS = (
    CommentView(1, "La couleur est juste ? On dirait plus bleu.", NOW, AWA, False),
    CommentView(2, "Plus gris que bleu, promis.", NOW - timedelta(minutes=9), INES, True),
)
PEOPLE = (
    FollowRow(AWA, "Cuisine, tissus, marchés du dimanche.", False, False, NOW),
    FollowRow(ZINC, "Vaisselle et quincaillerie fine, rue des Forges.", True, False, NOW),
)
TEXT_PAIRS = ("ink", "soft", "accent", "second", "ochre")
SURFACES = ("paper", "raised", "sunken", "accent-wash", "second-wash", "ochre-wash")
