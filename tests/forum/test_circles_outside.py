"""A circle tried from outside: by every address that the site has, by everybody who is not in it.

The addresses come from the URL resolver, so a view that somebody adds later is tried, too.
"""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.core import mail
from django.db import transaction
from django.test import Client, override_settings
from django.urls import URLResolver, get_resolver, reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, ReferenceIndex

import circles as rings
import factories as make
from goedwerk_forum import access, complaints
from goedwerk_forum.actions import circle_members
from goedwerk_forum.actions import circles as actions
from goedwerk_forum.actions.accounts import choose_mail
from goedwerk_forum.actions.following import follow
from goedwerk_forum.following import DISCUSSION
from goedwerk_forum.identity import links, reporters
from goedwerk_forum.marks import preview_of
from goedwerk_forum.models import CirclesPage, Discussion
from goedwerk_forum.outbox.drive import drive
from goedwerk_forum.public import public_discussions
from goedwerk_forum.setup import AMBASSADORS, EDITORS, OWNERS, PRIVACY, prepare
from goedwerk_site.demo.accounts import let_editors_edit

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

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
#: A few of them, where each tries much.
SENDERS = ("anonymous", "left", "other_guide", "ambassador", "superuser")
LOOKERS = ("left", "removed", "other_guide", "ambassador", "owner", "superuser")
SHEET = "Begin met een minuut stilte aan tafel."
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
        groups = {group.name: group for group in Group.objects.all()}
        self.people = {
            "newcomer": make.user(),
            "left": left,
            "removed": removed,
            "other_guide": rings.guide_of(_another()),
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
        self.browsers = {name: self._browser(name) for name in (*OUTSIDERS, "member", "guide")}
        self.secrets = [
            rings.NAME,
            rings.ABOUT,
            *rings.TITLES[:2],
            rings.QUESTION,
            rings.RULES.splitlines()[0],
            rings.SAID,
            SHEET,
            *self.names[:6],
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
            "public_id": [self.said.public_id, self.between.public_id],
            "page_id": [str(page.pk)],
            "decision": ["publish"],
            "page_to_move_id": [str(page.pk)],
        }


def _another():
    """A circle elsewhere, of which nothing is secret to its guide."""
    return rings.circle(
        name="Een andere kring",
        about="Over luisteren.",
        titles=("Elders", "Ook elders"),
        question="Wat gebeurt er elders?",
    )


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, identity_keys):
    quick = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}
    with django_db_blocker.unblock(), override_settings(**quick), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


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
    }


@pytest.mark.parametrize("who", OUTSIDERS)
def test_no_address_opens_the_circle(world, who):
    browser, leaking, opened = world.browsers[who], {}, []
    for address in addresses(world):
        answer = browser.get(address)
        if found := leaks(world, answer):
            leaking[address] = found
        if address.startswith(("/kring/", "/gesprek/", "/bijdrage/")) and not (
            answer.status_code == 404
            or (answer.status_code == 302 and "inloggen" in answer["Location"])
        ):
            opened.append((address, answer.status_code))
    assert len(addresses(world)) > 30
    assert not leaking
    assert not opened


@pytest.mark.parametrize("who", SENDERS)
def test_nothing_that_is_sent_does_anything(world, who):
    before = rows()
    browser, leaking = world.browsers[who], {}
    for address in addresses(world):
        tools = ("?doe=begin", "?doe=stil", "?doe=vast", "?doe=regels", "?doe=nodig-uit")
        asked = tools if "/begeleiden/" in address else ("",)
        for query in asked:
            answer = browser.post(address + query, everything_filled_in(world))
            # Who typed gets her own words back, and nothing of the circle.
            found = [secret for secret in leaks(world, answer) if secret != world.names[0]]
            if found:
                leaking[address + query] = found
    assert not leaking
    after = rows()
    assert {table for table in before if before[table] != after[table]} <= {"goedwerk_forum_lease"}


@pytest.mark.parametrize("who", LOOKERS)
def test_no_list_search_export_or_figure_shows_it(world, who):
    browser, leaking = world.browsers[who], {}
    own = {"/mijn-kringen/"} if who == "removed" else set()  # reads its name, and why she is out
    for address in lists():
        found = leaks(world, browser.get(address))
        if found and not (address in own and found == [rings.NAME]):
            leaking[address] = found
    assert not leaking


def test_those_inside_find_it_by_the_same_addresses(world):
    """The set-up of the refusals: what they look for is there."""
    for who in ("member", "guide"):
        browser = world.browsers[who]
        for address in (world.circle.discussion.url, world.session.url):
            answer = browser.get(address)
            assert answer.status_code == 200
            assert rings.SAID in answer.content.decode()
            assert "no-store" in answer["Cache-Control"]
        assert rings.NAME in browser.get(reverse("goedwerk_forum:circles")).content.decode()
        permalink = reverse("goedwerk_forum:permalink", args=[world.said.public_id])
        moved = browser.get(permalink)
        assert moved["Location"].startswith(world.session.url)
    queue = world.browsers["guide"].get(reverse("goedwerk_moderation:index"))
    assert queue.status_code == 200
    assert access.granted_discussions(world.guide).count() == 3


def test_a_member_reads_no_more_than_a_member(world):
    uuid, session = world.circle.uuid, world.session.uuid.hex
    browser = world.browsers["member"]
    for name, argument in (
        ("circle_guide", uuid),
        ("circle_plan", uuid),
        ("circle_remove", uuid),
        ("circle_close", uuid),
        ("circle_sheet", session),
        ("guide", session),
    ):
        url = reverse(f"goedwerk_forum:{name}", args=[argument])
        assert browser.get(url).status_code == 404
        assert browser.post(url, everything_filled_in(world)).status_code == 404
    assert SHEET not in browser.get(world.session.url).content.decode()


def test_nobody_moderates_or_oversees_it_by_a_right(world):
    for who in ("ambassador", "owner", "superuser", "privacy", "other_guide"):
        person = world.people[who]
        assert not access.granted_discussions(person).filter(pk=world.session.pk).exists()
        assert not access.overseen_discussions(person).filter(pk=world.session.pk).exists()


def test_no_public_list_holds_it_even_without_the_restriction(world):
    with transaction.atomic():
        PageViewRestriction.objects.all().delete()
        assert not public_discussions().filter(in_circle=True).exists()
        answer = world.browsers["superuser"].get(world.session.url)
        assert answer.status_code == 404
        transaction.set_rollback(True)


def test_a_report_in_a_circle_goes_to_its_guides_only(world):
    from goedwerk_forum.actions import reports

    with transaction.atomic():
        complaint = reports.Complaint("conduct", "Kijk eens.", reporters.new_mark())
        reports.report(
            user=world.people["member"],
            network="198.51.100",
            discussion=world.session,
            contribution=None,
            complaint=complaint,
        )
        assert complaints.page_reports(world.guide).count() == 1
        for who in ("editor", "superuser", "ambassador", "other_guide"):
            assert not complaints.page_reports(world.people[who]).exists()
        transaction.set_rollback(True)


def test_the_page_of_all_circles_is_in_no_list_and_takes_no_order(world):
    page = CirclesPage.objects.get()
    assert page not in Page.objects.live().public()
    superuser = world.people["superuser"]
    allowed = page.permissions_for_user(superuser)
    for right in ("edit", "delete", "publish", "unpublish", "move", "set_view_restrictions"):
        assert not getattr(allowed, f"can_{right}")()


def test_a_story_does_not_tell_which_circles_read_it(world):
    assert not ReferenceIndex.get_references_to(world.story).exists()
    usage = reverse("wagtailadmin_pages:usage", args=[world.story.pk])
    assert not leaks(world, world.browsers["superuser"].get(usage))


def test_a_mail_says_nothing_of_a_circle(world, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with transaction.atomic():
        who = world.members[0]
        choose_mail(user=who, wants=True)
        from goedwerk_forum.models import OutboxRow

        OutboxRow.objects.update(due_at=timezone.now())
        drive("notices")
        sent = " ".join(f"{one.subject} {one.body} {one.extra_headers}" for one in mail.outbox)
        assert not [secret for secret in world.secrets if secret in sent]
        transaction.set_rollback(True)


def test_membership_rows_lead_to_nobody(world):
    """Without the keys, a member's row shares nothing with her account or her other pseudonyms."""
    who = world.members[0]
    elsewhere = make.participant(make.discussion(), who)
    member = links.participant_of(who, world.circle.discussion)
    account = who.goedwerk_account
    theirs = {str(value) for value in vars(elsewhere).values() if value}
    ids = {str(who.pk), str(account.pk), account.uuid.hex, str(account.uuid), who.username}
    row = {name: str(value) for name, value in vars(member).items() if value}
    told = {row[name] for name in ("token", "sealed_account", "pseudonym", "id")}
    assert not told & theirs
    assert not any(one in value for value in told for one in ids if len(one) > 4)
    marks = set(Discussion.objects.get(pk=world.session.pk).circle_marks.values_list("token"))
    assert not told & {token for (token,) in marks}
