from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CaseStudiesConfig(AppConfig):
    name = "goedwerk_casestudies"
    verbose_name = _("Verhalen en dilemma’s")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.core import checks

        from goedwerk_forum import belongings as forum_belongings
        from goedwerk_forum import courses, news
        from goedwerk_forum.actions import retention

        from . import (
            agenda,
            ballot_task,
            belongings,
            following,
            for_circles,
            holders,
            images,
            inbox,
            keeping,
            preparing,
            queue_filters,
            receivers,
            rescuing,
            research,
            searching,
        )
        from .actions.ballots import follow_course, follow_dates
        from .actions.submissions import lapse_silent
        from .conf import conf

        conf()  # a wrong setting stops the start
        images.watch()
        research.register()
        news.register(inbox.SOURCE)
        forum_belongings.register(belongings.SOURCE)
        retention.DAILY.append(lapse_silent)
        retention.DAILY.append(follow_dates)
        courses.BEGUN.append(follow_course)
        ballot_task.register()
        ballot_task.forget_sittings()
        keeping.register()
        queue_filters.register()
        for_circles.register()
        agenda.register()
        holders.register_all()
        searching.register()
        rescuing.register()
        following.register()
        receivers.connect(self)
        checks.register(preparing.our_publisher_comes_first)
