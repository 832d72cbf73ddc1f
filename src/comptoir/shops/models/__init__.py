from comptoir.shops.models.delivery import DeliveryMethod
from comptoir.shops.models.shop import Shop, ShopTerms
from comptoir.shops.models.staff import Role, StaffMember

__all__ = ["DeliveryMethod", "Role", "Shop", "ShopTerms", "StaffMember"]
