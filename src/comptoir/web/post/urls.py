from django.urls import path

from comptoir.web.post import compose, look, share, views

urlpatterns = [
    path("posts/new", compose.new_post, name="new_post"),
    path("posts/<int:post_id>", views.show_post, name="post"),
    path("posts/<int:post_id>/look", look.look, name="look"),
    path("looks/basket", look.put_look, name="look_basket"),
    path("looks/checkout", look.order_look, name="look_checkout"),
    path("posts/<int:post_id>/edit", views.edit, name="edit_post"),
    path("posts/<int:post_id>/delete", views.delete, name="delete_post"),
    path("posts/<int:post_id>/like", views.like, name="like_post"),
    path("posts/<int:post_id>/comments", views.comment_on, name="comments"),
    path(
        "posts/<int:post_id>/comments/<int:comment_id>/delete",
        views.uncomment,
        name="delete_comment",
    ),
    path("orders/lines/<int:line_id>/share", share.share_line, name="share_line"),
]
