from comptoir.shops.models.delivery import DeliveryMethod, DeliveryRate, DeliveryZone
from comptoir.shops.models.shop import Shop, ShopTerms
from comptoir.shops.models.staff import Role, StaffMember

__all__ = [
    "DeliveryMethod",
    "DeliveryRate",
    "DeliveryZone",
    "Role",
    "Shop",
    "ShopTerms",
    "StaffMember",
]
