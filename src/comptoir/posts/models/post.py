from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from comptoir.catalog.models import Product
from comptoir.common.accents import unaccented_sql
from comptoir.media.models import Picture
from comptoir.people.models import Profile
from comptoir.people.models.interest import Interest
from comptoir.people.models.profile import Audience
from comptoir.sales.models import OrderLine

# What a post is found by. Queries repeat it, with "po." for ``row``, to use its index.
TEXT_DOCUMENT = "to_tsvector('french', " + unaccented_sql("{row}text") + ")"


class TextDocument(models.Func):
    """The words of a post, without accents; PostgreSQL's own French stemming."""

    output_field = SearchVectorField()
    template = TEXT_DOCUMENT.format(row="")


class Post(models.Model):
    """Something said by a profile, with pictures and the products it shows."""

    class Kind(models.TextChoices):
        WORDS = "words", "text and pictures"
        PURCHASE = "purchase", "a line of an order, shared by its buyer"

    author = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="posts")
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.WORDS)
    text = models.TextField(max_length=5000, default="", blank=True)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.EVERYONE)
    interest = models.CharField(
        max_length=10, choices=Interest, default=Interest.NONE, db_default="", blank=True
    )
    order_line = models.OneToOneField(
        OrderLine, null=True, blank=True, on_delete=models.SET_NULL, related_name="shared_as"
    )
    published_at = models.DateTimeField(db_default=Now())
    edited_at = models.DateTimeField(null=True, blank=True)
    reaction_count = models.PositiveIntegerField(default=0)
    comment_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="post_audience", condition=Q(audience__in=["everyone", "followers", "me"])
            ),
            models.CheckConstraint(
                name="post_interest",
                condition=Q(interest__in=["", "gift", "paid", "commission", "own"]),
            ),
            models.CheckConstraint(name="post_kind", condition=Q(kind__in=["words", "purchase"])),
        ]
        indexes = [
            models.Index(fields=["author", "-published_at", "-id"], name="post_of_author"),
            models.Index(fields=["author"], name="post_purchases", condition=Q(kind="purchase")),
            models.Index(
                fields=["-published_at", "-id"],
                name="post_newest",
                condition=Q(audience="everyone"),
            ),
            GinIndex(TextDocument(), name="post_words"),
        ]

    def __str__(self) -> str:
        return f"post {self.pk}"


class PostPicture(models.Model):
    """A picture of a post at its place, with the words for those who cannot see it."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="pictures")
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    alt = models.CharField(max_length=500, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "position"], name="post_picture_place"),
            models.CheckConstraint(name="post_picture_count", condition=Q(position__lt=10)),
        ]

    def __str__(self) -> str:
        return f"{self.post_id}#{self.position}"


class ProductTag(models.Model):
    """A product shown by a post: under it, or at a point of one picture (thousandths)."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="tags")
    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="+")
    picture = models.ForeignKey(
        PostPicture, null=True, blank=True, on_delete=models.CASCADE, related_name="tags"
    )
    x = models.PositiveSmallIntegerField(null=True, blank=True)
    y = models.PositiveSmallIntegerField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "product"], name="product_tag_once"),
            models.CheckConstraint(
                name="product_tag_point",
                condition=Q(picture=None, x=None, y=None)
                | Q(picture__isnull=False, x__lte=1000, y__lte=1000),
            ),
        ]
        indexes = [models.Index(fields=["product", "-post"], name="tag_of_product")]

    def __str__(self) -> str:
        return f"{self.post_id} shows {self.product_id}"
