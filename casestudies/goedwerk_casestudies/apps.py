from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseStudiesConfig(AppConfig):
    name = "goedwerk_casestudies"
    verbose_name = _("Verhalen en dilemma’s")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from goedwerk_forum import news

        from . import inbox

        news.register(inbox.SOURCE)
