"""Letters to the shop, in its owner's language, which is in force when they are written."""

from django.utils.translation import gettext as _

from comptoir.common.letter import Action, Form, Letter, Part, Row, Rows, Words
from comptoir.sales.letters.agreed import address_line, contents, goods
from comptoir.sales.letters.form import to_the_shop
from comptoir.sales.letters.matter import Matter
from comptoir.sales.links import desk_bank_link


def paid(matter: Matter) -> Letter:
    """A new order waits at the desk."""
    order = matter.order
    if order.delivery_kind == "counter":
        return _sold_at_the_counter(matter)
    goes = address_line(matter) if matter.is_sent else ""
    return to_the_shop(
        matter,
        _("New order %(number)s") % matter.names,
        _("Prepare the order"),
        Words(_("%(recipient)s ordered at %(shop)s, and the order is paid.") % matter.names),
        Words(" · ".join(filter(None, [order.delivery_name, goes]))),
        goods(matter),
    )


def _sold_at_the_counter(matter: Matter) -> Letter:
    """It was handed over, and its buyer need not have said a name."""
    return to_the_shop(
        matter,
        _("New order %(number)s") % matter.names,
        _("See the order"),
        Words(_("Sold at the counter, and paid.")),
        goods(matter),
    )


def cancelled(matter: Matter) -> Letter:
    """A paid order is called off: nothing is to be sent."""
    told = _("The order %(number)s of %(recipient)s is cancelled: send nothing.")
    return to_the_shop(
        matter,
        _("Order %(number)s is cancelled") % matter.names,
        _("See the order"),
        Words(told % matter.names),
        *_money_back(matter),
        goods(matter),
    )


def _money_back(matter: Matter) -> tuple[Part, ...]:
    """Of a cancelled order: whether there is money, and it goes back by itself."""
    if not matter.order.total_minor:
        return (Words(_("The pieces are on the shelf again.")),)
    if not matter.by_hand_minor:
        return (
            Words(_("The money goes back to the buyer, and the pieces are on the shelf again.")),
        )
    return Words(_("The pieces are on the shelf again.")), *_by_hand(matter)


def _by_hand(matter: Matter) -> tuple[Part, ...]:
    """What the shop must give back itself, and where it says so; nothing when there is none."""
    if not matter.by_hand_minor:
        return ()
    amount = {"amount": matter.money(matter.by_hand_minor)}
    return (
        Words(_("%(amount)s to give back yourself.") % amount),
        Words(
            _(
                "Send it from your bank or your till, then say so on the page “Bank” of your"
                " counter: only then is the buyer told that it is done."
            )
        ),
        Action(_("To give back"), desk_bank_link(matter.shop.profile.handle)),
    )


def return_asked(matter: Matter) -> Letter:
    """A buyer would like to give something back."""
    asked = matter.giving_back
    words = asked.words.splitlines() if asked is not None else []
    said: list[Part] = [Form(tuple(words))] if words else []
    return to_the_shop(
        matter,
        _("Return asked for: order %(number)s") % matter.names,
        _("Answer"),
        Words(_("%(recipient)s asks to give something back.") % matter.names),
        Rows((Row(_("What"), contents(matter.pieces)),), facts=True),
        *said,
    )


def withdrawal(matter: Matter) -> Letter:
    """A buyer withdrew: this is no question, and the money is due by a day."""
    declared = matter.withdrawal
    rows = [Row(_("What"), contents(matter.pieces))]
    if declared is not None:
        rows.append(Row(_("To give back"), matter.money(declared.amount_minor)))
    if declared is not None and declared.amount_minor:
        rows.append(Row(_("By"), matter.day(declared.refund_by)))
    return to_the_shop(
        matter,
        _("Withdrawal from order %(number)s") % matter.names,
        _("See the order"),
        Words(_("%(recipient)s withdraws from the contract, as the law allows.") % matter.names),
        Rows(tuple(rows), facts=True),
        Words(_("What was not sent yet stays at the shop; what was sent comes back to you.")),
        *_by_hand(matter),
    )
