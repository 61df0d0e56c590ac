"""Ways in: a code to a work address, an invitation, sign-up, a recovery code."""

from __future__ import annotations

from allauth.account import views as allauth_views
from allauth.account.forms import default_token_generator
from allauth.account.utils import passthrough_next_redirect_url, user_pk_to_url_str
from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from . import eligibility
from .forms import RecoverForm, WorkAddressForm, WorkCodeForm
from .models import User

only_forms = require_http_methods(["GET", "HEAD", "POST"])


def sign_up(request: HttpRequest) -> HttpResponseBase:
    """Sign-up, for who showed that she may; others go and show it first."""
    if not request.user.is_authenticated and not eligibility.may_sign_up(request):
        return redirect(_with_next(request, "account_access"))
    try:
        return allauth_views.signup(request)
    except eligibility.NotEligible:
        return redirect(_with_next(request, "account_access"))


def _with_next(request: HttpRequest, name: str) -> str:
    return passthrough_next_redirect_url(request, reverse(name), "next")


@never_cache
def enter_admin(request: HttpRequest) -> HttpResponse:
    """In place of Wagtail's sign-in, which asks for no second step.

    Who is signed in and sent here may not work in the admin.
    """
    if request.user.is_authenticated:
        raise PermissionDenied
    wanted = request.GET.get("next") or reverse("wagtailadmin_home")
    return redirect(f"{reverse('account_login')}?{urlencode({'next': wanted})}")


@only_forms
def show_work_address(request: HttpRequest) -> HttpResponse:
    """Asks for a work address and sends a code there, once; the address is kept nowhere."""
    if eligibility.may_sign_up(request):
        return redirect(_with_next(request, "account_signup"))
    wanted = eligibility.settings_of(request).domains
    form = WorkAddressForm(request.POST or None, request=request) if wanted else None
    if form and form.is_bound and form.is_valid():
        if eligibility.send_code(request, form.cleaned_data["email"]):
            return redirect(_with_next(request, "account_work_code"))
        form.add_error("email", _("Hier ging al een paar keer een code heen. Wacht een uur."))
    context = {"form": form, "domains": wanted, "here": _with_next(request, "account_access")}
    return render(request, "account/access.html", context, status=_status(form))


@only_forms
def enter_work_code(request: HttpRequest) -> HttpResponse:
    """Asks for the code that was sent."""
    if not eligibility.waits_for_code(request):
        return redirect(_with_next(request, "account_access"))
    form = WorkCodeForm(request.POST or None)
    if form.is_bound and form.is_valid():
        if eligibility.accept_code(request, form.cleaned_data["code"]):
            return redirect(_with_next(request, "account_signup"))
        form.add_error("code", _("Deze code klopt niet, of is te oud. Kijk nog eens in je mail."))
    context = {"form": form, "again": _with_next(request, "account_access")}
    return render(request, "account/work_code.html", context, status=_status(form))


def _status(form: WorkAddressForm | WorkCodeForm | RecoverForm | None) -> int:
    return 422 if form is not None and form.is_bound and form.errors else 200


@only_forms
def use_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Shows an invitation; taken only when the button is pressed, used only at sign-up."""
    if not eligibility.is_invitation(token):
        return render(request, "account/invitation.html", {"is_valid": False}, status=404)
    if request.method == "POST":
        if not eligibility.accept_invitation(request, token):
            raise Http404
        return redirect("account_signup")
    return render(request, "account/invitation.html", {"is_valid": True})


@only_forms
def recover(request: HttpRequest) -> HttpResponse:
    """Lets who has a recovery code choose a new password; nobody learns who she is.

    A second step is asked at sign-in all the same: one code never stands in for both.
    """
    form = RecoverForm(request.POST or None)
    if form.is_bound and form.is_valid():
        user = _whose_code(request, form.cleaned_data["login"], form.cleaned_data["code"])
        if user is not None:
            return redirect(_new_password_url(user))
        form.add_error(None, _("Deze naam en deze code horen niet bij elkaar."))
    return render(request, "account/recover.html", {"form": form}, status=_status(form))


def _whose_code(request: HttpRequest, login: str, code: str) -> User | None:
    """Whose code it is; the code is used up. By login name only: an address has its own way."""
    if not ratelimit.consume(request, action="login_failed", key=login.lower()):
        return None
    codes = Authenticator.objects.filter(
        user__username=login, user__is_active=True, type=Authenticator.Type.RECOVERY_CODES
    ).first()
    return codes.user if codes and codes.wrap().validate_code(eligibility.normal(code)) else None


def _new_password_url(user: User) -> str:
    """The page where a mailed link would lead, too."""
    args = [user_pk_to_url_str(user), default_token_generator.make_token(user)]
    return reverse("account_reset_password_from_key", args=args)
