"""The pages' addresses: nouns, with the verb in the method. Each page folder adds its own list."""

from django.urls import URLPattern

from comptoir.web.account.urls import urlpatterns as account
from comptoir.web.style.urls import urlpatterns as style

urlpatterns: list[URLPattern] = [
    *account,
    *style,
]
