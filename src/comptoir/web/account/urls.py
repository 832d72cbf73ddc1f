from django.urls import URLPattern, path

from comptoir.web.account.cards import card_removal
from comptoir.web.account.personal_data import export, leave_page
from comptoir.web.account.preferences import preferences
from comptoir.web.account.settings import settings_page
from comptoir.web.account.welcome import welcome, welcome_follow

urlpatterns: list[URLPattern] = [
    path("welcome", welcome, name="welcome"),
    path("welcome/follow", welcome_follow, name="welcome_follow"),
    path("settings", settings_page, name="settings"),
    path("settings/cards/<int:card_id>/removal", card_removal, name="card_removal"),
    path("settings/export", export, name="export"),
    path("settings/leave", leave_page, name="leave"),
    path("preferences", preferences, name="preferences"),
]
