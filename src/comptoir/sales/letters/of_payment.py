"""Letters to the buyer about the contract and its money. The buyer's language is in force."""

from django.utils.translation import gettext as _

from comptoir.common.letter import Action, Heading, Letter, Part, Row, Rows, Words
from comptoir.sales.adapters.registry import PAID_LATER
from comptoir.sales.letters.agreed import address_line, contents, goods, where_fetched
from comptoir.sales.letters.form import to_the_buyer
from comptoir.sales.letters.law import small_print
from comptoir.sales.letters.matter import Matter
from comptoir.sales.links import invoice_link
from comptoir.sales.under_way import awaited_by, money_under_way
from comptoir.shops.arrival import arrival_words

CASH = "cash"


def paid(matter: Matter) -> Letter:
    """The order is paid: the confirmation of the contract, on a medium that lasts."""
    return _confirmation(matter)


def paid_late(matter: Matter) -> Letter:
    """The order had expired when the money came, and is fulfilled all the same."""
    late = _("Your payment came after the time to pay, but everything was still there.")
    return _confirmation(matter, Words(late))


def exchange_placed(matter: Matter) -> Letter:
    """What replaces returned pieces, at nothing to pay."""
    thanks = _("%(shop)s sends you this in exchange for what you returned. Nothing is to be paid.")
    return to_the_buyer(
        matter,
        _("Your exchange %(number)s at %(shop)s") % matter.names,
        Words(thanks % matter.names),
        Words(_goes(matter)),
        goods(matter),
    )


def _confirmation(matter: Matter, *more: Part) -> Letter:
    at_once = matter.order.delivery_kind in {"counter", "digital"}  # nothing is to be prepared
    thanks = (
        _("Thank you for what you bought at %(shop)s. This is your order %(number)s.")
        if at_once
        else _("Thank you! %(shop)s received your order %(number)s and prepares it.")
    )
    parts: list[Part] = [Words(thanks % matter.names), *more, Words(_goes(matter))]
    if any(line.digital for line in matter.lines):
        parts.append(Words(_("Your downloads wait on the page of your order.")))
    parts.append(goods(matter))
    first = len(parts)
    parts.append(Rows(_facts(matter), facts=True))
    if matter.order.total_minor:
        parts.append(Action(_("Your invoice"), invoice_link(matter.order.key), quiet=True))
    parts += small_print(matter)
    subject = _("Your order %(number)s at %(shop)s") % matter.names
    return to_the_buyer(matter, subject, *parts, first=first)


def _facts(matter: Matter) -> tuple[Row, ...]:
    order = matter.order
    rows = [Row(_("Order"), order.number), Row(_("Placed on"), matter.day(order.placed_at))]
    if order.paid_at is not None:
        rows.append(Row(_("Paid on"), matter.day(order.paid_at)))
    rows += [Row(_("Delivery"), order.delivery_name), *where_fetched(matter)]
    rows += _expected(matter)
    if matter.is_sent:
        rows.append(Row(_("To"), address_line(matter)))
    return tuple(rows)


def _expected(matter: Matter) -> list[Row]:
    days = matter.order.expected_days
    name = _("Ready on") if matter.is_collected else _("Expected on")
    return [Row(name, arrival_words(*days, matter.language))] if days is not None else []


def _goes(matter: Matter) -> str:
    if matter.is_collected:
        return _("You collect it at the shop: a mail tells you when it is ready.")
    if matter.is_sent:
        return _("It will be sent to: %(address)s.") % {"address": address_line(matter)}
    if matter.order.delivery_kind == "digital":
        return _("Nothing is sent by post: you find it on the page of your order.")
    return _("You have it already, or it waits for you at the counter.")


def awaited(matter: Matter) -> Letter | None:
    """The order waits for money that no page takes: a bank transfer, or cash at the counter."""
    until = {"day": matter.day(matter.order.pay_until), **matter.names}
    if matter.transfer is None:
        if matter.payment is None or matter.payment.provider not in PAID_LATER:
            return None
        provider, shop = matter.payment.provider, matter.shop.profile.name
        said = awaited_by(matter.order, provider, shop, until["day"]).text
        subject = _("Your order waits at %(shop)s") % matter.names
        where = [Rows(tuple(facts), facts=True) for facts in [where_fetched(matter)] if facts]
        return to_the_buyer(matter, subject, Words(said), *where, goods(matter))
    due = matter.transfer
    left = due.amount_minor - due.received_minor
    rows = [
        Row(_("Amount"), matter.money(left)),
        Row(_("IBAN"), _in_fours(due.account.reference)),
        Row(_("Reference"), due.reference, _("Write it on the transfer, and nothing else.")),
    ]
    owner = due.account.details.get("holder") or matter.shop.legal_name
    if owner:
        rows.insert(0, Row(_("To"), str(owner)))
    said = _("%(shop)s prepares your order as soon as your transfer has come, until %(day)s.")
    free = _("After that day, the order is called off and its pieces go back on the shelf.")
    return to_the_buyer(
        matter,
        _("How to pay your order at %(shop)s") % matter.names,
        Words(said % until),
        Rows(tuple(rows), facts=True),
        Words(free),
        goods(matter),
    )


def _in_fours(text: str) -> str:
    packed = "".join(text.split())
    return " ".join(packed[at : at + 4] for at in range(0, len(packed), 4))


def invoice_ready(matter: Matter) -> Letter | None:
    """A business needs its invoice at once; a consumer finds it by the link of the confirmation."""
    if not (matter.order.company or matter.order.vat_number):
        return None
    return to_the_buyer(
        matter,
        _("Your invoice for order %(number)s") % matter.names,
        Words(_("The invoice of %(shop)s for your order %(number)s is ready.") % matter.names),
        Action(_("Your invoice"), invoice_link(matter.order.key)),
    )


def refused(matter: Matter) -> Letter:
    """The provider refused: nothing was taken."""
    return _not_bought(matter, _("Your bank refused the payment, and nothing was charged."))


def expired(matter: Matter) -> Letter:
    """The time to pay is over; of a transfer, a part may have come."""
    due = matter.transfer
    came = due.received_minor - due.given_back_minor if due is not None else 0
    if not came:
        said = _("The time to pay your order is over, and we have received nothing.")
        return _not_bought(matter, said)
    said = _(
        "The time to pay your order is over. Of your transfer, only %(amount)s has come: it is"
        " given back to you."
    )
    return _not_bought(matter, said % {"amount": matter.money(came)})


def called_off(matter: Matter) -> Letter:
    """Cancelled before anything was paid, as far as was heard."""
    coming = money_under_way(matter.payment.provider) if matter.payment is not None else ""
    said = _("Your order was cancelled before it was paid.")
    return to_the_buyer(
        matter,
        _("Your order at %(shop)s is cancelled") % matter.names,
        Words(said + " " + (coming or _("Nothing was charged."))),
        goods(matter),
    )


def _not_bought(matter: Matter, what: str) -> Letter:
    return to_the_buyer(
        matter,
        _("Your order at %(shop)s was not paid") % matter.names,
        Words(what),
        Words(_("What you chose is on the shelf again: you may order it anew whenever you like.")),
        goods(matter),
    )


def cancelled(matter: Matter) -> Letter:
    """A paid order is called off, or one that cost nothing."""
    return to_the_buyer(
        matter,
        _("Your order %(number)s is cancelled") % matter.names,
        Words(_("%(shop)s had to cancel your order %(number)s. We are sorry.") % matter.names),
        Words(_("What you paid is given back to you.") if matter.order.total_minor else not_owed()),
        goods(matter),
    )


def not_owed() -> str:
    """Of an order that cost nothing and does not come: an offer's, or an exchange."""
    return _(
        "You paid nothing for it. If it was to replace something that you gave back, that is still"
        " owed to you: answer this mail."
    )


def money_too_late(matter: Matter) -> Letter:
    """The money came after the order was given up: it goes back."""
    amount = {"amount": matter.money(matter.refund.amount_minor if matter.refund else 0)}
    came = _("Your payment of %(amount)s reached us after your order was cancelled.")
    return to_the_buyer(
        matter,
        _("Your payment is given back"),
        Words(came % amount),
        Words(_("We cannot fulfil it any more, so the whole amount is given back to you.")),
    )


def refunded(matter: Matter) -> Letter:
    """Money was given back, all of it or a part; or pieces that cost nothing were given up."""
    given = matter.refund.amount_minor if matter.refund else 0
    if matter.refund is not None and not given:
        return _given_up(matter)
    names = {"amount": matter.money(given), **matter.names}
    payment = matter.payment
    parts: list[Part] = [Words(_("%(amount)s was given back to you, the way you paid.") % names)]
    if payment is None or payment.provider != CASH:
        parts.append(Words(_("Depending on your bank, it takes a few days until you see it.")))
    if payment is not None and matter.order.number:
        rows = [Row(_("Order"), matter.order.number), Row(_("Given back now"), names["amount"])]
        if payment.refunded_minor > given:
            rows.append(Row(_("Given back in all"), matter.money(payment.refunded_minor)))
        left = payment.captured_minor - payment.refunded_minor
        rows.append(Row(_("Paid, after refunds"), matter.money(left), strong=True))
        parts.append(Rows(tuple(rows)))
        parts.append(Words(_("The credit note is on the page of your order."), small=True))
    if matter.pieces:
        parts += [Heading(_("What it is for")), Words(contents(matter.pieces))]
    return to_the_buyer(matter, _("Your refund"), *parts)


def _given_up(matter: Matter) -> Letter:
    return to_the_buyer(
        matter,
        _("Your order %(number)s has changed") % matter.names,
        Words(_("%(shop)s took this out of your order %(number)s:") % matter.names),
        Words(contents(matter.pieces)),
        Words(_("It cost you nothing, so that no money is due. The rest stays as it is.")),
    )
