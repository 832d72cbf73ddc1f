"""Who reads which posts, in what order."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from comptoir.common import clock
from comptoir.common.errors import NotVisible
from comptoir.common.keyset import Cursor
from comptoir.people.actor import ANYONE, Actor
from comptoir.people.models import Follow, Profile
from comptoir.people.services import block, unfollow
from comptoir.posts.access import own_post_for, post_for
from comptoir.posts.models import Post
from comptoir.posts.queries import PAGE_SIZE, home_feed, newest_posts, posts_of, posts_showing
from comptoir.shops.models import Role
from tests import cast, circle

AUDIENCES = ("everyone", "followers", "me")


def texts(page: object) -> list[str]:
    return [post.text for post in page.rows]  # type: ignore[attr-defined]


@pytest.mark.django_db
def test_the_home_feed_is_of_those_one_follows_and_oneself_newest_first() -> None:
    ines, malo, zoe = cast.ines(), cast.malo(), cast.zoe()
    circle.follows(ines, malo)
    for hours, who, text in (
        (3, malo, "un"),
        (2, ines, "deux"),
        (1, zoe, "non"),
        (0, malo, "trois"),
    ):
        with clock.travelled(-timedelta(hours=hours)):
            circle.says(who, text)

    assert texts(home_feed(ines.actor)) == ["trois", "deux", "un"]

    unfollow(actor=ines.actor, profile_id=malo.profile.pk)
    assert texts(home_feed(ines.actor)) == ["deux"]


@pytest.mark.django_db
def test_each_audience_is_read_by_whom_it_is_for() -> None:
    ines, malo, zoe = cast.ines(), cast.malo(), cast.zoe()
    pot = cast.product(cast.maison_zinc())
    circle.follows(malo, ines)
    posts = {a: circle.says(ines, a, pot, audience=a) for a in AUDIENCES}
    readers = {
        ANYONE: {"everyone"},
        zoe.actor: {"everyone"},
        malo.actor: {"everyone", "followers"},
        ines.actor: set(AUDIENCES),
    }

    for reader, may_read in readers.items():
        assert set(texts(posts_of(reader, ines.profile.pk))) == may_read
        assert set(texts(posts_showing(reader, pot.pk))) == may_read
        assert set(texts(newest_posts(reader))) == {"everyone"}
        for audience, post in posts.items():
            if audience in may_read:
                assert post_for(reader, post.pk) == post
            else:
                with pytest.raises(NotVisible):
                    post_for(reader, post.pk)
    assert set(texts(home_feed(malo.actor))) == {"everyone", "followers"}
    assert set(texts(home_feed(ines.actor))) == set(AUDIENCES)


@pytest.mark.django_db
def test_the_blocked_and_the_suspended_are_nowhere() -> None:
    ines, malo, zoe = cast.ines(), cast.malo(), cast.zoe()
    pot = cast.product(cast.maison_zinc())
    circle.follows(malo, ines)
    circle.follows(malo, zoe)
    of_ines, of_zoe = circle.says(ines, "ines", pot), circle.says(zoe, "zoe", pot)
    block(actor=ines.actor, profile_id=malo.profile.pk)
    Profile.objects.filter(pk=zoe.profile.pk).update(is_suspended=True)

    assert texts(home_feed(malo.actor)) == []
    assert texts(newest_posts(malo.actor)) == []
    assert texts(posts_showing(malo.actor, pot.pk)) == []
    assert texts(newest_posts(ANYONE)) == ["ines"]
    for post in (of_ines, of_zoe):
        with pytest.raises(NotVisible):
            post_for(malo.actor, post.pk)


@pytest.mark.django_db
def test_posts_of_a_shop_belong_to_those_who_speak_for_it() -> None:
    zinc = cast.maison_zinc()
    cast.staff(zinc, cast.malo(), Role.PACKER)
    post = circle.says(cast.zoe(), "Brouillon", as_shop=zinc, audience="me")

    assert own_post_for(cast.zoe().actor, post.pk) == post
    assert post_for(cast.zoe().actor, post.pk) == post
    for stranger in (cast.malo().actor, cast.basile().actor, ANYONE):
        with pytest.raises(NotVisible):
            own_post_for(stranger, post.pk)
        with pytest.raises(NotVisible):
            post_for(stranger, post.pk)


class FeedAgainstItsDefinition(TestCase):
    """The feed's statement reads few rows; here it is held to the plain definition."""

    @settings(max_examples=25, deadline=None)
    @given(
        authors=st.lists(
            st.lists(
                st.tuples(st.integers(0, 40), st.sampled_from(AUDIENCES)), min_size=0, max_size=30
            ),
            min_size=1,
            max_size=5,
        ),
        followed=st.sets(st.integers(0, 4)),
    )
    def test_pages_hold_every_post_once_in_order(
        self, authors: list[list[tuple[int, str]]], followed: set[int]
    ) -> None:
        people = Profile.objects.bulk_create(
            Profile(handle=f"auteur_{n}", name=f"Auteur {n}") for n in range(len(authors))
        )
        me = people[0]
        Follow.objects.bulk_create(
            Follow(follower=me, followee=people[n]) for n in followed if 0 < n < len(people)
        )
        start = clock.now() - timedelta(days=1)
        posts = Post.objects.bulk_create(
            Post(
                author=people[n],
                text="x",
                audience=audience,
                published_at=start - timedelta(minutes=minutes),
            )
            for n, said in enumerate(authors)
            for minutes, audience in said
        )
        near = {people[n].pk for n in followed if n < len(people)}
        expected = sorted(
            (
                p
                for p in posts
                if (p.author_id in near and p.audience != "me") or p.author_id == me.pk
            ),
            key=lambda p: (p.published_at, p.pk),
            reverse=True,
        )
        assert read_to_the_end(Actor(None, me.pk)) == [p.pk for p in expected]


def read_to_the_end(reader: Actor) -> list[int]:
    """Ids of the home feed's posts, page after page."""
    read: list[int] = []
    page = home_feed(reader)
    while True:
        assert len(page.rows) <= PAGE_SIZE
        read += [post.id for post in page.rows]
        if page.next is None:
            return read
        page = home_feed(reader, Cursor.parse(page.next))
