"""What somebody submitted, for her own file and her own page in the forum."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goedwerk_forum.belongings import Source, Thing
from goedwerk_forum.people import Person

from . import access, raw
from .actions import letters
from .models import Submission
from .steps import STEPS


def of(user: Person) -> list[Thing]:
    """The submissions of ``user`` with their raw text and both sides of the letterbox."""
    return [_thing(item) for item in access.own_submissions(user).prefetch_related("letters")]


def _thing(submission: Submission) -> Thing:
    text = raw.unseal(submission.sealed_raw, submission.uuid)
    parts = text.parts()
    written = [(str(step.question), parts[step.name]) for step in STEPS if parts[step.name]]
    return Thing(
        title=text.title or _("Een inzending"),
        state=submission.get_state_display(),
        day=submission.sent_on or submission.touched_on,
        texts=written + _letters(submission),
        facts={"id": submission.public_id, "consent": str(submission.get_consent_display())},
    )


def _letters(submission: Submission) -> list[tuple[str, str]]:
    return [
        (
            _("Brief van de redactie") if letter.from_editor else _("Jouw brief"),
            letters.read(letter),
        )
        for letter in submission.letters.all()
    ]


SOURCE = Source(
    key="stories",
    title=gettext_lazy("Mijn inzendingen"),
    url_name="goedwerk_stories:mine",
    if_cut=gettext_lazy(
        "Je kunt je inzending niet meer intrekken, geen akkoord geven en geen brief meer lezen. "
        "Wacht een verhaal op je akkoord? Dan gebeurt ermee wat je bij het insturen koos."
    ),
    of=of,
)
