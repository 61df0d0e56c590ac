"""Who asks: a signed-in account of whatever user model the site has, or nobody in particular."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser, AnonymousUser

Person = AbstractUser | AnonymousUser
