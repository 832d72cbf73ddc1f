from django.urls import URLPattern, path

from comptoir.web.taste import beside, for_you, settings, why, words

urlpatterns: list[URLPattern] = [
    path("for-you", for_you.for_you_page, name="for_you"),
    path("for-you/picks", for_you.keep_picks, name="for_you_picks"),
    path("products/<int:product_id>/beside", beside.beside, name="beside"),
    path("products/<int:product_id>/words", words.words, name="words"),
    path("products/<int:product_id>/why", why.why_page, name="why"),
    path("products/<int:product_id>/less", why.want_less, name="want_less"),
    path("products/<int:product_id>/signals/<str:kind>", why.signal, name="own_signal"),
    path("@<str:handle>/drop", why.drop, name="drop_person"),
    path("settings/taste", settings.taste_page, name="taste"),
    path("settings/taste/less/<int:less_id>/delete", why.want_again, name="want_again"),
]
