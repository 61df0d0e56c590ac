"""The account forms in our own words: what each field is for, and what to do when it is wrong."""

from __future__ import annotations

from typing import Any, ClassVar, NamedTuple

from allauth.account import forms as allauth_forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class Words(NamedTuple):
    """What stands at a field."""

    label: Text
    missing: Text
    help: Text = ""


WORDS = {
    "login": Words(
        _("Gebruikersnaam of e-mailadres"), _("Vul je gebruikersnaam of e-mailadres in.")
    ),
    "username": Words(
        _("Gebruikersnaam"),
        _("Kies een gebruikersnaam."),
        _("Alleen om in te loggen. Niemand ziet deze naam: in een dialoog heb je een schuilnaam."),
    ),
    "email": Words(
        _("E-mailadres"),
        _("Vul een e-mailadres in."),
        _("Een privéadres is veiliger dan een adres van je werk."),
    ),
    "oldpassword": Words(_("Je wachtwoord van nu"), _("Vul je wachtwoord van nu in.")),
    "password": Words(_("Wachtwoord"), _("Vul je wachtwoord in.")),
    "password1": Words(
        _("Nieuw wachtwoord"),
        _("Kies een wachtwoord."),
        _("Minstens 12 tekens. Een paar losse woorden achter elkaar onthoud je goed."),
    ),
    "password2": Words(
        _("Nog een keer je nieuwe wachtwoord"), _("Vul je nieuwe wachtwoord nog een keer in.")
    ),
    "remember": Words(
        _("Onthoud mij op dit apparaat"), "", _("Doe dit niet op een computer van je werk.")
    ),
}


class PlainWords:
    """Puts ``WORDS`` at the fields of a form of allauth."""

    words: ClassVar[dict[str, Words]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            words = self.words.get(name) or WORDS.get(name)
            if words:
                field.label, field.help_text = words.label, words.help
                field.error_messages["required"] = words.missing


class LoginForm(PlainWords, allauth_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class SignupForm(PlainWords, allauth_forms.SignupForm):
    """Sign-up that says what a name and an address are for."""

    words: ClassVar[dict[str, Words]] = {
        "email": Words(
            _("E-mailadres (mag leeg blijven)"),
            _("Vul een e-mailadres in."),
            _(
                "Een privéadres is veiliger dan een adres van je werk. "
                "Zonder adres kun je je wachtwoord niet zelf herstellen."
            ),
        ),
        "password1": WORDS["password1"]._replace(label=_("Wachtwoord")),
        "password2": Words(
            _("Nog een keer je wachtwoord"), _("Vul je wachtwoord nog een keer in.")
        ),
    }


class AddEmailForm(PlainWords, allauth_forms.AddEmailForm):
    pass


class ChangePasswordForm(PlainWords, allauth_forms.ChangePasswordForm):
    pass


class SetPasswordForm(PlainWords, allauth_forms.SetPasswordForm):
    pass


class ResetPasswordForm(PlainWords, allauth_forms.ResetPasswordForm):
    words: ClassVar[dict[str, Words]] = {"email": WORDS["email"]._replace(help="")}


class ResetPasswordKeyForm(PlainWords, allauth_forms.ResetPasswordKeyForm):
    pass


class ReauthenticateForm(PlainWords, allauth_forms.ReauthenticateForm):
    pass
