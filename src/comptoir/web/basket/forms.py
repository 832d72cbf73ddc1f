"""What acts upon the basket bring with them."""

from django import forms

from comptoir.sales.services.purchase import MOST_PIECES
from comptoir.web.checkout.forms import BIGGEST_ID
from comptoir.web.fixed_fields import fixed_fields


@fixed_fields
class AddForm(forms.Form):
    """A variant, or a product that has a single one; one piece unless said otherwise."""

    variant = forms.IntegerField(min_value=1, max_value=BIGGEST_ID, required=False)
    product = forms.IntegerField(min_value=1, max_value=BIGGEST_ID, required=False)
    quantity = forms.IntegerField(min_value=1, max_value=MOST_PIECES, required=False)


@fixed_fields
class QuantityForm(forms.Form):
    """How many a line is to hold; 0 takes it out."""

    quantity = forms.IntegerField(min_value=0, max_value=MOST_PIECES)
