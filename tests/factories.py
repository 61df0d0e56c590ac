"""Objects for tests, made through the same actions as the site makes them."""

from __future__ import annotations

import itertools
import secrets

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from django_comments.models import Comment
from django_comments_xtd.models import XtdComment
from wagtail.models import Locale, Page, Site

from goedwerk_forum.actions.contributions import Words, contribute
from goedwerk_forum.actions.moderation import decide
from goedwerk_forum.actions.participants import join
from goedwerk_forum.actions.release import release
from goedwerk_forum.identity import pseudonyms
from goedwerk_forum.models import (
    SEGMENT,
    Contribution,
    Discussion,
    Participant,
    Policy,
    Revision,
    Waiting,
)
from goedwerk_forum.outbox.drive import drive
from goedwerk_forum.transitions import Action, Display, RevisionState, State

_numbers = itertools.count(1)

PASSWORD = "een-lang-wachtwoord"
#: What a decider writes by her decision, and the law where she names one.
WHY, LAW = "Dit raakt mensen.", "Auteurswet, artikel 1"
CALM = "Ik heb het eerst met een collega besproken en daarna pas opgeschreven wat ik zag."


def user(username: str = "", *, groups: tuple[Group, ...] = (), **fields):
    name = username or f"gebruiker{next(_numbers)}"
    made = get_user_model().objects.create_user(name, password=PASSWORD, **fields)
    made.groups.set(groups)
    return made


def sign_in_again(client, who) -> None:
    """Signs ``who`` in as one who has just given her password once more."""
    client.force_login(who)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def ambassador_group(name: str = "") -> Group:
    group = Group.objects.create(name=name or f"ambassadeurs {next(_numbers)}")
    group.permissions.set(
        Permission.objects.filter(codename__in=["moderate_discussion", "access_admin"])
    )
    return group


def ambassador(discussion: Discussion, username: str = ""):
    return user(username, groups=(discussion.group,))


def root() -> Page:
    """The home page; Wagtail's own first pages are gone after a transactional test."""
    site = Site.objects.filter(is_default_site=True).first()
    return site.root_page if site else _new_site().root_page


def _new_site() -> Site:
    Locale.objects.get_or_create(language_code="nl")
    top = Page.add_root(title="Root", slug="root")
    home = top.add_child(instance=Page(title="Voorpagina", slug="home"))
    return Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)


def story(title: str = "", *, live: bool = True, **fields):
    """A practice story with a discussion, below an index page."""
    from goedwerk_casestudies.models import CaseStudyIndexPage, StoryPage

    index = CaseStudyIndexPage.objects.first()
    if index is None:
        index = root().add_child(instance=CaseStudyIndexPage(title="Verhalen", slug="verhalen"))
    number = next(_numbers)
    defaults = {
        "lead": "Een rapport is klaar, en niemand vraagt ernaar.",
        "what_happened": "<p>Het rapport lag drie weken op een bureau.</p>",
        "tension": "<p>Zwijgen was makkelijk, maar het voelde niet goed.</p>",
        "has_discussion": True,
        "discussion_question": "Wat zou jij doen?",
        "discussion_policy": Policy.TRUSTED_FIRST,
    }
    if fields.get("has_discussion", True) and "discussion_group" not in fields:
        defaults["discussion_group"] = ambassador_group()
    page = StoryPage(
        title=title or f"Verhaal {number}",
        slug=f"verhaal-{number}",
        live=False,
        **defaults | fields,
    )
    index.add_child(instance=page)
    return live_and_cleared(page) if live else page


def cleared(page):
    """A second editor's signature under the words in ``page``, saved or not."""
    from goedwerk_casestudies.clearance import digest
    from goedwerk_casestudies.models import Clearance

    Clearance.objects.get_or_create(
        page_id=page.pk,
        digest=digest(page),
        defaults={"signed_on": timezone.localdate(), "standing": Clearance.Standing.OPEN},
    )
    return page


def live_and_cleared(page):
    """The page as it is, signed and on the site."""
    cleared(page).live = True
    page.save()
    return page


def discussion(**fields) -> Discussion:
    return Discussion.objects.select_related("page", "group").get(page=story(**fields))


def participant(in_discussion: Discussion, who=None, *, role_label: str = ""):
    return join(
        user=who or user(),
        discussion=in_discussion,
        pseudonym=pseudonyms.draw(in_discussion),
        role_label=role_label,
    )


def contribution(
    in_discussion: Discussion,
    who=None,
    *,
    text: str = CALM,
    kind: str = "ervaring",
    lens: str = "",
    in_reply_to: Contribution | None = None,
) -> Contribution:
    """A pending contribution; its check waits in the outbox."""
    author = who or user()
    return contribute(
        user=author,
        participant=participant(in_discussion, author),
        discussion=in_discussion,
        words=Words(text=text, kind=kind, lens=lens),
        submission=secrets.token_urlsafe(24),
        in_reply_to=in_reply_to,
    )


def examined(in_discussion: Discussion, who=None, **fields) -> Contribution:
    """A contribution on which the checks gave their verdict."""
    made = contribution(in_discussion, who, **fields)
    drive("moderation")
    made.refresh_from_db()
    return made


def known(*, published_before: int = 5):
    """Somebody who was published elsewhere, so often that she is trusted."""
    who, elsewhere = user(), discussion(discussion_policy=Policy.ALL_FIRST)
    for number in range(published_before):
        made = examined(elsewhere, who, text=f"{CALM} Dat was keer {number}.")
        judged(made, by=ambassador(elsewhere))
    return who


def held(in_discussion: Discussion, who=None, **fields) -> Contribution:
    """A contribution that the checks gave to an ambassador."""
    made = examined(in_discussion, who, **fields)
    assert made.waiting == Waiting.NEW, made.state
    return made


def judged(
    made: Contribution, action: Action = Action.PUBLISH, reason: str = "", *, by=None
) -> Contribution:
    """What an ambassador of its discussion decided on a contribution."""
    return decide(
        user=by or ambassador(made.discussion),
        public_id=made.public_id,
        version=made.version,
        action=action,
        reason=reason,
        words=WHY,
        law=LAW,
    )


def published(in_discussion: Discussion, who=None, *, by=None, **fields) -> Contribution:
    """A contribution that was published, by an ambassador where need be, and that readers see."""
    made = examined(in_discussion, who, **fields)
    if made.state != State.PUBLISHED:
        judged(made, by=by)
    release([in_discussion.pk])
    made.refresh_from_db()
    return made


def crowd(in_discussion: Discussion, size: int, *, voices: int = 10) -> list[Contribution]:
    """``size`` readable contributions, three levels deep, put in by plain SQL; in thread order."""
    people = [participant(in_discussion) for _voice in range(voices)]
    made = [_in_crowd(in_discussion, people[n % voices], n) for n in range(1, size + 1)]
    comments = [Comment(**_fields(row, Comment)) for row in made]
    for row, comment in zip(made, Comment.objects.bulk_create(comments), strict=True):
        row.comment_ptr_id = row.xtdcomment_ptr_id = row.pk = comment.pk
    by_path = {row.path: row for row in made}
    for row in made:
        row.in_reply_to_id = getattr(by_path.get(row.path[:-SEGMENT]), "pk", None)
    _insert(XtdComment, made)
    _insert(Contribution, made)
    Revision.objects.bulk_create(
        Revision(
            contribution_id=row.pk,
            number=1,
            text=row.comment,
            kind=row.kind,
            state=RevisionState.ACCEPTED,
            day=row.day,
        )
        for row in made
    )
    Discussion.objects.filter(pk=in_discussion.pk).update(last_position=size, shown_count=size)
    in_discussion.refresh_from_db()
    return sorted(made, key=lambda row: row.path)


def _in_crowd(in_discussion: Discussion, who: Participant, number: int) -> Contribution:
    """Of each ten: four roots, three replies to the fourth, three replies to its last reply."""
    place = (number - 1) % 10
    fourth, last_reply = number - place + 3, number - place + 6
    above = [] if place < 4 else [fourth] if place < 7 else [fourth, last_reply]
    return Contribution(
        discussion=in_discussion,
        participant=who,
        path="".join(f"{step:0{SEGMENT}d}" for step in [*above, number]),
        level=len(above),
        kind="ervaring",
        state=State.PUBLISHED,
        display=Display.TEXT,
        accepted_revision=1,
        shown_revision=1,
        submission=secrets.token_urlsafe(24),
        day=timezone.localdate(),
        comment=f"Bijdrage {number}. {CALM}",
        submit_date=timezone.now(),
        is_public=False,
        content_type=ContentType.objects.get_for_model(Discussion),
        object_pk=str(in_discussion.pk),
        site_id=settings.SITE_ID,
    )


def _fields(row: Contribution, model) -> dict:
    return {
        field.attname: getattr(row, field.attname)
        for field in model._meta.local_concrete_fields
        if not field.primary_key
    }


def _insert(model, rows: list[Contribution]) -> None:
    """Rows of one table of a multi-table model, which Django's ``bulk_create`` refuses."""
    fields = model._meta.local_concrete_fields
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    values = [
        [field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {model._meta.db_table} ({columns}) VALUES ({places})", values
        )
