"""Adding an address says nothing of whether another account has it (survival 22)."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from tests import cast
from tests.cast import Person
from tests.web.visiting import browser_of, text_of

pytestmark = pytest.mark.django_db


def told(who: Person, address: str) -> tuple[int, str]:
    """The status, and what the page says after the address was added, its addresses left out."""
    browser = browser_of(who)
    answer = browser.post("/accounts/email/", {"action_add": "", "email": address}, follow=True)
    words = " ".join(re.sub("<[^>]*>", " ", text_of(answer)).split())
    return answer.status_code, re.sub(r"\S+@\S+", "…", words)


@pytest.mark.parametrize("confirmed", [True, False])
def test_an_address_in_use_and_a_free_one_are_answered_alike(*, confirmed: bool) -> None:
    malo = cast.malo().user
    EmailAddress.objects.update_or_create(
        user=malo, email=malo.email, defaults={"verified": confirmed, "primary": True}
    )
    in_use = told(cast.ines(), malo.email)
    free = told(cast.person("Inès Bis", "ines_bis"), "nobody@example.org")
    assert in_use == free
    assert in_use[0] == 200
    assert [message.to for message in mail.outbox] == [[malo.email], ["nobody@example.org"]]
