"""The mixin that lets a page type of any Wagtail site carry a discussion.

    class ArticlePage(DiscussionPageMixin, Page):
        content_panels = Page.content_panels + [...]
        settings_panels = Page.settings_panels + DiscussionPageMixin.discussion_panels

In its template: ``{% load goedwerk_forum %}{% discussion page %}``; and what came out of the
dialogue, where you want it: ``{% load goedwerk_harvests %}{% harvests page %}``.
"""

from __future__ import annotations

from .models.discussed import FIELDS, DiscussionPageMixin

__all__ = ["FIELDS", "DiscussionPageMixin"]
