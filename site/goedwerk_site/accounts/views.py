from __future__ import annotations

from allauth.account.models import EmailAddress
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from goedwerk_forum.access import wants_mail
from goedwerk_forum.actions.accounts import choose_mail


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """What the site knows of an account, and what one can do with it."""
    address = EmailAddress.objects.filter(user=request.user).order_by("-primary").first()
    context = {"address": address, "wants_mail": wants_mail(request.user)}
    return render(request, "account/account.html", context)


@login_required
@require_POST
def mail(request: HttpRequest) -> HttpResponse:
    """Switches the digest on or off; on only for an address that was shown to be one's own."""
    has_address = EmailAddress.objects.filter(user=request.user, verified=True).exists()
    choose_mail(user=request.user, wants=request.POST.get("wants") == "yes" and has_address)
    return redirect("account")
