"""Taking one's data along, and leaving for good."""

import json

import pytest
from django.test import Client

from comptoir.config.wiring import dispatcher
from comptoir.discovery.models import Signal
from comptoir.people.models import Profile, User
from comptoir.people.services import follow
from comptoir.posts.models import Comment, Post
from comptoir.posts.services import publish_post, react, write_comment
from comptoir.reviews.services import keep_product, recommend_product
from comptoir.shops.models import Shop
from tests import cast
from tests.sales.offering import offer

pytestmark = pytest.mark.django_db


def _busy_ines() -> Post:
    """Inès has said and done a bit of everything; the answer is Malo's post, on which she spoke."""
    ines, malo = cast.ines(), cast.malo()
    follow(actor=ines.actor, profile_id=malo.profile.pk)
    corkscrew = cast.product(cast.maison_zinc())
    publish_post(actor=ines.actor, text="Bonjour la place")
    theirs = publish_post(actor=malo.actor, text="Qui a un tire-bouchon ?")
    write_comment(actor=ines.actor, post=theirs, text="Moi !")
    react(actor=ines.actor, post=theirs)
    keep_product(actor=ines.actor, product_id=corkscrew.pk)
    recommend_product(actor=ines.actor, product_id=corkscrew.pk, word="Il ne lâche rien")
    offer(cast.maison_zinc(), name="Pour Inès", audience="segment", people=["ines"])
    dispatcher().deliver_all()
    return theirs


def test_the_export_holds_everything(client: Client) -> None:
    _busy_ines()
    client.force_login(cast.ines().user)
    answer = client.get("/settings/export")
    data = json.loads(answer.content)
    assert answer["Content-Disposition"].startswith("attachment")
    assert data["account"]["email"] == "ines@example.org"
    assert [followed["handle"] for followed in data["follows"]] == ["malo"]
    assert data["posts"][0]["text"] == "Bonjour la place"
    assert data["comments"][0]["text"] == "Moi !"
    assert len(data["likes"]) == 1
    assert data["recommendations"][0]["word"] == "Il ne lâche rien"
    assert {signal["kind"] for signal in data["signals"]} == {"kept", "recommended"}
    assert data["orders"] == []
    assert [told["name"] for told in data["offers_to_them"]] == ["Pour Inès"]


def test_leaving_hides_at_once_and_erases_after(client: Client) -> None:
    theirs = _busy_ines()
    ines = cast.ines()
    client.force_login(ines.user)
    other_device = Client()
    other_device.force_login(ines.user)

    answer = client.post("/settings/leave", {"password": cast.PASSWORD})

    assert answer.status_code == 302
    assert client.get("/@ines").status_code == 404, "hidden at once"
    assert other_device.get("/settings").status_code == 302, "signed out everywhere"
    dispatcher().deliver_all()
    assert not User.objects.filter(pk=ines.user.pk).exists()
    assert not Profile.objects.filter(handle="ines").exists()
    assert not Comment.objects.exists()
    assert not Signal.objects.exists()
    theirs.refresh_from_db()
    assert (theirs.comment_count, theirs.reaction_count) == (0, 0)


def test_a_wrong_password_erases_nothing(client: Client) -> None:
    ines = cast.ines()
    client.force_login(ines.user)
    answer = client.post("/settings/leave", {"password": "pas-le-bon"})
    assert answer.status_code == 422
    assert User.objects.filter(pk=ines.user.pk, is_active=True).exists()


def test_the_owner_of_an_open_shop_closes_it_first(client: Client) -> None:
    cast.maison_zinc()
    zoe = cast.zoe()
    client.force_login(zoe.user)
    answer = client.post("/settings/leave", {"password": cast.PASSWORD})
    assert answer.status_code == 422
    assert "La Maison Zinc" in answer.content.decode()
    assert User.objects.filter(pk=zoe.user.pk, is_active=True).exists()
    Shop.objects.update(status=Shop.Status.CLOSED)
    assert client.post("/settings/leave", {"password": cast.PASSWORD}).status_code == 302


def test_nobody_exports_or_leaves(client: Client) -> None:
    for address in ("/settings/export", "/settings/leave"):
        assert client.get(address).status_code == 302
