"""Where shops are paid: accounts are added, put in order, paused."""

from django.db import connection

from comptoir.common import clock

OPEN_SANDBOX = """
INSERT INTO sales_paymentaccount
  (shop_id, provider, reference, details, is_test, is_active, position, created_at)
VALUES (%s, 'sandbox', '', '{}', true, true, 0, %s)
ON CONFLICT DO NOTHING
"""


def open_sandbox(*, shop_id: int) -> None:
    """Gives a new shop the test bank, so that it can be tried at once; once, however often told."""
    with connection.cursor() as cursor:
        cursor.execute(OPEN_SANDBOX, [shop_id, clock.now()])
