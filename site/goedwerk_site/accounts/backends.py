"""Who is signed in."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from .models import User


class AccountBackend(AuthenticationBackend):
    """By user name or address, as allauth does; whoever is signed in comes with her account row.

    Every page of one's own and every post asks for it, so one query brings both.
    """

    def get_user(self, user_id: Any) -> User | None:
        user = User.objects.select_related("goedwerk_account").filter(pk=user_id).first()
        return user if user and self.user_can_authenticate(user) else None
