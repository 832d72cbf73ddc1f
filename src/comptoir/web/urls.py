"""The pages' addresses: nouns, with the verb in the method. Each page folder adds its own list."""

from django.urls import URLPattern

from comptoir.web.account.urls import urlpatterns as account
from comptoir.web.feed.urls import urlpatterns as feed
from comptoir.web.post.urls import urlpatterns as post
from comptoir.web.product.urls import urlpatterns as product
from comptoir.web.profile.urls import urlpatterns as profile
from comptoir.web.search.urls import urlpatterns as search
from comptoir.web.style.urls import urlpatterns as style

urlpatterns: list[URLPattern] = [
    *account,
    *feed,
    *post,
    *product,
    *profile,
    *search,
    *style,
]
