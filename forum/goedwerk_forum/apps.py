from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate, post_save
from django.utils.translation import gettext_lazy as _


class ForumConfig(AppConfig):
    name = "goedwerk_forum"
    verbose_name = _("Dialoog")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import base, keeping, news, report_news, system_checks
        from .identity import accounts, holders

        system_checks.register()
        keeping.register()
        holders.register_all()
        news.register(report_news.SOURCE)
        post_save.connect(accounts.follow_user, sender=settings.AUTH_USER_MODEL)
        post_migrate.connect(accounts.follow_migrations, sender=self)
        base.shut()
