"""What a confirmation must say besides what was bought.

French consumer code: L221-13 and L221-5 (confirmation on a durable medium), annexes to R221-1 and
R221-3 (model form and information on withdrawal), L217-3 and following (conformity), L616-1
(mediator); Regulation (EU) 2023/988, article 19 (safety).
"""

from django.utils.translation import gettext as _

from comptoir.common.letter import Action, Form, Heading, Part, Words
from comptoir.sales.letters.agreed import named
from comptoir.sales.letters.matter import Matter
from comptoir.sales.links import order_withdrawal_link
from comptoir.sales.models import OrderLine
from comptoir.shops.models import Shop

Exempt = OrderLine.Exempt

# Words that the law prescribes (art. 11a of directive 2011/83/EU): no translation of ours.
WITHDRAW_HERE = {"fr": "renoncer au contrat ici", "en": "withdraw from contract here"}


def small_print(matter: Matter) -> tuple[Part, ...]:
    """The whole of it; a business has no mediator, and not every consumer may withdraw."""
    if matter.by_business:
        return (*conformity(matter), *safety(matter))
    right = withdrawal(matter) if matter.can_withdraw else ()
    return (*right, *conformity(matter), *mediation(matter), *safety(matter))


def withdrawal(matter: Matter) -> tuple[Part, ...]:
    """The right, how it is used, what it costs, from what there is none, and the model form."""
    is_open = any(not line.is_excluded for line in matter.lines)
    parts: list[Part] = [Heading(_("Your right to withdraw"))]
    if is_open:
        parts += [
            Words(_right(matter), small=True),
            _here(matter),
            Words(_how(matter), small=True),
            Words(_effects(), small=True),
        ]
        if matter.is_sent or matter.is_collected:
            parts.append(Words(_sending_back(), small=True))
    for line in (each for each in matter.lines if each.withdrawal):
        reason = why_not(line.withdrawal) % {"what": named(line, line.quantity)}
        parts.append(Words(reason, small=True))
    if is_open:
        number = str(matter.names["number"])
        parts.append(Form(model_form(matter.shop, number)))
    return tuple(parts)


def _here(matter: Matter) -> Action:
    link = order_withdrawal_link(matter.order.key)
    return Action(WITHDRAW_HERE[matter.language], link, quiet=True)


def why_not(exempt: str) -> str:
    """The sentence for a kind of exception, with ``%(what)s`` in it."""
    sentences = {
        Exempt.PERSONALISED: _("No right to withdraw from %(what)s: it is made for you."),
        Exempt.PERISHABLE: _("No right to withdraw from %(what)s: it spoils quickly."),
        Exempt.SEALED: _(
            "No right to withdraw from %(what)s once you have opened it: it is sealed for"
            " reasons of hygiene or health."
        ),
        Exempt.DIGITAL: _(
            "No right to withdraw from %(what)s: you asked for it at once, and agreed to lose"
            " that right when it is given."
        ),
    }
    return sentences[Exempt(exempt)]


def _right(matter: Matter) -> str:
    if not (matter.is_sent or matter.is_collected):
        return _(
            "You may withdraw from this contract within 14 days of its conclusion,"
            " without giving any reason."
        )
    return _(
        "You may withdraw from this contract within 14 days, without giving any reason. The time"
        " ends 14 days after the day on which the goods reach you, or a person whom you have"
        " named; when the order comes in several parcels, the last of them."
    )


def _how(matter: Matter) -> str:
    told = _(
        "Besides that page, which asks for no account and confirms by mail at once, you may tell"
        " us in any clear statement (a letter, a mail), or with the form below. It is enough to"
        " send it before the time ends. To: %(trader)s."
    )
    shop = matter.shop
    parts = [shop.legal_name or matter.shop_name, *shop.legal_address.splitlines()]
    return told % {"trader": ", ".join(filter(None, [*parts, shop.contact_email]))}


def _effects() -> str:
    return _(
        "If you withdraw, we give back all that you paid for it, the delivery included (but not"
        " what a dearer delivery than our cheapest one cost more), within 14 days of hearing of"
        " it, by the means you paid with and at no cost to you. We may wait until the goods are"
        " back, or until you prove that you sent them, whichever comes first."
    )


def _sending_back() -> str:
    return _(
        "Send or bring the goods back within 14 days of telling us. You bear the cost of sending"
        " them back, and you answer for a loss of value only if you handled them more than was"
        " needed to see what they are and how they work."
    )


def model_form(shop: Shop, number: str = "") -> tuple[str, ...]:
    """The form of the law, to be sent to ``shop``, line by line."""
    address = ", ".join(filter(None, shop.legal_address.splitlines()))
    name = shop.legal_name or shop.profile.name
    to = ", ".join(filter(None, [name, address, shop.contact_email]))
    return (
        _("Model withdrawal form (fill it in and send it only if you wish to withdraw)"),
        _("To: %(trader)s") % {"trader": to},
        _("I/We hereby give notice that I/we withdraw from my/our contract for these goods:"),
        _("Ordered on / received on:"),
        (_("Order number: %(number)s") % {"number": number}).rstrip(),
        _("Name of the consumer(s):"),
        _("Address of the consumer(s):"),
        _("Signature of the consumer(s) (only if this form is on paper):"),
        _("Date:"),
    )


def conformity(matter: Matter) -> tuple[Part, ...]:
    """The legal guarantees, which hold whatever the terms of sale say."""
    hidden = _(
        "You also have the guarantee against hidden defects, within two years of finding them"
        " (articles 1641 to 1649 of the French civil code)."
    )
    said = [hidden] if matter.by_business else [*_two_years(matter), hidden]
    return (Heading(_("Legal guarantees")), *(Words(words, small=True) for words in said))


def _two_years(matter: Matter) -> list[str]:
    """Of goods, of files, or of both."""
    goods = _(
        "The seller answers for any lack of conformity that appears within two years of delivery:"
        " you may have the goods repaired or replaced free of charge within 30 days, or, failing"
        " that, have the price lowered or be paid back (articles L217-3 and following of the"
        " French consumer code). A repair prolongs this guarantee by six months."
    )
    files = _(
        "For a file, the seller answers for any lack of conformity that appears within two years"
        " of its supply: you may have it put right free of charge and without undue delay, or,"
        " failing that, have the price lowered or be paid back (articles L224-25-12 and following"
        " of the French consumer code)."
    )
    kinds = {line.digital for line in matter.lines}
    return [*([goods] if False in kinds else []), *([files] if True in kinds else [])]


def mediation(matter: Matter) -> tuple[Part, ...]:
    """Who is asked when seller and buyer do not agree."""
    shop = matter.shop
    if not shop.mediator_name:
        return ()
    where = " · ".join(
        filter(None, [shop.mediator_name, ", ".join(shop.mediator_address.splitlines())])
    )
    said = _(
        "If something goes wrong, write to the shop first. If you do not agree, you may ask the"
        " consumer mediator, free of charge: %(mediator)s."
    )
    full = " · ".join(filter(None, [where, shop.mediator_url]))
    return (Heading(_("If we do not agree")), Words(said % {"mediator": full}, small=True))


def safety(matter: Matter) -> tuple[Part, ...]:
    """Whom to tell of a danger: the product's own contact, else the shop's."""
    by_contact: dict[str, list[str]] = {}
    for line in matter.lines:
        if not line.digital:
            own = line.product.safety_contact or matter.shop.safety_contact
            by_contact.setdefault(own, []).append(line.title)
    said = [
        Words(
            _("Product safety contact for %(what)s: %(contact)s")
            % {"what": ", ".join(dict.fromkeys(titles)), "contact": _flat(contact)},
            small=True,
        )
        for contact, titles in by_contact.items()
        if contact
    ]
    return (Heading(_("Product safety")), *said) if said else ()


def _flat(text: str) -> str:
    return ", ".join(line.strip() for line in text.splitlines() if line.strip())
