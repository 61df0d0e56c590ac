"""Single sign-on (OpenID Connect) for who works for the site: editors and ambassadors.

With it the employer sees each visit, so it is not for participants unless a site says otherwise.
What the employer tells of somebody is used at sign-in and not kept, but for her name: colleagues
in the admin see it.
"""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlsplit

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.providers.openid_connect import views as oidc_views
from django.conf import settings
from django.contrib.auth.models import Group
from django.db.models.signals import pre_save
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException

from . import login_names
from .models import User, this_month

#: Name of the one provider in addresses.
PROVIDER = "werk"


def origin() -> str:
    """Where the sign-in form leads: the policy of the page must let it go there."""
    parts = urlsplit(settings.OIDC_ISSUER)
    return f"{parts.scheme}://{parts.netloc}"


def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Leads to the employer's sign-in; where that does not answer, says so."""
    try:
        return oidc_views.login(request, provider_id)
    except RequestException:
        return render(request, "socialaccount/authentication_error.html", status=503)


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Lets in whoever the mapping knows, gives her the groups of the mapping, and no others."""

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Refuses who has no work here; takes the mapped groups from who no longer has it."""
        groups = mapped_groups(claims_of(sociallogin.account))
        sociallogin.email_addresses = []
        if sociallogin.is_existing:
            follow(sociallogin.user, groups)
        is_allowed = bool(groups) or settings.OIDC_PARTICIPANTS
        if not is_allowed or sociallogin.state.get("process") == "connect":
            raise ImmediateHttpResponse(render(request, "socialaccount/refused.html", status=403))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Who came so far is known to the employer, and has work here."""
        return True

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict[str, Any]) -> User:
        """Of who works here her name, for her colleagues; of a participant nothing."""
        user: User = sociallogin.user
        user.username, user.email = login_names.draw(), ""
        if mapped_groups(claims_of(sociallogin.account)):
            user.first_name = (data.get("first_name") or "")[:150]
            user.last_name = (data.get("last_name") or "")[:150]
        return user

    def save_user(self, request: HttpRequest, sociallogin: Any, form: Any = None) -> User:
        user: User = super().save_user(request, sociallogin, form)
        follow(user, mapped_groups(claims_of(sociallogin.account)))
        return user


def mapped_groups(claims: dict[str, Any]) -> set[str]:
    """The names of our groups for what the employer says of somebody."""
    said = claims.get(settings.OIDC_GROUPS_CLAIM) or []
    values = {said} if isinstance(said, str) else set(said)
    return {ours for theirs, ours in settings.OIDC_GROUPS.items() if theirs in values}


def follow(user: User, wanted: set[str]) -> None:
    """Gives exactly the wanted ones of the mapped groups; others stay as an owner set them."""
    mapped = Group.objects.filter(name__in=settings.OIDC_GROUPS.values())
    user.groups.remove(*mapped.exclude(name__in=wanted))
    user.groups.add(*mapped.filter(name__in=wanted))


def claims_of(account: Any) -> dict[str, Any]:
    """What the employer says of somebody now; both sources, the latter for what is in both."""
    data = getattr(account, "claims", None) or account.extra_data
    return (data.get("id_token") or {}) | (data.get("userinfo") or {})


def keep_no_times() -> None:
    """The rows of this app would keep each sign-in, and all that the employer says."""
    from allauth.socialaccount.models import SocialAccount

    from .apps import number_at_random

    pre_save.connect(number_at_random, sender=SocialAccount)
    pre_save.connect(without_claims, sender=SocialAccount)
    for name in ("last_login", "date_joined"):
        SocialAccount._meta.get_field(name).pre_save = month_of_joining


def without_claims(instance: Any, **_kwargs: Any) -> None:
    """Signal: what the employer said is used in this request, and not written."""
    if instance.extra_data:
        instance.claims, instance.extra_data = instance.extra_data, {}


def month_of_joining(instance: Any, add: bool) -> datetime.datetime:
    """In place of the moment of this sign-in."""
    joined = this_month() if add else instance.date_joined
    instance.date_joined = instance.last_login = joined
    return joined
