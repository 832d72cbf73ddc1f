"""Who works for a shop: asked by mail, given a role, let go; one owner always stays."""

from datetime import timedelta
from functools import partial

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from comptoir.common import clock
from comptoir.common.errors import Conflict, NotVisible, Refused
from comptoir.people.actor import Actor
from comptoir.people.models import User
from comptoir.people.services import join
from comptoir.shops.access import Right, desk_for
from comptoir.shops.models import Invitation, Role, StaffMember
from comptoir.shops.services.staff import (
    accept,
    decline,
    forget_old_invitations,
    invite,
    leave_shop,
    remove,
    set_role,
    take_back,
)
from comptoir.shops.staff import invitations_to
from tests import cast
from tests.sales.buying import jobs_waiting, work
from tests.sales.test_races import all_at_once

pytestmark = pytest.mark.django_db


def asked(whom: str, role: str = Role.PACKER) -> Invitation:
    return invite(shop=cast.maison_zinc(), by=cast.zoe().actor, whom=whom, role=role, language="en")


def confirmed(who: cast.Person) -> None:
    EmailAddress.objects.create(user=who.user, email=who.user.email, verified=True, primary=True)


def roles() -> dict[str, str]:
    rows = StaffMember.objects.filter(shop=cast.maison_zinc())
    return dict(rows.values_list("user__profile__handle", "role"))


def test_a_person_is_asked_by_mail_and_joins() -> None:
    cast.malo()
    made = asked("@malo")
    assert roles() == {"zoe": "owner"}
    work(letters=False)
    (job,) = jobs_waiting("shops.send_invitation")
    assert job == {"invitation_id": made.pk}
    work()
    (letter,) = mail.outbox
    assert letter.to == ["malo@example.org"]
    assert letter.subject == "La Maison Zinc asks you to join its team"
    assert f"/invitations/{made.key}" in letter.body
    accept(actor=cast.malo().actor, key=made.key)
    assert roles() == {"zoe": "owner", "malo": "packer"}
    assert not Invitation.objects.exists()
    assert desk_for(cast.malo().actor, "maison_zinc", Right.SHIP) == cast.maison_zinc()


def test_someone_without_an_account_joins_by_the_link() -> None:
    made = asked("Rose@Example.org", Role.SUPPORT)
    assert (made.email, made.user) == ("rose@example.org", None)
    user = User.objects.create_user("rose@example.org", cast.PASSWORD)
    profile = join(user=user, name="Rose", handle="rose")
    accept(actor=Actor(user.pk, profile.pk), key=made.key)
    assert roles()["rose"] == "support"


def test_an_invitation_is_for_the_one_who_is_meant() -> None:
    confirmed(cast.malo())
    made = asked("malo@example.org")
    for deed in (accept, decline):
        with pytest.raises(NotVisible):
            deed(actor=cast.basile().actor, key=made.key)
    assert roles() == {"zoe": "owner"}


def test_who_signed_up_with_anothers_address_is_not_taken_for_them() -> None:
    mallory = cast.malo()  # their address is Rose's, and was never confirmed
    EmailAddress.objects.create(user=mallory.user, email="malo@example.org", verified=False)
    made = asked("malo@example.org", Role.OWNER)
    assert made.user is None
    assert invitations_to(mallory.actor) == []
    with pytest.raises(Conflict, match="works_here"):
        asked("ZOE@example.org")


def test_an_invitation_counts_once_and_not_for_ever() -> None:
    cast.malo()
    first = asked("@malo")
    second = asked("malo@example.org", Role.MANAGER)
    assert Invitation.objects.get() == second
    with pytest.raises(NotVisible):
        accept(actor=cast.malo().actor, key=first.key)
    with clock.travelled(timedelta(days=15)):
        with pytest.raises(NotVisible):
            accept(actor=cast.malo().actor, key=second.key)
        assert forget_old_invitations() == 1


def test_one_that_is_taken_back_or_declined_is_gone() -> None:
    cast.malo()
    made = asked("@malo")
    with pytest.raises(NotVisible):
        take_back(shop=cast.atelier_brume(), invitation_id=made.pk)
    take_back(shop=cast.maison_zinc(), invitation_id=made.pk)
    again = asked("@malo")
    decline(actor=cast.malo().actor, key=again.key)
    assert not Invitation.objects.exists()
    work()
    assert mail.outbox == []  # nobody is told of what is over


@pytest.mark.parametrize(
    ("whom", "role", "code"),
    [
        ("@nobody_here", "packer", "no_such_person"),
        ("not an address@", "packer", "bad_email"),
        ("@malo", "emperor", "bad_role"),
        ("@zoe", "packer", "works_here"),
    ],
)
def test_who_cannot_be_asked(whom: str, role: str, code: str) -> None:
    cast.malo()
    with pytest.raises(Refused, match=code):
        asked(whom, role)


def test_the_last_owner_stays() -> None:
    shop, mine = cast.maison_zinc(), StaffMember.objects.get(shop=cast.maison_zinc())
    with pytest.raises(Conflict, match="last_owner"):
        remove(shop=shop, member_id=mine.pk)
    with pytest.raises(Conflict, match="last_owner"):
        set_role(shop=shop, member_id=mine.pk, role=Role.MANAGER)
    with pytest.raises(Conflict, match="last_owner"):
        leave_shop(actor=cast.zoe().actor, shop=shop)
    other = cast.staff(shop, cast.malo(), Role.OWNER)
    leave_shop(actor=cast.zoe().actor, shop=shop)
    assert roles() == {"malo": "owner"}
    with pytest.raises(Conflict, match="last_owner"):
        remove(shop=shop, member_id=other.pk)


def test_nobody_of_another_shop_is_touched() -> None:
    basile = StaffMember.objects.get(shop=cast.atelier_brume())
    with pytest.raises(NotVisible):
        remove(shop=cast.maison_zinc(), member_id=basile.pk)
    with pytest.raises(NotVisible):
        set_role(shop=cast.maison_zinc(), member_id=basile.pk, role=Role.PACKER)


@pytest.mark.django_db(transaction=True)
def test_two_owners_cannot_remove_each_other() -> None:
    shop = cast.maison_zinc()
    cast.staff(shop, cast.malo(), Role.OWNER)
    members = list(StaffMember.objects.filter(shop=shop).values_list("pk", flat=True))
    all_at_once([partial(remove, shop=shop, member_id=pk) for pk in members])
    assert list(roles().values()) == ["owner"]
