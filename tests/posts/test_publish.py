"""Publishing, editing and deleting posts."""

import pytest

from comptoir.common.errors import NotVisible, Refused
from comptoir.common.models import OutboxEvent
from comptoir.media.models import Picture
from comptoir.people.actor import ANYONE
from comptoir.posts.models import Post, ProductTag
from comptoir.posts.queries import post_view
from comptoir.posts.services import (
    PhotoDraft,
    TagDraft,
    delete_post,
    edit_post,
    publish_post,
    react,
    write_comment,
)
from comptoir.shops.models import Role
from tests import cast, circle

pytestmark = pytest.mark.django_db


def picture() -> Picture:
    n = Picture.objects.count()
    return Picture.objects.create(
        status="ready", sha256=f"{n:064x}", width=800, height=600, colour="#aabbcc"
    )


def test_a_post_with_photos_and_products_reads_back_in_order() -> None:
    ines, zinc = cast.ines(), cast.maison_zinc()
    pot, pan = cast.product(zinc, "Cocotte"), cast.product(zinc, "Poêle")
    first, second = picture(), picture()

    post = publish_post(
        actor=ines.actor,
        text="  Deux\r\n\r\n\r\n\r\ntrouvailles ",
        photos=[PhotoDraft(first.pk, "Une cocotte"), PhotoDraft(second.pk)],
        tags=[TagDraft(pan.pk), TagDraft(pot.pk, photo=0, x=0, y=1000)],
    )

    view = post_view(ines.actor, post.pk)
    assert view.text == "Deux\n\ntrouvailles"
    assert view.product_ids == (pan.pk, pot.pk)
    assert [(p.picture.id, p.alt) for p in view.photos] == [
        (first.pk, "Une cocotte"),
        (second.pk, ""),
    ]
    assert [(t.product_id, t.x, t.y) for t in view.photos[0].points] == [(pot.pk, 0, 1000)]
    assert view.photos[1].points == ()
    assert view.mine
    assert not view.edited


def test_a_product_tagged_twice_is_shown_once() -> None:
    zinc = cast.maison_zinc()
    pot = cast.product(zinc)

    post = publish_post(actor=cast.ines().actor, text="", tags=[TagDraft(pot.pk), TagDraft(pot.pk)])

    assert ProductTag.objects.filter(post=post).count() == 1


@pytest.mark.parametrize(
    ("code", "given"),
    [
        ("post_empty", {"text": " \u200b \n "}),
        ("text_too_long", {"text": "a" * 5001}),
        ("text_broken", {"text": "a\ud800"}),
        ("too_many_photos", {"text": "x", "photos": [PhotoDraft(1)] * 11}),
        ("too_many_tags", {"text": "x", "tags": [TagDraft(n) for n in range(21)]}),
        ("bad_audience", {"text": "x", "audience": "all"}),
        ("bad_tag", {"text": "x", "tags": [TagDraft(10**9)]}),
        ("bad_tag", {"text": "x", "tags": [TagDraft(1, photo=0, x=5, y=5)]}),
        ("bad_tag", {"text": "x", "tags": [TagDraft(1, photo=-1, x=5, y=5)]}),
    ],
)
def test_what_cannot_be_published_leaves_nothing_behind(
    code: str, given: dict[str, object]
) -> None:
    with pytest.raises(Refused, match=code):
        publish_post(actor=cast.ines().actor, **given)  # type: ignore[arg-type]
    assert not Post.objects.exists()
    assert not OutboxEvent.objects.exists()


@pytest.mark.parametrize(("x", "y"), [(-1, 5), (5, 1001), (None, 5)])
def test_a_tag_outside_of_its_photo_is_refused(x: int | None, y: int) -> None:
    pot = cast.product(cast.maison_zinc())
    with pytest.raises(Refused, match="bad_tag"):
        publish_post(
            actor=cast.ines().actor,
            text="",
            photos=[PhotoDraft(picture().pk)],
            tags=[TagDraft(pot.pk, photo=0, x=x, y=y)],
        )


def test_a_withdrawn_product_cannot_be_tagged() -> None:
    pot = cast.product(cast.maison_zinc())
    type(pot).objects.filter(pk=pot.pk).update(status="withdrawn")
    with pytest.raises(Refused, match="bad_tag"):
        circle.says(cast.ines(), "Regardez", pot)


def test_speaking_as_a_shop_is_for_those_who_may() -> None:
    zinc = cast.maison_zinc()
    cast.staff(zinc, cast.malo(), Role.PACKER)
    cast.staff(zinc, cast.basile(), Role.SUPPORT)

    assert circle.says(cast.zoe(), "Ouvert", as_shop=zinc).author_id == zinc.pk
    assert circle.says(cast.basile(), "Ouvert", as_shop=zinc).author_id == zinc.pk
    for stranger in (cast.ines(), cast.malo()):
        with pytest.raises(NotVisible):
            circle.says(stranger, "Ouvert", as_shop=zinc)
    with pytest.raises(NotVisible):
        publish_post(actor=cast.ines().actor, text="x", as_profile_id=cast.malo().profile.pk)
    with pytest.raises(NotVisible):
        publish_post(actor=ANYONE, text="x")


def test_editing_changes_words_audience_and_alt_texts() -> None:
    ines = cast.ines()
    post = publish_post(actor=ines.actor, text="Avant", photos=[PhotoDraft(picture().pk, "a")])

    edit_post(post=post, text="Après", alts=["Une fleur"], audience="followers")

    view = post_view(ines.actor, post.pk)
    assert (view.text, view.audience, view.edited) == ("Après", "followers", True)
    assert view.photos[0].alt == "Une fleur"


def test_an_edit_cannot_empty_a_post() -> None:
    post = circle.says(cast.ines(), "Quelque chose")
    with pytest.raises(Refused, match="post_empty"):
        edit_post(post=post, text=" ", audience="everyone")
    post.refresh_from_db()
    assert post.text == "Quelque chose"


def test_deleting_takes_everything_said_under_it() -> None:
    ines, malo = cast.ines(), cast.malo()
    post = circle.says(ines, "Bonjour", cast.product(cast.maison_zinc()))
    write_comment(actor=malo.actor, post=post, text="Salut")
    react(actor=malo.actor, post=post)

    delete_post(post=post)

    assert not Post.objects.exists()
    assert not ProductTag.objects.exists()
