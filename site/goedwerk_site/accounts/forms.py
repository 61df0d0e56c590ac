"""The account forms in our own words: what each field is for, and what to do when it is wrong."""

from __future__ import annotations

from typing import Any, ClassVar, NamedTuple

from allauth.account import forms as allauth_forms
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.recovery_codes import forms as codes_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as passkey_forms
from django import forms
from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from . import eligibility, login_names

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
        _("Je gebruikersnaam"),
        _("Trek eerst een gebruikersnaam."),
        _("Alleen om in te loggen. Niemand ziet deze naam: in een dialoog heb je een schuilnaam."),
    ),
    "code": Words(_("Code"), _("Vul de code in.")),
    "name": Words(
        _("Naam voor deze sleutel"),
        _("Geef de sleutel een naam."),
        _("Zo herken je hem later. Alleen jij ziet deze naam."),
    ),
    "passwordless": Words(
        _("Ik wil hiermee ook inloggen zonder wachtwoord"),
        "",
        _("Je toestel vraagt dan om je vinger, je gezicht of je pincode."),
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
    """Sign-up with a drawn name: a name that is tried and refused would tell who is known here."""

    words: ClassVar[dict[str, Words]] = {
        "email": Words(
            _("E-mailadres (mag leeg blijven)"),
            _("Vul een e-mailadres in."),
            _(
                "Een privéadres is veiliger dan een adres van je werk. "
                "Zonder adres herstel je je wachtwoord alleen met een herstelcode."
            ),
        ),
        "password1": WORDS["password1"]._replace(label=_("Wachtwoord")),
        "password2": Words(
            _("Nog een keer je wachtwoord"), _("Vul je wachtwoord nog een keer in.")
        ),
    }

    drawn = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = login_names.read_signed(self.data.get("drawn", "")) or login_names.draw()
        self.drawn_name, self.signed_name = name, login_names.sign(name)

    def clean_username(self) -> str:
        """Only what was drawn here, and is free still."""
        if login_names.read_signed(self.data.get("drawn", "")) != self.cleaned_data["username"]:
            raise forms.ValidationError(gettext("Trek een andere gebruikersnaam."))
        return super().clean_username()

    def try_save(self, request: HttpRequest) -> tuple[AbstractUser | None, HttpResponse | None]:
        """Makes the account, and takes what showed that she may have one, in one transaction.

        It is taken for a known address too: what happens must not tell that it is known.

        Raises:
            NotEligible: it was used, or became too old, since the form was shown.
        """
        with transaction.atomic():
            eligibility.use(request)
            return super().try_save(request)


class WorkAddressForm(PlainWords, forms.Form):
    """The one time that a work address is asked."""

    words: ClassVar[dict[str, Words]] = {
        "email": Words(
            _("Je werkadres"),
            _("Vul je werkadres in."),
            _("Alleen om één code te sturen. Daarna vergeten we het adres."),
        )
    }
    email = forms.EmailField(max_length=254)

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        self.request = request
        super().__init__(*args, **kwargs)
        self.fields["email"].widget.attrs["autocomplete"] = "email"

    def clean_email(self) -> str:
        address = self.cleaned_data["email"]
        if not eligibility.is_work_address(self.request, address):
            raise forms.ValidationError(
                gettext("Dit adres is niet van een organisatie die meedoet. Klopt het?")
            )
        return address


class WorkCodeForm(PlainWords, forms.Form):
    """The code that went to the work address."""

    words: ClassVar[dict[str, Words]] = {
        "code": Words(_("De code uit de mail"), _("Vul de code in."), _("Acht letters en cijfers."))
    }
    code = forms.CharField(max_length=20)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["autocomplete"] = "one-time-code"


class RecoverForm(PlainWords, forms.Form):
    """A way back in for who has a recovery code, and no password and perhaps no address."""

    words: ClassVar[dict[str, Words]] = {
        "login": Words(_("Gebruikersnaam"), _("Vul je gebruikersnaam in.")),
        "code": Words(
            _("Een herstelcode"),
            _("Vul een herstelcode in."),
            _("Elke code werkt één keer."),
        ),
    }
    login = forms.CharField(max_length=150)
    code = forms.CharField(max_length=40)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["code"].widget.attrs["autocomplete"] = "off"


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


class AuthenticateForm(PlainWords, mfa_forms.AuthenticateForm):
    words: ClassVar[dict[str, Words]] = {
        "code": Words(_("Code uit je app, of een herstelcode"), _("Vul de code in."), "")
    }


class ReauthenticateByCodeForm(PlainWords, mfa_forms.ReauthenticateForm):
    words: ClassVar[dict[str, Words]] = AuthenticateForm.words


class ActivateTOTPForm(PlainWords, totp_forms.ActivateTOTPForm):
    words: ClassVar[dict[str, Words]] = {
        "code": Words(_("De code die je app nu toont"), _("Vul de code in."), _("Zes cijfers."))
    }


class AddPasskeyForm(PlainWords, passkey_forms.AddWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("passwordless", True)


class EditPasskeyForm(PlainWords, passkey_forms.EditWebAuthnForm):
    pass


class RecoveryCodesForm(codes_forms.GenerateRecoveryCodesForm):
    """Everybody may have codes: without an address they are the only way back in."""

    def clean(self) -> dict[str, Any]:
        return self.cleaned_data
