"""The work of ``sales`` that nobody waits for, on the queue ``sales``; letters on ``mail``."""

from datetime import timedelta

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from comptoir.common.queueing import enqueue, job
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
from comptoir.sales.services.transfers import forget_old_entries, settle_transfers
from comptoir.sales.services.vat_number import check_vat_number
from comptoir.sales.services.verify_ledger import check_ledgers
from comptoir.sales.services.withdrawal_link import send_withdrawal_links

RECONCILE_AFTER = timedelta(minutes=2)
LOOK_BACK = timedelta(hours=26)
KEEP_ENTRIES = timedelta(days=365)
LEFT_OVER = timedelta(minutes=10)  # an invoice's own job has done it by then


@app.periodic(cron="* * * * *")
@app.task(name="sales.expire_holds", queue="sales", queueing_lock="sales.expire_holds")
def expire_holds(timestamp: int) -> None:  # noqa: ARG001 (procrastinate gives it)
    """Each minute: unpaid orders whose time is over give their pieces back."""
    expire_orders()


@app.periodic(cron="* * * * *")
@app.task(name="sales.reconcile_payments", queue="sales", queueing_lock="sales.reconcile_payments")
def reconcile_payments(timestamp: int) -> None:  # noqa: ARG001 (procrastinate gives it)
    """Each minute: payments whose answer never came are asked about."""
    reconcile(older_than=RECONCILE_AFTER)


@app.periodic(cron="* * * * *")
@app.task(name="sales.give_back", queue="sales", queueing_lock="sales.give_back")
def give_back_job(timestamp: int) -> None:  # noqa: ARG001 (procrastinate gives it)
    """Each minute: promised refunds whose own job was lost are asked for."""
    give_back_left_over(older_than=RECONCILE_AFTER)
    give_odd_money_left_over()


@app.periodic(cron="17 * * * *")
@app.task(name="sales.look_back", queue="sales", queueing_lock="sales.look_back")
def look_back_job(timestamp: int) -> None:  # noqa: ARG001 (procrastinate gives it)
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


@app.periodic(cron="23 * * * *")
@app.task(name="sales.left_over_invoices", queue="sales", queueing_lock="sales.left_over_invoices")
def left_over_invoices_job(timestamp: int) -> None:  # noqa: ARG001 (procrastinate gives it)
    """Each hour: invoices whose own job was lost, or that are of before there were any."""
    issue_left_over(older_than=LEFT_OVER)


@app.periodic(cron="* * * * *")
@app.task(name="sales.close_bills", queue="sales", queueing_lock="sales.close_bills")
def close_bills_job(timestamp: int) -> None:  # noqa: ARG001 (procrastinate gives it)
    """Each minute: bills that were paid at the counter, and what was taken along with them."""
    close_bills()


@app.periodic(cron="45 3 * * *")
@app.task(name="sales.forget_bills", queue="sales", queueing_lock="sales.forget_bills")
def forget_bills_job(timestamp: int) -> None:  # noqa: ARG001 (procrastinate gives it)
    """Each night: bills that nobody paid, and shared baskets that are too old."""
    forget_bills()
    forget_shared_baskets()


@app.periodic(cron="50 3 * * *")
@app.task(name="sales.forget_invoices", queue="sales", queueing_lock="sales.forget_invoices")
def forget_invoices_job(timestamp: int) -> None:  # noqa: ARG001 (procrastinate gives it)
    """Each night: invoices that the law wants kept no longer."""
    forget_invoices()


@app.periodic(cron="40 3 * * *")
@app.task(name="sales.check_ledgers", queue="sales", queueing_lock="sales.check_ledgers")
def check_ledgers_job(timestamp: int) -> None:  # noqa: ARG001 (procrastinate gives it)
    """Each night: every shop's payment log is gone through, for the operator's health page."""
    check_ledgers()


@app.periodic(cron="43 4 * * *")
@app.task(name="sales.forget_baskets", queue="sales", queueing_lock="sales.forget_baskets")
def forget_baskets_job(timestamp: int) -> None:  # noqa: ARG001 (procrastinate gives it)
    """Each night: guests' baskets that were left alone for 90 days."""
    forget_guest_baskets()


@app.periodic(cron="41 * * * *")
@app.task(name="sales.presume_delivered", queue="sales", queueing_lock="sales.presume_delivered")
def presume_delivered_job(timestamp: int) -> None:  # noqa: ARG001 (procrastinate gives it)
    """Each hour: parcels of which nobody said anything for days are taken to have arrived."""
    presume_delivered()


@app.task(name="sales.withdrawal_link", queue="mail", retry=FOUR_DAYS)
def withdrawal_link_job(number: str, email: str) -> None:
    """Mails the way to withdraw to the buyer of that order, if there is one by that address."""
    send_withdrawal_links(number=number, email=email)


@app.periodic(cron="*/10 * * * *")
@app.task(name="sales.settle_transfers", queue="sales", queueing_lock="sales.settle_transfers")
def settle_transfers_job(timestamp: int) -> None:  # noqa: ARG001 (procrastinate gives it)
    """Every ten minutes: orders whose transfers have come, should their settling have been lost."""
    settle_transfers()


@app.periodic(cron="41 3 * * *")
@app.task(name="sales.forget_entries", queue="sales", queueing_lock="sales.forget_entries")
def forget_entries_job(timestamp: int) -> None:  # noqa: ARG001 (procrastinate gives it)
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


@app.periodic(cron="* * * * *")
@app.task(name="sales.note_saved_cards", queue="sales", queueing_lock="sales.note_saved_cards")
def note_saved_cards_job(timestamp: int) -> None:  # noqa: ARG001 (procrastinate gives it)
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
