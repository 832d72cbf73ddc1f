"""What ``sales`` holds of a person, for their export."""

from typing import Any

from django.db.models import QuerySet

from comptoir.sales.models import (
    BankEntry,
    BasketLine,
    Download,
    Invoice,
    Offer,
    OfferUse,
    Order,
    Return,
    SavedCard,
    SharedBasketLine,
)
from comptoir.sales.services.offer_uses import customer_of


def export_of(profile_id: int) -> dict[str, Any]:
    """Their orders, with what was agreed in each, their basket, and offers to them, as JSON values;
    amounts in minor units. On leaving, the baskets go with the profile, the orders lose their
    buyer, and the uses of offers their customer; kept cards are forgotten, here and where they are
    kept (``handlers.on_person_left``)."""
    orders = Order.objects.filter(buyer=profile_id).order_by("id")
    orders = orders.select_related("vat_number_check")
    orders = orders.prefetch_related("lines", "returns__photos", "withdrawals")
    lines = BasketLine.objects.filter(basket__owner=profile_id).select_related("variant__product")
    return {
        "orders": [_order(order) for order in orders],
        "basket": [_basket_line(line) for line in lines.order_by("added_at", "id")],
        "baskets_shared": [_shared_line(line) for line in _shared_lines(profile_id)],
        "invoices": [_invoice(one) for one in _invoices(profile_id)],
        "transfers": [_transfer(entry) for entry in _entries(profile_id)],
        "downloads": [_download(row) for row in _downloads(profile_id)],
        "saved_cards": [_card(row) for row in _cards(profile_id)],
        "offers_used": [_offer_use(use) for use in _offer_uses(profile_id)],
        "offers_to_them": list(
            Offer.objects.filter(segment=profile_id).order_by("id").values("shop", "name", "code")
        ),
    }


def _shared_lines(profile_id: int) -> QuerySet[SharedBasketLine]:
    """Of baskets that they gave a link to; each is forgotten after half a year."""
    rows = SharedBasketLine.objects.filter(shared__by=profile_id)
    return rows.select_related("shared", "variant__product").order_by("id")


def _shared_line(line: SharedBasketLine) -> dict[str, Any]:
    return {
        "link": line.shared.key,
        "title": line.variant.product.title,
        "quantity": line.quantity,
        "shared_at": line.shared.created_at.isoformat(),
    }


def _cards(profile_id: int) -> QuerySet[SavedCard]:
    rows = SavedCard.objects.filter(customer__owner=profile_id)
    return rows.select_related("customer__account").order_by("id")


def _card(row: SavedCard) -> dict[str, Any]:
    return {
        "shop": row.customer.account.shop_id,
        "kept_at": "stripe",
        "customer": row.customer.customer_id,
        "brand": row.brand,
        "last4": row.last4,
        "expires": f"{row.exp_year}-{row.exp_month:02d}",
        "since": row.created_at.isoformat(),
    }


def _downloads(profile_id: int) -> QuerySet[Download]:
    """They stay with the order, which loses its buyer when the person leaves."""
    rows = Download.objects.filter(line__order__buyer=profile_id)
    return rows.select_related("file", "line__order").order_by("id")


def _download(row: Download) -> dict[str, Any]:
    return {
        "order": row.line.order.number,
        "file": row.file.name,
        "count": row.count,
        "first_at": row.first_at.isoformat(),
        "last_at": row.last_at.isoformat(),
    }


def _invoices(profile_id: int) -> QuerySet[Invoice]:
    """Kept for ten years by law (Code de commerce L123-22), also when the person has left; the
    nightly job ``sales.forget_invoices`` deletes them then."""
    rows = Invoice.objects.filter(order__buyer=profile_id).defer("pdf", "xml", "content")
    return rows.select_related("order").order_by("id")


def _invoice(invoice: Invoice) -> dict[str, Any]:
    return {
        "kind": invoice.kind,
        "number": invoice.number,
        "order": invoice.order.number,
        "issued_at": invoice.issued_at.isoformat(),
        "currency": invoice.currency,
        "total_minor": invoice.total_minor,
        "vat_minor": invoice.vat_minor,
        "buyer": invoice.buyer,
        "kept_by_law_until": invoice.keep_until.isoformat(),
    }


def _offer_uses(profile_id: int) -> QuerySet[OfferUse]:
    rows = OfferUse.objects.filter(customer=customer_of(profile_id, ""))
    return rows.select_related("offer", "order").order_by("id")


def _offer_use(use: OfferUse) -> dict[str, Any]:
    return {
        "shop": use.offer.shop_id,
        "name": use.offer.name,
        "code": use.offer.code,
        "order": use.order.number,
        "amount_minor": use.amount_minor,
        "status": use.status,
    }


def _entries(profile_id: int) -> QuerySet[BankEntry]:
    """What shops' bank statements told of their payments; kept as long as the shops' books."""
    return BankEntry.objects.filter(due__payment__order__buyer=profile_id).order_by("id")


def _transfer(entry: BankEntry) -> dict[str, Any]:
    return {
        "booked_on": entry.booked_on.isoformat(),
        "amount_minor": entry.amount_minor,
        "currency": entry.currency,
        "payer": entry.payer,
        "payer_iban": entry.payer_iban,
        "text": entry.text,
    }


def _basket_line(line: BasketLine) -> dict[str, Any]:
    return {
        "title": line.variant.product.title,
        "options": line.variant.label(),
        "quantity": line.quantity,
        "saved_for_later": line.saved_for_later,
        "seen_unit_minor": line.seen_unit_minor,
        "added_at": line.added_at.isoformat(),
    }


def _order(order: Order) -> dict[str, Any]:
    return {
        "number": order.number,
        "shop": order.shop_id,
        "status": order.status,
        "email": order.email,
        "recipient": order.recipient,
        "company": order.company,
        "vat_number": order.vat_number,
        "vat_number_check": _check(order),
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
        "returns": [_return(one) for one in order.returns.all()],
        "withdrawals": [one.statement for one in order.withdrawals.all()],
    }


def _check(order: Order) -> dict[str, Any] | None:
    """What the European register said of the number; kept with the order, as its proof."""
    check = getattr(order, "vat_number_check", None)
    if check is None:
        return None
    return {"answer": check.answer, "name": check.name, "consultation": check.consultation}


def _return(one: Return) -> dict[str, Any]:
    """What they wrote and showed; it stays with the order, which loses its buyer."""
    return {
        "reason": one.reason,
        "words": one.words,
        "photos": [photo.picture_id for photo in one.photos.all()],
        "answer": one.answer,
        "asked_at": one.asked_at.isoformat(),
        "status": one.status,
    }
