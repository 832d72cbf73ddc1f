"""The shop's account at Stripe, and where its payments are there."""

from comptoir.sales.models import StripeCharge
from comptoir.sales.services import Placed

ACCOUNT = "acct_zinc"


def session_of(placed: Placed) -> str:
    return StripeCharge.objects.get(payment__order=placed.order_id).session_id
