"""Registers the accounts' part of the Wagtail admin."""

from __future__ import annotations

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from wagtail import hooks

from .invitations import InvitationViewSet


@hooks.register("register_admin_viewset")
def invitations() -> InvitationViewSet:
    return InvitationViewSet()


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """What an owner can give to a group in the admin."""
    return Permission.objects.filter(
        content_type__app_label="accounts",
        codename__in=["add_invitation", "delete_invitation", "change_accountsettings"],
    )
