"""Who may sign a story, and what is still to be done before it can be read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Page, Revision

from goedwerk_forum.errors import KeyMissing
from goedwerk_forum.people import Person

from . import access
from .clearance import digest_as, has_agreed, signatures
from .errors import ChecksMissing, MayNotSign, NotCleared, OwnWords, TurnedDown, Unresolved
from .shown import digest, traceable, unresolved
from .work import CHECKS

if TYPE_CHECKING:
    from .models import StoryMixin, Submission

SIGN = ("goedwerk_casestudies", "sign_story")


# --- the words that are meant ----------------------------------------------------------------


def latest(page: Page) -> StoryMixin:
    """The words an editor sees: those of the latest revision."""
    found: StoryMixin = page.specific.get_latest_revision_as_object()
    return found


def latest_signed(page: Page) -> StoryMixin | None:
    """The newest revision whose words a second editor signed; None where none is."""
    signed = set(signatures(page.pk).values_list("digest", flat=True))
    model = page.specific_class
    if not signed or model is None:
        return None
    revisions = Revision.page_revisions.filter(object_id=str(page.pk))
    for revision in revisions.order_by("-created_at", "-pk").iterator(chunk_size=20):
        if digest(as_page(model, revision.content)) in signed:
            return words_of(revision)
    return None


def words_of(page_or_revision: Page | Revision) -> StoryMixin:
    """The words of a revision, or of a page as it is given."""
    if isinstance(page_or_revision, Revision):
        found: StoryMixin = page_or_revision.as_object()
        return found
    page: StoryMixin = page_or_revision.specific
    return page


def as_page(model: type[StoryMixin], content: dict[str, Any]) -> StoryMixin:
    """What a revision holds, as a page; without a query for each row it refers to."""
    page: StoryMixin = model.from_serializable_data(content, check_fks=False)
    return page


def submission_of(page: Page) -> Submission | None:
    """The submission that the page was made of; None where there is none."""
    from .models import Submission

    return Submission.objects.filter(page_id=page.pk).first() if page.pk else None


# --- who may sign ----------------------------------------------------------------------------


def signers() -> QuerySet[Any]:
    """Everybody who may sign stories."""
    app_label, code = SIGN
    right = Permission.objects.filter(content_type__app_label=app_label, codename=code)
    given = Q(user_permissions__in=right) | Q(groups__permissions__in=right)
    users = get_user_model()._default_manager.filter(is_active=True)
    return users.filter(Q(is_superuser=True) | given).distinct()


def writers(page: StoryMixin) -> set[int]:
    """Who wrote a word of what the page shows since it was last signed, or abstracted it."""
    signed = set(signatures(page.pk).values_list("digest", flat=True))
    wrote, never_signed = _wrote(page, signed)
    submission = submission_of(page)
    people = {
        *wrote,
        submission.editor_id if submission else None,
        page.owner_id if never_signed else None,
    }
    return {pk for pk in people if pk}


def _wrote(page: StoryMixin, signed: set[str]) -> tuple[set[int | None], bool]:
    """Users of the revisions that changed a shown word, back to the last signed one.

    And whether none of them was ever signed.
    """
    found: set[int | None] = set()
    newer: tuple[str, int | None] | None = None
    revisions = page.revisions.order_by("-created_at", "-pk").values_list("user_id", "content")
    for user_id, content in revisions.iterator(chunk_size=20):
        words = digest(as_page(type(page), content))
        if newer and newer[0] != words:
            found.add(newer[1])
        if words in signed:
            return found, False
        newer = (words, user_id)
    return found | ({newer[1]} if newer else set()), True


def last_writer(page: StoryMixin) -> int | None:
    """Who abstracted it: the submission's editor, else who saved its latest revision."""
    submission = submission_of(page)
    if submission is not None:
        return submission.editor_id
    wrote = page.revisions.filter(user__in=writers(page)).order_by("-created_at", "-pk")
    found: int | None = wrote.values_list("user_id", flat=True).first()
    return found


def may_sign(user: Person) -> bool:
    """Whether ``user`` has the right at all."""
    return bool(user.is_active and user.has_perm(".".join(SIGN)))


def require_other_eyes(page: StoryMixin, user: Person) -> None:
    """Makes sure that ``user`` may sign, and is not one of those whose words these are.

    Raises:
        MayNotSign: she lacks the right.
        OwnWords: she wrote, abstracted or submitted it.
        KeyMissing: this process cannot tell.
    """
    if not may_sign(user):
        raise MayNotSign
    if user.pk in writers(page) or _had_in_hand(user, submission_of(page)):
        raise OwnWords


def _had_in_hand(user: Person, submission: Submission | None) -> bool:
    """Whether she told the story, or worked on its text before it became a page."""
    from .actions.workbench import hands_of

    if submission is None:
        return False
    return access.is_own(user, submission) or str(user.pk) in hands_of(submission)


def require_done(page: StoryMixin) -> None:
    """Makes sure that the text is ready to be signed.

    Raises:
        Unresolved: a name or number is left.
        ChecksMissing: a question on being recognised has no answer.
    """
    if left := unresolved(page):
        raise Unresolved(left)
    if not all(getattr(page, name).strip() for name in CHECKS):
        raise ChecksMissing


def require_not_turned_down(page: StoryMixin) -> None:
    """Makes sure that nobody said no to these words who is not asked again.

    Raises:
        TurnedDown: the contributor did, and what is on the site now is what she agreed to.
    """
    if is_turned_down(page):
        raise TurnedDown


def is_turned_down(page: StoryMixin) -> bool:
    """Whether the contributor turned these words down for good: after publication nobody asks."""
    submission = submission_of(page)
    is_published = submission is not None and submission.state == submission.State.PUBLISHED
    return is_published and was_turned_down(page, digest(page))


def was_turned_down(page: Page, words: str) -> bool:
    """Whether the contributor said no to ``words`` (a digest), and not yes since."""
    from .models import Clearance

    refused = Clearance.objects.filter(page_id=page.pk, was_turned_down=True)
    return refused.filter(digest=words).exists()


def can_sign(page: StoryMixin, user: Person) -> bool:
    """Whether ``user`` could sign these words now."""
    try:
        require_other_eyes(page, user)
        require_done(page)
        require_not_turned_down(page)
    except (NotCleared, KeyMissing):
        return False
    return True


# --- what is still to be done ----------------------------------------------------------------


def obstacles(page: StoryMixin) -> list[tuple[str, str]]:
    """(code, sentence) of everything that stands between these words and the reader, in order."""
    submission = submission_of(page)
    return [*_of_text(page), *_of_signature(page, submission), *_of_consent(submission)]


def _of_text(page: StoryMixin) -> Iterator[tuple[str, str]]:
    left = unresolved(page)
    if left:
        yield "unresolved", traceable(one.words for one in left)
    missing = sum(not getattr(page, name).strip() for name in CHECKS)
    if missing:
        yield (
            "checks_missing",
            ngettext(
                "%(number)d van de drie vragen over herkenbaarheid is nog niet beantwoord.",
                "%(number)d van de drie vragen over herkenbaarheid zijn nog niet beantwoord.",
                missing,
            )
            % {"number": missing},
        )


def _of_signature(page: StoryMixin, submission: Submission | None) -> Iterator[tuple[str, str]]:
    from .models import Clearance

    source = page.alias_of or page
    signed = signatures(source.pk).values_list("digest", flat=True)
    if submission is None or has_agreed(submission.consent):
        signed = signed.filter(standing=Clearance.Standing.OPEN)
    if digest_as(page, source.slug) in signed:
        return
    if is_turned_down(page):
        yield "turned_down", str(TurnedDown())
    elif page.pk and not signers().exclude(pk__in=writers(page)).exists():
        yield (
            "no_second_editor",
            _("Er is nog geen tweede redacteur. Wie zelf aan de tekst schreef, kan niet tekenen."),
        )
    elif signed:
        yield (
            "other_words",
            _("De tekst is veranderd na de handtekening. Een tweede redacteur leest haar opnieuw."),
        )
    else:
        yield "signature", _("Een tweede redacteur leest de tekst na en tekent.")


def _of_consent(submission: Submission | None) -> Iterator[tuple[str, str]]:
    if submission is None or has_agreed(submission.consent):
        return
    if submission.state == submission.State.IN_HAND:
        yield "workbench", _("De inzending ligt op de werkbank. Maak daar de pagina opnieuw.")
        return
    sentences = {
        submission.Consent.REFUSED: _("De inzender wil niet dat dit verhaal op de site komt."),
        submission.Consent.ASKED: _("De inzender leest het verhaal en heeft nog niet geantwoord."),
    }
    later = _("Na de handtekening vragen we de inzender om akkoord.")
    yield "consent", sentences.get(submission.Consent(submission.consent), later)
