from __future__ import annotations

from allauth.account.forms import SignupForm as AllauthSignupForm
from django.utils.translation import gettext_lazy as _


class SignupForm(AllauthSignupForm):
    """Sign-up that says what a name and an address are for."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].help_text = _(
            "Alleen om in te loggen. Niemand ziet deze naam: in een dialoog heb je een schuilnaam."
        )
        self.fields["email"].help_text = _(
            "Mag leeg blijven. Een privéadres is veiliger dan een adres van je werk. "
            "Zonder adres kun je je wachtwoord niet zelf herstellen."
        )
