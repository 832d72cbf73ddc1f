"""Sharing a line of an order: one tap, off by default, never the price."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from comptoir.common import clock
from comptoir.common.errors import NotVisible, Refused
from comptoir.common.markup import clean_text
from comptoir.common.outbox import emit
from comptoir.people.actor import Actor
from comptoir.people.models.interest import Interest
from comptoir.people.models.profile import Audience
from comptoir.posts.events import PurchaseShared
from comptoir.posts.models import Post, ProductTag
from comptoir.posts.services.interests import interest_of
from comptoir.sales.models import Order, OrderLine

SHAREABLE = {Order.Status.PAID, Order.Status.SHIPPED, Order.Status.DELIVERED}


def share_purchase(
    *,
    actor: Actor,
    line_id: int,
    text: str = "",
    audience: str = Audience.EVERYONE,
    interest: str = Interest.NONE,
) -> Post:
    """Shows to ``audience`` that the actor bought the line's product. Twice is the same as once.

    ``interest``: what they had for showing it.

    Raises:
        NotVisible: not a line of an order of theirs.
        Refused: ``not_paid``, ``bad_audience``, ``bad_interest``, ``text_too_long``.
    """
    line = (
        OrderLine.objects.select_related("order")
        .filter(pk=line_id, order__buyer__isnull=False, order__buyer=actor.profile_id)
        .first()
    )
    if line is None or actor.profile_id is None:
        raise NotVisible
    if line.order.status not in SHAREABLE:
        raise Refused("not_paid", _("Only a paid order can be shared."))
    if audience not in {Audience.EVERYONE, Audience.FOLLOWERS}:
        raise Refused("bad_audience", _("Choose who may see this purchase."))
    words = clean_text(text, max_length=1000)
    try:
        return _share(line, actor.profile_id, words, audience, interest)
    except IntegrityError:
        return Post.objects.get(order_line=line)


@transaction.atomic
def _share(line: OrderLine, buyer_id: int, words: str, audience: str, interest: str) -> Post:
    post = Post.objects.create(
        author_id=buyer_id,
        kind=Post.Kind.PURCHASE,
        text=words,
        audience=audience,
        interest=interest_of(buyer_id, [line.product_id], interest),
        order_line=line,
        published_at=clock.now(),
    )
    ProductTag.objects.create(post=post, product_id=line.product_id)
    emit(
        PurchaseShared(
            post_id=post.pk, profile_id=buyer_id, product_id=line.product_id, audience=audience
        )
    )
    return post
