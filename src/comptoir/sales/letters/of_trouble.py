"""Letters about money that did not go where it should: to the buyer, and to the shop."""

from django.utils.translation import gettext as _

from comptoir.common.letter import Action, Letter, Row, Rows, Words
from comptoir.common.money import show_money
from comptoir.sales.adapters.stripe_connect import dispute_page
from comptoir.sales.letters.form import to_the_buyer, to_the_shop
from comptoir.sales.letters.matter import Matter
from comptoir.sales.models import OddMoney, StripeDispute


def refund_failed(matter: Matter) -> Letter:
    """Corrects the letter that said the money was given back."""
    names = _names(matter)
    said = _("We wrote that %(amount)s was given back to you. Your bank has sent it back since.")
    return to_the_buyer(
        matter,
        _("Your refund did not reach you"),
        Words(said % names),
        Words(_("This happens when a card or an account was closed. The money is still yours.")),
        Words(
            _(
                "%(shop)s has been told, and gives it to you in another way. To make it quicker,"
                " answer this mail and say to which bank account it may be sent."
            )
            % names
        ),
        Rows(_facts(matter), facts=True),
    )


def refunded_after_all(matter: Matter) -> Letter:
    """What had failed is made good."""
    names = _names(matter)
    by_hand = matter.refund is not None and matter.refund.by_hand
    given = (
        _("%(shop)s gave %(amount)s back to you another way, as your bank had sent it back.")
        if by_hand
        else _("%(amount)s was given back to you once more, the way you paid.")
    )
    return to_the_buyer(
        matter,
        _("Your refund, once more"),
        Words(given % names),
        Words(_("Depending on your bank, it takes a few days until you see it.")),
        Rows(_facts(matter), facts=True),
    )


def shop_refund_failed(matter: Matter) -> Letter:
    """The money is back at the shop, and still owed."""
    names = _names(matter)
    failure = matter.failure
    rows = list(_facts(matter))
    if failure is not None and failure.reason:
        rows.append(Row(_("What your provider says"), failure.reason.replace("_", " ")))
    rows.append(Row(_("The buyer"), matter.order.email or matter.order.recipient))
    return to_the_shop(
        matter,
        _("A refund did not arrive: order %(number)s") % names,
        _("See the order"),
        Words(
            _("The refund of %(amount)s to %(recipient)s did not arrive: you still owe it.") % names
        ),
        Rows(tuple(rows), facts=True),
        Words(
            _(
                "Agree with the buyer on another way, such as a bank transfer, and say so on the"
                " page “Bank” of your counter once it is done. There you may also have your"
                " provider try once more."
            )
        ),
    )


def shop_refund_seen(matter: Matter) -> Letter:
    """The shop gave money back at its provider's own desk: written down, and what it leaves."""
    names = _names(matter)
    return to_the_shop(
        matter,
        _("A refund made at your provider: order %(number)s") % names,
        _("See the order"),
        Words(
            _(
                "%(amount)s was given back to %(recipient)s at your payment provider, not from your"
                " counter. It is written down, the buyer is told, and a credit note is made."
            )
            % names
        ),
        Rows(_facts(matter), facts=True),
        Words(
            _(
                "Your stock is as it was: if pieces come back, or will not be sent, say so on the"
                " order's page."
            )
        ),
    )


def odd_money(matter: Matter) -> Letter | None:
    """Another amount came than was asked: it goes back, and the order is called off."""
    odd = matter.odd_money
    if odd is None:
        return None
    said = _("Your bank took another amount for your order at %(shop)s than was asked.")
    return to_the_buyer(
        matter,
        _("Your order at %(shop)s is cancelled") % matter.names,
        Words(said % matter.names),
        Rows(_asked_and_came(matter, odd), facts=True),
        Words(_("The whole of what was taken goes back to you, the way you paid.")),
        Words(_("What you chose is on the shelf again: you may order it anew whenever you like.")),
    )


def shop_odd_money(matter: Matter) -> Letter | None:
    """The same, for the shop: nothing is to be sent, and the money leaves its account."""
    odd = matter.odd_money
    if odd is None:
        return None
    said = _("Another amount came for an order of %(recipient)s than was asked.")
    return to_the_shop(
        matter,
        _("An order is cancelled: another amount came"),
        _("See the order"),
        Words(said % matter.names),
        Rows(_asked_and_came(matter, odd), facts=True),
        Words(
            _(
                "The operator of this place has it given back from your account at the provider."
                " The order is cancelled: send nothing."
            )
        ),
    )


def _asked_and_came(matter: Matter, odd: OddMoney) -> tuple[Row, ...]:
    came = show_money(odd.amount_minor, odd.currency, matter.language)
    return (
        Row(_("Asked"), matter.money(matter.order.total_minor)),
        Row(_("Taken, and given back"), came),
    )


def shop_dispute(matter: Matter) -> Letter | None:
    """A buyer's bank asks for money back: there is a day by which the shop must have answered."""
    dispute = matter.dispute
    if dispute is None:
        return None
    rows = list(_of_dispute(matter, dispute))
    said = _("The bank of %(recipient)s asks for the money of this order back.")
    what = _(
        "Answer at Stripe, with what proves your side: the parcel's tracking, the invoice, what you"
        " wrote to each other. Who does not answer in time loses the money."
    )
    if dispute.respond_by is not None:
        rows.append(Row(_("Answer until"), matter.day(dispute.respond_by), strong=True))
    return to_the_shop(
        matter,
        _("A payment is disputed: order %(number)s") % matter.names,
        _("See the order"),
        Words(said % matter.names),
        Rows(tuple(rows), facts=True),
        Words(what),
        Action(_("Answer at Stripe"), _page(dispute)),
    )


def shop_dispute_ended(matter: Matter) -> Letter | None:
    """The bank has decided."""
    dispute = matter.dispute
    if dispute is None:
        return None
    if dispute.status == "lost":
        said = _("The bank has decided for the buyer: the money stays with them.")
    else:
        said = _("The bank has decided for you: the money is yours.")
    return to_the_shop(
        matter,
        _("The dispute of order %(number)s is decided") % matter.names,
        _("See the order"),
        Words(said),
        Rows(_of_dispute(matter, dispute), facts=True),
    )


def _of_dispute(matter: Matter, dispute: StripeDispute) -> tuple[Row, ...]:
    return (
        Row(_("Order"), matter.order.number),
        Row(_("Amount"), show_money(dispute.amount_minor, dispute.currency, matter.language)),
        Row(_("What the bank says"), dispute.reason.replace("_", " ")),
    )


def _page(dispute: StripeDispute) -> str:
    account = dispute.payment.account
    return dispute_page(dispute.dispute_id, is_test=account is not None and account.is_test)


def _names(matter: Matter) -> dict[str, str]:
    amount = matter.refund.amount_minor if matter.refund is not None else 0
    return {"amount": matter.money(amount), **matter.names}


def _facts(matter: Matter) -> tuple[Row, ...]:
    amount = Row(_("Amount"), _names(matter)["amount"])
    if not matter.order.number:
        return (amount,)
    return Row(_("Order"), matter.order.number), amount
