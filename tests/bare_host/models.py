from __future__ import annotations

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from goedwerk_forum.pages import DiscussionPageMixin


class ArticlePage(DiscussionPageMixin, Page):
    """An article of the host, with a dialogue below it where the editor opens one."""

    body = models.TextField()

    content_panels = [*Page.content_panels, FieldPanel("body")]
    settings_panels = [*Page.settings_panels, *DiscussionPageMixin.discussion_panels]
