"""What a refused order says in the sheet."""

from django.forms import Field
from django.utils.translation import gettext as _

from comptoir.common.errors import Refused
from comptoir.common.money import show_money
from comptoir.sales.models import Order
from comptoir.sales.pricing.quote import Quote
from comptoir.sales.pricing.vat_number import check_vat_number
from comptoir.sales.services.address import address_faults
from comptoir.web.checkout.forms import CheckoutForm
from comptoir.web.checkout.keys import give_key
from comptoir.web.checkout.sheet import Sheet
from comptoir.web.formats import language

FIELDS = {
    "bad_quantity": "quantity",
    "sold_out": "quantity",
    "bad_delivery": "delivery",
    "bad_email": "email",
    "bad_provider": "pay",
    "bad_vat_number": "vat_number",
}
REQUIRED = Field.default_error_messages["required"]
OF_ONE_THING = {"quantity"}  # fields that the sheet of several things does not show


def show_refusal(form: CheckoutForm, refusal: Refused, sheet: Sheet) -> None:
    """Puts the refusal beside its field.

    A request that was placed before with other contents gets another key: sent again, it is a
    second order, and the person is told.
    """
    if refusal.code == "checkout_key_reused":
        give_key(form, sheet.next_key)
        said = _(
            "This sheet already placed an order; you have changed it since. Send it again to"
            " place a second order."
        )
        form.add_error(None, _given_up_words() if refusal.details["given_up"] else said)
        return
    if refusal.code == "total_changed":
        moved = difference_words(refusal.details["difference_minor"], sheet.currency)
        form.add_error(None, f"{refusal.message} {moved}")
        return
    _say(form, refusal)


def show_the_rest(form: CheckoutForm, sheet: Sheet) -> None:
    """What else is wrong with the address and the VAT number: all is said at once, and not one
    thing at each try."""
    kind = next((each.method.kind for each in sheet.deliveries if each.chosen), "post")
    faults = list(address_faults(form.address().cleaned(), kind))
    try:
        check_vat_number(form.cleaned_data.get("vat_number", ""))
    except Refused as refused:
        faults.append(refused)
    for fault in faults:
        _say(form, fault)


def _say(form: CheckoutForm, refusal: Refused) -> None:
    """Beside its fields, once each; of those that are missing what a form says of them."""
    many = bool(form.cleaned_data.get("lines"))
    said = REQUIRED if refusal.code == "address_incomplete" else str(refusal.message)
    for field in _fields(refusal):
        shown = field in form.fields and not (many and field in OF_ONE_THING)
        if not shown or field not in form.errors:
            form.add_error(field if shown else None, said)


def show_unpaid(form: CheckoutForm, sheet: Sheet, failure: str) -> None:
    """That order is over, and the next try is another one: the provider said no, or somebody gave
    it up."""
    give_key(form, sheet.next_key)
    if failure in Order.CancelReason.values:
        form.add_error(None, _given_up_words())
        return
    form.add_error(
        "pay",
        _("The payment was refused, and nothing was charged. Try again, or pay another way."),
    )


def _given_up_words() -> str:
    return _("The order of this sheet was given up, and nothing was charged. Send it again.")


def show_code_not_seen(form: CheckoutForm, quote: Quote) -> None:
    """A code was typed and its effect not seen yet: the total of now is shown first."""
    if not quote.refused:
        form.add_error(None, _("The total has changed with your code. Please look at it."))


def _fields(refusal: Refused) -> list[str | None]:
    named = refusal.details.get("fields")
    if isinstance(named, list | tuple):
        return [str(name) for name in named]
    return [FIELDS.get(refusal.code)]


def difference_words(difference_minor: object, currency: str) -> str:
    """ "It went up by €2.00." or "It went down by €2.00."."""
    moved = int(str(difference_minor))
    amount = show_money(abs(moved), currency, language())
    if moved > 0:
        return _("It went up by %(amount)s.") % {"amount": amount}
    return _("It went down by %(amount)s.") % {"amount": amount}
