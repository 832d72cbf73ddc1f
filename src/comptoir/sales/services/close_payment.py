"""The provider's page of an order that was called off is closed, so that nobody pays there."""

from comptoir.sales.adapters.registry import PROVIDERS, provider_named
from comptoir.sales.models import Payment
from comptoir.sales.services.settle import settle

CLOSING = [name for name, provider in PROVIDERS.items() if provider.closes]


def has_a_page_to_close(payment_id: int) -> bool:
    """Whether the payment's provider keeps a page open that can be closed."""
    return Payment.objects.filter(pk=payment_id, provider__in=CLOSING).exists()


def close_payment(*, payment_id: int) -> bool:
    """Closes it, outside any transaction; returns whether it is closed.

    Money that came there first is settled as late money always is. Closing again is harmless.

    Raises:
        ProviderDown: it does not answer; asking again later is safe.
    """
    payment = Payment.objects.get(pk=payment_id)
    if payment.status != Payment.Status.FAILED:
        return False
    provider = provider_named(payment.provider)
    if provider.close(payment.key):
        return True
    answer = provider.fetch(payment.key)
    if answer is not None:
        settle(payment_id=payment.pk, answer=answer)
    return False
