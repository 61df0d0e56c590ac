"""Who and what stands around a circle, and every address by which it could be reached."""

from __future__ import annotations

from django.apps import apps
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone

import circles as rings
import factories as make
import together_in_series as together
from goedwerk_forum.actions import circle_members
from goedwerk_forum.actions import circles as actions
from goedwerk_forum.actions.following import follow
from goedwerk_forum.following import DISCUSSION
from goedwerk_forum.marks import preview_of
from goedwerk_forum.models import CirclesPage
from goedwerk_forum.setup import AMBASSADORS, EDITORS, OWNERS, PRIVACY, prepare
from goedwerk_site.demo.accounts import let_editors_edit

#: Who comes by; all of them stand outside.
OUTSIDERS = (
    "anonymous",
    "newcomer",
    "left",
    "removed",
    "other_guide",
    "ambassador",
    "editor",
    "privacy",
    "owner",
    "superuser",
)
#: In another circle of the same series: outside this one all the same.
SISTERS = ("sister_member", "sister_guide")
INSIDERS = ("member", "guide")
#: A few of them, where each tries much.
SENDERS = ("anonymous", "left", "other_guide", "ambassador", "superuser")
LOOKERS = ("left", "removed", "other_guide", "ambassador", "owner", "superuser")
SHEET = "Begin met een minuut stilte aan tafel."
#: What only those in the circles of the series read.
SERIES = ("Het drieluik van het voorjaar", "Drie groepen naast elkaar.")
REPORT, DRAFT = "Samen leerden wij te wachten.", "Dit is nog niet af, maar het komt."
#: What those in another circle of the series read of this one, and of nothing else.
OF_THE_SERIES = [*SERIES, REPORT]
TEXT = "Bij ons op de gang werd dat besluit pas maanden later hardop besproken."
#: A row that a stranger's expired form leaves, sealed, and who has which page open.
NOT_OF_CIRCLES = {"goedwerk_forum_rescuedtext", "goedwerk_forum_practicearrival"}


class World:
    """A running circle in which something was said, and who stands around it."""

    def __init__(self) -> None:
        list(prepare())
        let_editors_edit()
        self.story = make.story("Een openbaar verhaal")
        self.circle, self.members = rings.running(members=8)
        self.session = rings.first_session(self.circle)
        self.session.circle_session.story = self.story
        self.session.circle_session.save()
        self.guide = rings.guide_of(self.circle)
        uuid = self.circle.uuid
        actions.write_sheet(user=self.guide, uuid=self.session.uuid.hex, text=SHEET)
        self.said = rings.said(self.session, self.members[0])
        self.between = rings.said(self.circle.discussion, self.members[1])
        self.names = [rings.pseudonym_of(self.circle, who) for who in self.members]
        left, removed = self.members[-2:]
        follow(user=left, kind=DISCUSSION, target=self.session.uuid.hex, in_mail=True)
        circle_members.leave(user=left, uuid=uuid)
        ground = circle_members.Ground("conduct", "Omdat.")
        circle_members.remove(user=self.guide, uuid=uuid, pseudonym=self.names[-1], ground=ground)
        self.sister = _another("De zusterkring")
        self.sister_member = rings.member(self.sister)
        self.series = together.begun(self.circle, title=SERIES[0], purpose=SERIES[1])
        together.joined(self.series, self.sister)
        together.released(self.series, REPORT)
        together.written(self.series, DRAFT)
        groups = {group.name: group for group in Group.objects.all()}
        self.people = {
            "newcomer": make.user(),
            "left": left,
            "removed": removed,
            "other_guide": rings.guide_of(_another()),
            "sister_guide": rings.guide_of(self.sister),
            "sister_member": self.sister_member,
            "ambassador": make.user(groups=(groups[AMBASSADORS],)),
            "editor": make.user(groups=(groups[EDITORS],)),
            "privacy": make.user(groups=(groups[PRIVACY],)),
            "owner": make.user(groups=(groups[OWNERS], groups[EDITORS])),
            "superuser": make.user(is_superuser=True),
            "member": self.members[2],
            "guide": self.guide,
        }
        #: Even somebody whom the owner let into the group of all who guide circles.
        self.people["ambassador"].groups.add(self.circle.discussion.group)
        self.browsers = {name: self._browser(name) for name in (*OUTSIDERS, *SISTERS, *INSIDERS)}
        self.secrets = [
            rings.NAME,
            rings.ABOUT,
            *rings.TITLES[:2],
            rings.QUESTION,
            rings.RULES.splitlines()[0],
            rings.SAID,
            SHEET,
            *self.names[:6],
            *OF_THE_SERIES,
            DRAFT,
        ]

    def _browser(self, name: str) -> Client:
        browser = Client()
        browser.raise_request_exception = False
        if name in self.people:
            browser.force_login(self.people[name])
        return browser

    @property
    def arguments(self) -> dict[str, list[str]]:
        """What an address can ask for, by the name of its part."""
        page = CirclesPage.objects.get()
        return {
            "uuid": [str(self.circle.discussion.uuid), str(self.session.uuid)],
            "series_id": [self.series.public_id],
            "public_id": [self.said.public_id, self.between.public_id],
            "page_id": [str(page.pk)],
            "decision": ["publish"],
            "page_to_move_id": [str(page.pk)],
        }


def _another(name: str = "Een andere kring"):
    """A circle elsewhere, of which nothing is secret to its guide."""
    return rings.circle(
        name=name,
        about="Over luisteren.",
        titles=("Elders", "Ook elders"),
        question="Wat gebeurt er elders?",
    )


def walked(resolver=None, spaces=()):
    """(name, names of its parts) of every address with a name."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from walked(pattern, inner)
        elif pattern.name:
            yield ":".join((*spaces, pattern.name)), tuple(pattern.pattern.regex.groupindex)


def addresses(world) -> list[str]:
    """Every address that leads to the circle, one of its sessions, or what was said there."""
    found = []
    for name, parts in walked():
        is_ours = name.startswith(("goedwerk_", "wagtailadmin_pages", "wagtailadmin_choose"))
        if not is_ours or not parts or not set(parts) <= set(world.arguments):
            continue
        values = [world.arguments[part] for part in parts]
        for at in range(max(len(each) for each in values)):
            kwargs = {part: each[at % len(each)] for part, each in zip(parts, values, strict=True)}
            found.append(reverse(name, kwargs=kwargs))
    return sorted(set(found))


def lists() -> list[str]:
    """Every page of ours that needs no argument, and Wagtail's own lists."""
    ours = [
        reverse(name)
        for name, parts in walked()
        if not parts and name.startswith(("goedwerk_forum:", "goedwerk_"))
    ]
    q = "?q=donderdagkring"
    return [
        *ours,
        reverse("goedwerk_forum:search") + "?q=overleg",
        "/",
        "/sitemap.xml",
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore_root"),
        reverse("wagtailadmin_pages:search") + q,
        reverse("wagtailadmin_pages:search") + "?q=kring",
        reverse("wagtailadmin_choose_page"),
        reverse("wagtailadmin_choose_page_search") + "?q=kring",
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailadmin_reports:page_types_usage"),
        reverse("goedwerk_audit") + "?export=csv",
    ]


def rows() -> dict[str, list]:
    """Everything that the plugin keeps, and the pages."""
    return {
        model._meta.db_table: list(model._base_manager.order_by("pk").values_list())
        for model in apps.get_models()
        if model._meta.app_label in {"goedwerk_forum", "wagtailcore", "django_comments"}
        and model._meta.db_table not in NOT_OF_CIRCLES
    }


def leaks(world, answer) -> list[str]:
    body = answer.getvalue() if answer.streaming else answer.content
    text = body.decode(errors="ignore")
    return [secret for secret in world.secrets if secret in text]


#: A form that would do something, whichever it is.
def everything_filled_in(world) -> dict[str, str]:
    return {
        "text": TEXT,
        "kind": "ervaring",
        "submission": "x" * 30,
        "seen": preview_of(TEXT).seen,
        "reason": "conduct",
        "words": "Daarom.",
        "action": "hide",
        "version": str(world.said.version),
        "erbij": "ja",
        "rules": rings.RULES,
        "join": "1",
        "pseudonym": world.names[0],
        "name": "Anders",
        "about": "Anders.",
        "places": "1",
        "expires_on": timezone.localdate().isoformat(),
        "restriction_type": "none",
        "series_name": "Anders",
        "purpose": "Anders.",
    }
