from django.urls import path

from comptoir.web.feed import views

urlpatterns = [
    path("", views.home, name="home"),
    path("everyone", views.everyone, name="everyone"),
]
