"""The team at the counter: asked, joined, given another role, gone."""

import pytest

from comptoir.shops.access import RIGHTS, Right
from comptoir.shops.models import Invitation, Role, StaffMember
from tests import cast
from tests.web.visiting import browser_of, parsed, text_of, visitor

pytestmark = pytest.mark.django_db
TEAM = "/counter/maison_zinc/staff"


def test_an_owner_asks_someone_who_joins() -> None:
    cast.malo()
    cast.maison_zinc()
    owner = browser_of(cast.zoe())
    page = owner.post(f"{TEAM}/invitations", {"whom": "@malo", "role": "packer"}, follow=True)
    assert "The invitation is on its way." in text_of(page)
    assert "@malo" in text_of(page)
    assert "malo@example.org" not in text_of(page)
    invited = browser_of(cast.malo())
    (door,) = parsed(invited.get("/counter")).xpath(
        "//a[starts-with(@href, '/invitations/')]/@href"
    )
    assert "La Maison Zinc asks you" in text_of(invited.get(door))
    welcome = invited.post(door, {"answer": "yes"}, follow=True)
    assert "Welcome to the counter of La Maison Zinc" in text_of(welcome)
    assert StaffMember.objects.get(user=cast.malo().user).role == "packer"
    assert invited.get(door).status_code == 404


def test_an_unconfirmed_address_opens_no_counter() -> None:
    """Anybody may sign up with the address of someone whom a shop is about to ask."""
    cast.maison_zinc()
    cast.malo()
    data = {"whom": "malo@example.org", "role": "owner"}
    browser_of(cast.zoe()).post(f"{TEAM}/invitations", data)
    page = browser_of(cast.malo()).get("/counter")
    assert parsed(page).xpath("//a[starts-with(@href, '/invitations/')]") == []


def test_one_may_decline() -> None:
    cast.malo()
    cast.maison_zinc()
    browser_of(cast.zoe()).post(f"{TEAM}/invitations", {"whom": "@malo", "role": "packer"})
    door = f"/invitations/{Invitation.objects.get().key}"
    answer = browser_of(cast.malo()).post(door, {"answer": "no"}, follow=True)
    assert "Declined" in text_of(answer)
    assert not StaffMember.objects.filter(user=cast.malo().user).exists()


def test_an_invitation_is_opened_after_signing_in() -> None:
    cast.malo()
    cast.maison_zinc()
    browser_of(cast.zoe()).post(
        f"{TEAM}/invitations", {"whom": "rose@example.org", "role": "owner"}
    )
    door = f"/invitations/{Invitation.objects.get().key}"
    answer = visitor().get(door)
    assert answer.headers["Location"].startswith("/accounts/login")
    assert "%2Finvitations%2F" in answer.headers["Location"]


@pytest.mark.parametrize(
    ("whom", "said"),
    [("@nobody_here", "Nobody has this handle"), ("rose@", "Write an e-mail address")],
)
def test_a_wrong_address_is_told_beside_its_field(whom: str, said: str) -> None:
    cast.maison_zinc()
    page = browser_of(cast.zoe()).post(f"{TEAM}/invitations", {"whom": whom, "role": "packer"})
    assert page.status_code == 422
    (error,) = parsed(page).xpath("//*[@id='id_whom-error']")
    assert said in error.text_content()


def test_a_role_that_moves_money_says_so() -> None:
    """Who gives a role away reads here what it lets one do."""
    cast.maison_zinc()
    told = parsed(browser_of(cast.zoe()).get(TEAM)).xpath("//ul[@class='team-roles']/li/text()")
    roles = {Role(words.partition(":")[0].lower()): words for words in map(str.strip, told)}
    assert roles.keys() == RIGHTS.keys()
    for right, words in ((Right.REFUND, "and refunds"), (Right.TAKE_CASH, "takes payments")):
        has = {role for role in (Role.PACKER, Role.SUPPORT) if right in RIGHTS[role]}
        assert {role for role, said in roles.items() if words in said} == has


def test_a_role_counts_from_the_next_page_on() -> None:
    member = cast.staff(cast.maison_zinc(), cast.malo(), Role.PACKER)
    colleague, owner = browser_of(cast.malo()), browser_of(cast.zoe())
    assert colleague.get("/counter/maison_zinc/products").status_code == 404
    owner.post(f"{TEAM}/{member.pk}", {"role": "manager"})
    assert colleague.get("/counter/maison_zinc/products").status_code == 200
    owner.post(f"{TEAM}/{member.pk}/removal")
    assert colleague.get("/counter/maison_zinc").status_code == 404


def test_the_last_owner_cannot_go() -> None:
    cast.maison_zinc()
    owner = browser_of(cast.zoe())
    mine = StaffMember.objects.get(user=cast.zoe().user)
    for address, data in {
        f"{TEAM}/leaving": {},
        f"{TEAM}/{mine.pk}/removal": {},
        f"{TEAM}/{mine.pk}": {"role": "packer"},
    }.items():
        page = owner.post(address, data, follow=True)
        assert "A shop keeps one owner" in text_of(page)
    assert StaffMember.objects.get(pk=mine.pk).role == "owner"


def test_an_owner_who_gives_the_role_away_is_shown_their_shops() -> None:
    cast.staff(cast.maison_zinc(), cast.malo(), Role.OWNER)
    mine = StaffMember.objects.get(user=cast.zoe().user)
    answer = browser_of(cast.zoe()).post(f"{TEAM}/{mine.pk}", {"role": "support"})
    assert answer.headers["Location"] == "/counter"


def test_what_a_person_may_take_along_says_where_they_work() -> None:
    cast.staff(cast.maison_zinc(), cast.malo(), Role.PACKER)
    data = browser_of(cast.malo()).get("/settings/export").json()
    assert [(row["shop"], row["role"]) for row in data["works_at"]] == [("maison_zinc", "packer")]
