"""Digital goods: no address, delivered by the payment, downloaded by a link that grows old."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from comptoir.catalog.services.files import file_place, remove_file, send_instead
from comptoir.common.errors import NotVisible, Refused
from comptoir.common.models.outbox import OutboxEvent
from comptoir.sales.downloads import files_of
from comptoir.sales.events import OrderPaid
from comptoir.sales.handlers import hand_over as on_files
from comptoir.sales.links import signed_key
from comptoir.sales.models import Download, LineTally, Order
from comptoir.sales.pricing.delivery import DIGITAL_METHOD_ID
from comptoir.sales.privacy import export_of
from comptoir.sales.services import Address, Placed, downloads
from comptoir.sales.services.downloads import hand_over_files, take_file
from comptoir.sales.sheet import sheet_of
from tests import cast
from tests.sales.buying import Basket, at_bank, basket, order_of, work
from tests.web.visiting import browser_of, parsed, text_of, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def root(settings: Any, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path


def pattern() -> Any:
    made = cast.product(cast.maison_zinc(), "Patron de veste", price_minor=900, stock=None)
    cast.file_of(made, "veste.pdf")
    return made


def bought(*products: Any, **more: Any) -> Placed:
    """Files alone, by someone who gives a name and a mail."""
    lines = [(cast.variant_of(product).pk, 1) for product in products]
    total = sheet_of(lines).quote_for(DIGITAL_METHOD_ID).total_minor
    who = Address(recipient="Inès Le Goff")
    return Basket(lines, DIGITAL_METHOD_ID, total, address=who, **more).sent()


def paid(*products: Any, **more: Any) -> Order:
    placed = bought(*products, **more)
    at_bank(placed, "approve")
    work()
    return order_of(placed)


def hrefs(order: Order, browser: Any = None) -> list[str]:
    page = parsed((browser or visitor()).get(f"/orders/{signed_key(order.key)}"))
    return [str(href) for href in page.xpath("//a[@download]/@href")]


def test_files_alone_need_no_address_and_are_delivered_by_the_payment() -> None:
    order = paid(pattern())
    assert (order.delivery_kind, order.delivery_minor, order.address1) == ("digital", 0, "")
    assert order.status == "delivered"
    assert order.delivered_at is not None
    assert hand_over_files(order_id=order.pk)


def test_the_payment_of_things_to_send_asks_nothing_about_files(
    django_assert_num_queries: Any,
) -> None:
    with django_assert_num_queries(0):
        on_files(OrderPaid(order_id=1, shop_id=1, buyer_id=None, all_digital=False))


@pytest.mark.parametrize("told", [{"all_digital": True}, {}])
def test_the_payment_of_files_hands_them_over_and_an_event_that_does_not_tell_may_be_of_some(
    told: dict[str, Any],
) -> None:
    placed = bought(pattern(), instrument="card_ok")
    assert OutboxEvent.objects.get(name=OrderPaid.name).payload["all_digital"] is True
    on_files(OrderPaid(order_id=placed.order_id, shop_id=1, buyer_id=None, **told))
    assert order_of(placed).status == "delivered"


def test_a_guest_downloads_by_the_order_s_page() -> None:
    order = paid(pattern())
    (href,) = hrefs(order)
    answer: Any = visitor().get(href)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="veste.pdf"'
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 veste.pdf"
    taken = Download.objects.get()
    assert (taken.count, taken.line.order_id) == (1, order.pk)
    assert "downloaded once" in text_of(visitor().get(f"/orders/{signed_key(order.key)}"))


def test_an_old_link_leads_back_to_fresh_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    order = paid(pattern())
    (href,) = hrefs(order)
    monkeypatch.setattr("comptoir.web.orders.files.OPEN_FOR", -timedelta(seconds=1))
    answer = visitor().get(href, follow=True)
    assert answer.redirect_chain == [(f"/orders/{signed_key(order.key)}", 302)]
    assert "Here are fresh ones" in text_of(answer)
    assert not Download.objects.exists()


@pytest.mark.parametrize("change", ["cut", "other order", "other key"])
def test_a_link_opens_its_own_order_alone(change: str) -> None:
    order, other = paid(pattern()), paid(pattern())
    (href,) = hrefs(order)
    wrong = {
        "cut": href[:-1],
        "other order": href.replace(order.key, other.key),
        "other key": href.replace(order.key, "nothing"),
    }
    assert visitor().get(wrong[change]).status_code == 404


def test_a_member_s_link_opens_for_the_member_alone() -> None:
    order = paid(pattern(), actor=cast.ines().actor)
    (href,) = hrefs(order, browser_of(cast.ines()))
    assert visitor().get(href).status_code == 404
    assert browser_of(cast.malo()).get(href).status_code == 404
    assert browser_of(cast.ines()).get(href).status_code == 200


def test_a_member_s_export_says_what_they_downloaded() -> None:
    order = paid(pattern(), actor=cast.ines().actor)
    (href,) = hrefs(order, browser_of(cast.ines()))
    browser_of(cast.ines()).get(href)
    (row,) = export_of(cast.ines().profile.pk)["downloads"]
    assert (row["order"], row["file"], row["count"]) == (order.number, "veste.pdf", 1)


def test_nothing_is_given_before_the_payment() -> None:
    order = order_of(bought(pattern()))
    assert files_of(order) == []
    file = order.lines.get().product.files.get()
    with pytest.raises(Refused) as refusal:
        take_file(order=order, line_id=order.lines.get().pk, file_id=file.pk)
    assert refusal.value.code == "not_paid"


def test_what_was_given_back_is_not_given_again() -> None:
    order = paid(pattern())
    line = order.lines.get()
    LineTally.objects.update_or_create(
        line=line, defaults={"ordered": 1, "total_minor": 900, "claimed": 1, "refunded": 1}
    )
    assert files_of(order) == []
    with pytest.raises(NotVisible):
        take_file(order=order, line_id=line.pk, file_id=line.product.files.get().pk)


def test_a_download_is_given_a_bounded_number_of_times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "MOST_DOWNLOADS", 2)
    order = paid(pattern())
    (href,) = hrefs(order)
    assert [visitor().get(href).status_code for _n in range(3)] == [200, 200, 302]
    assert "downloaded 2 times" in text_of(visitor().get(href, follow=True))
    assert Download.objects.get().count == 2


def test_a_file_withdrawn_later_stays_for_those_who_bought_it() -> None:
    made = pattern()
    before = paid(made)
    old = made.files.get()
    new = cast.file_of(made, "veste-2.pdf")
    remove_file(product=made, file_id=old.pk)
    assert [file.name for file in files_of(before)] == ["veste.pdf", "veste-2.pdf"]
    assert [file.file_id for file in files_of(paid(made))] == [new.pk]
    send_instead(product=made)
    assert len(files_of(before)) == 2


def test_files_and_parcels_in_one_order() -> None:
    made, bowl = pattern(), cast.product(cast.maison_zinc(), "Bol")
    placed = basket((cast.variant_of(made), 1), (cast.variant_of(bowl), 1)).sent()
    at_bank(placed, "approve")
    work()
    order = order_of(placed)
    assert (order.delivery_kind, order.status) == ("post", "paid")
    assert [file.name for file in files_of(order)] == ["veste.pdf"]


def test_a_file_that_is_lost_is_said(caplog: pytest.LogCaptureFixture) -> None:
    made = pattern()
    order = paid(made)
    (href,) = hrefs(order)
    file_place(made.files.get().path).unlink()
    assert "write to the shop" in text_of(visitor().get(href, follow=True))
    assert "is not there" in caplog.text
