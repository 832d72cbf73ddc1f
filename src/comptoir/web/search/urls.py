from django.urls import path

from comptoir.web.search import views

urlpatterns = [
    path("search", views.search, name="search"),
    path("search/suggest", views.suggestions, name="search-suggestions"),
]
