"""The town speaks: posts and comments, reactions, recommendations, what is kept for later."""

from comptoir.demo.bearings import Advance, Bearings, days_ago
from comptoir.demo.drawing import spots
from comptoir.demo.habits import keeps, reactions
from comptoir.demo.records import Post
from comptoir.posts.models import Post as Published
from comptoir.posts.services import (
    PhotoDraft,
    TagDraft,
    publish_post,
    react,
    write_comment,
)
from comptoir.reviews.services import keep_product, recommend_product


def publish(bearings: Bearings, advance: Advance) -> dict[str, Published]:
    """Posts with their comments, oldest first; returns them by key. Those there are found."""
    posts = bearings.town.posts
    there = {(post.author_id, post.text): post for post in Published.objects.all()}
    published: dict[str, Published] = {}
    for done, post in enumerate(posts):
        actor, author = bearings.speaker(post.by)
        found = there.get((author, post.text))
        if found is None:
            with days_ago(post.days):
                found = publish_post(
                    actor=actor,
                    text=post.text,
                    photos=_photos(bearings, post),
                    tags=_tags(bearings, post),
                    as_profile_id=author,
                )
            _answer(bearings, post, found)
        published[post.key] = found
        advance(done + 1, len(posts))
    return published


def _photos(bearings: Bearings, post: Post) -> list[PhotoDraft]:
    picture = bearings.pictures.get(f"post:{post.key}")
    return [] if picture is None else [PhotoDraft(picture, post.alt)]


def _tags(bearings: Bearings, post: Post) -> list[TagDraft]:
    ids = [bearings.products[ref] for ref in post.shows]
    if post.scene is None or f"post:{post.key}" not in bearings.pictures:
        return [TagDraft(product_id) for product_id in ids]
    points = spots(post.scene)
    return [
        TagDraft(product_id, photo=0, x=x, y=y)
        for product_id, (x, y) in zip(ids, points, strict=True)
    ]


def _answer(bearings: Bearings, post: Post, published: Published) -> None:
    """Comments follow within a day, and before now."""
    gap = min(post.days * 0.8, 0.7) / (len(post.comments) + 1)
    for n, comment in enumerate(post.comments):
        with days_ago(post.days - gap * (n + 1)):
            write_comment(actor=bearings.actors[comment.by], post=published, text=comment.text)


def applaud(bearings: Bearings, published: dict[str, Published], advance: Advance) -> None:
    """Reactions to posts."""
    found = reactions(bearings.town, set(bearings.web))
    for done, (by, post) in enumerate(found):
        react(actor=bearings.actors[by], post=published[post.key])
        advance(done + 1, len(found))


def recommend(bearings: Bearings, advance: Advance) -> None:
    """Recommendations, each with a word, over the last three weeks."""
    said = bearings.town.recommendations
    for done, one in enumerate(said):
        with days_ago(20.5 - 20 * ((done * 37) % len(said)) / len(said)):
            recommend_product(
                actor=bearings.actors[one.by],
                product_id=bearings.products[one.ref],
                word=one.word,
            )
        advance(done + 1, len(said))


def keep(bearings: Bearings, advance: Advance) -> None:
    """What people keep for later."""
    kept = keeps(bearings.town)
    for done, one in enumerate(kept):
        with days_ago(one.days):
            keep_product(
                actor=bearings.actors[one.by],
                product_id=bearings.products[one.ref],
                audience=one.audience,
            )
        advance(done + 1, len(kept))
