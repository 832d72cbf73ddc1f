"""What buyers and shops are written."""

import pytest
from django.core import mail
from django.test import override_settings

from comptoir.catalog.models import Variant
from comptoir.people.models import User
from comptoir.sales.services import (
    Address,
)
from tests import cast
from tests.sales.buying import (
    at_bank,
    basket,
    jobs_waiting,
    order_of,
    work,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def corkscrew() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), stock=5))


def html_of(message: mail.EmailMessage) -> str:
    assert isinstance(message, mail.EmailMultiAlternatives)
    return str(message.alternatives[0][0])


def test_both_are_written_to_in_their_language(corkscrew: Variant) -> None:
    User.objects.filter(staff_of__shop=cast.maison_zinc()).update(language="en")
    placed = basket((corkscrew, 2), language="en", email="malo@example.org").sent()
    at_bank(placed, "approve")
    work()
    to_buyer, to_shop = mail.outbox
    order = order_of(placed)
    assert to_buyer.to == ["malo@example.org"]
    assert to_buyer.subject == f"Your order {order.number} at La Maison Zinc"
    for said in ("2 × Tire-bouchon: €25.80", "VAT at 20%: €5.28", "Total: €31.70", "29200 Brest"):
        assert said in to_buyer.body
    assert f"/orders/{order.key}" in to_buyer.body
    html = html_of(to_buyer)
    assert "€31.70" in html
    assert 'lang="en"' in html
    assert to_shop.to == ["zoe@example.org"]
    assert to_shop.subject == f"New order {order.number}"
    assert order.number in to_shop.body


def test_a_shop_reads_amounts_in_its_own_language(corkscrew: Variant) -> None:
    User.objects.filter(staff_of__shop=cast.maison_zinc()).update(language="fr")
    placed = basket((corkscrew, 2), language="en").sent()
    at_bank(placed, "approve")
    work()
    to_buyer, to_shop = mail.outbox
    assert "Total: €31.70" in to_buyer.body
    assert "Total\u00a0: 31,70\u00a0€" in to_shop.body


def test_names_of_buyers_cannot_write_html_into_mails(corkscrew: Variant) -> None:
    address = Address("<b>Inès</b>", "3 rue des Lices", "", "29200", "Brest")
    placed = basket((corkscrew, 1), address=address).sent()
    at_bank(placed, "approve")
    work()
    for message in mail.outbox:
        html = html_of(message)
        assert "<b>" not in html
        assert "&lt;b&gt;" in html


@override_settings(
    EMAIL_BACKEND="comptoir.common.mail.QueuedMail",
    MAIL_DELIVERY_BACKEND="django.core.mail.backends.smtp.EmailBackend",
    EMAIL_HOST="127.0.0.1",
    EMAIL_PORT=1,
)
def test_mails_wait_for_a_mail_server_that_is_down(corkscrew: Variant) -> None:
    """Survival 13, at the service: the purchase stands, its mails go out later, once."""
    placed = basket((corkscrew, 1)).sent()
    at_bank(placed, "approve")
    work(only="sales.%")
    assert order_of(placed).status == "paid"
    with pytest.raises(ConnectionRefusedError):
        work()
    assert len(jobs_waiting("common.send_mail")) == 2
    with override_settings(MAIL_DELIVERY_BACKEND="django.core.mail.backends.locmem.EmailBackend"):
        assert work() == 2
        assert work() == 0
    assert [message.to for message in mail.outbox] == [["ines@example.org"], ["zoe@example.org"]]
