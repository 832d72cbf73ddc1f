"""A post's page: reading, answering, liking, editing, deleting."""

import pytest

from comptoir.posts.models import Comment, Post
from comptoir.posts.services import write_comment
from comptoir.shops.models import Role
from tests import cast, circle
from tests.web.visiting import SCRIPT, browser_of, links, parsed, text_of, visitor

pytestmark = pytest.mark.django_db


def test_anyone_reads_a_public_post_and_is_asked_to_sign_in_to_answer() -> None:
    post = circle.says(cast.ines(), "Voir @malo, #port et https://example.org/a?b=1&c=2")

    response = visitor().get(f"/posts/{post.pk}")

    assert {"/@malo", "/search?q=%23port", "https://example.org/a?b=1&c=2"} <= set(links(response))
    assert f"/accounts/login/?next=/posts/{post.pk}" in links(response)
    assert not parsed(response).xpath("//form[contains(@action, 'comments')]")


def test_commenting_with_and_without_a_script() -> None:
    post = circle.says(cast.ines(), "Bonjour")
    malo = browser_of(cast.malo())

    plain = malo.post(f"/posts/{post.pk}/comments", {"text": "Salut"})
    comment = Comment.objects.get()
    assert plain.headers["Location"] == f"/posts/{post.pk}#comment-{comment.pk}"

    answer = text_of(malo.post(f"/posts/{post.pk}/comments", {"text": "Encore"}, headers=SCRIPT))
    assert "Salut" in answer
    assert "Encore" in answer
    assert "2 comments" in answer
    assert "<html" not in answer


@pytest.mark.parametrize("headers", [{}, SCRIPT])
def test_a_comment_that_cannot_be_taken_comes_back_in_its_field(headers: dict[str, str]) -> None:
    post = circle.says(cast.ines(), "Bonjour")
    long = "m" * 2001

    response = browser_of(cast.malo()).post(
        f"/posts/{post.pk}/comments", {"text": long}, headers=headers
    )

    assert response.status_code == 422
    (field,) = parsed(response).xpath("//textarea[@name='text']")
    assert field.text == long
    assert field.get("aria-invalid") == "true"
    assert "2000 characters at most" in text_of(response)
    assert not Comment.objects.exists()


def test_liking_answers_a_script_at_once_and_a_form_with_the_page() -> None:
    post = circle.says(cast.ines(), "Bonjour")
    malo = browser_of(cast.malo())

    assert malo.post(f"/posts/{post.pk}/like", {"on": "1"}, headers=SCRIPT).status_code == 204
    again = malo.post(f"/posts/{post.pk}/like", {"on": "1", "next": "/everyone"})
    assert again.headers["Location"] == "/everyone"
    assert Post.objects.get().reaction_count == 1
    away = malo.post(f"/posts/{post.pk}/like", {"on": "0", "next": "https://evil.example/"})
    assert away.headers["Location"] == f"/posts/{post.pk}"
    assert Post.objects.get().reaction_count == 0


def test_a_visitor_is_led_to_sign_in_and_back() -> None:
    post = circle.says(cast.ines(), "Bonjour")

    form = visitor().post(f"/posts/{post.pk}/like", {"on": "1", "next": f"/posts/{post.pk}"})
    script = visitor().post(
        f"/posts/{post.pk}/like", {"on": "1", "next": f"/posts/{post.pk}"}, headers=SCRIPT
    )

    assert form.headers["Location"] == f"/accounts/login/?next=%2Fposts%2F{post.pk}"
    assert script.status_code == 401
    assert script.headers["HX-Redirect"] == form.headers["Location"]


def test_editing_keeps_what_was_typed_when_it_is_refused() -> None:
    ines = cast.ines()
    post = circle.says(ines, "Avant")
    browser = browser_of(ines)
    address = f"/posts/{post.pk}/edit"

    page = browser.get(address)
    assert parsed(page).xpath("string(//textarea[@name='text'])").strip() == "Avant"
    refused = browser.post(address, {"text": " ", "audience": "everyone"})
    assert refused.status_code == 422
    assert "Write something" in text_of(refused)

    done = browser.post(address, {"text": "Après", "audience": "followers"})
    assert done.headers["Location"] == f"/posts/{post.pk}"
    assert Post.objects.get().text == "Après"
    assert "Après" not in text_of(visitor().get("/everyone"))


def test_deleting_asks_first_and_only_posts_delete() -> None:
    ines = cast.ines()
    post = circle.says(ines, "Bonjour")
    browser = browser_of(ines)

    assert "cannot be undone" in text_of(browser.get(f"/posts/{post.pk}/delete"))
    assert "<html" not in text_of(browser.get(f"/posts/{post.pk}/delete", headers=SCRIPT))
    assert Post.objects.exists()
    in_sheet = browser.post(f"/posts/{post.pk}/delete", headers=SCRIPT)
    assert in_sheet.headers["HX-Redirect"] == "/@ines"
    assert not Post.objects.exists()


def test_nobody_edits_or_deletes_the_posts_and_comments_of_others() -> None:
    post = circle.says(cast.ines(), "Bonjour")
    other = circle.says(cast.zoe(), "Autre")
    comment = write_comment(actor=cast.ines().actor, post=post, text="Un mot")
    malo = browser_of(cast.malo())

    for verb in ("edit", "delete"):
        assert malo.get(f"/posts/{post.pk}/{verb}").status_code == 404
        assert malo.post(f"/posts/{post.pk}/{verb}", {"text": "x"}).status_code == 404
    for under in (post, other):
        gone = malo.post(f"/posts/{under.pk}/comments/{comment.pk}/delete")
        assert gone.status_code == 404
    wrong_place = browser_of(cast.ines()).post(f"/posts/{other.pk}/comments/{comment.pk}/delete")
    assert wrong_place.status_code == 404
    assert Comment.objects.exists()


def test_ones_own_comment_can_be_deleted() -> None:
    malo = cast.malo()
    post = circle.says(cast.ines(), "Bonjour")
    comment = write_comment(actor=malo.actor, post=post, text="Oups")

    response = browser_of(malo).post(f"/posts/{post.pk}/comments/{comment.pk}/delete")

    assert response.headers["Location"] == f"/posts/{post.pk}#comments"
    assert not Comment.objects.exists()


def test_who_speaks_for_a_shop_edits_its_posts() -> None:
    zinc = cast.maison_zinc()
    cast.staff(zinc, cast.malo(), Role.PACKER)
    post = circle.says(cast.zoe(), "Ouvert demain", as_shop=zinc)

    assert f"/posts/{post.pk}/edit" in links(browser_of(cast.zoe()).get(f"/posts/{post.pk}"))
    packer = browser_of(cast.malo())
    assert f"/posts/{post.pk}/edit" not in links(packer.get(f"/posts/{post.pk}"))
    assert packer.get(f"/posts/{post.pk}/edit").status_code == 404


def test_a_private_post_is_not_there_for_others_whatever_they_try() -> None:
    ines = cast.ines()
    post = circle.says(ines, "Pour moi", audience="me")
    malo = browser_of(cast.malo())

    assert malo.get(f"/posts/{post.pk}").status_code == 404
    for act in ("like", "comments", "edit", "delete"):
        assert malo.post(f"/posts/{post.pk}/{act}", {"on": "1", "text": "x"}).status_code == 404
    own = browser_of(ines).get(f"/posts/{post.pk}")
    assert "noindex" in text_of(own)


def test_post_numbers_beyond_every_number_are_not_found() -> None:
    for number in (0, 10**12, 10**30):
        assert visitor().get(f"/posts/{number}").status_code == 404
        assert browser_of(cast.malo()).post(f"/posts/{number}/like").status_code == 404


def test_comments_go_on_by_a_real_link() -> None:
    ines = cast.ines()
    post = circle.says(ines, "Bonjour")
    Comment.objects.bulk_create(
        Comment(post=post, author=ines.profile, text=f"n° {n}") for n in range(55)
    )
    first = visitor().get(f"/posts/{post.pk}")
    (later,) = [str(href) for href in parsed(first).xpath("//a[@rel='next']/@href")]
    assert "n° 54" not in text_of(first)
    assert "n° 54" in text_of(visitor().get(later.split("#")[0]))
