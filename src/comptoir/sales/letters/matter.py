"""What a letter is about, read when it is written."""

from dataclasses import dataclass

from comptoir.common.money import show_money
from comptoir.sales.models import Order, Refund
from comptoir.sales.queries import OrderPage
from comptoir.shops.models import Shop


@dataclass(frozen=True, slots=True)
class Matter:
    """An order, and the key of the row within it that the letter is about; ``language`` is the
    reader's."""

    page: OrderPage
    language: str
    about: int | None = None

    @property
    def order(self) -> Order:
        return self.page.order

    @property
    def shop(self) -> Shop:
        return self.page.shop

    @property
    def shop_name(self) -> str:
        return str(self.shop.profile.name)

    def money(self, minor: int) -> str:
        """An amount in the order's currency, as the reader writes it."""
        return show_money(minor, self.order.currency, self.language)

    def refund(self) -> Refund:
        """Raises: Refund.DoesNotExist: ``about`` is no refund of this order."""
        return Refund.objects.get(pk=self.about, payment__order=self.order)
