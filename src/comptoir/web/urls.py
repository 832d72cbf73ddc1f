"""The pages' addresses: nouns, with the verb in the method."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
