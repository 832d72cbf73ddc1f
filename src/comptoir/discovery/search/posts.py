"""Posts by their words, and looks: posts with pictures that show products.

Only what the actor may read is found or counted. The newest come first; words so common that the
newest 20,000 posts fill a page are not looked for further back.
"""

from typing import Any

from django.db import connection

from comptoir.common.keyset import Page
from comptoir.discovery.models import Spelling
from comptoir.discovery.search.lexicon import meanings, query_of
from comptoir.discovery.search.products import Found
from comptoir.discovery.search.spelling import mended
from comptoir.discovery.search.words import typed
from comptoir.people.actor import Actor
from comptoir.posts.models.post import TEXT_DOCUMENT
from comptoir.posts.queries import READABLE, FeedPost, posts_among

PAGE_SIZE = 12
LAST_PAGE = 20
RECENT = 20_000
EACH = 400
# So many of the best products are looked for in looks, and so many looks of each.
PRODUCTS = 60
LOOKS_OF_EACH = 6

MATCHES = f"{TEXT_DOCUMENT.format(row='po.')} @@ %(query)s::tsquery"
OLDEST_RECENT = f"(SELECT max(id) - {RECENT} FROM posts_post)"
# Before each bound: what the actor may not read takes no place of what they may.
BY_WORDS = f"""
(SELECT po.id FROM posts_post po WHERE {MATCHES} AND po.id > {OLDEST_RECENT} AND {{seen}}
  ORDER BY po.id DESC LIMIT {EACH})
UNION ALL
(SELECT po.id FROM posts_post po WHERE {MATCHES} AND po.id <= {OLDEST_RECENT} AND {{seen}}
  LIMIT {EACH})
"""
BY_PRODUCTS = f"""
SELECT shown.post_id FROM unnest(%(products)s::bigint[]) product(id) CROSS JOIN LATERAL (
  SELECT t.post_id FROM posts_producttag t JOIN posts_post po ON po.id = t.post_id
  WHERE t.product_id = product.id AND {{seen}}
  ORDER BY t.post_id DESC LIMIT {LOOKS_OF_EACH}) shown
"""
A_LOOK = """
AND EXISTS (SELECT 1 FROM posts_postpicture pp WHERE pp.post_id = po.id)
AND EXISTS (SELECT 1 FROM posts_producttag t WHERE t.post_id = po.id)
"""
OF_CIRCLE = """
AND (po.author_id = %(me)s OR EXISTS (SELECT 1 FROM people_follow w
  WHERE w.follower_id = %(me)s AND w.followee_id = po.author_id))
"""
SEEN = f"""
{READABLE} AND NOT EXISTS (SELECT 1 FROM people_profile f
  WHERE f.id = po.author_id AND f.is_suspended)
"""
POSTS = f"""
SELECT po.id FROM (SELECT DISTINCT id FROM ({{which}}) any_of(id)) found
JOIN posts_post po ON po.id = found.id
ORDER BY po.published_at DESC, po.id DESC OFFSET %(offset)s LIMIT {PAGE_SIZE + 1}
"""


def search_posts(
    actor: Actor, words: str, *, circle: bool = False, page: int = 1
) -> Page[FeedPost]:
    """Posts that have all the words, newest first; ``next`` is the next page's number."""
    query = query_of(meanings(typed(words)))
    return _found(actor, query, BY_WORDS, OF_CIRCLE if circle else "", {}, page)


def search_posts_mended(
    actor: Actor, words: str, *, circle: bool = False, page: int = 1
) -> tuple[Page[FeedPost], str]:
    """The same with mistakes in the words mended, and the words that were searched; none and ''
    where there is nothing to mend. For when nothing was found as it was typed; where others than
    the circle say it, it is no mistake."""
    if circle and search_posts(actor, words).rows:
        return Page([]), ""
    better = " ".join(mended(typed(words), Spelling.Kind.POST))
    posts = search_posts(actor, better, circle=circle, page=page)
    return posts, better if posts.rows else ""


def search_looks(
    actor: Actor, found: Found, *, circle: bool = False, page: int = 1
) -> Page[FeedPost]:
    """Looks that say what was searched, or show one of the best products, newest first."""
    narrowed = A_LOOK + (OF_CIRCLE if circle else "")
    which = f"{BY_WORDS} UNION ALL {BY_PRODUCTS}"
    return _found(
        actor, found.query, which, narrowed, {"products": list(found.best[:PRODUCTS])}, page
    )


def _found(
    actor: Actor, query: str, which: str, narrowed: str, more: dict[str, Any], page: int
) -> Page[FeedPost]:
    if not query:
        return Page([])
    page = min(max(page, 1), LAST_PAGE)
    params = {
        "query": query,
        "me": actor.profile_id or 0,
        "offset": (page - 1) * PAGE_SIZE,
        **more,
    }
    with connection.cursor() as cursor:
        cursor.execute(POSTS.format(which=which.format(seen=SEEN + narrowed)), params)
        ids = [row[0] for row in cursor.fetchall()]
    if not ids:
        return Page([])
    after = str(page + 1) if len(ids) > PAGE_SIZE and page < LAST_PAGE else None
    return Page(posts_among(actor, ids[:PAGE_SIZE]), after)
