from __future__ import annotations

from django.contrib.auth.views import LoginView
from django.urls import include, path

urlpatterns = [
    path("admin/", include("wagtail.admin.urls")),
    path("inloggen/", LoginView.as_view(), name="login"),
    # the tutorial
    path("", include("goedwerk_forum.urls")),
    path("", include("wagtail.urls")),
]
