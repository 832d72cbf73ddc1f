from django.db import models
from django.db.models.functions import Now

from comptoir.people.models import User
from comptoir.shops.models.shop import Shop


class Role(models.TextChoices):
    """What a member of staff may do; each role's rights are in ``shops.access``."""

    OWNER = "owner"
    MANAGER = "manager"
    PACKER = "packer"
    SUPPORT = "support"


class StaffMember(models.Model):
    """A login that works for a shop."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="staff")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="staff_of")
    role = models.CharField(max_length=10, choices=Role)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "user"], name="staff_once"),
            models.CheckConstraint(
                name="staff_role", condition=models.Q(role__in=list(Role.values))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.shop_id}"
