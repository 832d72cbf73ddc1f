"""All orders of the place, counted for the operator."""

from django.db.models import Count

from comptoir.sales.models import Order


def order_census() -> dict[str, int]:
    """How many orders there are in each status, with 0 for none."""
    rows = Order.objects.values("status").annotate(many=Count("pk")).order_by()
    counted = {row["status"]: row["many"] for row in rows}
    return {status: counted.get(status, 0) for status in Order.Status.values}
