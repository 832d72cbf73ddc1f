"""Addresses of collections."""

from django.urls import path

from comptoir.web.collections import views

DESK = "counter/<str:handle>/collections"

urlpatterns = [
    path("@<str:handle>/collections/<str:slug>", views.collection, name="collection"),
    path(DESK, views.at_the_desk, name="counter_collections"),
    path(f"{DESK}/<int:collection_id>", views.edit, name="counter_collection"),
    path(f"{DESK}/<int:collection_id>/act", views.act, name="counter_collection_act"),
]
