"""Notices of charges that no row of ours knows: a shop may sell elsewhere with its account."""

from datetime import datetime, timedelta

from django.db.models import Q

from comptoir.common import clock
from comptoir.common.errors import Refused
from comptoir.sales.models import Payment
from comptoir.sales.services.settle import OPEN_PAYMENT

DECIDED_WITHIN = timedelta(days=1)  # money is heard of by then, also when its own notice is lost
CLOCKS_DIFFER = timedelta(minutes=1)


def pass_over_unless_ours(*, provider: str, account: str, told_at: datetime) -> None:
    """A charge is known by its reference once its money was heard of. While one of that account is
    undecided, a notice of ``told_at`` may be about it, and is refused so that it is told again;
    otherwise it is the shop's own affair, and telling it again would be of no use.

    Raises:
        Refused: ``unknown_payment``.
    """
    since = clock.now() - DECIDED_WITHIN
    undecided = Q(status__in=OPEN_PAYMENT, created_at__gt=since)
    undecided |= Q(status=Payment.Status.FAILED, settled_at__gt=since)  # money may come late
    of_account = Payment.objects.filter(provider=provider, account__reference=account)
    if of_account.filter(undecided, created_at__lte=told_at + CLOCKS_DIFFER).exists():
        raise Refused("unknown_payment", "There is no such payment.")
