"""The demo accounts, their groups and their shared password."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from goedwerk_forum.setup import AMBASSADORS, EDITORS, OWNERS, PRIVACY
from goedwerk_site.accounts.models import User

#: username -> groups
ACCOUNTS: dict[str, tuple[str, ...]] = {
    "redacteur": (EDITORS,),
    "redacteur2": (EDITORS,),
    "ambassadeur": (AMBASSADORS,),
    "ambassadeur2": (AMBASSADORS,),
    "privacy": (PRIVACY,),
    "beheerder": (EDITORS, OWNERS),
    "deelnemer": (),
    "deelnemer2": (),
    "deelnemer3": (),
    "gewaarschuwd": (),
    "gepauzeerd": (),
    "uitgesloten": (),
}
#: Snippets that editors look after.
EDITED = ("theme", "cluster")
PASSWORD_FILE = "demo_password"  # noqa: S105 - the name of a file


def password() -> str:
    """From GOEDWERK_DEMO_PASSWORD, otherwise random per installation."""
    given = os.environ.get("GOEDWERK_DEMO_PASSWORD", "")
    path: Path = settings.DATA_DIR / PASSWORD_FILE
    if given:
        return given
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(9), encoding="utf-8")
    return path.read_text(encoding="utf-8")


def make_accounts() -> dict[str, User]:
    """The demo accounts, with today's password; the owner is a superuser."""
    hashed = _hashed(password())
    made = {}
    for name, groups in ACCOUNTS.items():
        is_owner = name == "beheerder"
        user, _made = get_user_model().objects.update_or_create(
            username=name,
            defaults={"password": hashed, "is_superuser": is_owner, "is_staff": is_owner},
        )
        user.groups.set(Group.objects.filter(name__in=groups))
        made[name] = user
    return made


def _hashed(word: str) -> str:
    """One hash for all: they share the password, and hashing is slow by design."""
    user = get_user_model().objects.filter(username__in=ACCOUNTS).first()
    return user.password if user and user.check_password(word) else make_password(word)


def voice(number: int) -> User:
    """An account that nobody can sign in to: one of the other participants."""
    user, made = get_user_model().objects.get_or_create(username=f"stem{number:02}")
    if made:
        user.set_unusable_password()
        user.save()
    return user


def let_editors_edit() -> None:
    """Page, image and snippet rights for editors; the plugin knows nothing of these."""
    editors = Group.objects.get(name=EDITORS)
    root = Page.objects.get(depth=1)
    for code in ("add_page", "change_page", "publish_page", "lock_page", "unlock_page"):
        GroupPagePermission.objects.get_or_create(
            group=editors,
            page=root,
            permission=Permission.objects.get(content_type__app_label="wagtailcore", codename=code),
        )
    collection = Collection.get_first_root_node()
    for code in ("add_image", "change_image", "choose_image"):
        GroupCollectionPermission.objects.get_or_create(
            group=editors,
            collection=collection,
            permission=Permission.objects.get(
                content_type__app_label="wagtailimages", codename=code
            ),
        )
    for code in (f"{act}_{what}" for act in ("add", "change", "view") for what in EDITED):
        editors.permissions.add(
            Permission.objects.get(content_type__app_label="goedwerk_casestudies", codename=code)
        )
