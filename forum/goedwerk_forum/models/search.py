from __future__ import annotations

from typing import ClassVar

from django.db import models

from ..ids import random_id
from .contributions import Contribution


class SearchEntry(models.Model):
    """What the search finds: a page that anybody may read, or a contribution on one.

    Of a page ``text`` holds its plain words, for the excerpt; of a contribution they are read
    where they stand. ``title_terms`` and ``terms`` hold stems and folded words, which the
    full-text index of the database is made of (``search.engine``). The database itself drops the
    row of a contribution whose text is no longer readable.
    """

    id = models.BigAutoField(primary_key=True, default=random_id, editable=False)
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    contribution = models.OneToOneField(
        Contribution, on_delete=models.CASCADE, null=True, related_name="search_entry"
    )
    what = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, blank=True)
    lens = models.CharField(max_length=20, blank=True)
    day = models.DateField()
    title = models.CharField(max_length=255, blank=True)
    text = models.TextField(blank=True)
    title_terms = models.TextField(blank=True)
    terms = models.TextField(blank=True)

    objects: ClassVar[models.Manager[SearchEntry]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page"],
                condition=models.Q(contribution__isnull=True),
                name="goedwerk_page_found_once",
            ),
            models.CheckConstraint(
                name="goedwerk_no_second_copy_of_a_contribution",
                condition=models.Q(contribution__isnull=True) | models.Q(title="", text=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.what


class SearchFacet(models.Model):
    """Something by which pages, and what is said on them, can be chosen: a theme, say."""

    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=20)
    value = models.CharField(max_length=60)

    objects: ClassVar[models.Manager[SearchFacet]] = models.Manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["page", "name", "value"], name="goedwerk_facet_once_per_page"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"
