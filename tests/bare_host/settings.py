"""The settings of the bare host; the lines of the tutorial are marked."""

from __future__ import annotations

import os
from pathlib import Path

import environ

HERE = Path(__file__).resolve().parent
DATA_DIR = Path(os.environ["BARE_HOST_DATA_DIR"])

SECRET_KEY = "only-for-the-tests-of-the-bare-host"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = "bare_host.urls"
DATABASES = {"default": environ.Env().db("DATABASE_URL", default="sqlite://:memory:")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Person"
LOGIN_URL = "login"
LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
STATIC_URL = "/static/"
MEDIA_ROOT = DATA_DIR / "media"
WAGTAIL_SITE_NAME = "Kaal"
WAGTAILADMIN_BASE_URL = "http://kaal.example"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

INSTALLED_APPS = [
    "bare_host.people",
    "bare_host",
    "wagtail.contrib.settings",
    "wagtail.users",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    # the tutorial
    "django.contrib.sites",
    "django_comments_xtd",
    "django_comments",
    "goedwerk_forum",
]
SITE_ID = 1
COMMENTS_APP = "django_comments_xtd"
COMMENTS_XTD_MODEL = "goedwerk_forum.models.Contribution"
GOEDWERK = {"KEYS_DIR": DATA_DIR / "keys", "RELEASE_EVERY": 60}

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    # the tutorial
    "goedwerk_forum.middleware.KeepTypedTextMiddleware",
]
CSRF_FAILURE_VIEW = "goedwerk_forum.views.rescue.csrf_failure"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
