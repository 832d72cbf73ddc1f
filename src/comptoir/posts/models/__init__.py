from comptoir.posts.models.comment import Comment
from comptoir.posts.models.post import Post, PostPicture, ProductTag
from comptoir.posts.models.reaction import Reaction

__all__ = ["Comment", "Post", "PostPicture", "ProductTag", "Reaction"]
