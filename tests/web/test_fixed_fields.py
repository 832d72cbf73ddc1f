"""Forms that share their fields."""

from django import forms

from comptoir.web.fixed_fields import fixed_fields


@fixed_fields
class Asked(forms.Form):
    """So many of something."""

    quantity = forms.IntegerField(min_value=1)
    word = forms.CharField(required=False)


def test_forms_share_their_fields_and_nothing_of_what_is_sent() -> None:
    right, wrong, fresh = (
        Asked({"quantity": "2", "word": "soon"}),
        Asked({"quantity": "0"}),
        Asked(),
    )
    assert right.fields["quantity"] is fresh.fields["quantity"]
    assert not wrong.is_valid()
    assert right.is_valid()
    assert right.cleaned_data == {"quantity": 2, "word": "soon"}
    assert wrong["word"].value() is None
    assert fresh["quantity"].value() is None
    assert not fresh.is_bound
