"""One's own account: what the site knows, and what one can do with it."""

from __future__ import annotations

from typing import Any

from allauth.account import views as allauth_views
from allauth.account.decorators import reauthentication_required
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from csp.decorators import csp_update
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from goedwerk_forum import access, belongings
from goedwerk_forum.access import wants_mail
from goedwerk_forum.actions import own
from goedwerk_forum.actions.accounts import choose_mail
from goedwerk_forum.errors import ForumError
from goedwerk_forum.people import key_of

from . import second_factor
from .models import User


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """What the site knows of an account, and what one can do with it."""
    address = EmailAddress.objects.filter(user=request.user).order_by("-primary").first()
    factors = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    context = {"address": address, "wants_mail": wants_mail(request.user), "factors": factors}
    return render(request, "account/account.html", context)


@login_required
@require_POST
def mail(request: HttpRequest) -> HttpResponse:
    """Switches the digest on or off; on only for an address that was shown to be one's own."""
    has_address = EmailAddress.objects.filter(user=request.user, verified=True).exists()
    choose_mail(user=request.user, wants=request.POST.get("wants") == "yes" and has_address)
    return redirect("account")


def login(request: HttpRequest) -> HttpResponseBase:
    """Signing in; where the site has single sign-on, the page may lead to it."""
    view = allauth_views.LoginView.as_view(extra_context={"single_sign_on": _single_sign_on()})
    if settings.OIDC_ISSUER:
        from .single_sign_on import origin

        view = csp_update({"form-action": [origin()]})(view)
    return view(request)


def _single_sign_on() -> str:
    """Where single sign-on starts; empty where the site has none."""
    if not settings.OIDC_ISSUER:
        return ""
    from .single_sign_on import PROVIDER

    return reverse("openid_connect_login", args=[PROVIDER])


@login_required
def welcome(request: HttpRequest) -> HttpResponse:
    """The first page of a new account: the name to keep, and a way back in."""
    return render(request, "account/welcome.html")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Says what signing out everywhere does, and does it."""
    if request.method != "POST":
        return render(request, "account/end_sessions.html")
    User.objects.get(pk=key_of(request.user)).end_sessions()
    logout(request)
    return redirect(f"{reverse('account_login')}?{urlencode({'klaar': 'overal'})}")


@login_required
def second_factor_needed(request: HttpRequest) -> HttpResponse:
    """Where the admin sends who works there without a second step."""
    context = {"has_one": second_factor.has_one(request.user)}
    return render(request, "account/second_factor.html", context)


@login_required
@reauthentication_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Removes the account: with what was written staying, or withdrawn first.

    Broken off half-way, some of it is withdrawn and the account is there: she presses again.
    """
    error: ForumError | None = None
    left = 0
    if request.method == "POST":
        if request.POST.get("texts") == "withdraw":
            left = own.withdraw_all(user=request.user)
        try:
            if request.POST.get("texts") in ("keep", "withdraw") and not left:
                return _gone(request)
        except ForumError as problem:
            error = problem
    context = _what_stays(request) | {
        "error": error,
        "left": left,
        "nothing_chosen": request.method == "POST" and not request.POST.get("texts"),
    }
    return render(request, "account/leave.html", context, status=409 if error else 200)


def _gone(request: HttpRequest) -> HttpResponse:
    own.leave(user=request.user)
    logout(request)
    return redirect("account_gone")


def _what_stays(request: HttpRequest) -> dict[str, Any]:
    participants = list(access.own_participants(request.user))
    return {
        "participants": participants,
        "standing": sum(one.standing for one in participants),
        "undecided": sum(one.undecided for one in participants),
        "others": belongings.of(request.user),
    }


def gone(request: HttpRequest) -> HttpResponse:
    """After leaving: what happened, and what stays. The same for whoever looks."""
    return render(request, "account/gone.html")
