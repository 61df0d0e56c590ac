from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache


@login_required
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """What the site knows of an account, and what one can do with it."""
    return render(request, "account/account.html")
