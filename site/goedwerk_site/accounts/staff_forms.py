"""Wagtail's forms about an account, without a name or an address that must be given.

Who works here does so under the name of a role, and who takes part under a pseudonym: a name in
the table would say who somebody is.
"""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms.account import NameEmailForm
from wagtail.users.forms import UserCreationForm, UserEditForm

FREE = ("first_name", "last_name", "email")


class NameIsFree:
    """Before a form of Wagtail's: what says who somebody is may stay empty."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in FREE:
            if name in self.fields:
                self.fields[name].required = False


class OwnAccountForm(NameIsFree, NameEmailForm):
    pass


class StaffCreationForm(NameIsFree, UserCreationForm):
    pass


class StaffEditForm(NameIsFree, UserEditForm):
    pass
