from django.urls import URLPattern, path

from comptoir.web.style.mails import mail, mails
from comptoir.web.style.views import style

urlpatterns: list[URLPattern] = [
    path("style", style, name="style"),
    path("style/mails", mails, name="style_mails"),
    path("style/mails/<str:letter>/<str:language>/<str:form>", mail, name="style_mail"),
]
