"""The form of a zone that a shop sends to."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comptoir.web.checkout.countries import UNION, countries, country_groups
from comptoir.web.formats import language


class ZoneForm(forms.Form):
    """Where a zone is: countries, or everywhere else."""

    name = forms.CharField(label=_("Name"), max_length=60, help_text=_("Such as France."))
    is_rest = forms.BooleanField(label=_("Everywhere that no other zone is"), required=False)
    union = forms.BooleanField(label=_("All of the European Union, and Monaco"), required=False)
    countries = forms.MultipleChoiceField(label=_("Countries"), required=False)
    prefixes = forms.CharField(
        label=_("Only postcodes that begin with"),
        max_length=1200,
        required=False,
        help_text=_("Such as 20 for Corsica, or 75 77 78; with one country chosen above."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["countries"]
        assert isinstance(chosen, forms.MultipleChoiceField)  # noqa: S101 (for the type checker)
        chosen.choices = countries(language()[:2])

    def groups(self) -> list[tuple[str, str, list[tuple[str, str]]]]:
        """(part, its name, its countries), for the template."""
        names = {
            "union": _("European Union"),
            "europe": _("Elsewhere in Europe"),
            "overseas": _("Overseas France"),
            "world": _("The rest of the world"),
        }
        groups = country_groups(language()[:2])
        return [(part, str(name), groups[part]) for part, name in names.items()]

    def chosen(self) -> list[str]:
        """The codes that are ticked now."""
        return list(self["countries"].value() or [])

    def zone(self) -> dict[str, Any]:
        """The zone of a valid form, as ``set_zone`` takes it."""
        values = self.cleaned_data
        whole = UNION if values["union"] else ()
        return {
            "name": values["name"],
            "is_rest": values["is_rest"],
            "countries": sorted({*values["countries"], *whole}),
            "prefixes": re.split(r"[\s,;]+", values["prefixes"].strip()),
        }
