"""The pages of who reports, who appeals and who judges: without script, and nothing typed lost."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import complaints as steps
from counting import counted
from goedwerk_forum.actions import appeals
from goedwerk_forum.actions.appeals import Outcome
from goedwerk_forum.actions.contributions import withdraw
from goedwerk_forum.identity import reporters
from goedwerk_forum.models import Appeal, Discussion, Report
from goedwerk_forum.transitions import Action, State

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TYPED = "Deze straat is er maar één keer, dus iedereen weet wie dit is."


def url(name, *args):
    return reverse(f"goedwerk_forum:{name}", args=args)


def case(name, *args):
    return reverse(f"goedwerk_moderation:{name}", args=args)


@pytest.fixture
def written(discussion):
    return steps.by_software(discussion)


@pytest.fixture
def ambassador(make, discussion):
    return make.ambassador(discussion)


@pytest.fixture
def desk(ambassador):
    browser = Client()
    browser.force_login(ambassador)
    return browser


class TestReporting:
    def test_every_contribution_and_the_story_have_a_way_to_report(self, client, written):
        page = client.get(written.discussion.page.url)
        assert url("report", written.public_id) in page.text
        assert url("report_page", written.discussion.uuid.hex) in page.text
        assert not page.cookies

    def test_somebody_unknown_reads_it_reports_it_and_gets_a_code(self, client, written):
        where = url("report", written.public_id)
        page = client.get(where)
        assert written.comment in page.text
        assert "no-store" in page.headers["Cache-Control"]
        form = page.context["form"]
        sent = {
            "reason": "traceable",
            "text": TYPED,
            "submission": form["submission"].value(),
        }
        answer = client.post(where, sent)
        code = answer.context["code"]
        assert (answer.status_code, code in answer.text) == (200, True)
        again = client.post(where, sent)
        assert (again.context["code"], Report.objects.count()) == (code, 1)

    def test_what_is_missing_is_said_beside_the_field_and_the_text_stays(self, client, written):
        where = url("report", written.public_id)
        answer = client.post(where, {"text": TYPED})
        assert answer.status_code == 422
        assert TYPED in answer.text
        assert "Kies wat er aan de hand is." in answer.text
        too_long = client.post(where, {"reason": "conduct", "text": "a" * 1001})
        assert "1 tekens te lang" in too_long.text
        nothing_said = client.post(where, {"reason": "other", "text": " "})
        assert "Schrijf in een paar woorden" in nothing_said.text
        assert not Report.objects.exists()

    def test_a_text_that_went_away_gives_the_words_back(self, client, written):
        withdraw(contribution=written)
        answer = client.post(url("report", written.public_id), {"reason": "conduct", "text": TYPED})
        assert answer.status_code == 404
        assert TYPED in answer.text

    def test_nobody_reports_what_she_may_not_read(self, client, make, discussion):
        held = make.held(discussion)
        assert client.get(url("report", held.public_id)).status_code == 404
        private = make.story(live=False, has_discussion=True)
        assert not Discussion.objects.filter(page=private).exists()

    def test_signed_in_she_finds_it_among_her_own_and_in_her_inbox(
        self, client, make, discussion, written, ambassador
    ):
        from goedwerk_forum.actions.reports import keep

        reporter = make.user()
        client.force_login(reporter)
        answer = client.post(url("report", written.public_id), {"reason": "conduct"})
        assert answer.url == url("own_reports") + "?klaar=gemeld"
        assert "Wordt bekeken" in (told := client.get(answer.url).text)
        assert "Je melding is verstuurd" in told
        again = client.post(url("report", written.public_id), {"reason": "conduct"})
        assert "Je meldde dit al" in client.get(again.url).text
        seen = [Report.objects.get().public_id]
        version = steps.now(written).version
        keep(
            user=ambassador,
            public_id=written.public_id,
            version=version,
            seen=seen,
            words="Ik las het rustig.",
        )
        assert "Ik las het rustig." in client.get(url("own_reports")).text
        assert "Lees het antwoord op je melding" in client.get(url("inbox")).text
        client.force_login(make.user())
        assert "Ik las het rustig." not in client.get(url("own_reports")).text
        assert "Lees het antwoord" not in client.get(url("inbox")).text

    def test_her_own_reports_cost_the_same_however_many(self, client, make):
        costs = []
        for many in (1, 5):
            reporter = make.user()
            for _number in range(many):
                steps.reported(steps.by_software(make.discussion()), by=reporter)
            client.force_login(reporter)
            client.get(url("own_reports"))
            with counted() as work:
                client.get(url("own_reports"))
            costs.append((work.queries, work.rows))
        assert costs[0] == costs[1]


class TestFollowing:
    def test_the_code_shows_the_outcome_and_stands_in_no_address(self, client, written):
        code = steps.reported(written).code
        answer = client.post(url("report_follow"), {"code": code.lower().replace("-", " ")})
        assert (answer.status_code, "Wordt bekeken" in answer.text) == (200, True)
        assert client.get(url("report_follow") + f"?code={code}").context["report"] is None

    def test_a_wrong_code_shows_nothing(self, client, written):
        steps.reported(written)
        answer = client.post(url("report_follow"), {"code": reporters.code_of("iets anders")})
        assert answer.status_code == 422
        assert answer.context["report"] is None
        assert "Deze code kennen we niet" in answer.text


class TestAppealing:
    @pytest.fixture
    def rejected(self, make, discussion, author, ambassador):
        return steps.refused(discussion, author, by=ambassador)

    def test_from_the_decision_to_the_verdict(self, writer, rejected, make):
        own_page = writer.get(url("own", rejected.public_id))
        where = url("appeal", rejected.public_id, "reject")
        assert where in own_page.text
        assert writer.post(where, {"text": TYPED}).url == where
        page = writer.get(where)
        assert TYPED in page.text
        made = Appeal.objects.get()
        steps.verdict(made, Outcome.REFUSE, words="Het blijft zo, want het raakt iemand.")
        assert "want het raakt iemand" in writer.get(where).text
        assert "Je bezwaar is afgewezen" in writer.get(url("inbox")).text

    def test_without_words_there_is_no_appeal(self, writer, rejected):
        where = url("appeal", rejected.public_id, "reject")
        answer = writer.post(where, {"text": "  "})
        assert (answer.status_code, Appeal.objects.exists()) == (422, False)
        assert "Schrijf waarom je het er niet mee eens bent." in answer.text

    def test_sent_twice_says_so_and_keeps_the_words(self, writer, rejected):
        where = url("appeal", rejected.public_id, "reject")
        writer.post(where, {"text": TYPED})
        answer = writer.post(where, {"text": TYPED})
        assert (answer.status_code, Appeal.objects.count()) == (422, 1)
        assert TYPED in answer.text

    def test_she_answers_a_question_once(self, writer, rejected, make, discussion):
        made = steps.appealed(rejected)
        judge = make.ambassador(discussion)
        appeals.ask(user=judge, public_id=made.public_id, version=1, question="Wie bedoel je?")
        where = url("appeal", rejected.public_id, "reject")
        page = writer.get(where)
        assert "Wie bedoel je?" in page.text
        version = page.context["form"]["version"].value()
        assert writer.post(where, {"text": "Niemand.", "version": version}).status_code == 302
        again = writer.post(where, {"text": "Nog iets.", "version": version})
        assert again.status_code == 409
        assert "Nog iets." in again.text
        assert appeals.words_of(Appeal.objects.get())["answer"] == "Niemand."

    def test_somebody_else_sees_and_does_nothing(self, client, make, rejected):
        where = url("appeal", rejected.public_id, "reject")
        assert client.get(where).status_code == 302
        assert client.post(where, {"text": TYPED}).status_code == 302
        client.force_login(make.user())
        assert client.get(where).status_code == 404
        assert client.post(where, {"text": TYPED}).status_code == 404
        assert not Appeal.objects.exists()

    def test_alone_on_the_team_the_page_says_that_it_waits(self, writer, rejected):
        steps.appealed(rejected)
        page = writer.get(url("appeal", rejected.public_id, "reject"))
        assert "In het team is nu niemand anders" in page.text

    def test_the_statement_says_what_how_long_on_what_ground_and_what_then(self, writer, rejected):
        text = writer.get(url("own", rejected.public_id)).text
        for part in (
            "Je bijdrage is niet geplaatst",
            "Lezers zien deze tekst nergens op deze site",
            "De toon raakt mensen",
            "zonder programma",
            "onze huisregels",
            "één keer bezwaar maken",
            "naar de rechter",
        ):
            assert part in text, part


class TestTheLink:
    def test_her_pages_say_when_it_is_cut_and_that_a_case_keeps_it(
        self, writer, make, discussion, author
    ):
        text = make.published(discussion, author)
        closes = timezone.localdate() + datetime.timedelta(days=10)
        Discussion.objects.filter(pk=discussion.pk).update(closes_on=closes)
        for page in (url("own", text.public_id), url("own_data"), url("inbox")):
            assert "De band met je account verbreken we vanaf" in writer.get(page).text
        steps.reported(text)
        for page in (url("own", text.public_id), url("own_data")):
            assert "Zolang dat loopt, verbreken wij de band" in writer.get(page).text

    def test_who_cuts_it_herself_is_warned_first(self, client, make, discussion, author):
        steps.reported(make.published(discussion, author))
        make.sign_in_again(client, author)
        page = client.get(url("own_cut_here", discussion.uuid.hex))
        assert "Er loopt nog een melding of een bezwaar." in page.text


def test_her_own_file_holds_what_she_reported_and_appealed(make, discussion, author):
    from goedwerk_forum.own_file import everything, streamed

    steps.appealed(steps.refused(discussion, author), TYPED)
    steps.reported(steps.by_software(discussion), by=author, text="Ik herken deze collega.")
    content = everything(author)
    statement = content["discussions"][0]["contributions"][0]["statements"][0]
    assert statement["appeal"]["ground"] == TYPED
    assert [one["text"] for one in content["reports"]] == ["Ik herken deze collega."]
    assert b"".join(streamed(content))
    assert not everything(make.user())["reports"]


class TestTheDesk:
    def test_the_case_shows_reports_and_never_who_made_them(self, desk, written, make):
        reporter = make.user("verklikkertje")
        steps.reported(written, by=reporter, text=TYPED)
        page = desk.get(case("case", written.public_id))
        row = Report.objects.get()
        assert TYPED in page.text
        for secret in (row.reporter, "verklikkertje", str(reporter.pk) + '"'):
            assert secret not in page.text
        assert case("keep", written.public_id) in page.text

    def test_letting_stand_answers_and_keeps_what_was_typed_when_something_changed(
        self, desk, written
    ):
        steps.reported(written)
        where = case("keep", written.public_id)
        form = desk.get(where).context["form"]
        sent = {name: form[name].value() for name in ("version", "seen")}
        steps.reported(written)
        answer = desk.post(where, sent | {"text": "Ik las het."})
        assert (answer.status_code, "Ik las het." in answer.text) == (409, True)
        assert set(Report.objects.values_list("state", flat=True)) == {"open"}
        form = answer.context["form"]
        sent = {name: form[name].value() for name in ("version", "seen", "text")}
        assert desk.post(where, sent).status_code == 302
        assert set(Report.objects.values_list("answer", flat=True)) == {"Ik las het."}

    def test_a_decision_on_the_case_answers_in_words_of_its_own(self, desk, written):
        steps.reported(written)
        page = desk.get(case("case", written.public_id))
        sent = {
            "version": page.context["form"]["version"].value(),
            "action": Action.HIDE,
            "reason": "conduct",
            "words": "Voor de schrijver.",
            "answer": "Voor wie meldde.",
        }
        assert desk.post(case("case", written.public_id), sent).status_code == 302
        assert Report.objects.get().answer == "Voor wie meldde."
        assert steps.now(written).statements.get().words == "Voor de schrijver."

    def test_a_withdrawn_text_is_read_in_the_case_only(self, desk, client, written):
        text = written.comment
        steps.reported(written)
        withdraw(contribution=steps.now(written))
        assert text in desk.get(case("case", written.public_id)).text
        assert text not in client.get(written.discussion.page.url).text
        listed = desk.get(case("index"))
        assert written.public_id in listed.text
        assert text not in listed.text
        # What leads to the case has words, in the list and on the admin's home.
        assert "De ingetrokken tekst" in listed.text
        assert "De ingetrokken tekst" in desk.get("/beheer/").text

    def test_an_appeal_is_judged_by_a_colleague(self, desk, make, discussion, ambassador):
        other = make.ambassador(discussion)
        rejected = steps.refused(discussion, by=other)
        made = steps.appealed(rejected, TYPED)
        page = desk.get(case("case", rejected.public_id))
        where = case("appeal", made.public_id)
        assert where in page.text
        assert TYPED in desk.get(where).text
        nothing = desk.post(where, {"version": 1})
        assert nothing.status_code == 422
        sent = {"version": 1, "outcome": "granted", "text": "Je hebt gelijk."}
        assert desk.post(where, sent).status_code == 302
        assert steps.now(rejected).state == State.PUBLISHED
        late = desk.post(where, sent | {"outcome": "refused", "text": "Te laat getypt."})
        assert (late.status_code, "Te laat getypt." in late.text) == (409, True)

    def test_a_question_is_asked_from_the_same_page(self, desk, make, discussion):
        made = steps.appealed(steps.refused(discussion, by=make.ambassador(discussion)))
        where = case("appeal", made.public_id)
        assert desk.post(where, {"ask": "1", "version": 1, "text": ""}).status_code == 422
        assert desk.post(where, {"ask": "1", "version": 1, "text": "Wie?"}).status_code == 302
        made.refresh_from_db()
        assert made.state == Appeal.State.ASKED

    def test_who_decided_gets_a_page_that_says_so(self, desk, discussion, ambassador):
        rejected = steps.refused(discussion, by=ambassador)
        made = steps.appealed(rejected)
        sent = {"version": 1, "outcome": "refused", "text": "Nee."}
        for answer in (
            desk.get(case("appeal", made.public_id)),
            desk.post(case("appeal", made.public_id), sent),
        ):
            assert answer.status_code == 403
            assert "Je besloot hier zelf over" in answer.text
        assert (
            "Een collega beoordeelt het bezwaar" in desk.get(case("case", rejected.public_id)).text
        )
        made.refresh_from_db()
        assert made.state == Appeal.State.OPEN

    @pytest.mark.parametrize("role", ["nobody", "participant", "stranger"])
    def test_nobody_else_gets_in(self, client, make, discussion, written, role):
        made = steps.appealed(steps.refused(discussion))
        steps.reported(written)
        report = steps.page_reported(discussion).report
        if role != "nobody":
            stranger = make.ambassador(make.discussion())
            client.force_login(stranger if role == "stranger" else make.user())
        for where, sent in (
            (case("keep", written.public_id), {"version": 1, "seen": ""}),
            (case("appeal", made.public_id), {"version": 1, "outcome": "granted", "text": "Ja."}),
            (
                reverse("goedwerk_reports:report", args=[report.public_id]),
                {"outcome": "upheld"},
            ),
        ):
            assert client.get(where).status_code in (302, 404)
            assert client.post(where, sent).status_code in (302, 404)
        assert set(Report.objects.values_list("state", flat=True)) == {"open"}
        made.refresh_from_db()
        assert made.state == Appeal.State.OPEN


class TestReportsOfPages:
    def test_an_ambassador_answers_from_the_list(self, desk, discussion):
        report = steps.page_reported(discussion, text=TYPED).report
        listed = desk.get(reverse("goedwerk_reports:index"))
        where = reverse("goedwerk_reports:report", args=[report.public_id])
        assert where in listed.text
        assert TYPED in desk.get(where).text
        assert desk.post(where, {"text": "Aangepast."}).status_code == 422
        assert desk.post(where, {"outcome": "upheld", "text": "Aangepast."}).status_code == 302
        report.refresh_from_db()
        assert (report.state, report.answer) == ("upheld", "Aangepast.")

    def test_an_answer_to_what_was_added_to_meanwhile_is_not_lost(self, desk, make, discussion):
        reporter = make.user()
        old = steps.page_reported(discussion, by=reporter).report.public_id
        steps.page_reported(discussion, by=reporter, text="En dit ben ik.")
        where = reverse("goedwerk_reports:report", args=[old])
        answer = desk.post(where, {"outcome": "refused", "text": TYPED})
        assert (answer.status_code, TYPED in answer.text) == (404, True)
        report = Report.objects.get()
        assert (report.state, report.answer) == ("open", "")
        assert desk.get(where).status_code == 404
        now = reverse("goedwerk_reports:report", args=[report.public_id])
        assert desk.post(now, {"outcome": "refused", "text": TYPED}).status_code == 302
        report.refresh_from_db()
        assert (report.state, report.answer) == ("refused", TYPED)

    def test_an_editor_of_the_page_answers_too(self, client, make, discussion):
        from goedwerk_forum.setup import EDITORS, prepare
        from goedwerk_site.demo.accounts import let_editors_edit

        list(prepare())
        let_editors_edit()
        from django.contrib.auth.models import Group

        editor = make.user(groups=(Group.objects.get(name=EDITORS),))
        client.force_login(editor)
        report = steps.page_reported(discussion).report
        where = reverse("goedwerk_reports:report", args=[report.public_id])
        assert client.post(where, {"outcome": "refused"}).status_code == 302
        report.refresh_from_db()
        assert report.state == "refused"

    def test_her_own_is_for_a_colleague(self, desk, discussion, ambassador):
        report = steps.page_reported(discussion, by=ambassador).report
        where = reverse("goedwerk_reports:report", args=[report.public_id])
        assert desk.post(where, {"outcome": "upheld"}).status_code == 403
        report.refresh_from_db()
        assert report.state == "open"
