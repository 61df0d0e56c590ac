"""Settings of the reference site; each deployment sets them by environment variables.

``GOEDWERK_DEMO=1`` is the demonstration that ``make run`` starts: SQLite, no broker, keys and
secrets under ``var/``. Everything else is production: missing values stop the start with a
sentence that says which one.
"""

from __future__ import annotations

from pathlib import Path

import django
from csp.constants import NONE, SELF

from .environment import Environment
from .secrets import secret, secret_key

env = Environment()

PROJECT_DIR = Path(__file__).resolve().parent
ROOT = PROJECT_DIR.parent.parent
DATA_DIR = Path(env("GOEDWERK_DATA_DIR", default=str(ROOT / "var")))
DEMO = env.bool("GOEDWERK_DEMO", default=False)
TESTING = env.bool("GOEDWERK_TESTING", default=False)

DEBUG = env.bool("DEBUG", default=False)
SITE_NAME = env("GOEDWERK_SITE_NAME", default="Goed Werk")
SECRET_KEY = secret_key(env, DATA_DIR, generate=DEMO or TESTING)
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", default=["*"] if DEMO or TESTING else ["localhost", "127.0.0.1"]
)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "goedwerk_site.accounts",
    "goedwerk_site.home",
    "goedwerk_casestudies",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.embeds",
    "wagtail.sites",
    "goedwerk_site.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_comments_xtd",
    "django_comments",
    "goedwerk_forum",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sites",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
]

if DEMO or TESTING:
    INSTALLED_APPS.append("goedwerk_site.demo")

# Single sign-on for who works for the site; without an issuer there is none.
OIDC_ISSUER = env("OIDC_ISSUER", default="").rstrip("/")
if OIDC_ISSUER:
    INSTALLED_APPS += [
        "allauth.socialaccount",
        "allauth.socialaccount.providers.openid_connect",
    ]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "goedwerk_site.middleware.CompressPublicPagesMiddleware",
    "goedwerk_site.middleware.AdminPolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "goedwerk_site.accounts.second_factor.AdminSecondFactorMiddleware",
    "goedwerk_forum.middleware.KeepTypedTextMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "goedwerk_site.urls"
WSGI_APPLICATION = "goedwerk_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT_DIR / "templates"],
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

SQLITE_OPTIONS = {
    "timeout": 20,
    "transaction_mode": "IMMEDIATE",
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
        "PRAGMA cache_size=-20000; PRAGMA secure_delete=ON;"
    ),
}

DATABASES = {"default": env.database(default=f"sqlite:///{DATA_DIR / 'goedwerk.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
else:
    DATABASES["default"]["PASSWORD"] = secret(
        env, "DATABASE_PASSWORD", default=DATABASES["default"].get("PASSWORD") or ""
    )
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

REDIS_URL = env("REDIS_URL", default="")
# Of the process itself: a broker that is away must not fail a post, and must hold no address.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_ID = 1

# Accounts: no login history, no session row (docs/explanation/privacy.md).
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["goedwerk_site.accounts.backends.AccountBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "goedwerk_site.accounts.validators.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "goedwerk_site.accounts.validators.UserAttributeSimilarityValidator"},
    {"NAME": "goedwerk_site.accounts.validators.CommonPasswordValidator"},
]
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 14 * 24 * 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "goedwerk_forum:mine"
# Wagtail's own sign-in and passwords know no second step (urls.py leads past them).
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
ACCOUNT_SIGNUP_REDIRECT_URL = "account_welcome"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
# Nobody learns whose address is known here, not even by trying to sign up with it.
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_NOTIFICATIONS = False
# A subject is read on a locked screen and in a mail log: it names neither the site nor its aim.
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_ADAPTER = "goedwerk_site.accounts.adapter.AccountAdapter"
# Generous: a whole ministry leaves through one address. Counted in this process's memory only.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "100/m/ip,5/5m/key",
    "signup": "100/m/ip",
    "reset_password": "100/m/ip,5/m/key",
    "reset_password_from_key": "100/m/ip",
    "work_code": "100/m/ip,3/h/key",
    "work_code_try": "100/m/ip,10/h/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)
ACCOUNT_FORMS = {
    "add_email": "goedwerk_site.accounts.forms.AddEmailForm",
    "change_password": "goedwerk_site.accounts.forms.ChangePasswordForm",
    "login": "goedwerk_site.accounts.forms.LoginForm",
    "reauthenticate": "goedwerk_site.accounts.forms.ReauthenticateForm",
    "reset_password": "goedwerk_site.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "goedwerk_site.accounts.forms.ResetPasswordKeyForm",
    "set_password": "goedwerk_site.accounts.forms.SetPasswordForm",
    "signup": "goedwerk_site.accounts.forms.SignupForm",
}

# Passkeys, codes from an app, recovery codes: for everybody who wants them.
MFA_ADAPTER = "goedwerk_site.accounts.second_factor.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1
# An account without an address may have a second step, and may get an address later.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# One code is enough to choose a new password, so it must be as hard to guess as one.
MFA_RECOVERY_CODE_DIGITS = 16
MFA_RATE_LIMITS = {"webauthn_login": "100/m/ip"}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO or TESTING
MFA_FORMS = {
    "activate_totp": "goedwerk_site.accounts.forms.ActivateTOTPForm",
    "add_webauthn": "goedwerk_site.accounts.forms.AddPasskeyForm",
    "authenticate": "goedwerk_site.accounts.forms.AuthenticateForm",
    "edit_webauthn": "goedwerk_site.accounts.forms.EditPasskeyForm",
    "generate_recovery_codes": "goedwerk_site.accounts.forms.RecoveryCodesForm",
    "reauthenticate": "goedwerk_site.accounts.forms.ReauthenticateByCodeForm",
}
# Who works in the admin must have a second step; off only where all accounts are for show.
ADMIN_SECOND_FACTOR = env.bool("GOEDWERK_ADMIN_SECOND_FACTOR", default=not (DEMO or TESTING))

OIDC_NAME = env("OIDC_NAME", default="je werk")
OIDC_GROUPS_CLAIM = env("OIDC_GROUPS_CLAIM", default="groups")
# "what the employer says=our group", for each group that single sign-on may give.
OIDC_GROUPS = env.dict("OIDC_GROUPS", default={})
OIDC_PARTICIPANTS = env.bool("OIDC_PARTICIPANTS", default=False)
OIDC_HAS_SECOND_FACTOR = env.bool("OIDC_HAS_SECOND_FACTOR", default=False)
SOCIALACCOUNT_ADAPTER = "goedwerk_site.accounts.single_sign_on.SocialAccountAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "SCOPE": env.list("OIDC_SCOPE", default=["openid", "profile"]),
        "APPS": [
            {
                "provider_id": "werk",
                "name": OIDC_NAME,
                "client_id": env("OIDC_CLIENT_ID", default=""),
                "secret": secret(env, "OIDC_CLIENT_SECRET", default=""),
                "settings": {"server_url": OIDC_ISSUER},
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}

# The base of the discussion.
COMMENTS_APP = "django_comments_xtd"
COMMENTS_XTD_MODEL = "goedwerk_forum.models.Contribution"
COMMENTS_XTD_MAX_THREAD_LEVEL = 2
COMMENTS_XTD_CONFIRM_EMAIL = False
COMMENTS_XTD_THREADED_EMAILS = False

GOEDWERK = {
    "KEYS_DIR": env("GOEDWERK_KEYS_DIR", default=str(DATA_DIR / "keys")),
    "RELEASE_EVERY": env.int("GOEDWERK_RELEASE_EVERY", default=1 if DEMO else 60),
    "DRIVER": env("GOEDWERK_DRIVER", default="celery" if REDIS_URL else "embedded"),
    "ASK_AGAIN": "allauth.account.decorators.reauthentication_required",
    "CONFIRM_CODE": "goedwerk_site.accounts.second_factor.code_is_right",
    "WITNESS_MAIL": env.list("GOEDWERK_WITNESS_MAIL", default=[]),
    "TRUSTED_PROXIES": env.int("TRUSTED_PROXIES", default=0),
    "DEMO": DEMO,
}

# Celery: the broker is only a doorbell (docs/explanation/reliability.md).
CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 60
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 120,
    "unacked_restore_interval": 5,
    "socket_connect_timeout": 1,
    "socket_timeout": 5,
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_DEFAULT_QUEUE = "moderation"
CELERY_TASK_ROUTES = {"goedwerk_forum.tasks.drive_notices": {"queue": "notices"}}
CELERY_BEAT_SCHEDULE = {
    "sweep-moderation": {
        "task": "goedwerk_forum.tasks.drive_moderation",
        "schedule": 3.0,
        "options": {"expires": 3},
    },
    "sweep-notices": {
        "task": "goedwerk_forum.tasks.drive_notices",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "publish-scheduled": {
        "task": "goedwerk_forum.tasks.publish_scheduled_pages",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "watch-waiting": {"task": "goedwerk_forum.tasks.watch_waiting", "schedule": 600.0},
    "daily": {"task": "goedwerk_forum.tasks.daily", "schedule": 3600.0},
}

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LOCALE_PATHS = [PROJECT_DIR / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env("GOEDWERK_STATIC_DIR", default=str(DATA_DIR / "static")))
STATICFILES_DIRS = [PROJECT_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env("GOEDWERK_MEDIA_DIR", default=str(DATA_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if TESTING
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_MANIFEST_STRICT = False

# Where no page of the site is: the admin, web feeds, an app with codes. Pages: Huisstijl.
WAGTAIL_SITE_NAME = SITE_NAME
WAGTAILADMIN_BASE_URL = env("GOEDWERK_BASE_URL", default="http://127.0.0.1:8000")
WAGTAIL_USER_CUSTOM_FIELDS: list[str] = []
WAGTAILADMIN_PERMITTED_LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "odt", "txt"]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

EMAIL_BACKEND = env(
    "EMAIL_BACKEND",
    default=(
        "django.core.mail.backends.console.EmailBackend"
        if DEMO
        else "django.core.mail.backends.smtp.EmailBackend"
    ),
)
EMAIL_HOST = env("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="goedwerk@localhost")
#: Who hears of what waits too long, or for somebody who is not there. Django 6 wants addresses.
_owners = env.list("OWNER_MAIL", default=[])
ADMINS = _owners if django.VERSION >= (6,) else [("", address) for address in _owners]

# Security.
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=not (DEMO or TESTING))
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT
if SECURE_SSL_REDIRECT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31536000)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
CSRF_FAILURE_VIEW = "goedwerk_forum.views.rescue.csrf_failure"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "script-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Logs: structured, and only fields that are on the list; never a text, an address, a person.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"safe": {"()": "goedwerk_site.logs.SafeFormatter"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "safe"},
    },
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL", default="WARNING")},
    "loggers": {
        "goedwerk": {"level": "INFO"},
        "django.request": {"level": "ERROR"},
        "django.security": {"level": "ERROR"},
        "django.db.backends": {"level": "WARNING"},
    },
}
