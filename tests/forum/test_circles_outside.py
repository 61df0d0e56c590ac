"""A circle tried from outside: by every address that the site has, by everybody who is not in it.

The addresses come from the URL resolver, so a view that somebody adds later is tried, too.
"""

from __future__ import annotations

import pytest
from django.core import mail
from django.db import transaction
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction, ReferenceIndex

import circles as rings
import factories as make
from around_circles import (
    DRAFT,
    LOOKERS,
    OF_THE_SERIES,
    OUTSIDERS,
    REPORT,
    SENDERS,
    SHEET,
    SISTERS,
    World,
    addresses,
    everything_filled_in,
    leaks,
    lists,
    rows,
)
from goedwerk_forum import access, complaints
from goedwerk_forum.actions.accounts import choose_mail
from goedwerk_forum.identity import links, reporters
from goedwerk_forum.models import CirclesPage, Discussion
from goedwerk_forum.outbox.drive import drive
from goedwerk_forum.public import public_discussions

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, identity_keys):
    quick = {"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}
    with django_db_blocker.unblock(), override_settings(**quick), transaction.atomic():
        yield World()
        transaction.set_rollback(True)


@pytest.mark.parametrize("who", OUTSIDERS)
def test_no_address_opens_the_circle(world, who):
    browser, leaking, opened = world.browsers[who], {}, []
    for address in addresses(world):
        answer = browser.get(address)
        if found := leaks(world, answer):
            leaking[address] = found
        if address.startswith(("/kring/", "/traject/", "/gesprek/", "/bijdrage/")) and not (
            answer.status_code == 404
            or (answer.status_code == 302 and "inloggen" in answer["Location"])
        ):
            opened.append((address, answer.status_code))
    assert len(addresses(world)) > 30
    assert not leaking
    assert not opened


@pytest.mark.parametrize("who", SISTERS)
def test_who_is_in_another_circle_of_the_series_learns_nothing_of_this_one(world, who):
    browser, leaking = world.browsers[who], {}
    shared = set(OF_THE_SERIES) | ({DRAFT} if who == "sister_guide" else set())
    tried = [*addresses(world), *lists()]
    for address in tried:
        if found := set(leaks(world, browser.get(address))) - shared:
            leaking[address] = found
        is_circle = address.startswith(("/kring/", "/gesprek/", "/bijdrage/"))
        if is_circle and world.circle.uuid in address.replace("-", ""):
            assert browser.get(address).status_code == 404, address
    assert not leaking
    page = browser.get(reverse("goedwerk_forum:series", args=[world.series.public_id]))
    assert REPORT in page.content.decode()
    assert world.circle.uuid not in page.content.decode()


@pytest.mark.parametrize("who", SISTERS)
def test_nothing_that_a_sister_sends_reaches_this_circle(world, who):
    browser, uuid = world.browsers[who], world.circle.uuid
    before = rows()
    for address in addresses(world):
        if address.startswith("/kring/") and uuid in address.replace("-", ""):
            assert browser.post(address, everything_filled_in(world)).status_code == 404
    assert rows() == before


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
        page = reverse("goedwerk_forum:series", args=[world.series.public_id])
        shown = browser.get(page).content.decode()
        assert not [words for words in (*OF_THE_SERIES, rings.NAME) if words not in shown]
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
        ("series_new", uuid),
        ("series_leave", uuid),
        ("series_change", world.series.public_id),
        ("series_invite", world.series.public_id),
        ("series_report", world.series.public_id),
        ("series_release", world.series.public_id),
        ("series_take_back", world.series.public_id),
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
