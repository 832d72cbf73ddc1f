"""An interest is declared in the forms and said beside the words, as the law asks."""

import pytest

from comptoir.discovery.models import Signal
from comptoir.posts.models import Post
from comptoir.posts.services import edit_post
from comptoir.reviews.models import Recommendation
from tests import cast, circle
from tests.web.visiting import browser_of, text_of, visitor, worker_turn

pytestmark = pytest.mark.django_db

LABELS = {
    "gift": "Product received free",
    "paid": "Commercial collaboration",
    "commission": "Commercial collaboration",
    "own": "Advertising",
}


@pytest.mark.parametrize(("interest", "label"), LABELS.items())
def test_a_recommendation_says_what_was_had_for_it(interest: str, label: str) -> None:
    pot = cast.product(cast.maison_zinc())
    page = browser_of(cast.ines())
    asked = page.get(f"/products/{pot.pk}/recommend")
    assert "Did you get something for it?" in text_of(asked)
    said = {"word": "Il ne lâche rien", "audience": "everyone", "interest": interest}
    page.post(f"/products/{pot.pk}/recommend", said)
    worker_turn()

    assert Recommendation.objects.get().interest == interest
    seen = text_of(visitor().get(f"/products/{pot.pk}"))
    assert label in seen
    assert "1 person recommends it" not in seen, "it is not counted"
    assert label in text_of(visitor().get("/@ines/recommended"))
    assert not Signal.objects.exists()
    again = page.get(f"/products/{pot.pk}/recommend").content.decode()
    assert f'value="{interest}" selected' in again


def test_words_for_which_nothing_was_had_come_first() -> None:
    malo, pot = cast.malo(), cast.product(cast.maison_zinc())
    circle.follows(malo, cast.ines())
    for who, interest in ((cast.ines(), "gift"), (cast.basile(), "")):
        said = {"word": f"Dit {who.profile.name}", "audience": "everyone", "interest": interest}
        browser_of(who).post(f"/products/{pot.pk}/recommend", said)
    seen = text_of(browser_of(malo).get(f"/products/{pot.pk}"))
    assert "1 person recommends it" in seen
    assert seen.index("Dit Basile") < seen.index("Dit Inès")


def test_a_post_says_it_where_a_reason_would_stand() -> None:
    malo, ines, pot = cast.malo(), cast.ines(), cast.product(cast.maison_zinc())
    circle.follows(malo, cast.basile())
    circle.keeps(cast.basile(), pot)
    said = {"text": "Voyez", "audience": "everyone", "tag": pot.pk, "interest": "paid"}
    browser_of(ines).post("/posts/new", {**said, "step": "publish"})
    post = Post.objects.get()
    page = browser_of(malo)
    seen = text_of(page.get(f"/posts/{post.pk}"))
    assert "Commercial collaboration" in seen
    assert "Basile keeps it" not in seen

    edited = {"text": "Voyez", "audience": "everyone", "interest": ""}
    browser_of(ines).post(f"/posts/{post.pk}/edit", edited)
    seen = text_of(page.get(f"/posts/{post.pk}"))
    assert "Commercial collaboration" not in seen
    assert "Basile keeps it" in seen


def test_the_composer_keeps_the_choice_through_its_steps() -> None:
    said = {"text": "Voyez", "audience": "everyone", "interest": "gift", "step": "find"}
    again = browser_of(cast.ines()).post("/posts/new", said)
    assert 'value="gift" selected' in again.content.decode()
    refused = browser_of(cast.ines()).post(
        "/posts/new", {**said, "interest": "?", "step": "publish"}
    )
    assert refused.status_code == 422


def test_a_shared_purchase_may_be_declared_later() -> None:
    ines, pot = cast.ines(), cast.product(cast.maison_zinc())
    post = circle.shows_bought(ines, pot)
    edit_post(post=post, text="", audience="everyone", interest="commission")
    assert "Commercial collaboration" in text_of(visitor().get(f"/posts/{post.pk}"))
