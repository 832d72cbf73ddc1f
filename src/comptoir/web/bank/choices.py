"""The words of the sandbox bank's choices."""

from django.utils.translation import gettext as _

from comptoir.sales.adapters.sandbox_bank import Choice


def told() -> dict[str, tuple[str, str]]:
    """For each choice, its button and what will happen."""
    return {
        Choice.APPROVE: (_("Approve"), _("The payment goes through at once.")),
        Choice.SECURE: (
            _("Approve with 3-D Secure"),
            _("The bank asks for a code first, as your own bank would."),
        ),
        Choice.REFUSE: (_("Refuse"), _("The bank says no; the shop is told.")),
        Choice.TIME_OUT: (
            _("Time out"),
            _("The bank takes the money, then falls silent: no answer, no return."),
        ),
        Choice.WEBHOOK_LATE: (
            _("Approve, notice late"),
            _("You come back at once; the bank's notice comes a minute later."),
        ),
        Choice.WEBHOOK_TWICE: (
            _("Approve, notice twice"),
            _("The bank's notice is sent two times; it must count once."),
        ),
    }
