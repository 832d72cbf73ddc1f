"""Notices of charges that no row of ours knows: a shop may sell elsewhere with its account."""

import logging
from datetime import datetime, timedelta

from django.db.models import Q

from comptoir.common import clock
from comptoir.common.errors import Refused
from comptoir.sales.models import Payment
from comptoir.sales.services.settle import OPEN_PAYMENT

# Longer than a provider tells a notice again, and than money is looked for whose notice was lost.
DECIDED_WITHIN = timedelta(days=4)
CLOCKS_DIFFER = timedelta(minutes=1)

logger = logging.getLogger(__name__)


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
    logger.info("%s, account %s: a notice of a charge that is not ours", provider, account)
