"""Django's password validators, with messages that say what to do."""

from __future__ import annotations

from django.contrib.auth import password_validation as django_validation
from django.utils.translation import gettext as _


class MinimumLengthValidator(django_validation.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return _("Je wachtwoord is te kort. Neem minstens %(length)d tekens.") % {
            "length": self.min_length
        }


class CommonPasswordValidator(django_validation.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("Dit wachtwoord is te makkelijk te raden. Kies een ander.")


class UserAttributeSimilarityValidator(django_validation.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return _("Je wachtwoord lijkt te veel op je naam of adres. Kies een ander.")
