from comptoir.shops.models.delivery import DeliveryMethod, DeliveryRate, DeliveryZone
from comptoir.shops.models.shop import Shop, ShopTerms
from comptoir.shops.models.staff import Invitation, Role, StaffMember

__all__ = [
    "DeliveryMethod",
    "DeliveryRate",
    "DeliveryZone",
    "Invitation",
    "Role",
    "Shop",
    "ShopTerms",
    "StaffMember",
]
