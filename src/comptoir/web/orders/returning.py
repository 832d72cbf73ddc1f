"""Words about returns: why, and how they stand."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from comptoir.sales.models import Return

Words = str | Promise
Status, Reason = Return.Status, Return.Reason

REASONS: dict[str, Words] = {
    Reason.DAMAGED: _("It arrived damaged"),
    Reason.DEFECTIVE: _("It does not work"),
    Reason.WRONG: _("It is not what I ordered"),
    Reason.OTHERWISE: _("It is not as it was described"),
    Reason.FIT: _("It does not fit"),
    Reason.MIND: _("I do not like it"),
    Reason.WITHDRAWAL: _("Withdrawn from the contract"),
}
ASKED = {key: words for key, words in REASONS.items() if key != Reason.WITHDRAWAL}

# (badge, kind of badge) by status.
BADGES: dict[str, tuple[Words, str]] = {
    Status.ASKED: (_("Waits for an answer"), "wait"),
    Status.ACCEPTED: (_("To be sent back"), "wait"),
    Status.REFUSED: (_("Not accepted"), "bad"),
    Status.RECEIVED: (_("Back at the shop"), "good"),
    Status.CLOSED: (_("Closed"), "plain"),
}
