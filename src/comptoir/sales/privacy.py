"""What ``sales`` holds of a person, for their export."""

from typing import Any

from comptoir.sales.models import Order


def export_of(profile_id: int) -> dict[str, Any]:
    """Their orders, with what was agreed in each, as JSON values; amounts in minor units."""
    orders = Order.objects.filter(buyer=profile_id).prefetch_related("lines").order_by("id")
    return {"orders": [_order(order) for order in orders]}


def _order(order: Order) -> dict[str, Any]:
    return {
        "number": order.number,
        "shop": order.shop_id,
        "status": order.status,
        "email": order.email,
        "recipient": order.recipient,
        "address": [order.address1, order.address2, order.postcode, order.city, order.country],
        "delivery": order.delivery_name,
        "currency": order.currency,
        "total_minor": order.total_minor,
        "placed_at": order.placed_at.isoformat(),
        "lines": [
            {
                "title": line.title,
                "options": line.options,
                "quantity": line.quantity,
                "unit_minor": line.unit_minor,
            }
            for line in order.lines.all()
        ],
    }
