"""What the suites of the room for stories share."""

from __future__ import annotations

import uuid

import pytest
from django.contrib.auth.models import Group, Permission

from goedwerk_casestudies.actions import submissions
from goedwerk_casestudies.raw import Raw

TEXT = Raw(
    what_happened="Het rapport van Bartholomeus Kwispelaar lag drie weken op een bureau.",
    tension="Zwijgen was makkelijk, maar het voelde niet goed.",
    done="Ik belde Fenna Zwartendijk-Oudeman en zei wat ik zag.",
)


class Stories:
    """Submissions in the state a test needs, made by the actions."""

    def draft(self, who, text: Raw = TEXT):
        return submissions.begin(user=who, text=text, mark=uuid.uuid4())

    def sent(self, who, text: Raw = TEXT, *, wants_result=True, goes_on_if_silent=False):
        return submissions.send(
            self.draft(who, text),
            user=who,
            wants_result=wants_result,
            goes_on_if_silent=goes_on_if_silent,
        )

    def editor(self, username: str = ""):
        """Somebody who may read raw submissions, and no more."""
        import factories

        group, _made = Group.objects.get_or_create(name="redactie van de toetsen")
        group.permissions.set(
            Permission.objects.filter(codename__in=["abstract_submission", "access_admin"])
        )
        return factories.user(username, groups=(group,))


@pytest.fixture
def stories() -> Stories:
    return Stories()


def _abstracted(submission):
    """A page as the workbench makes one: a draft, never live, with its words in a revision."""
    import factories

    page = factories.story("Het rapport dat bleef liggen", live=False, has_discussion=False)
    page.save_revision()
    from goedwerk_casestudies.models import Submission

    Submission.objects.filter(pk=submission.pk).update(page=page)
    submission.refresh_from_db()
    return page


@pytest.fixture
def asked(stories):
    """A submission whose story waits for its contributor, by whose hand you like."""
    import four_eyes
    from goedwerk_casestudies.transitions import EDITOR, State, move

    def make_asked(who, **choices):
        made = stories.sent(who, **choices)
        move(made, State.IN_HAND, actor=EDITOR)
        four_eyes.signed_for_her(_abstracted(made))
        move(made, State.ABSTRACTED, actor=EDITOR)
        submissions.ask_consent(made)
        return made

    return make_asked


@pytest.fixture
def due():
    """Lets the hour of the digest strike."""
    from django.utils import timezone

    from goedwerk_forum.models import OutboxRow

    return lambda: OutboxRow.objects.update(due_at=timezone.now())


@pytest.fixture
def mailed():
    """Makes somebody reachable: an address that she confirmed, and the wish to get mail."""
    from allauth.account.models import EmailAddress

    from goedwerk_forum.actions.accounts import choose_mail

    def reach(user):
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
        choose_mail(user=user, wants=True)
        return user

    return reach


@pytest.fixture
def nightly():
    """The daily letting go, as the runner does it; a test is one transaction, a night is not."""
    from django.db import connection

    from goedwerk_forum.actions.retention import let_go

    def run() -> int:
        if connection.vendor == "postgresql":  # tables with checks to come are not laid in order
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        return let_go()

    return run
