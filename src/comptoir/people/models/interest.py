from django.db import models


class Interest(models.TextChoices):
    """What the author of words about products had of somebody for them; nothing by default.

    An act with an interest moves no ranking and is no reason; it carries the label that the French
    law of 9 June 2023 on commercial influence asks for (n° 2023-451, art. 5).
    """

    NONE = "", "nobody gave anything for it"
    GIFT = "gift", "the product was given or lent"
    PAID = "paid", "somebody paid for the words"
    COMMISSION = "commission", "the author earns on sales"
    OWN = "own", "the author works at the shop, or owns it"
