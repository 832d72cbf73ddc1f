import secrets

from django.db import models
from django.db.models.functions import Lower, Now

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


def new_key() -> str:
    return secrets.token_urlsafe(24)


class Invitation(models.Model):
    """Someone is asked to work for a shop; gone once it is answered, taken back or too old.

    ``key`` opens it: the link in the mail. ``user``: who is meant, when the address or the handle
    was known; otherwise whoever holds the link.
    """

    key = models.CharField(max_length=40, unique=True, default=new_key)
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    said = models.CharField(
        max_length=254, help_text="The address or handle as it was typed: all that is shown."
    )
    user = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    role = models.CharField(max_length=10, choices=Role)
    language = models.CharField(max_length=2, default="fr")
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("shop", Lower("email"), name="invitation_once"),
            models.CheckConstraint(
                name="invitation_role", condition=models.Q(role__in=list(Role.values))
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.pk} to {self.shop_id}"
