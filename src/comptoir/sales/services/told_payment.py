"""Which payment a notice is about. A shop may sell elsewhere with the same account, too."""

import logging
from datetime import timedelta

from django.db.models import Q

from comptoir.common import clock
from comptoir.common.errors import Refused
from comptoir.sales.adapters.provider import DisputeNotice, RefundMadeNotice, RefundNotice
from comptoir.sales.models import Payment
from comptoir.sales.services.settle import OPEN_PAYMENT

# Longer than a provider tells a notice again, and than money is looked for whose notice was lost.
DECIDED_WITHIN = timedelta(days=4)
CLOCKS_DIFFER = timedelta(minutes=1)

logger = logging.getLogger(__name__)


def told_payment(
    provider: str, notice: DisputeNotice | RefundNotice | RefundMadeNotice
) -> Payment | None:
    """The payment that was taken under the notice's reference at its account; ``None``: the shop's
    own affair, and telling it again would be of no use.

    Raises:
        Refused: ``unknown_payment``: one of that account is undecided, whose reference is known
            once its money is heard of; told again, the notice may be about it.
    """
    of_account = Payment.objects.filter(provider=provider, account__reference=notice.account)
    since = clock.now() - DECIDED_WITHIN
    undecided = Q(status__in=OPEN_PAYMENT, created_at__gt=since)
    undecided |= Q(status=Payment.Status.FAILED, settled_at__gt=since)  # money may come late
    # Looked at first: one that is decided between the two looks is then found.
    may_be_ours = of_account.filter(
        undecided, created_at__lte=notice.told_at + CLOCKS_DIFFER
    ).exists()
    found = of_account.filter(reference=notice.payment_reference).first()
    if found is not None:
        return found
    if may_be_ours:
        raise Refused("unknown_payment", "There is no such payment.")
    logger.info("%s, account %s: a notice of a charge that is not ours", provider, notice.account)
    return None
