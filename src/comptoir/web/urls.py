"""The pages' addresses: nouns, with the verb in the method. Each page folder adds its own list.

They are tried one after the other: what is asked for most stands first.
"""

from django.urls import URLPattern

from comptoir.web.account.urls import urlpatterns as account
from comptoir.web.backoffice.urls import urlpatterns as backoffice
from comptoir.web.bank.urls import urlpatterns as bank
from comptoir.web.basket.urls import urlpatterns as basket
from comptoir.web.bills.urls import urlpatterns as bills
from comptoir.web.checkout.urls import urlpatterns as checkout
from comptoir.web.collections.urls import urlpatterns as collections
from comptoir.web.communities.urls import urlpatterns as communities
from comptoir.web.elsewhere.urls import urlpatterns as elsewhere
from comptoir.web.feed.urls import urlpatterns as feed
from comptoir.web.operator.urls import urlpatterns as operator
from comptoir.web.orders.urls import urlpatterns as orders
from comptoir.web.pay.urls import urlpatterns as pay
from comptoir.web.post.urls import urlpatterns as post
from comptoir.web.product.urls import urlpatterns as product
from comptoir.web.profile.urls import urlpatterns as profile
from comptoir.web.search.urls import urlpatterns as search
from comptoir.web.shopfront.urls import urlpatterns as shopfront
from comptoir.web.showcase.urls import urlpatterns as showcase
from comptoir.web.style.urls import urlpatterns as style
from comptoir.web.taste.urls import urlpatterns as taste

urlpatterns: list[URLPattern] = [
    *feed,
    *checkout,
    *basket,
    *post,
    *product,
    *search,
    *taste,
    *account,
    *backoffice,
    *bank,
    *bills,
    *collections,
    *communities,
    *elsewhere,
    *operator,
    *orders,
    *pay,
    *profile,
    *shopfront,
    *showcase,
    *style,
]
