"""Lets in a colleague who lost her second step; she sets up another one at once."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = "Takes away the passkeys, the app and the recovery codes of one account."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")

    def handle(self, *args: Any, **options: Any) -> None:
        user = get_user_model().objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError("There is no account with this name.")
        Authenticator.objects.filter(user=user).delete()
        user.end_sessions()
        self.stdout.write("The second step is gone, and so are all sessions of this account.")
