from django.urls import path

from comptoir.web.profile import acts, legal, views

urlpatterns = [
    path("@<str:handle>", views.show_profile, name="profile"),
    path("@<str:handle>/kept", views.kept, name="profile_kept"),
    path("@<str:handle>/recommended", views.recommended, name="profile_recommended"),
    path("@<str:handle>/products", views.products, name="profile_products"),
    path("@<str:handle>/about", views.about, name="profile_about"),
    path("@<str:handle>/legal", legal.legal, name="legal"),
    path("@<str:handle>/followers", views.followers, name="followers"),
    path("@<str:handle>/following", views.following, name="following"),
    path("@<str:handle>/follow", acts.follow, name="follow"),
    path("@<str:handle>/block", acts.block, name="block"),
    path("me", acts.me, name="me"),
    path("me/blocked", acts.blocked, name="blocked"),
    path("me/blocked/<int:profile_id>/delete", acts.unblock_one, name="unblock"),
]
