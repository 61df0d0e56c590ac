"""Who can have a submission in hand. Never who wrote it: a list without her would tell."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.db.models import Q, QuerySet

from goedwerk_forum.people import Person, key_of


def colleagues_of(editor: Person) -> QuerySet[AbstractUser]:
    """Everybody else who may read raw texts and opens the admin, in order of their names."""
    users = get_user_model()._default_manager
    mine = {"content_type__app_label": "goedwerk_casestudies", "codename": "abstract_submission"}
    by_group = Q(**{f"groups__permissions__{name}": value for name, value in mine.items()})
    by_name = Q(**{f"user_permissions__{name}": value for name, value in mine.items()})
    return (
        users.filter(by_group | by_name | Q(is_superuser=True), is_active=True)
        .exclude(pk=key_of(editor))
        .distinct()
        .order_by(get_user_model().USERNAME_FIELD)
    )
