"""Orders at the counter: narrowed, searched, counted, taken out as a file."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from stdnum import iso11649

from comptoir.catalog.models import Variant
from comptoir.sales.models import Order, Return, TransferDue
from comptoir.sales.order_list import OrderFilter, orders_counted, orders_exported, orders_listed
from comptoir.sales.services import Address, Placed
from comptoir.sales.services.accounts import add_transfer_account
from comptoir.shops.models import Role
from tests import cast
from tests.sales.buying import Counted, at_bank, basket, order_of, work
from tests.web.visiting import browser_of, parsed, text_of

pytestmark = pytest.mark.django_db
LIST = "/counter/maison_zinc/orders"


@pytest.fixture
def bowl() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), "Théière", stock=None))


def bought(variant: Variant, **more: Any) -> Placed:
    placed = basket((variant, 1), **more).sent()
    at_bank(placed, "approve")
    work(letters=False)
    return placed


def manager() -> Client:
    cast.staff(cast.maison_zinc(), cast.malo(), Role.MANAGER)
    return browser_of(cast.malo())


def shown(browser: Client, query: str) -> list[str]:
    """The numbers that the list shows, in order."""
    page = parsed(browser.get(f"{LIST}?{query}"))
    return [str(box.get("value")) for box in page.xpath("//input[@name='order']")]


def test_a_day_that_is_not_understood_is_said() -> None:
    cast.maison_zinc()
    page = parsed(manager().get(f"{LIST}?paid_until=0026-11-02"))
    (day,) = page.xpath("//details[@open]//input[@name='paid_until' and @aria-invalid='true']")
    assert page.xpath(f"//*[contains(@id, '{day.get('id')}-error')]")


def number(placed: Placed) -> str:
    return order_of(placed).number


def test_words_find_number_name_mail_company_and_title(bowl: Variant) -> None:
    other = cast.variant_of(cast.product(cast.maison_zinc(), "Bol", stock=None))
    gael = Address("Gaël Prigent", "1 rue du Port", "", "29200", "Brest")
    of_ines = bought(bowl)
    of_gael = bought(other, address=gael, email="gael@example.org")
    Order.objects.filter(pk=of_gael.order_id).update(company="Crêperie du Quai")
    browser = manager()
    assert shown(browser, "q=theiere") == [number(of_ines)]
    assert shown(browser, "q=GAEL%20PRIGENT") == [number(of_gael)]
    assert shown(browser, "q=gael%40example") == [number(of_gael)]
    assert shown(browser, "q=creperie") == [number(of_gael)]
    assert shown(browser, f"q={number(of_ines)}") == [number(of_ines)]
    assert shown(browser, "q=%25") == []
    assert shown(browser, "q=_") == []


def test_what_waits_for_a_transfer_is_found_by_its_reference_and_says_it(bowl: Variant) -> None:
    iban = "FR1420041010050500013M02606"
    add_transfer_account(shop=cast.maison_zinc(), iban=iban, holder="Maison Zinc")
    placed = basket((bowl, 1), provider="transfer").sent()
    basket((bowl, 1), provider="transfer").sent()
    written = iso11649.format(TransferDue.objects.get(payment__order=placed.order_id).reference)
    browser = manager()
    (row,) = parsed(browser.get(LIST, {"q": written})).xpath("//a[@class='order-row']")
    page = browser.get(row.get("href"))
    assert written in text_of(page)
    assert "What to prepare" not in text_of(page)
    at_bank_desk = parsed(page).xpath("//a[@href='/counter/maison_zinc/bank']")
    assert at_bank_desk


def test_days_of_payment_are_those_of_the_place_both_included(bowl: Variant) -> None:
    placed = bought(bowl)
    Order.objects.filter(pk=placed.order_id).update(paid_at="2026-03-10T23:30:00+00:00")
    browser = manager()
    for query, found in {
        "paid_from=2026-03-11": True,
        "paid_from=2026-03-12": False,
        "paid_until=2026-03-11": True,
        "paid_until=2026-03-10": False,
        "paid_from=2026-03-11&paid_until=2026-03-11": True,
        "paid_from=rubbish": True,
    }.items():
        assert bool(shown(browser, query)) == found, query


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-02-30", "soon"])
def test_a_day_that_is_none_narrows_nothing(bowl: Variant, day: str) -> None:
    placed, browser = bought(bowl), manager()
    for field in ("paid_from", "paid_until"):
        assert shown(browser, f"{field}={day}") == [order_of(placed).number]


def test_choices_narrow_and_say_how_many(bowl: Variant) -> None:
    at = cast.maison_zinc()
    sent, fetched = bought(bowl), bought(bowl, method=cast.pick_up(at))
    basket((bowl, 1)).sent()
    Return.objects.create(order=order_of(sent), reason=Return.Reason.FIT)
    browser = manager()
    assert shown(browser, "delivery=pickup") == [number(fetched)]
    assert shown(browser, "returns=on") == [number(sent)]
    assert shown(browser, "provider=sandbox") == [number(fetched), number(sent)]
    assert shown(browser, "provider=no-such-provider") == [number(fetched), number(sent)]
    assert shown(browser, "state=paid&delivery=post") == [number(sent)]
    page = text_of(browser.get(f"{LIST}?delivery=post"))
    assert "With an open return (1)" in page
    counts = orders_counted(at.pk, OrderFilter(delivery="post"))
    assert (counts.of_status(""), counts.of_status("paid"), counts.of_status("pending")) == (
        2,
        1,
        1,
    )
    assert (counts.of_delivery("pickup"), counts.with_returns) == (1, 1)
    assert (counts.of_provider("sandbox"), counts.of_provider("stripe")) == (2, 0)


def test_pages_follow_each_other_without_a_gap(bowl: Variant) -> None:
    placed = [basket((bowl, 1), email=f"n{n}@example.org").sent().order_id for n in range(7)]
    at, seen, cursor = cast.maison_zinc(), list[int](), None
    while True:
        page = orders_listed(at.pk, OrderFilter(), cursor=cursor, size=3)
        seen += [row.id for row in page.rows]
        cursor = page.next
        if cursor is None:
            break
    assert seen == sorted(placed, reverse=True)
    assert orders_listed(cast.atelier_brume().pk, OrderFilter()).rows == []


def test_the_next_page_keeps_what_was_asked(bowl: Variant, monkeypatch: pytest.MonkeyPatch) -> None:
    for n in range(31):
        basket((bowl, 1), email=f"n{n}@example.org").sent()
    page = parsed(manager().get(f"{LIST}?q=theiere&delivery=post"))
    (more,) = page.xpath("//a[@rel='next']/@href")
    assert "q=theiere" in more
    assert "delivery=post" in more
    assert "after=" in more


def test_the_list_costs_the_same_however_long_and_however_narrowed(bowl: Variant) -> None:
    browser = manager()
    costs = set()
    for query in ("", "q=the&delivery=post&provider=sandbox&returns=on&paid_from=2026-01-01"):
        for _round in range(2):
            bought(bowl)
            with Counted() as counted:
                browser.get(f"{LIST}?{query}")
            costs.add(len([s for s in counted.statements if s.startswith(("SELECT", "\nSELECT"))]))
    assert len(costs) == 1
    assert max(costs) <= 10


def test_a_file_holds_what_the_list_shows(bowl: Variant) -> None:
    placed = bought(bowl)
    basket((bowl, 1)).sent()
    answer = manager().get(f"{LIST}.csv?state=paid")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    body = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    head, *rows = csv.reader(io.StringIO(body))
    assert len(rows) == 1
    order = dict(zip(head, rows[0], strict=True))
    assert order["Number"] == number(placed)
    assert (order["Total"], order["Currency"]) == ("18.80", "EUR")
    assert order["E-mail"] == "ines@example.org"
    assert (order["State"], order["Paid by"]) == ("Paid", "Test bank")


def test_a_french_spreadsheet_opens_the_file(bowl: Variant) -> None:
    bought(bowl)
    cast.staff(cast.maison_zinc(), cast.malo(), Role.MANAGER)
    answer: Any = browser_of(cast.malo(), "fr").get(f"{LIST}.csv")
    body = b"".join(answer.streaming_content).decode("utf-8-sig")
    head, row = csv.reader(io.StringIO(body), delimiter=";")
    said = dict(zip(head, row, strict=True))
    assert (said["Total"], said["Dont TVA"]) == ("18,80", "3,13")


def test_choice_badge_and_file_say_the_same_words(bowl: Variant) -> None:
    basket((bowl, 1)).sent()
    browser = manager()
    page = parsed(browser.get(f"{LIST}?state=new"))
    (chosen,) = page.xpath("//nav[@class='chips']/a[@aria-current='true']")
    assert " ".join(chosen.text_content().split()) == "Not paid yet 1"
    (badge,) = page.xpath("//a[@class='order-row']//*[@class='order-row-badges']")
    assert badge.text_content().strip() == "Not paid yet"
    answer: Any = browser_of(cast.malo(), "fr").get(f"{LIST}.csv")
    body = b"".join(answer.streaming_content).decode("utf-8-sig")
    _head, row = csv.reader(io.StringIO(body), delimiter=";")
    assert "Pas encore payée" in row  # one order, not many


def test_what_people_typed_is_no_formula(bowl: Variant) -> None:
    bad = Address('=HYPERLINK("http://example.org")', "+1", "", "29200", "-Brest")
    bought(bowl, address=bad)
    answer = manager().get(f"{LIST}.csv")
    body = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    (row,) = list(csv.reader(io.StringIO(body)))[1:]
    assert '\'=HYPERLINK("http://example.org")' in row
    assert "'+1" in row
    assert "'-Brest" in row


def test_a_long_file_is_read_a_part_at_a_time(
    bowl: Variant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("comptoir.sales.order_list.EXPORT_PAGE", 2)
    made = [basket((bowl, 1), email=f"n{n}@example.org").sent().order_id for n in range(5)]
    rows = list(orders_exported(cast.maison_zinc().pk, OrderFilter()))
    assert [row.id for row in rows] == sorted(made, reverse=True)


@pytest.mark.parametrize("role", [Role.PACKER, Role.SUPPORT])
def test_those_who_pack_or_answer_take_no_file(bowl: Variant, role: Role) -> None:
    cast.staff(cast.maison_zinc(), cast.malo(), role)
    browser = browser_of(cast.malo())
    assert browser.get(f"{LIST}.csv").status_code == 404
    bought(bowl)
    page = text_of(browser.get(LIST))
    assert "orders.csv" not in page


def test_ticked_orders_are_printed_together(bowl: Variant) -> None:
    numbers = [number(bought(bowl)) for _n in range(2)]
    browser = manager()
    page = parsed(browser.get(LIST))
    assert [str(box.get("form")) for box in page.xpath("//input[@name='order']")] == ["prints"] * 2
    addresses = page.xpath("//form[@id='prints']//button/@formaction")
    assert len(addresses) == 2
    for address in addresses:
        answer = browser.get(address, {"order": numbers})
        assert answer.status_code == 200, address


def test_a_packer_prints_slips_and_no_invoices(bowl: Variant) -> None:
    bought(bowl)
    cast.staff(cast.maison_zinc(), cast.malo(), Role.PACKER)
    page = parsed(browser_of(cast.malo()).get(LIST))
    (address,) = page.xpath("//form[@id='prints']//button/@formaction")
    assert address.endswith("slips")


def test_pieces_of_one_thing_are_no_other_things(bowl: Variant) -> None:
    knife = cast.variant_of(cast.product(cast.maison_zinc(), "Couteau", stock=None))
    for wanted in ([(knife, 2)], [(knife, 2), (bowl, 3)]):
        at_bank(basket(*wanted, actor=cast.ines().actor).sent(), "approve")
    work(letters=False)
    for who, address, title in [
        (cast.zoe(), LIST, "span[contains(@class, 'small')]"),
        (cast.ines(), "/orders", "span[contains(@class, 'order-row-title')]"),
    ]:
        page = parsed(browser_of(who).get(address))
        rows = page.xpath(f"//a[@class='order-row']//{title}")
        both, one = (
            " ".join(row.text_content().split()) for row in rows if "×" in str(row.text_content())
        )
        assert "2 × Couteau and 1 more" in both
        assert "2 × Couteau" in one
        assert "more" not in one
