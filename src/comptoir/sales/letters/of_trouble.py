"""Letters about money that did not go where it should: to the buyer, and to the shop."""

from django.utils.translation import gettext as _

from comptoir.common.letter import Letter, Row, Rows, Words
from comptoir.sales.letters.form import to_the_buyer, to_the_shop
from comptoir.sales.letters.matter import Matter


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


def _names(matter: Matter) -> dict[str, str]:
    amount = matter.refund.amount_minor if matter.refund is not None else 0
    return {"amount": matter.money(amount), **matter.names}


def _facts(matter: Matter) -> tuple[Row, ...]:
    amount = Row(_("Amount"), _names(matter)["amount"])
    if not matter.order.number:
        return (amount,)
    return Row(_("Order"), matter.order.number), amount
