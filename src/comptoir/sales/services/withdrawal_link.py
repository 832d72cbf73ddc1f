"""A buyer without an account asks for the way to withdraw."""

from hashlib import blake2b

from django.db.models import Q

from comptoir.common import clock
from comptoir.common.limits import allow
from comptoir.sales.letters.kinds import LetterKind
from comptoir.sales.letters.send import send_letter
from comptoir.sales.models import Order

MOST_ORDERS = 5


def send_withdrawal_links(*, number: str, email: str) -> int:
    """Mails the link for each paid order of that number (each shop has its own) placed with that
    address; returns how many. Who asks is told the same in any case, and not before.

    A second request within the hour sends the same letter again. Called by a job.
    """
    orders = Order.objects.filter(~Q(number=""), number=number.strip(), email__iexact=email.strip())
    found = list(orders.exclude(paid_at=None).order_by("-pk").values_list("pk", flat=True))
    hour = int(clock.now().timestamp() // 3600)
    for order_id in found[:MOST_ORDERS]:
        send_letter(kind=LetterKind.WITHDRAWAL_LINK, order_id=order_id, about=hour)
    return len(found[:MOST_ORDERS])


def check_asking(*, number: str, email: str) -> None:
    """Counts a request for that order of that address, so that nobody's mailbox is filled, and that
    nobody closes this way to somebody else by asking for orders that there are not.

    Raises:
        TooOften: more than ``settings.RATE_LIMITS["withdrawal_mail"]``.
    """
    asked = f"{number.strip()} {email.strip().lower()}"
    allow("withdrawal_mail", blake2b(asked.encode(), digest_size=16).hexdigest())
