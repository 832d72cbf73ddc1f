from django.urls import path

from comptoir.web.communities import views

urlpatterns = [
    path("communities", views.all_communities, name="communities"),
    path("communities/<slug:community>", views.one_community, name="community"),
    path("communities/<slug:community>/members", views.members, name="community_members"),
    path("communities/<slug:community>/join", views.join, name="community_join"),
    path("communities/<slug:community>/leave", views.leave, name="community_leave"),
    path("communities/<slug:community>/name", views.rename, name="community_name"),
]
