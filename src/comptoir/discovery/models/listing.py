from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from comptoir.catalog.models import Product
from comptoir.shops.models import Shop

TIERS = (0, 1, 2)


class Listing(models.Model):
    """A product that can be found, as search reads it: one row, derived from the truth.

    Functions of the database write it, in the transaction that changes the product, its variants,
    its stock or its shop's place (``discovery_list``). ``head`` holds the words of title, brand and
    category, ``whole`` those of the description too. ``facets`` are texts such as "price:2".
    ``tier`` 0 is the most loved, so that a very common word is looked for among those first; it and
    ``loved``, how many people acted on it openly, each as far as the place knows them, are counted
    by a job. Its price under announced percentages (``catalog.AskedPrice``) follows by a job.
    """

    product = models.OneToOneField(
        Product, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="+", db_index=False)
    tier = models.SmallIntegerField(default=1, db_default=1)
    loved = models.PositiveIntegerField(default=0, db_default=0)
    facets = ArrayField(models.TextField())
    head = SearchVectorField()
    whole = SearchVectorField()
    due_at = models.DateTimeField(
        null=True, blank=True, help_text="When its price changes by itself: a sale begins or ends."
    )
    listed_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.CheckConstraint(name="listing_tier", condition=Q(tier__in=TIERS))]
        indexes = [
            *(
                GinIndex(
                    fields=[text, "facets"], condition=Q(tier=tier), name=f"listing_{text}_{tier}"
                )
                for text in ("head", "whole")
                for tier in TIERS
            ),
            models.Index(fields=["due_at"], condition=~Q(due_at=None), name="listing_due"),
            models.Index(fields=["listed_at"], name="listing_newest"),
        ]

    def __str__(self) -> str:
        return f"listing of {self.product_id}"


def _of_word(function: str, kind: "models.Field[Any, Any]") -> models.GeneratedField:
    """What a function of the database says of ``word``, kept beside it."""
    said = models.Func(models.F("word"), function=function)
    return models.GeneratedField(expression=said, output_field=kind, db_persist=True)


class Word(models.Model):
    """A word of the shelves, without accents: what a typed word may mean.

    ``stem`` is French and is the key in ``Listing``'s texts, ``root`` is English; ``shapes`` are
    the word with up to two of its first seven letters left out (one, if it is shorter): words
    within so many mistakes of each other have one in common (as in Garbe's SymSpell).
    """

    word = models.CharField(max_length=40, primary_key=True)
    shown = models.CharField(
        max_length=40, default="", db_default="", help_text="As most products write it."
    )
    products = models.PositiveIntegerField(default=1)
    stem = _of_word("discovery_stem", models.TextField())
    root = _of_word("discovery_root", models.TextField())
    shapes = _of_word("discovery_shapes", ArrayField(models.TextField()))
    sound = _of_word("discovery_sound", models.TextField())

    class Meta:
        indexes = [
            models.Index(fields=["stem"], name="word_stem"),
            models.Index(fields=["root"], name="word_root"),
            models.Index(fields=["sound"], name="word_sound"),
            GinIndex(fields=["shapes"], name="word_shapes"),
        ]

    def __str__(self) -> str:
        return self.word


class Spelling(models.Model):
    """A word of names, or of what is said in public posts, without accents: what a mistake in a
    word of the same kind may mean. ``times``: in how many names or posts; ``shapes`` and ``sound``
    as a ``Word`` has them."""

    class Kind(models.TextChoices):
        NAME = "name"
        POST = "post"

    kind = models.CharField(max_length=5, choices=Kind)
    word = models.CharField(max_length=40)
    times = models.PositiveIntegerField(default=1)
    shapes = _of_word("discovery_shapes", ArrayField(models.TextField()))
    sound = _of_word("discovery_sound", models.TextField())

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "word"],
                name="spelling_once",
                opclasses=["varchar_pattern_ops", "varchar_pattern_ops"],
            ),
            models.CheckConstraint(name="spelling_kind", condition=Q(kind__in=["name", "post"])),
        ]
        indexes = [
            GinIndex(fields=["shapes"], name="spelling_shapes"),
            models.Index(fields=["kind", "sound"], name="spelling_sound"),
        ]

    def __str__(self) -> str:
        return self.word
