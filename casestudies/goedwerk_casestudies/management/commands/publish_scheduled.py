from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.management.commands.publish_scheduled import Command as WagtailCommand
from wagtail.models import DraftStateMixin, Page, Revision

from ...admin.clearance import SCHEDULE_DROPPED
from ...errors import NotCleared

logger = logging.getLogger("goedwerk.stories")


class Command(WagtailCommand):
    """In the place of Wagtail's own, which stops at the first page that may not go out."""

    help = (
        "Publishes and unpublishes what was planned. A story without clearance loses its date, "
        "and a page that fails stops no other."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["dryrun"]:
            super().handle(*args, **options)
            return
        failed = sum(not self._unpublish(item) for item in _expired())
        due = Revision.objects.filter(approved_go_live_at__lt=timezone.now())
        failed += sum(not self._publish(item) for item in due.order_by("approved_go_live_at"))
        if failed:
            # No error: the runner calls this too, and must go on with its other work.
            self.stderr.write(f"{failed} planned changes failed; the log says why.")

    def _unpublish(self, item: DraftStateMixin) -> bool:
        try:
            with transaction.atomic():
                item.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
        except Exception as error:
            return _failed(error)
        return True

    def _publish(self, revision: Revision) -> bool:
        try:
            with transaction.atomic():
                revision.publish(log_action="wagtail.publish.scheduled")
        except NotCleared:
            _drop_schedule(revision)
        except Exception as error:
            return _failed(error)
        return True


def _expired() -> Iterator[DraftStateMixin]:
    """Live pages and snippets whose last day has passed."""
    models = [Page, *(model for model in apps.get_models() if _is_snippet(model))]
    for model in models:
        expired = model.objects.filter(live=True, expire_at__lt=timezone.now())
        yield from list(expired.order_by("expire_at"))


def _is_snippet(model: type) -> bool:
    return issubclass(model, DraftStateMixin) and not issubclass(model, Page)


def _drop_schedule(revision: Revision) -> None:
    """Takes the date away, and says so in the page's history and on the admin's home page."""
    with transaction.atomic():
        revision.approved_go_live_at = None
        revision.save(update_fields=["approved_go_live_at"])
        log(instance=revision.content_object, action=SCHEDULE_DROPPED, revision=revision)
    logger.warning("a planned story had no clearance", extra={"kind": "story"})


def _failed(error: Exception) -> bool:
    """The class of the error alone: its message can hold a text."""
    logger.error("a planned change failed", extra={"error": type(error).__name__})
    return False
