"""Reports of pages on which no dialogue stands: every page that tells of people can be reported."""

from __future__ import annotations

import datetime
import re
import uuid

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, PageViewRestriction

import asking
from goedwerk_casestudies.models import DilemmaPage
from goedwerk_forum import complaints
from goedwerk_forum.actions.closed_cases import forget_reports
from goedwerk_forum.actions.reports import answer_page_report
from goedwerk_forum.errors import OwnReport
from goedwerk_forum.identity import reporters
from goedwerk_forum.models import AuditRecord, Discussion, Policy, Report, place_of_page

pytestmark = pytest.mark.django_db

TYPED = "Door het jaartal weet ik over welk project dit gaat."


def link_of(page) -> str:
    args = [page.translation_key, place_of_page(page)]
    return reverse("goedwerk_forum:report_alone", args=args)


def complaint(**fields) -> dict[str, str]:
    return {"reason": "traceable", "text": TYPED, "submission": reporters.new_mark()} | fields


@pytest.fixture
def alone(make):
    return make.story(has_discussion=False)


@pytest.fixture
def editor(make):
    group = Group.objects.create(name="redactie van alles")
    GroupPagePermission.objects.create(group=group, page=make.root(), permission_type="change")
    return make.user(groups=(group,))


def a_story(make):
    return make.story(has_discussion=False)


def an_ended_one(make):
    page = make.story()
    page.has_discussion = False
    page.save()
    return page


def a_dilemma(make):
    page = DilemmaPage(
        title="Zeg ik het?",
        slug="zeg-ik-het",
        lead="Het wringt.",
        situation="<p>Zo was het.</p>",
        conflict="<p>Zwijgen of spreken.</p>",
        discussion_policy=Policy.ALL_FIRST,
        live=False,
    )
    make.story().get_parent().add_child(instance=page)
    return make.live_and_cleared(page)


def a_statement(make):
    return asking.statement()


def an_assignment(make):
    return asking.assignment()


@pytest.mark.parametrize("kind", [a_story, an_ended_one, a_dilemma, a_statement, an_assignment])
def test_every_page_without_a_dialogue_leads_to_its_report(client, make, kind):
    page = kind(make)
    shown = client.get(page.url)
    assert shown.text.count(link_of(page)) == 1
    assert not shown.cookies
    form = client.get(link_of(page))
    assert page.title in form.text
    assert form["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    assert Report.objects.count() == 0


def test_somebody_unknown_reports_it_and_follows_it_with_a_code(client, alone, editor):
    sent = client.post(link_of(alone), complaint())
    assert sent.status_code == 200
    report = Report.objects.get()
    assert (report.page_id, report.discussion, report.counts) == (alone.pk, None, False)
    assert TYPED not in report.sealed
    code = sent.context["code"]
    assert report.receipt == reporters.hashed(code)
    assert "Terug naar de pagina" in sent.text
    record = AuditRecord.objects.get(action="report")
    assert (record.object_kind, record.object_id) == ("page", place_of_page(alone).hex)
    answer_page_report(user=editor, public_id=report.public_id, upheld=True, words="Het is weg.")
    followed = client.post(reverse("goedwerk_forum:report_follow"), {"code": code})
    assert "Het is weg." in followed.text
    assert alone.title in followed.text


def test_a_dialogue_that_was_ended_answers_with_its_team(client, make):
    page = an_ended_one(make)
    client.post(link_of(page), complaint())
    report = Report.objects.get()
    discussion = Discussion.objects.get(page=page)
    assert (report.discussion, report.page) == (discussion, None)
    assert complaints.page_reports(make.ambassador(discussion)).get() == report


def test_where_the_dialogue_stands_its_own_link_is_the_only_one(client, make):
    page = make.story()
    shown = client.get(page.url).text
    uuid_ = Discussion.objects.get(page=page).uuid.hex
    assert reverse("goedwerk_forum:report_page", args=[uuid_]) in shown
    assert link_of(page) not in shown


def test_editors_of_the_page_answer_it_and_nobody_else_sees_it(client, make, alone, editor):
    client.post(link_of(alone), complaint())
    report = Report.objects.get()
    assert complaints.page_reports(editor).get() == report
    other = make.ambassador(make.discussion())
    assert not complaints.page_reports(other).exists()
    where = reverse("goedwerk_reports:report", args=[report.public_id])
    client.force_login(other)
    assert client.get(where).status_code == 404
    client.force_login(make.user(is_superuser=True, is_staff=True))
    assert TYPED in client.get(where).text
    assert alone.title in client.get(reverse("goedwerk_reports:index")).text


def test_who_is_signed_in_finds_hers_and_reports_a_page_once(client, alone, editor):
    client.force_login(editor)
    for _time in range(2):
        assert client.post(link_of(alone), complaint()).status_code == 302
    report = Report.objects.get()
    assert complaints.own_reports(editor).get() == report
    assert alone.title in client.get(reverse("goedwerk_forum:own_reports")).text
    with pytest.raises(OwnReport):
        complaints.page_report(editor, report.public_id)


def test_two_pages_know_one_reporter_by_two_names(client, make, alone, editor):
    client.force_login(editor)
    for page in (alone, a_story(make)):
        client.post(link_of(page), complaint())
    assert Report.objects.values("reporter").distinct().count() == 2
    assert complaints.own_reports(editor).count() == 2


def without_tokens(html: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", html)


def unpublished(page):
    page.unpublish()


def restricted(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def restricted_above(page):
    PageViewRestriction.objects.create(
        page=page.get_parent(), restriction_type=PageViewRestriction.LOGIN
    )


def not_cleared(page):
    type(page).objects.filter(pk=page.pk).update(lead="Andere woorden dan er getekend zijn.")


@pytest.mark.parametrize("shut", [unpublished, restricted, restricted_above, not_cleared])
def test_what_the_asker_cannot_read_answers_as_what_does_not_exist(client, alone, shut):
    where = link_of(alone)
    assert client.get(where).status_code == 200
    shut(alone)
    strange = reverse("goedwerk_forum:report_alone", args=[uuid.uuid4(), uuid.uuid4()])
    for ask in (client.get, lambda url: client.post(url, complaint(submission="x" * 32))):
        here, nowhere = ask(where), ask(strange)
        assert here.status_code == nowhere.status_code == 404
        assert alone.title not in here.text
        assert without_tokens(here.text.replace(where, "")) == without_tokens(
            nowhere.text.replace(strange, "")
        )
    assert not Report.objects.exists()


def test_who_may_read_a_restricted_page_may_report_it(client, alone, editor):
    restricted(alone)
    client.force_login(editor)
    assert client.post(link_of(alone), complaint()).status_code == 302
    assert Report.objects.get().page_id == alone.pk


def test_a_link_with_another_place_or_of_another_kind_of_page_leads_nowhere(client, alone):
    args = [alone.translation_key, uuid.uuid4()]
    assert client.get(reverse("goedwerk_forum:report_alone", args=args)).status_code == 404
    assert client.get(link_of(alone.get_parent())).status_code == 404


def test_a_report_has_one_place(alone, make):
    discussion = make.discussion()
    for fields in ({}, {"page_id": alone.pk, "discussion": discussion}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Report.objects.create(
                reason="other", receipt=uuid.uuid4().hex, day=timezone.localdate(), **fields
            )


def test_it_goes_half_a_year_after_its_answer(client, alone, editor):
    client.post(link_of(alone), complaint())
    report = Report.objects.get()
    answer_page_report(user=editor, public_id=report.public_id, upheld=False)
    assert forget_reports() == 0
    long_ago = timezone.localdate() - datetime.timedelta(days=184)
    Report.objects.update(decided_on=long_ago)
    assert forget_reports() == 1
    assert not Report.objects.exists()
