"""Bank transfers: one row for one payment, paid by what the statements say, each entry once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from comptoir.catalog.models import Variant
from comptoir.common import clock
from comptoir.common.errors import Conflict, NotVisible, Refused
from comptoir.sales.adapters.provider import Outcome
from comptoir.sales.adapters.registry import provider_named
from comptoir.sales.links import signed_key
from comptoir.sales.models import BankEntry, PaymentAccount, Refund, TransferDue
from comptoir.sales.services import Placed, expire_orders, take_webhook
from comptoir.sales.services.accounts import add_transfer_account
from comptoir.sales.services.give_back import confirm_given_back, give_back
from comptoir.sales.services.statements import StatementTaken, take_statement
from comptoir.sales.services.transfers import (
    assign_entry,
    confirm_excess,
    excess_of,
    forget_old_entries,
    set_entry_aside,
    settle_transfers,
    take_up_entry,
)
from comptoir.sales.set_aside import set_aside_entries
from tests import cast
from tests.sales.buying import basket, order_of, payment_of
from tests.sales.statements import IBAN, Movement, camt, french_csv

pytestmark = pytest.mark.django_db

TOTAL = 1880  # 12.90 and 5.90 of delivery


@pytest.fixture
def account() -> PaymentAccount:
    return add_transfer_account(shop=cast.maison_zinc(), iban=IBAN, holder="La Maison Zinc SARL")


@pytest.fixture
def corkscrew() -> Variant:
    return cast.variant_of(cast.product(cast.maison_zinc(), stock=5))


@pytest.fixture
def placed(account: PaymentAccount, corkscrew: Variant) -> Placed:
    return basket((corkscrew, 1), provider="transfer").sent()


def due_of(placed: Placed) -> TransferDue:
    return TransferDue.objects.select_related("payment").get(payment__order=placed.order_id)


def taken(account: PaymentAccount, *movements: Movement) -> StatementTaken:
    return take_statement(account=account, body=camt(movements), by_user_id=None)


def spaced(reference: str) -> str:
    """As people type it."""
    return " ".join(reference[n : n + 4] for n in range(0, len(reference), 4)).lower()


def test_the_same_key_twice_is_one_transfer_with_one_reference(placed: Placed) -> None:
    due = due_of(placed)
    assert placed.redirect_url == f"/pay/transfer/{signed_key(due.token)}"
    again = provider_named("transfer").fetch(payment_of(placed).key)
    assert again is not None
    assert (again.outcome, again.reference) == (Outcome.WAITING, due.reference)
    assert TransferDue.objects.count() == 1
    assert provider_named("transfer").fetch(uuid4()) is None


@pytest.mark.parametrize(
    "write", [camt, french_csv, lambda m: camt(m, version="08")], ids=["camt 02", "csv", "camt 08"]
)
def test_a_statement_pays_the_order_whose_reference_it_carries(
    account: PaymentAccount, placed: Placed, write: Callable[[list[Movement]], bytes]
) -> None:
    other = Movement("18.80", "loyer novembre")
    mine = Movement("18.80", f"VIR SEPA {spaced(due_of(placed).reference)} merci")
    body = write([other, mine, Movement("-40.00", "électricité")])
    done = take_statement(account=account, body=body, by_user_id=None)
    assert done == StatementTaken(credits=2, new=2, matched=1, paid=1)
    assert (order_of(placed).status, payment_of(placed).captured_minor) == ("paid", TOTAL)
    assert BankEntry.objects.get(due=None).text.startswith("loyer")


def test_the_same_money_counts_once_however_often_it_is_told(
    account: PaymentAccount, placed: Placed
) -> None:
    """The same file again, then a longer file that overlaps it."""
    mine = Movement("18.80", due_of(placed).reference, structured=True, reference="B1")
    assert taken(account, mine).paid == 1
    assert taken(account, mine) == StatementTaken(credits=1, new=0, matched=0, paid=0)
    later = Movement("7.00", "tombola", reference="B2")
    assert taken(account, mine, later) == StatementTaken(credits=2, new=1, matched=0, paid=0)
    assert due_of(placed).received_minor == TOTAL


def test_two_transfers_alike_on_one_day_are_two(account: PaymentAccount, placed: Placed) -> None:
    half = Movement("9.40", due_of(placed).reference)
    assert taken(account, half, half) == StatementTaken(credits=2, new=2, matched=2, paid=1)


def test_another_form_of_the_same_statement_is_a_doubt_and_not_money(
    account: PaymentAccount, placed: Placed
) -> None:
    mine = Movement("18.80", due_of(placed).reference, reference="B1")
    taken(account, mine)
    again = take_statement(account=account, body=french_csv([mine]), by_user_id=None)
    assert (again.new, again.matched) == (1, 0)
    assert BankEntry.objects.get(due=None).doubt == "twice"
    assert due_of(placed).received_minor == TOTAL


def test_parts_are_summed_and_the_order_waits_for_the_rest(
    account: PaymentAccount, placed: Placed
) -> None:
    reference = due_of(placed).reference
    assert taken(account, Movement("10.00", reference, reference="B1")).paid == 0
    assert (order_of(placed).status, due_of(placed).missing_minor) == ("pending", 880)
    assert taken(account, Movement("8.80", reference, reference="B2")).paid == 1
    assert (order_of(placed).status, due_of(placed).missing_minor) == ("paid", 0)


def test_too_much_is_marked_and_given_back_by_hand_once(
    account: PaymentAccount, placed: Placed
) -> None:
    taken(account, Movement("20.00", due_of(placed).reference))
    due = due_of(placed)
    assert (order_of(placed).status, excess_of(due)) == ("paid", 120)
    assert payment_of(placed).captured_minor == TOTAL
    shop = account.shop_id
    confirm_excess(shop_id=shop, due_id=due.pk, amount_minor=120)
    assert excess_of(due_of(placed)) == 0
    with pytest.raises(Conflict, match="excess_changed"):
        confirm_excess(shop_id=shop, due_id=due.pk, amount_minor=120)
    with pytest.raises(NotVisible):
        confirm_excess(shop_id=cast.atelier_brume().pk, due_id=due.pk, amount_minor=120)


def test_a_part_for_an_order_that_expired_goes_back(
    account: PaymentAccount, placed: Placed
) -> None:
    taken(account, Movement("10.00", due_of(placed).reference, reference="B1"))
    with clock.travelled(timedelta(days=8)):
        assert expire_orders() == 1
        due = due_of(placed)
        assert excess_of(due) == 1000
        confirm_excess(shop_id=account.shop_id, due_id=due.pk, amount_minor=1000)
        # The rest alone is not the price: what went back does not count any more.
        assert taken(account, Movement("8.80", due.reference, reference="B2")).paid == 0
        assert excess_of(due_of(placed)) == 880
    assert order_of(placed).status == "cancelled"


def test_an_order_is_kept_for_seven_days(placed: Placed) -> None:
    with clock.travelled(timedelta(days=6, hours=23)):
        assert expire_orders() == 0
    with clock.travelled(timedelta(days=7, minutes=1)):
        assert expire_orders() == 1


def test_money_that_comes_after_the_order_expired_takes_the_pieces_again(
    account: PaymentAccount, placed: Placed, corkscrew: Variant
) -> None:
    """Survival 10."""
    with clock.travelled(timedelta(days=8)):
        expire_orders()
        taken(account, Movement("18.80", due_of(placed).reference))
    assert (order_of(placed).status, cast.stock_of(corkscrew)) == ("paid", (4, 0))


def test_late_money_for_what_is_sold_out_is_given_back_by_hand(
    account: PaymentAccount, placed: Placed, corkscrew: Variant
) -> None:
    """Survival 10."""
    with clock.travelled(timedelta(days=8)):
        expire_orders()
        basket((corkscrew, 5), provider="transfer").sent()
        taken(account, Movement("18.80", due_of(placed).reference))
    refund = Refund.objects.get(payment=payment_of(placed))
    assert (order_of(placed).status, refund.amount_minor) == ("cancelled", TOTAL)
    assert give_back(refund_id=refund.pk) is False
    refund.refresh_from_db()
    assert refund.status == "due"
    with pytest.raises(NotVisible):
        confirm_given_back(shop_id=cast.atelier_brume().pk, refund_id=refund.pk)
    assert confirm_given_back(shop_id=account.shop_id, refund_id=refund.pk)
    assert not confirm_given_back(shop_id=account.shop_id, refund_id=refund.pk)
    assert payment_of(placed).refunded_minor == TOTAL
    assert excess_of(due_of(placed)) == 0


def test_what_was_cut_short_after_the_entry_is_settled_by_the_round(
    account: PaymentAccount, placed: Placed
) -> None:
    """Survival 11: the process ended between the entry and the settlement."""
    TransferDue.objects.update(received_minor=TOTAL)
    assert settle_transfers() == 1
    assert settle_transfers() == 0
    assert order_of(placed).status == "paid"


def test_money_without_a_reference_waits_for_a_person(
    account: PaymentAccount, placed: Placed
) -> None:
    taken(account, Movement("18.80", "tire-bouchon"), Movement("3.00", "cadeau"))
    entry, gift = BankEntry.objects.order_by("-amount_minor")
    shop, reference = account.shop_id, due_of(placed).reference
    assert order_of(placed).status == "pending"
    with pytest.raises(NotVisible):
        assign_entry(
            shop_id=cast.atelier_brume().pk, entry_id=entry.pk, reference=reference, by_user_id=None
        )
    with pytest.raises(Refused, match="no_such_transfer"):
        assign_entry(shop_id=shop, entry_id=entry.pk, reference="RF00000000000000", by_user_id=None)
    assert assign_entry(
        shop_id=shop, entry_id=entry.pk, reference=spaced(reference), by_user_id=None
    )
    assert order_of(placed).status == "paid"
    with pytest.raises(Conflict, match="entry_decided"):
        assign_entry(shop_id=shop, entry_id=entry.pk, reference=reference, by_user_id=None)
    set_entry_aside(shop_id=shop, entry_id=gift.pk, by_user_id=None)
    with pytest.raises(Conflict, match="entry_decided"):
        set_entry_aside(shop_id=shop, entry_id=gift.pk, by_user_id=None)


def test_what_is_set_aside_is_forgotten_but_for_day_and_amount(account: PaymentAccount) -> None:
    taken(account, Movement("900.00", "loyer", payer="Bailleur"), Movement("3.00", "cadeau"))
    rent, gift = BankEntry.objects.order_by("-amount_minor")
    set_entry_aside(shop_id=account.shop_id, entry_id=rent.pk, by_user_id=None)
    with clock.travelled(timedelta(days=400)):
        assert forget_old_entries(older_than=timedelta(days=365)) == 1
    for entry in (rent, gift):
        entry.refresh_from_db()
        assert (entry.set_aside, entry.payer, entry.payer_iban, entry.text) == (True, "", "", "")
    again = taken(account, Movement("900.00", "loyer", payer="Bailleur"), Movement("1.00", "x"))
    assert again.new == 1


def test_what_was_set_aside_is_taken_up_again_once(account: PaymentAccount, placed: Placed) -> None:
    taken(account, Movement("18.80", "tire-bouchon"))
    entry, shop = BankEntry.objects.get().pk, account.shop_id
    set_entry_aside(shop_id=shop, entry_id=entry, by_user_id=None)
    assert [one.id for one in set_aside_entries(shop)] == [entry]
    with pytest.raises(NotVisible):
        take_up_entry(shop_id=cast.atelier_brume().pk, entry_id=entry)
    assert take_up_entry(shop_id=shop, entry_id=entry)
    assert not take_up_entry(shop_id=shop, entry_id=entry)
    assert set_aside_entries(shop) == []
    reference = due_of(placed).reference
    assert assign_entry(shop_id=shop, entry_id=entry, reference=reference, by_user_id=None)
    with pytest.raises(Conflict, match="entry_decided"):
        take_up_entry(shop_id=shop, entry_id=entry)


def test_an_order_that_awaits_nothing_gets_money_only_when_one_is_sure(
    account: PaymentAccount, placed: Placed
) -> None:
    about: dict[str, Any] = {"reference": due_of(placed).reference, "by_user_id": None}
    taken(account, Movement("18.80", due_of(placed).reference), Movement("5.00", "tasse"))
    entry, shop = BankEntry.objects.get(due=None).pk, account.shop_id
    with pytest.raises(Refused, match="not_awaited"):
        assign_entry(shop_id=shop, entry_id=entry, **about)
    assert excess_of(due_of(placed)) == 0
    assert not assign_entry(shop_id=shop, entry_id=entry, sure=True, **about)
    assert excess_of(due_of(placed)) == 500


def test_another_currency_is_a_doubt(account: PaymentAccount, placed: Placed) -> None:
    taken(account, Movement("18.80", due_of(placed).reference, currency="USD"))
    assert (BankEntry.objects.get().doubt, due_of(placed).received_minor) == ("currency", 0)


def test_another_account_s_statement_is_refused(account: PaymentAccount) -> None:
    body = camt([Movement("1.00", "x")], iban="DE89370400440532013000")
    with pytest.raises(Refused, match="statement_of_another"):
        take_statement(account=account, body=body, by_user_id=None)


def test_transfers_have_no_webhook(placed: Placed) -> None:
    with pytest.raises(Refused, match="bad_signature"):
        take_webhook(provider="transfer", headers={}, body=b"{}")


def test_a_transfer_to_a_shop_never_pays_another_shop_s_order(placed: Placed) -> None:
    theirs = add_transfer_account(
        shop=cast.atelier_brume(), iban="DE89370400440532013000", holder="Brume"
    )
    body = french_csv([Movement("18.80", due_of(placed).reference)])
    assert take_statement(account=theirs, body=body, by_user_id=None).matched == 0
    assert order_of(placed).status == "pending"
