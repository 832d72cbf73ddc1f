from django.urls import URLPattern, path

from comptoir.web.style.views import style

urlpatterns: list[URLPattern] = [path("style", style, name="style")]
