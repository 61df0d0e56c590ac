from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate, post_save, pre_save
from django.utils.translation import gettext_lazy as _


class ForumConfig(AppConfig):
    name = "goedwerk_forum"
    verbose_name = _("Dialoog")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django_comments_xtd.models import publish_or_unpublish_on_pre_save

        from . import system_checks
        from .identity import accounts

        system_checks.register()
        post_save.connect(accounts.follow_user, sender=settings.AUTH_USER_MODEL)
        post_migrate.connect(accounts.create_missing, sender=self)
        # The base re-publishes held replies whenever a parent is saved.
        pre_save.disconnect(
            publish_or_unpublish_on_pre_save, sender="goedwerk_forum.Contribution"
        )
