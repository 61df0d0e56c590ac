"""Connects what must happen whoever writes: the gate, the triggers, what follows."""

from __future__ import annotations

from django.db.models.signals import (
    post_delete,
    post_migrate,
    post_save,
    pre_migrate,
    pre_save,
)
from wagtail.models import Revision
from wagtail.signals import page_published

from goedwerk_forum import doctor, harvests, public, setup
from goedwerk_forum.access import READABLE_IF
from goedwerk_forum.outbox.handlers import HANDLERS
from goedwerk_forum.outbox.rows import QUEUE_OF, Queue

from . import clearance, gate, guards, guidance, preparing, roads, searching, signals
from .models import CaseStudyIndexPage, Clearance, Theme, ThemePage


def connect(app: object) -> None:
    """Once, when the app is ready; ``app`` is its configuration."""
    pre_save.connect(gate.guard_page)
    pre_save.connect(gate.guard_revision, sender=Revision)
    pre_migrate.connect(guards.lift, sender=app)
    post_migrate.connect(guards.lay, sender=app)
    page_published.connect(roads.follow_publication)
    signals.consent_settled.connect(roads.follow_answer)
    post_save.connect(preparing.follow_index, sender=CaseStudyIndexPage)
    QUEUE_OF[roads.KIND] = Queue.MODERATION
    HANDLERS[roads.KIND] = roads.HANDLER
    for signal in (post_save, post_delete):
        signal.connect(searching.follow_signature, sender=Clearance)
    post_save.connect(searching.follow_theme_page, sender=ThemePage)
    post_save.connect(searching.follow_theme, sender=Theme)
    READABLE_IF.append(clearance.is_cleared)
    harvests.MADE_OF.append(guidance.made_of)
    public.LISTED_IF.append(clearance.maybe_cleared)
    public.EXACTLY.append(clearance.only_cleared)
    setup.MORE.append(preparing.prepare)
    doctor.MORE.append(preparing.problems)
