"""The page that shows every component together, in debug and in the demo place alone."""

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from comptoir.common.errors import NotVisible
from comptoir.web.style import scene


class SceneForm(forms.Form):
    """One field of each kind, one of them wrong."""

    email = forms.EmailField(label="E-mail", help_text="Pour vous envoyer la commande.")
    town = forms.CharField(label="Ville", required=False)
    audience = forms.ChoiceField(
        label="Qui le voit",
        choices=[("everyone", "Tout le monde"), ("me", "Moi seule")],
        widget=forms.RadioSelect,
        initial="everyone",
    )
    size = forms.ChoiceField(label="Taille", choices=[("s", "S"), ("m", "M")])
    word = forms.CharField(label="Un mot", widget=forms.Textarea(attrs={"rows": 3}))
    share = forms.BooleanField(label="Partager cet achat", required=False)


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """404 on a real place."""
    if not (settings.DEBUG or settings.DEMO):
        raise NotVisible
    form = SceneForm({"email": "ines@", "audience": "everyone", "size": "m", "word": "Merci !"})
    form.is_valid()
    return render(request, "style/page.html", {"scene": scene, "form": form})
