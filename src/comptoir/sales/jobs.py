"""The work of ``sales`` that nobody waits for, on the queue ``sales``; letters on ``mail``."""

from datetime import timedelta

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from comptoir.common.queueing import enqueue, job
from comptoir.common.regularly import regularly
from comptoir.common.retries import FOUR_DAYS
from comptoir.sales.adapters.sandbox_bank import NOTICE_JOB, bank_notice
from comptoir.sales.letters.kinds import LetterKind
from comptoir.sales.letters.send import send_letter
from comptoir.sales.services.basket import forget_guest_baskets
from comptoir.sales.services.bills import close_bills, forget_bills
from comptoir.sales.services.close_payment import close_payment
from comptoir.sales.services.expire import expire_orders, look_back, reconcile
from comptoir.sales.services.give_back import give_back, give_back_left_over
from comptoir.sales.services.issue_invoice import (
    forget_invoices,
    issue_credit_note,
    issue_invoice,
    issue_left_over,
)
from comptoir.sales.services.mark_delivered import presume_delivered
from comptoir.sales.services.odd_money import give_odd_money_back, give_odd_money_left_over
from comptoir.sales.services.saved_cards import (
    forget_card,
    forget_customer_at_stripe,
    note_saved_cards,
)
from comptoir.sales.services.shared_basket import forget_shared_baskets
from comptoir.sales.services.take_webhook import take_webhook
from comptoir.sales.services.transfers import (
    KEEP_ENTRIES,
    forget_old_entries,
    settle_transfers,
)
from comptoir.sales.services.vat_number import check_vat_number
from comptoir.sales.services.verify_ledger import check_ledgers
from comptoir.sales.services.withdrawal_link import send_withdrawal_links

RECONCILE_SOON, RECONCILE_AFTER = timedelta(seconds=20), timedelta(minutes=2)
LOOK_BACK = timedelta(hours=26)
LEFT_OVER = timedelta(minutes=10)  # an invoice's own job has done it by then


@regularly("* * * * *", "sales.expire_holds", queue="sales")
def expire_holds() -> None:
    """Each minute: unpaid orders whose time is over give their pieces back."""
    expire_orders()


@regularly("* * * * * */20", "sales.reconcile_soon", queue="sales")
def reconcile_soon() -> None:
    """Each twenty seconds: payments of these two minutes whose answer never came, so that what a
    crash cut short is done within one."""
    reconcile(older_than=RECONCILE_SOON, newer_than=RECONCILE_AFTER)


@regularly("* * * * *", "sales.reconcile_payments", queue="sales")
def reconcile_payments() -> None:
    """Each minute: the others, for as long as they are open."""
    reconcile(older_than=RECONCILE_AFTER)


@regularly("* * * * *", "sales.give_back", queue="sales")
def give_back_job() -> None:
    """Each minute: promised refunds whose own job was lost are asked for."""
    give_back_left_over(older_than=RECONCILE_AFTER)
    give_odd_money_left_over()


@regularly("17 * * * *", "sales.look_back", queue="sales")
def look_back_job() -> None:
    """Each hour: payments given up within a day, in case money came that nobody told us of."""
    look_back(newer_than=LOOK_BACK)


@app.task(name="sales.invoice", queue="papers", retry=FOUR_DAYS)
def invoice_job(order_id: int) -> None:
    """Issues the invoice of an order that was paid, and tells a business of it; tried for four
    days."""
    invoice = issue_invoice(order_id=order_id)
    if invoice is not None and (invoice.order.company or invoice.order.vat_number):
        enqueue(job(send_letter_job, kind=LetterKind.INVOICE_READY.value, order_id=order_id))


@app.task(name="sales.credit_note", queue="papers", retry=FOUR_DAYS)
def credit_note_job(refund_id: int) -> None:
    """Issues the credit note of a refund; tried for four days."""
    issue_credit_note(refund_id=refund_id)


@regularly("23 * * * *", "sales.left_over_invoices", queue="papers")
def left_over_invoices_job() -> None:
    """Each hour: invoices and credit notes whose own job was lost."""
    issue_left_over(older_than=LEFT_OVER)


@regularly("* * * * *", "sales.close_bills", queue="sales")
def close_bills_job() -> None:
    """Each minute: bills that were paid at the counter, and what was taken along with them."""
    close_bills()


@regularly("45 3 * * *", "sales.forget_bills", queue="sales")
def forget_bills_job() -> None:
    """Each night: bills that nobody paid, and shared baskets that are too old."""
    forget_bills()
    forget_shared_baskets()


@regularly("50 3 * * *", "sales.forget_invoices", queue="sales")
def forget_invoices_job() -> None:
    """Each night: invoices that the law wants kept no longer."""
    forget_invoices()


@regularly("40 3 * * *", "sales.check_ledgers", queue="sales")
def check_ledgers_job() -> None:
    """Each night: every shop's payment log is gone through, for the operator's health page."""
    check_ledgers()


@regularly("43 4 * * *", "sales.forget_baskets", queue="sales")
def forget_baskets_job() -> None:
    """Each night: guests' baskets that were left alone for 90 days."""
    forget_guest_baskets()


@regularly("41 * * * *", "sales.presume_delivered", queue="sales")
def presume_delivered_job() -> None:
    """Each hour: parcels of which nobody said anything for days are taken to have arrived."""
    presume_delivered()


@app.task(name="sales.withdrawal_link", queue="mail", retry=FOUR_DAYS)
def withdrawal_link_job(number: str, email: str) -> None:
    """Mails the way to withdraw to the buyer of that order, if there is one by that address."""
    send_withdrawal_links(number=number, email=email)


@regularly("*/10 * * * *", "sales.settle_transfers", queue="sales")
def settle_transfers_job() -> None:
    """Every ten minutes: orders whose transfers have come, should their settling have been lost."""
    settle_transfers()


@regularly("41 3 * * *", "sales.forget_entries", queue="sales")
def forget_entries_job() -> None:
    """Each night: bank movements that no order was found for within a year are forgotten."""
    forget_old_entries(older_than=KEEP_ENTRIES)


@app.task(
    name="sales.refund",
    queue="sales",
    retry=FOUR_DAYS,
)
def refund_job(refund_id: int) -> None:
    """Asks the provider for one promised refund; tried for four days, at last each hour."""
    give_back(refund_id=refund_id)


@regularly("* * * * *", "sales.note_saved_cards", queue="sales")
def note_saved_cards_job() -> None:
    """Each minute: cards that members had kept with a payment are looked up."""
    note_saved_cards()


@app.task(name="sales.forget_card", queue="sales", retry=FOUR_DAYS)
def forget_card_job(card_id: int) -> None:
    """Has the provider forget a card that its owner removed; tried for four days."""
    forget_card(card_id=card_id)


@app.task(name="sales.forget_customer", queue="sales", retry=FOUR_DAYS)
def forget_customer_job(customer_pk: int) -> None:
    """Has the provider forget a person who left; tried for four days."""
    forget_customer_at_stripe(customer_pk=customer_pk)


@app.task(name="sales.check_vat_number", queue="default", retry=FOUR_DAYS)
def check_vat_number_job(order_id: int) -> None:
    """Asks VIES for the number of an order without VAT; tried for four days."""
    check_vat_number(order_id=order_id)


@app.task(name="sales.odd_money", queue="sales", retry=FOUR_DAYS)
def odd_money_job(odd_money_id: int) -> None:
    """Gives money of another amount than was asked back; tried for four days."""
    give_odd_money_back(odd_money_id=odd_money_id)


@app.task(name="sales.close_payment", queue="sales", retry=FOUR_DAYS)
def close_payment_job(payment_id: int) -> None:
    """Closes the provider's page of a payment that was given up; tried for four days."""
    close_payment(payment_id=payment_id)


@app.task(
    name="sales.send_letter",
    queue="mail",
    retry=FOUR_DAYS,
)
def send_letter_job(kind: str, order_id: int, about: int | None = None) -> None:
    """Sends one letter about an order; tried for four days, at last each hour."""
    send_letter(kind=LetterKind(kind), order_id=order_id, about=about)


@app.task(
    name=NOTICE_JOB,
    queue="sales",
    retry=RetryStrategy(max_attempts=5, exponential_wait=4),
)
def post_bank_notice(reference: str) -> None:
    """The sandbox bank's post: its webhook, through the same door as one from outside."""
    headers, body = bank_notice(reference)
    take_webhook(provider="sandbox", headers=headers, body=body)
