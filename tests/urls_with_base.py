"""A site that includes the URLs of the base package all the same: pages, REST API and all."""

from __future__ import annotations

from django.urls import include, path

from goedwerk_site.urls import urlpatterns as site_urlpatterns

urlpatterns = [path("comments/", include("django_comments_xtd.urls")), *site_urlpatterns]
