from django.apps import AppConfig


class PostsConfig(AppConfig):
    name = "comptoir.posts"
    label = "posts"
