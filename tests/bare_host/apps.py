from django.apps import AppConfig


class BareHostConfig(AppConfig):
    name = "bare_host"
    default_auto_field = "django.db.models.BigAutoField"
