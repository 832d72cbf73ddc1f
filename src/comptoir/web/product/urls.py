from django.urls import path

from comptoir.web.product import acts, views

urlpatterns = [
    path("products/<int:product_id>", views.show_product, name="product"),
    path("products/<int:product_id>/keep", acts.keep, name="keep_product"),
    path("products/<int:product_id>/recommend", acts.recommend, name="recommend_product"),
    path("products/<int:product_id>/recommend/delete", acts.withdraw, name="withdraw_advice"),
    path("products/<int:product_id>/share", views.share_product, name="share_product"),
]
