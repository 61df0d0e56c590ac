from django.apps import AppConfig
from django.db.models.signals import pre_save
from django.utils.translation import gettext_lazy as _


class ForumConfig(AppConfig):
    name = "goedwerk_forum"
    verbose_name = _("Dialoog")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django_comments_xtd.models import publish_or_unpublish_on_pre_save

        from . import system_checks

        system_checks.register()
        # The base re-publishes held replies whenever a parent is saved.
        pre_save.disconnect(
            publish_or_unpublish_on_pre_save, sender="goedwerk_forum.Contribution"
        )
