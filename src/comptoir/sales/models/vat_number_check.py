from django.db import models
from django.db.models import Q

from comptoir.people.models import User
from comptoir.sales.models.order import Order


class VatNumberCheck(models.Model):
    """What is known of the number for which an order was sold without VAT.

    It was checked by its form when the order was placed; VIES, the register of the European
    Union, is asked afterwards (art. 138 (1) (b) of directive 2006/112/EC wants a valid number).
    ``consultation`` is VIES's own proof of the question; it gives one to those who name themselves.
    ``set_aside_at``: the shop has dealt with a number that is not valid.
    """

    class Answer(models.TextChoices):
        FORM = "form", "well made; VIES has not answered yet"
        VALID = "valid"
        INVALID = "invalid"

    order = models.OneToOneField(
        Order, on_delete=models.CASCADE, primary_key=True, related_name="vat_number_check"
    )
    number = models.CharField(max_length=20)
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.FORM)
    answered_at = models.DateTimeField(null=True, blank=True)
    consultation = models.CharField(max_length=40, default="", blank=True)
    name = models.CharField(max_length=200, default="", blank=True, help_text="As VIES tells it.")
    set_aside_at = models.DateTimeField(null=True, blank=True)
    set_aside_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="vat_number_answered",
                condition=Q(answer="form", answered_at=None, consultation="", name="")
                | (~Q(answer="form") & Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="vat_number_set_aside",
                condition=Q(set_aside_at=None) | Q(answer="invalid"),
            ),
        ]
        indexes = [
            models.Index(
                fields=["order"],
                name="vat_number_refused",
                condition=Q(answer="invalid", set_aside_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.answer}"
