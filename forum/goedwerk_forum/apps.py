from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_delete, post_migrate, post_save, pre_migrate, pre_save
from django.utils.translation import gettext_lazy as _


class ForumConfig(AppConfig):
    name = "goedwerk_forum"
    verbose_name = _("Dialoog")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import base, belongings, consent_news, keeping, news, report_news, system_checks
        from .identity import accounts, holders

        system_checks.register()
        keeping.register()
        holders.register_all()
        news.register(report_news.SOURCE)
        news.register(consent_news.SOURCE)
        belongings.register(consent_news.BELONGINGS)
        post_save.connect(accounts.follow_user, sender=settings.AUTH_USER_MODEL)
        post_migrate.connect(accounts.follow_migrations, sender=self)
        base.shut()
        self._open_circles()
        self._watch_harvests()
        self._watch_search()
        self._watch_follows()

    def _open_circles(self) -> None:
        """A circle is there for its members and guides, and ends on its last day."""
        from . import access, belongings, circle_news, circles, news
        from .actions import circles as actions
        from .actions import retention

        access.ADMITS.append(circles.admits)
        news.register(circle_news.SOURCE)
        belongings.register(circle_news.BELONGINGS)
        retention.DAILY.append(actions.close_ended)

    def _watch_harvests(self) -> None:
        """A harvest goes with its page, and names nobody, whoever reads or writes."""
        from wagtail.models import Revision

        from . import access, harvest_text, harvests, public
        from .actions import consents, retention

        access.READABLE_IF.append(harvests.source_is_there)
        public.LISTED_IF.append(harvests.below_a_live_page)
        public.EXACTLY.append(harvests.only_with_source)
        retention.DAILY.append(consents.record_answers)
        pre_save.connect(harvest_text.guard_page)
        pre_save.connect(harvest_text.guard_revision, sender=Revision)

    def _watch_search(self) -> None:
        """The index follows pages that move or close; the database itself keeps texts out."""
        from wagtail.models import PageViewRestriction
        from wagtail.signals import post_page_move

        from .actions import indexing
        from .search import engine

        pre_migrate.connect(engine.lift, sender=self)
        post_migrate.connect(engine.lay, sender=self)
        post_page_move.connect(indexing.follow_move)
        for signal in (post_save, post_delete):
            signal.connect(indexing.follow_restriction, sender=PageViewRestriction)

    def _watch_follows(self) -> None:
        """Who follows something hears of it in the digest, and takes it along in her file."""
        from django.contrib.auth.signals import user_logged_out

        from . import belongings, follow_belongings, following, middleware
        from .actions import following as actions
        from .outbox.rows import Kind

        following.TELLS[Kind.FOLLOWED] = actions.accounts_with_news
        belongings.register(follow_belongings.SOURCE)
        user_logged_out.connect(middleware.note_sign_out)
