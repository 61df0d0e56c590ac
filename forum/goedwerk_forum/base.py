"""The base package's own ways of writing, shut: everything is written by ``actions``."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models.signals import pre_save
from django_comments.models import CommentFlag
from django_comments.signals import comment_will_be_posted
from django_comments_xtd.models import publish_or_unpublish_on_pre_save
from django_comments_xtd.signals import confirmation_received


def shut() -> None:
    # It would publish held replies whenever their parent is saved.
    pre_save.disconnect(publish_or_unpublish_on_pre_save, sender="goedwerk_forum.Contribution")
    pre_save.connect(refuse_flag, sender=CommentFlag)
    comment_will_be_posted.connect(refuse_text)
    confirmation_received.connect(refuse_text)


def refuse_flag(**_: Any) -> None:
    """A flag would name a person beside a contribution."""
    raise PermissionDenied


def refuse_text(**_: Any) -> bool:
    """No text comes in through the base's form, its API or its confirmation links."""
    return False
