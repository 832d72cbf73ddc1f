"""Letters to the buyer about the goods: sent, arrived, coming back. Their language is in force."""

from django.utils.translation import gettext as _

from comptoir.common.letter import Action, Form, Heading, Letter, Part, Row, Rows, Words
from comptoir.sales.letters.agreed import contents, goods, how_many, where_fetched
from comptoir.sales.letters.form import to_the_buyer
from comptoir.sales.letters.matter import Matter
from comptoir.sales.letters.of_payment import not_owed
from comptoir.sales.links import receipt_link, withdrawal_link
from comptoir.sales.withdrawal.door import withdrawal_token
from comptoir.sales.withdrawal.statement import local_time


def sent(matter: Matter) -> Letter:
    """All of the order is sent, or the last of it; or it waits at the shop."""
    if matter.is_collected:
        return _ready(matter)
    told = _("Your order %(number)s is on its way.") % matter.names
    if matter.pieces and sum(p.quantity for p in matter.pieces) < _all(matter):
        told = _("The last parcel of your order %(number)s is on its way.") % matter.names
    return _parcel(matter, told)


def part_sent(matter: Matter) -> Letter:
    """A parcel left, and more is to come."""
    if matter.is_collected:
        return _ready(matter)
    told = _("A part of your order %(number)s is on its way; the rest follows.") % matter.names
    return _parcel(matter, told)


def rest_given_up(matter: Matter) -> Letter:
    """What was left to send of an order that cost nothing will not come."""
    told = _("%(shop)s cannot send you the rest of your order %(number)s.") % matter.names
    rest = _("What does not come: %(what)s.") % {"what": contents(matter.pieces)}
    return to_the_buyer(
        matter,
        _("The rest of your order from %(shop)s does not come") % matter.names,
        Words(told),
        Words(rest),
        Words(not_owed()),
    )


def _parcel(matter: Matter, told: str) -> Letter:
    parts: list[Part] = [Words(told)]
    parcel = matter.shipment
    carrier = parcel.carrier if parcel is not None else matter.order.carrier
    code = parcel.tracking if parcel is not None else matter.order.tracking
    facts = [Row(_("Carrier"), carrier)] if carrier else []
    if code:
        facts.append(Row(_("Tracking number"), code))
    if facts:
        parts.append(Rows(tuple(facts), facts=True))
    if parcel is not None and parcel.tracking_url:
        parts.append(Action(_("Follow the parcel"), parcel.tracking_url))
    if matter.pieces:
        in_it = _("In this parcel: %(what)s.") % {"what": contents(matter.pieces)}
        parts.append(Words(in_it))
    return to_the_buyer(matter, _("%(shop)s sent your order") % matter.names, *parts)


def _ready(matter: Matter) -> Letter:
    parts: list[Part] = [Words(_("Your order %(number)s is ready at the shop.") % matter.names)]
    if matter.pieces:
        parts.append(Words(_("What waits for you: %(what)s.") % {"what": contents(matter.pieces)}))
    facts = where_fetched(matter)
    facts.append(Row(_("To be named at the counter"), matter.order.number))
    parts.append(Rows(tuple(facts), facts=True))
    return to_the_buyer(matter, _("%(shop)s has your order ready") % matter.names, *parts)


def _all(matter: Matter) -> int:
    return sum(line.quantity for line in matter.lines if not line.digital)


def delivered(matter: Matter) -> Letter | None:
    """Everything has arrived; what is given at once needs no such letter, and who gives all of it
    back has no use for one."""
    if matter.all_given_back or not (matter.is_sent or matter.is_collected):
        return None
    told = _("Your order %(number)s has arrived. We hope that you like it.") % matter.names
    if matter.presumed:
        told = _(
            "Your order %(number)s should have arrived by now. If it has not, please tell us:"
            " answer this mail."
        )
        told %= matter.names
    parts: list[Part] = [Words(told)]
    open_lines = [line for line in matter.lines if not line.is_excluded]
    if matter.until is not None and open_lines and matter.can_withdraw:
        said = _("You may withdraw or ask for a return until %(day)s, on the page of your order.")
        parts.append(Words(said % {"day": matter.day(matter.until)}))
    return to_the_buyer(matter, _("Your order from %(shop)s has arrived") % matter.names, *parts)


def return_noted(matter: Matter) -> Letter:
    """The buyer asked to give something back."""
    return to_the_buyer(
        matter,
        _("Your return: %(shop)s will answer") % matter.names,
        Words(_("%(shop)s received your request and answers soon.") % matter.names),
        _coming_back(matter),
    )


def return_accepted(matter: Matter) -> Letter:
    """The shop takes it back."""
    asked = matter.giving_back
    parts: list[Part] = [Words(_("%(shop)s takes back what you asked for.") % matter.names)]
    parts += _shop_says(matter)
    parts.append(_coming_back(matter))
    if asked is not None and asked.send_to:
        parts += [Heading(_("Send it to")), Form(tuple(asked.send_to.splitlines()))]
    parts.append(Words(_("A label to print, when there is one, is on the page of your order.")))
    return to_the_buyer(matter, _("Your return is accepted"), *parts)


def return_refused(matter: Matter) -> Letter:
    """The shop does not take it back; the legal rights stand."""
    rights = _(
        "Your legal rights stay as they are: you find them in the confirmation of your order."
    )
    return to_the_buyer(
        matter,
        _("Your return is not accepted"),
        Words(_("%(shop)s does not take back what you asked for.") % matter.names),
        *_shop_says(matter),
        _coming_back(matter),
        Words(rights),
    )


def nothing_came_back(matter: Matter) -> Letter:
    """After a withdrawal: the money waits for the goods, by which right, and what to do."""
    told = _(
        "You withdrew from your order %(number)s, and %(shop)s has not received the goods. The law"
        " gives 14 days to send them back (art. L221-23 of the French consumer code), and lets the"
        " seller wait with the money until they come or you prove that you sent them (art."
        " L221-24)."
    )
    then = _(
        "The return is therefore closed without a refund. If you did send the goods, answer this"
        " mail with the proof, such as the carrier's receipt: the money is then due to you."
    )
    return to_the_buyer(
        matter,
        _("Your goods have not come back: order %(number)s") % matter.names,
        Words(told % matter.names),
        _coming_back(matter),
        Words(then),
    )


def _shop_says(matter: Matter) -> list[Part]:
    asked = matter.giving_back
    if asked is None or not asked.answer:
        return []
    return [Form((_("%(shop)s writes:") % matter.names, *asked.answer.splitlines()))]


def _coming_back(matter: Matter) -> Rows:
    rows = [Row(_("Order"), matter.order.number)]
    rows.append(Row(how_many(matter.pieces), contents(matter.pieces)))
    return Rows(tuple(rows), facts=True)


def withdrawal_link_asked(matter: Matter) -> Letter:
    """Someone who names the order and this address would like to withdraw, without an account."""
    told = _(
        "You asked to withdraw from your order %(number)s at %(shop)s. This link opens the page"
        " for it, for two days. Nothing is withdrawn before you confirm it there."
    )
    return to_the_buyer(
        matter,
        _("Withdraw from your order %(number)s") % matter.names,
        Words(told % matter.names),
        Action(_("Go to the withdrawal"), withdrawal_link(withdrawal_token(matter.order.key))),
        Words(_("If you did not ask for it, there is nothing to do."), small=True),
    )


def withdrawal_receipt(matter: Matter) -> Letter:
    """The dated receipt of a withdrawal, with the words of it: a durable medium (L221-21)."""
    declared = matter.withdrawal
    if declared is None:
        return to_the_buyer(matter, _("Your withdrawal"), goods(matter))
    when = {"day": matter.day(declared.declared_at), **matter.names}
    back = {"amount": matter.money(declared.amount_minor), "day": matter.day(declared.refund_by)}
    facts = (
        Row(_("Order"), matter.order.number),
        Row(_("Received on"), local_time(declared.declared_at, matter.language)),
        Row(how_many(matter.pieces), contents(matter.pieces)),
        Row(_("Fingerprint (SHA-256)"), declared.digest),
    )
    return to_the_buyer(
        matter,
        _("Receipt of your withdrawal"),
        Words(_("%(shop)s received your withdrawal on %(day)s.") % when),
        Words(
            _("%(amount)s is given back to you by %(day)s at the latest.") % back
            if declared.amount_minor
            else _("Nothing was paid for it: no money is due.")
        ),
        Rows(facts, facts=True),
        Form(tuple(line for line in declared.statement.splitlines() if line.strip())),
        Action(_("See and print the receipt"), receipt_link(declared.key)),
        Words(_("Keep this mail: it is your receipt."), small=True),
    )
