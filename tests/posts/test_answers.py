"""Comments and likes, and the counts that go with them."""

import pytest

from comptoir.common.errors import NotVisible, Refused
from comptoir.common.keyset import Cursor
from comptoir.people.actor import ANYONE
from comptoir.people.services import block
from comptoir.posts.access import comment_for
from comptoir.posts.models import Comment, Post
from comptoir.posts.queries import comments_of, post_view
from comptoir.posts.services import delete_comment, react, unreact, write_comment
from tests import cast, circle

pytestmark = pytest.mark.django_db


def counts(post: Post) -> tuple[int, int]:
    view = post_view(ANYONE, post.pk)
    return view.reaction_count, view.comment_count


def test_liking_twice_counts_once_and_can_be_taken_back() -> None:
    ines, malo = cast.ines(), cast.malo()
    post = circle.says(ines, "Bonjour")

    assert react(actor=malo.actor, post=post)
    assert not react(actor=malo.actor, post=post)
    assert counts(post) == (1, 0)
    assert post_view(malo.actor, post.pk).liked
    assert not post_view(ines.actor, post.pk).liked

    assert unreact(actor=malo.actor, post=post)
    assert not unreact(actor=malo.actor, post=post)
    assert counts(post) == (0, 0)


def test_comments_oldest_first_and_who_may_delete_them() -> None:
    ines, malo, zoe = cast.ines(), cast.malo(), cast.zoe()
    post = circle.says(ines, "Bonjour")
    first = write_comment(actor=malo.actor, post=post, text="Un")
    write_comment(actor=zoe.actor, post=post, text="Deux")

    assert [c.text for c in comments_of(ANYONE, post.pk).rows] == ["Un", "Deux"]
    assert [c.may_delete for c in comments_of(malo.actor, post.pk).rows] == [True, False]
    assert [c.may_delete for c in comments_of(ines.actor, post.pk).rows] == [True, True]
    assert comment_for(malo.actor, first.pk) == first
    assert comment_for(ines.actor, first.pk) == first
    for other in (zoe.actor, ANYONE):
        with pytest.raises(NotVisible):
            comment_for(other, first.pk)


def test_deleting_twice_counts_once() -> None:
    post = circle.says(cast.ines(), "Bonjour")
    comment = write_comment(actor=cast.malo().actor, post=post, text="Un")
    again = Comment.objects.get(pk=comment.pk)

    delete_comment(comment=comment)
    delete_comment(comment=again)

    assert counts(post) == (0, 0)


def test_a_shop_cannot_delete_what_is_said_under_its_posts() -> None:
    zinc = cast.maison_zinc()
    post = circle.says(cast.zoe(), "Soldes", as_shop=zinc)
    comment = write_comment(actor=cast.malo().actor, post=post, text="Trop cher")

    with pytest.raises(NotVisible):
        comment_for(cast.zoe().actor, comment.pk)
    assert [c.may_delete for c in comments_of(cast.zoe().actor, post.pk).rows] == [False]


@pytest.mark.parametrize(("text", "code"), [("  ", "comment_empty"), ("a" * 2001, "text_too_long")])
def test_comments_that_cannot_be_taken(text: str, code: str) -> None:
    post = circle.says(cast.ines(), "Bonjour")
    with pytest.raises(Refused, match=code):
        write_comment(actor=cast.malo().actor, post=post, text=text)
    assert counts(post) == (0, 0)


def test_a_visitor_answers_nothing() -> None:
    post = circle.says(cast.ines(), "Bonjour")
    with pytest.raises(NotVisible):
        write_comment(actor=ANYONE, post=post, text="x")
    with pytest.raises(NotVisible):
        react(actor=ANYONE, post=post)


def test_blocked_people_do_not_read_each_others_comments() -> None:
    ines, malo, zoe = cast.ines(), cast.malo(), cast.zoe()
    post = circle.says(ines, "Bonjour")
    write_comment(actor=malo.actor, post=post, text="De Malo")
    write_comment(actor=zoe.actor, post=post, text="De Zoé")
    block(actor=zoe.actor, profile_id=malo.profile.pk)

    assert [c.text for c in comments_of(malo.actor, post.pk).rows] == ["De Malo"]
    assert [c.text for c in comments_of(zoe.actor, post.pk).rows] == ["De Zoé"]
    assert len(comments_of(ines.actor, post.pk).rows) == 2


def test_comments_of_blocked_people_are_not_counted_for_whom_they_are_hidden_from() -> None:
    ines, malo, zoe = cast.ines(), cast.malo(), cast.zoe()
    post = circle.says(ines, "Bonjour")
    for who in (malo, malo, zoe):
        write_comment(actor=who.actor, post=post, text="Un mot")
    block(actor=zoe.actor, profile_id=malo.profile.pk)

    seen = [post_view(who.actor, post.pk).comment_count for who in (ines, malo, zoe)]

    assert seen == [3, 2, 1]
    assert post_view(ANYONE, post.pk).comment_count == 3


def test_long_threads_go_on_page_by_page() -> None:
    ines = cast.ines()
    post = circle.says(ines, "Bonjour")
    Comment.objects.bulk_create(
        Comment(post=post, author=ines.profile, text=f"n° {n}") for n in range(60)
    )

    first = comments_of(ANYONE, post.pk)
    second = comments_of(ANYONE, post.pk, Cursor.parse(first.next))

    assert [c.text for c in [*first.rows, *second.rows]] == [f"n° {n}" for n in range(60)]
    assert second.next is None
