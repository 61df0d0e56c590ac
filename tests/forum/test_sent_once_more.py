"""What is sent once more: the same words arrive once, other words are never taken for them."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

import complaints as steps
import guides as guiding_people
from goedwerk_forum.actions import reports
from goedwerk_forum.actions.contributions import Words, contribute, send_again
from goedwerk_forum.actions.participants import join_as_guide
from goedwerk_forum.actions.reports import Complaint, answer_page_report, keep
from goedwerk_forum.errors import AnsweredMeanwhile, SentBefore, StaleDecision, TooManyReports
from goedwerk_forum.forms import new_submission
from goedwerk_forum.identity import links, reporters, sealed
from goedwerk_forum.models import AuditRecord, Contribution, Discussion, Report, Revision
from goedwerk_forum.transitions import Action
from goedwerk_forum.views import arriving

pytestmark = pytest.mark.django_db

FIRST = "Wij bespraken dit met zijn drieën, en toen bleef het een hele week stil bij ons."
OTHER = "Wij bespraken dit met zijn vieren, en een dag later belde iemand ons terug."


def typed(text: str = FIRST, **fields):
    return {"kind": "ervaring", "text": text, "lens": "", "submission": "m" * 32} | fields


def written() -> set[tuple[str, str, str]]:
    return set(Revision.objects.values_list("text", "kind", "lens"))


# --- a contribution ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changed",
    [{"text": OTHER}, {"kind": "vraag"}, {"lens": "bekwaam"}],
    ids=["text", "kind", "lens"],
)
def test_what_was_changed_after_it_arrived_is_asked_to_be_sent_as_new(writer, discussion, changed):
    url = reverse("goedwerk_forum:write", args=[discussion.uuid.hex])
    assert writer.post(url, typed()).status_code == 302
    writer.cookies.pop(arriving.COOKIE)
    refused = writer.post(url, typed(**changed))
    form = refused.context["form"]
    assert refused.status_code == 409
    assert arriving.COOKIE not in refused.cookies
    assert "Je vorige tekst is aangekomen." in refused.text
    assert "staat hieronder nog. Kopieer" not in refused.text
    assert {name: form[name].value() for name in changed} == changed
    assert written() == {(FIRST, "ervaring", "")}

    mark = form["submission"].value()
    assert mark not in ("", "m" * 32)
    assert f'value="{mark}"' in refused.text
    assert writer.post(url, typed(**changed, submission=mark)).status_code == 302
    assert Contribution.objects.count() == 2


def test_the_same_words_sent_twice_are_there_once(writer, discussion):
    url = reverse("goedwerk_forum:write", args=[discussion.uuid.hex])
    answers = [writer.post(url, typed()) for _time in range(2)]
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert written() == {(FIRST, "ervaring", "")}


@pytest.mark.parametrize(("called", "kept"), [("", ""), ("ervaring", "burger")])
def test_with_a_viewpoint_too_the_same_words_are_there_once(writer, discussion, called, kept):
    """Where no such voice is asked for, and where it is so no more when they are sent again."""
    Discussion.objects.update(called_kind=called)
    url = reverse("goedwerk_forum:write", args=[discussion.uuid.hex])
    assert writer.post(url, typed(viewpoint="burger")).status_code == 302
    assert Contribution.objects.get().viewpoint == kept
    Discussion.objects.update(called_kind="")
    assert writer.post(url, typed(viewpoint="burger")).status_code == 302
    assert Contribution.objects.count() == 1


def test_another_viewpoint_is_not_taken_for_the_one_that_arrived(writer, discussion):
    url = reverse("goedwerk_forum:write", args=[discussion.uuid.hex])
    sent = typed(kind="perspectief", viewpoint="burger")
    assert writer.post(url, sent).status_code == 302
    refused = writer.post(url, sent | {"viewpoint": "politiek"})
    assert refused.status_code == 409
    assert Contribution.objects.get().viewpoint == "burger"


def test_an_old_form_does_not_bring_back_what_was_changed_since(author, discussion):
    participant = links.participant_of(author, discussion)
    sent = {
        "user": author,
        "participant": participant,
        "discussion": discussion,
        "submission": new_submission(),
    }
    made = contribute(words=Words(FIRST, "ervaring"), **sent)
    send_again(contribution=made, version=made.version, words=Words(OTHER, "ervaring"))
    with pytest.raises(SentBefore):
        contribute(words=Words(FIRST, "ervaring"), **sent)
    assert made.revisions.count() == 2
    assert contribute(words=Words(OTHER, "ervaring"), **sent) == made


def test_a_turn_of_a_guide_with_other_words_is_a_new_turn(client, make):
    discussion = make.discussion()
    client.force_login(guiding_people.guide_of(discussion))
    url = reverse("goedwerk_forum:guide_write", args=[discussion.uuid.hex])
    assert client.post(url, typed(naming="")).status_code == 302
    for changed in ({"text": OTHER, "naming": ""}, {"naming": "emotie"}):
        refused = client.post(url, typed(**changed))
        assert refused.status_code == 409
        assert "Je vorige tekst is aangekomen." in refused.text
        assert refused.context["form"]["submission"].value() != "m" * 32
    assert Contribution.objects.count() == 1


def test_another_note_of_a_table_is_a_new_note(client, make):
    discussion = make.discussion()
    client.force_login(guiding_people.guide_of(discussion))
    url = reverse("goedwerk_forum:guide_table", args=[discussion.uuid.hex])
    day, before = (timezone.localdate() - datetime.timedelta(days=days) for days in (1, 2))
    assert client.post(url, typed(said_on=day.isoformat())).status_code == 302
    refused = client.post(url, typed(said_on=before.isoformat()))
    assert refused.status_code == 409
    assert refused.context["form"]["said_on"].value() == before.isoformat()
    assert Contribution.objects.get().said_on == day


def test_a_guide_who_sends_a_turn_twice_said_it_once(make):
    discussion = make.discussion()
    guide = guiding_people.guide_of(discussion)
    sent = {
        "user": guide,
        "participant": join_as_guide(user=guide, discussion=discussion),
        "discussion": discussion,
        "words": Words(FIRST, "afweging", naming="proces"),
        "submission": new_submission(),
    }
    assert contribute(**sent) == contribute(**sent)


# --- an edit that waits --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "lens"), [("vraag", ""), ("ervaring", "bekwaam")], ids=["kind", "lens"]
)
def test_another_kind_or_lens_of_an_edit_that_waits_arrives(make, discussion, author, kind, lens):
    made = make.published(discussion, author, text=FIRST)
    edit = Words(OTHER, "ervaring")
    send_again(contribution=made, version=made.version, words=edit)
    made.refresh_from_db()
    send_again(contribution=made, version=made.version, words=Words(OTHER, kind, lens))
    latest = made.revisions.order_by("-number").first()
    assert (latest.number, latest.text, latest.kind, latest.lens) == (3, OTHER, kind, lens)


def test_another_kind_against_an_older_version_is_no_success(make, discussion, author):
    made = make.published(discussion, author, text=FIRST)
    seen = made.version
    send_again(contribution=made, version=seen, words=Words(OTHER, "ervaring"))
    made.refresh_from_db()
    with pytest.raises(StaleDecision):
        send_again(contribution=made, version=seen, words=Words(OTHER, "vraag"))
    assert made.revisions.count() == 2


def given_back(make, discussion, author) -> Contribution:
    return make.judged(make.held(discussion, author), Action.RETURN, "conduct")


def test_another_answer_to_who_gave_it_back_arrives_while_it_waits(
    make, writer, discussion, author
):
    made = given_back(make, discussion, author)
    url = reverse("goedwerk_forum:edit", args=[made.public_id])
    said = {"text": FIRST, "answer": "Zo beter?"}
    assert writer.post(url, typed(version=made.version, **said)).status_code == 302
    form = writer.get(url).context["form"]
    assert form["answer"].value() == "Zo beter?"
    said["answer"] = "Zo is het beter, denk ik."
    assert said["answer"] not in writer.get(url).text
    version = form["version"].value()
    assert writer.post(url, typed(version=version, **said)).status_code == 302
    assert made.revisions.order_by("-number").first().answer == said["answer"]


def test_a_new_text_that_was_not_given_back_carries_no_answer(make, discussion, author):
    made = make.published(discussion, author, text=FIRST)
    for text in (OTHER, OTHER + " Toen wel."):
        words = Words(text, "ervaring", answer="Hierom.")
        send_again(contribution=made, version=made.version, words=words)
    assert set(made.revisions.values_list("answer", flat=True)) == {""}


# --- a report ------------------------------------------------------------------------------------


@pytest.fixture
def seen(discussion):
    return steps.by_software(discussion)


@pytest.fixture
def regular(discussion):
    return steps.regulars(discussion, 1)[0]


def text_of(report: Report) -> str:
    return sealed.unseal(report.sealed, report.uuid)


def test_a_second_report_with_something_new_stands_in_the_first(seen, regular):
    first = steps.reported(seen, by=regular, reason="conduct", text="Dit kwetst.").report
    Contribution.objects.filter(pk=seen.pk).update(urgency=0, waiting=None)
    again = steps.reported(seen, by=regular, reason="traceable", text="Ik herken haar.")
    now = Report.objects.get()
    assert (again.was_there, again.was_added, now.pk) == (True, True, first.pk)
    assert now.reason == "traceable"
    assert text_of(now) == "Dit kwetst.\n\nIk herken haar."
    asked = steps.now(seen)
    assert (asked.waiting, asked.urgency) == ("report", 2)
    records = AuditRecord.objects.filter(action__startswith="report").order_by("pk")
    assert list(records.values_list("action", "object_id", "actor", "reason")) == [
        ("report", seen.public_id, "reporter", "conduct"),
        ("report_added", seen.public_id, "reporter", "traceable"),
    ]


def test_what_protects_somebody_stays_the_reason(seen, regular):
    steps.reported(seen, by=regular, reason="traceable", text="Ik herken haar.")
    steps.reported(seen, by=regular, reason="spam", text="En het is reclame.")
    now = Report.objects.get()
    assert (now.reason, text_of(now)) == ("traceable", "Ik herken haar.\n\nEn het is reclame.")


def test_the_same_once_more_changes_nothing(seen, regular):
    steps.reported(seen, by=regular, text="Dit kwetst.")
    steps.reported(seen, by=regular, text="Heel erg.")
    before = Report.objects.values().get()
    records = AuditRecord.objects.count()
    again = steps.reported(seen, by=regular, text="Heel erg.")
    assert (again.was_there, again.was_added) == (True, False)
    assert Report.objects.values().get() == before
    assert AuditRecord.objects.count() == records


def test_who_read_the_first_words_only_does_not_decide_on_the_others(
    make, discussion, seen, regular
):
    read = steps.reported(seen, by=regular).report.public_id
    version = steps.now(seen).version
    steps.reported(seen, by=regular, reason="traceable", text="Ik herken haar.")
    ambassador = make.ambassador(discussion)
    with pytest.raises(StaleDecision):
        keep(user=ambassador, public_id=seen.public_id, version=version, seen=[read])
    assert Report.objects.get().state == "open"


def test_a_page_is_reported_once_with_all_that_she_says(discussion, regular):
    steps.page_reported(discussion, by=regular, text="Kijk hier eens naar.")
    steps.page_reported(discussion, by=regular, reason="traceable", text="Dit ben ik.")
    now = Report.objects.get()
    assert (now.reason, text_of(now)) == ("traceable", "Kijk hier eens naar.\n\nDit ben ik.")
    added = AuditRecord.objects.get(action="report_added")
    assert (added.object_kind, added.object_id) == ("page", now.place.hex)


def test_the_page_says_that_it_was_added(client, seen, regular):
    client.force_login(regular)
    url = reverse("goedwerk_forum:report", args=[seen.public_id])
    sent = {"reason": "conduct", "text": "Dit kwetst.", "submission": reporters.new_mark()}
    client.post(url, sent)
    added = client.post(url, sent | {"text": "Heel erg."}, follow=True)
    assert "Wat je nu schreef, staat erbij." in added.text
    assert "staat erbij" not in client.post(url, sent, follow=True).text


def test_other_words_in_a_form_that_was_answered_stay_in_it(client, make, discussion):
    url = reverse("goedwerk_forum:report_page", args=[discussion.uuid.hex])
    sent = {"reason": "conduct", "text": "Dit kwetst.", "submission": reporters.new_mark()}
    client.post(url, sent)
    answer_page_report(
        user=make.ambassador(discussion), public_id=Report.objects.get().public_id, upheld=False
    )
    before = Report.objects.values().get()
    refused = client.post(url, sent | {"text": "Heel erg."})
    assert refused.status_code == 409
    assert str(AnsweredMeanwhile.message) in refused.text
    form = refused.context["form"]
    assert form["text"].value() == "Heel erg."
    assert Report.objects.values().get() == before
    new = sent | {"text": "Heel erg.", "submission": form["submission"].value()}
    assert client.post(url, new).status_code == 200
    assert Report.objects.count() == 2


def test_a_form_of_another_page_adds_nothing(make, discussion):
    mark = reporters.new_mark()
    for about, text in ((discussion, "Dit kwetst."), (make.discussion(), "Heel erg.")):
        reports.report(
            user=AnonymousUser(),
            network="",
            discussion=about,
            contribution=None,
            complaint=Complaint(reason="conduct", text=text, submission=mark),
        )
    assert text_of(Report.objects.get()) == "Dit kwetst."


def test_what_is_added_counts_as_a_report_of_the_hour(seen, regular, settings):
    settings.GOEDWERK = settings.GOEDWERK | {"REPORTS_PER_HOUR": 1}
    steps.reported(seen, by=regular, text="Dit kwetst.")
    with pytest.raises(TooManyReports):
        steps.reported(seen, by=regular, text="Heel erg.")
    assert text_of(Report.objects.get()) == "Dit kwetst."
