"""Where everything lives. Dutch at the root, English under ``/en/``."""

from __future__ import annotations

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from goedwerk_forum.views import health
from goedwerk_site.accounts import urls as account_urls
from goedwerk_site.accounts.entering import enter_admin

urlpatterns: list[URLPattern | URLResolver] = [
    path("beheer/login/", enter_admin),
    path("beheer/", include(wagtailadmin_urls)),
    path("healthz", health.healthz),
    path("readyz", health.readyz),
]

if settings.DEMO or settings.TESTING:
    # In production the proxy serves the media folder.
    urlpatterns.append(
        re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT})
    )

urlpatterns += i18n_patterns(
    path("account/", include(account_urls)),
    path("", include("goedwerk_forum.urls")),
    path("", include("goedwerk_casestudies.urls")),
    path("", include(wagtail_urls)),
    prefix_default_language=False,
)
