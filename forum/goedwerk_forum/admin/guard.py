"""Who gets into the rooms of the ambassadors, and what becomes of who does not."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.generic import View

from .. import access
from ..errors import KeyMissing, NotAllowed, NotFound, OwnContribution


class ForModerators(View):
    """Lets ambassadors in only; without the key that tells her own from others', nobody."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not access.is_moderator(request.user):
            raise PermissionDenied
        try:
            return super().dispatch(request, *args, **kwargs)
        except KeyMissing:
            return render(request, "goedwerk_forum/admin/key_missing.html", status=503)
        except OwnContribution as error:
            return render(request, "goedwerk_forum/admin/own.html", {"error": error}, status=403)
        except NotFound as error:
            raise Http404 from error
        except NotAllowed as error:
            raise PermissionDenied from error
