"""Writing over HTTP: exactly one contribution, and nothing typed is ever lost."""

from __future__ import annotations

import datetime
import logging
from unittest.mock import patch

import pytest
from django.db import DatabaseError, OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape

from goedwerk_forum.actions import contributions
from goedwerk_forum.actions.moderation import decide
from goedwerk_forum.errors import KeyMissing
from goedwerk_forum.forms import new_submission
from goedwerk_forum.identity import drafts, keys, rescue
from goedwerk_forum.models import (
    Contribution,
    Discussion,
    OutboxRow,
    Participant,
    RescuedText,
    Revision,
)
from goedwerk_forum.transitions import Action, State
from goedwerk_site.logs import SafeFormatter

pytestmark = pytest.mark.django_db

TEXT = "Wij hingen de vraag op bij de koffie, en lazen <samen> wat erbij kwam."


def write_url(discussion):
    return reverse("goedwerk_forum:write", args=[discussion.uuid.hex])


def join_url(discussion):
    return reverse("goedwerk_forum:join", args=[discussion.uuid.hex])


def edit_url(contribution):
    return reverse("goedwerk_forum:edit", args=[contribution.public_id])


def typed(**fields):
    return {"kind": "ervaring", "text": TEXT, "lens": "", "submission": new_submission()} | fields


def sign_in(client, make, user, onward):
    url = reverse("account_login")
    return client.post(
        f"{url}?next={onward}", {"login": user.username, "password": make.PASSWORD, "next": onward}
    )


def keeps(response, text=TEXT):
    """Whether the page holds the text in a field of a form that can be sent."""
    page = response.text
    return "<textarea" in page and escape(text) in page.split("<textarea", 1)[1]


def nothing_written():
    return not Contribution.objects.exists() and not OutboxRow.objects.exists()


# --- from reader to author -------------------------------------------------------------------


def test_reader_signs_in_joins_writes_and_lands_on_her_own_page(client, make, discussion):
    user = make.user()
    to_login = client.get(write_url(discussion))
    assert to_login.headers["Location"].startswith(reverse("account_login"))
    to_write = sign_in(client, make, user, write_url(discussion))
    assert to_write.headers["Location"] == write_url(discussion)
    to_join = client.get(write_url(discussion))
    assert to_join.headers["Location"].startswith(join_url(discussion))
    card = client.get(to_join.headers["Location"])
    drawn = card.context["pseudonym"]
    joined = client.post(
        to_join.headers["Location"],
        {"join": "1", "pseudonym": card.context["signed_pseudonym"], "next": card.context["next"]},
    )
    assert joined.headers["Location"] == write_url(discussion)
    assert drawn in client.get(write_url(discussion)).text
    sent = client.post(write_url(discussion), typed())
    contribution = Contribution.objects.get()
    assert contribution.participant.pseudonym == drawn
    own = client.get(sent.headers["Location"])
    assert own.status_code == 200
    assert escape(TEXT) in own.text
    assert "Wordt nagekeken" in own.text
    assert own.headers["Cache-Control"].count("no-store") == 1


def test_reply_shows_what_it_answers_and_hangs_below_it(make, writer, discussion):
    parent = make.published(discussion, text="De vraag die op tafel lag.")
    url = reverse("goedwerk_forum:reply", args=[parent.public_id])
    assert "De vraag die op tafel lag." in writer.get(url).text
    writer.post(url, typed())
    reply = Contribution.objects.get(in_reply_to=parent)
    assert (reply.discussion_id, reply.depth) == (discussion.pk, 1)


def test_same_form_sent_three_times_is_one_contribution(writer, discussion):
    form = typed()
    places = {writer.post(write_url(discussion), form).headers["Location"] for _n in range(3)}
    assert len(places) == 1
    assert Contribution.objects.count() == Revision.objects.count() == 1
    assert OutboxRow.objects.count() == 1


def test_form_sent_again_after_the_discussion_closed_finds_what_it_sent(writer, discussion):
    form = typed()
    first = writer.post(write_url(discussion), form)
    Discussion.objects.update(closes_on=timezone.localdate() - datetime.timedelta(days=1))
    again = writer.post(write_url(discussion), form)
    assert (again.status_code, again.headers["Location"]) == (302, first.headers["Location"])
    assert Contribution.objects.count() == 1


def test_same_mark_of_another_writer_is_another_contribution(make, writer, discussion):
    form = typed()
    writer.post(write_url(discussion), form)
    other = make.user()
    make.participant(discussion, other)
    browser = Client()
    browser.force_login(other)
    browser.post(write_url(discussion), form)
    assert Contribution.objects.count() == 2


def test_too_many_in_an_hour_keeps_the_text(writer, discussion, settings):
    settings.GOEDWERK = settings.GOEDWERK | {"WRITES_PER_HOUR": 1}
    writer.post(write_url(discussion), typed())
    response = writer.post(write_url(discussion), typed())
    assert response.status_code == 409
    assert keeps(response)
    assert Contribution.objects.count() == 1


# --- joining ---------------------------------------------------------------------------------


def test_pseudonym_cannot_be_chosen(client, make, discussion):
    client.force_login(make.user())
    other = make.discussion()
    drawn_elsewhere = client.get(join_url(other)).context["signed_pseudonym"]
    for value in ("Moderator Beroepseer", "", drawn_elsewhere, drawn_elsewhere[:-1]):
        client.post(join_url(discussion), {"join": "1", "pseudonym": value})
    assert not Participant.objects.exists()


def test_role_label_that_is_not_offered_is_refused(client, make, discussion):
    client.force_login(make.user())
    drawn = client.get(join_url(discussion)).context["signed_pseudonym"]
    form = {"join": "1", "pseudonym": drawn, "role_label": "minister-president"}
    client.post(join_url(discussion), form)
    assert not Participant.objects.exists()


def test_joining_twice_keeps_the_first_pseudonym(client, make, discussion):
    client.force_login(make.user())
    for _twice in range(2):
        card = client.get(join_url(discussion))
        if card.status_code == 200:
            drawn = card.context["signed_pseudonym"]
            client.post(join_url(discussion), {"join": "1", "pseudonym": drawn})
    assert Participant.objects.count() == 1


@pytest.mark.parametrize(
    "onward",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "http:///evil.example",
        "",
    ],
)
def test_joining_leads_nowhere_else(writer, discussion, onward):
    for response in (
        writer.get(join_url(discussion), {"next": onward}),
        writer.post(join_url(discussion), {"join": "1", "next": onward}),
    ):
        assert response.headers["Location"] == write_url(discussion)


def test_closed_discussion_lets_nobody_join(client, make, discussion):
    client.force_login(make.user())
    drawn = client.get(join_url(discussion)).context["signed_pseudonym"]
    Discussion.objects.update(closes_on=timezone.localdate() - datetime.timedelta(days=1))
    response = client.post(join_url(discussion), {"join": "1", "pseudonym": drawn})
    assert response.status_code == 409
    assert not Participant.objects.exists()


# --- nothing typed is lost -------------------------------------------------------------------


def test_expired_session_keeps_the_text_through_the_sign_in(client, make, discussion, author):
    form = typed(kind="vraag", lens="bekwaam")
    response = client.post(write_url(discussion), form)
    assert response.headers["Location"].startswith(reverse("account_login"))
    row = RescuedText.objects.get()
    cookie = client.cookies[rescue.cookie_of(write_url(discussion))]
    assert cookie["httponly"]
    assert TEXT not in str(vars(row))
    assert cookie.value not in str(vars(row))
    sign_in(client, make, author, write_url(discussion))
    again = client.get(write_url(discussion))
    assert keeps(again)
    assert again.context["form"]["kind"].value() == "vraag"
    assert again.context["form"]["lens"].value() == "bekwaam"
    assert again.context["form"]["submission"].value() == form["submission"]
    sent = client.post(write_url(discussion), form)
    assert Contribution.objects.get().revisions.get().text == TEXT
    assert not RescuedText.objects.exists()
    assert sent.cookies[rescue.cookie_of(write_url(discussion))].value == ""


def test_text_typed_before_joining_survives_sign_in_and_joining(client, make, discussion):
    user = make.user()
    client.post(write_url(discussion), typed())
    sign_in(client, make, user, write_url(discussion))
    card = client.get(write_url(discussion), follow=True)
    drawn = card.context["signed_pseudonym"]
    form = {"join": "1", "pseudonym": drawn, "next": card.context["next"]}
    assert keeps(client.post(join_url(discussion), form, follow=True))


def test_edit_typed_in_an_expired_session_comes_back(make, client, discussion, author):
    contribution = make.held(discussion, author)
    form = typed(version=contribution.version)
    client.post(edit_url(contribution), form)
    client.force_login(author)
    assert keeps(client.get(edit_url(contribution)))
    client.post(edit_url(contribution), form)
    assert contribution.revisions.get(number=2).text == TEXT


def test_rescued_text_comes_back_in_its_own_form_only(make, client, discussion, author):
    contribution = make.held(discussion, author)
    elsewhere = make.discussion()
    make.participant(elsewhere, author)
    client.post(write_url(discussion), typed())
    client.force_login(author)
    assert not keeps(client.get(edit_url(contribution)))
    assert not keeps(client.get(write_url(elsewhere)))
    assert keeps(client.get(write_url(discussion)))


def test_rescued_text_is_gone_after_its_hour(client, discussion, author):
    client.post(write_url(discussion), typed())
    client.force_login(author)
    now = timezone.now()
    for minutes, comes_back in ((59, True), (61, False)):
        then = now + datetime.timedelta(minutes=minutes)
        with patch.object(rescue.timezone, "now", lambda then=then: then):
            assert (
                bool(rescue.restore(client.cookies[rescue.cookie_of(write_url(discussion))].value))
                == comes_back
            )


def test_rescued_text_stays_while_its_writer_sends_another_form(make, client, discussion, author):
    elsewhere = make.discussion()
    make.participant(elsewhere, author)
    client.post(write_url(discussion), typed())
    client.force_login(author)
    assert client.post(write_url(elsewhere), typed()).status_code == 302
    assert Contribution.objects.get().discussion == elsewhere
    assert keeps(client.get(write_url(discussion)))


def test_rescued_text_stays_while_another_sends_in_the_same_browser(
    make, client, discussion, author
):
    other = make.user()
    make.participant(discussion, other)
    client.post(write_url(discussion), typed(typed_by=drafts.writer(author)))
    client.force_login(other)
    assert client.post(write_url(discussion), typed(text="Iets anders.")).status_code == 302
    assert Contribution.objects.exists()
    client.force_login(author)
    assert keeps(client.get(write_url(discussion)))


def test_rescued_text_comes_back_to_its_writer_and_to_nobody_else_on_her_browser(
    make, client, discussion, author
):
    other = make.user()
    make.participant(discussion, other)
    client.force_login(author)
    field = f'name="typed_by" value="{drafts.writer(author)}"'
    assert field in client.get(write_url(discussion)).text
    client.logout()
    client.post(write_url(discussion), typed(typed_by=drafts.writer(author)))
    client.force_login(other)
    assert not keeps(client.get(write_url(discussion)))
    client.force_login(author)
    again = client.get(write_url(discussion))
    assert keeps(again)
    assert again.text.count('name="typed_by"') == 1


def test_mark_of_the_writer_stays_in_a_form_that_is_sent_again(author, discussion):
    browser = Client(enforce_csrf_checks=True)
    refused = browser.post(write_url(discussion), typed(typed_by=drafts.writer(author)))
    assert f'name="typed_by" value="{drafts.writer(author)}"' in refused.text


@pytest.mark.parametrize("cookie", ["", "x", "00", "0" * 64, "é", "0" * 100_000])
def test_strange_rescue_cookie_is_ignored(client, discussion, author, cookie):
    client.force_login(author)
    client.cookies[rescue.cookie_of(write_url(discussion))] = cookie
    assert client.get(write_url(discussion)).status_code == 200
    assert client.post(write_url(discussion), typed()).status_code == 302


def test_refused_token_answers_with_the_text_in_a_form_that_works(author, discussion):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(author)
    form = typed()
    refused = browser.post(write_url(discussion), form)
    assert refused.status_code == 403
    assert keeps(refused)
    assert form["submission"] in refused.text
    assert nothing_written()
    token = browser.cookies["csrftoken"].value
    assert f'action="{write_url(discussion)}"' in refused.text
    sent = browser.post(write_url(discussion), form | {"csrfmiddlewaretoken": token})
    assert sent.status_code == 302
    assert Contribution.objects.count() == 1


def test_refused_token_repeats_no_password(client):
    browser = Client(enforce_csrf_checks=True)
    response = browser.post(reverse("account_login"), {"login": "x", "password": "geheimwoord"})
    assert response.status_code == 403
    assert "geheimwoord" not in response.text


def test_discussion_closed_in_the_meantime_keeps_the_text(writer, discussion):
    writer.get(write_url(discussion))
    Discussion.objects.update(closes_on=timezone.localdate() - datetime.timedelta(days=1))
    response = writer.post(write_url(discussion), typed())
    assert response.status_code == 409
    assert keeps(response)
    assert nothing_written()


def test_page_taken_offline_in_the_meantime_gives_the_text_back(writer, discussion):
    discussion.page.specific.unpublish()
    assert writer.get(write_url(discussion)).status_code == 404
    response = writer.post(write_url(discussion), typed())
    assert response.status_code == 404
    assert keeps(response)
    assert nothing_written()


def test_answer_to_what_was_hidden_in_the_meantime_keeps_the_text(make, writer, discussion):
    parent = make.published(discussion)
    url = reverse("goedwerk_forum:reply", args=[parent.public_id])
    decide(
        user=make.ambassador(discussion),
        public_id=parent.public_id,
        version=parent.version,
        action=Action.HIDE,
        reason="conduct",
        words="Dit raakt mensen.",
    )
    response = writer.post(url, typed())
    assert response.status_code == 409
    assert keeps(response)
    assert not Contribution.objects.filter(in_reply_to=parent).exists()


def test_missing_key_closes_writing_and_keeps_the_text(writer, discussion, monkeypatch):
    def no_key():
        raise KeyMissing

    monkeypatch.setattr(keys, "link_key", no_key)
    response = writer.post(write_url(discussion), typed())
    assert response.status_code == 409
    assert keeps(response)
    assert nothing_written()


# --- what a text may be ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("a" * 5000, 302),
        ("a" * 4999 + "\r\n" + " " * 100, 302),
        ("a" * 5001, 422),
        ("", 422),
        (" \r\n\t ", 422),
        ("voor\x00na", 422),
        ("é" * 5000, 302),
        ("a" * 1_000_000, 422),
        ("\u200b" * 6000, 422),
        ("\U0001f600" * 2000, 302),
    ],
    ids=[
        "5000",
        "spaces",
        "5001",
        "empty",
        "blank",
        "nul",
        "accents",
        "1mb",
        "zero-width",
        "emoji",
    ],
)
def test_text_is_taken_or_refused_with_a_reason(writer, discussion, text, status):
    response = writer.post(write_url(discussion), typed(text=text))
    assert response.status_code == status
    assert Contribution.objects.exists() == (status == 302)
    if status == 422:
        assert response.context["form"].errors["text"]
        assert response.context["form"]["text"].value() == text


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": ""},
        {"kind": "bevel"},
        {"lens": "scherp"},
        {"submission": "x" * 44},
        {"kind": "ervaring\x00"},
    ],
)
def test_other_fields_are_what_the_form_offers(writer, discussion, fields):
    response = writer.post(write_url(discussion), typed(**fields))
    assert response.status_code == 422
    assert keeps(response)
    assert nothing_written()


def test_windows_line_ends_count_as_one_character(writer, discussion):
    writer.post(write_url(discussion), typed(text="een\r\n\r\ntwee"))
    assert Revision.objects.get().text == "een\n\ntwee"


@pytest.mark.parametrize("uuid", ["x", "0" * 32, "%00", "1-2-3", "a" * 500])
def test_discussion_that_is_not_there_is_not_found(writer, uuid):
    for name in ("meedoen", "schrijf"):
        assert writer.get(f"/gesprek/{uuid}/{name}/").status_code == 404


# --- preview, edit, withdraw -----------------------------------------------------------------


def test_preview_shows_the_text_with_what_is_traceable_and_sends_nothing(writer, discussion):
    text = "Mail me op jan.jansen@gemeente.nl over <dit>."
    response = writer.post(write_url(discussion), typed(text=text, preview="1"))
    assert response.status_code == 200
    assert keeps(response, text)
    assert "jan.jansen@gemeente.nl" in response.context["preview"].html
    assert response.context["preview"].marks
    assert nothing_written()


def test_withdrawing_asks_first_and_then_erases(make, writer, discussion, author):
    contribution = make.published(discussion, author)
    url = reverse("goedwerk_forum:withdraw", args=[contribution.public_id])
    assert writer.get(url).status_code == 200
    contribution.refresh_from_db()
    assert contribution.state == State.PUBLISHED
    assert writer.post(url).status_code == 302
    contribution.refresh_from_db()
    assert contribution.state == State.WITHDRAWN
    assert not Revision.objects.exclude(text="").exists()
    assert writer.post(url).status_code == 409


def test_edit_of_what_changed_meanwhile_keeps_the_text_and_can_be_sent_again(
    make, writer, discussion, author
):
    contribution = make.published(discussion, author)
    form = typed(version=contribution.version - 1)
    stale = writer.post(edit_url(contribution), form)
    assert stale.status_code == 409
    assert keeps(stale)
    assert contribution.revisions.count() == 1
    form["version"] = stale.context["form"]["version"].value()
    assert writer.post(edit_url(contribution), form).status_code == 302
    assert contribution.revisions.get(number=2).text == TEXT


def test_edit_sent_twice_is_one_version(make, writer, discussion, author):
    contribution = make.published(discussion, author)
    form = typed(version=contribution.version)
    for _twice in range(2):
        assert writer.post(edit_url(contribution), form).status_code == 302
    assert contribution.revisions.count() == 2


def test_edit_in_a_closed_discussion_keeps_the_text(make, writer, discussion, author):
    contribution = make.published(discussion, author)
    Discussion.objects.update(is_enabled=False)
    response = writer.post(edit_url(contribution), typed(version=contribution.version))
    assert response.status_code == 409
    assert keeps(response)
    assert contribution.revisions.count() == 1


@pytest.mark.parametrize("state", [State.HIDDEN, State.REJECTED, State.WITHDRAWN])
def test_what_was_taken_away_cannot_be_edited(make, writer, discussion, author, state):
    contribution = make.held(discussion, author)
    Contribution.objects.filter(pk=contribution.pk).update(state=state)
    response = writer.post(edit_url(contribution), typed(version=contribution.version))
    assert response.status_code == 409
    assert keeps(response)
    assert contribution.revisions.count() == 1


@pytest.mark.parametrize("name", ["own", "edit", "withdraw"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_contribution_of_another_is_not_found_and_stays_as_it_is(
    make, writer, discussion, name, method
):
    theirs = make.published(discussion, text="De tekst van iemand anders.")
    url = reverse(f"goedwerk_forum:{name}", args=[theirs.public_id])
    response = getattr(writer, method)(url, typed(version=theirs.version))
    assert response.status_code == 404
    assert "De tekst van iemand anders." not in response.text
    before = theirs.version
    theirs.refresh_from_db()
    assert (theirs.state, theirs.version) == (State.PUBLISHED, before)
    assert theirs.revisions.count() == 1


@pytest.mark.parametrize("name", ["own", "edit", "withdraw", "mine", "inbox"])
def test_own_pages_ask_a_stranger_to_sign_in(make, client, discussion, name):
    contribution = make.published(discussion)
    args = [] if name in ("mine", "inbox") else [contribution.public_id]
    response = client.get(reverse(f"goedwerk_forum:{name}", args=args))
    assert response.status_code == 302
    assert response.headers["Location"].startswith(reverse("account_login"))


def test_own_pages_show_own_things_only(make, writer, discussion, author):
    mine = make.published(discussion, author, text="Wat ik zelf schreef.")
    make.published(discussion, text="Wat een ander schreef.")
    page = writer.get(reverse("goedwerk_forum:mine")).text
    assert mine.public_id in page
    assert "Wat een ander schreef." not in page
    inbox = writer.get(reverse("goedwerk_forum:inbox"))
    assert [notice.contribution_id for notice in inbox.context["items"]] == [mine.pk]


# --- the database is away --------------------------------------------------------------------


def away(*_args):
    raise OperationalError(f"connection lost while writing {TEXT}")


def test_database_that_is_away_answers_with_the_text(writer, discussion):
    form = typed()
    with connection.execute_wrapper(away):
        response = writer.post(write_url(discussion), form)
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert keeps(response)
    assert form["submission"] in response.text
    assert nothing_written()


@pytest.fixture
def failing_insert(monkeypatch):
    """The row with the text breaks a constraint: PostgreSQL quotes it in its message."""
    revise = contributions._revise

    def broken(contribution, words, number):
        revise(contribution, words, number)
        return Revision.objects.create(
            contribution=contribution,
            number=number,
            text=words.text,
            kind=words.kind,
            day=timezone.localdate(),
        )

    monkeypatch.setattr(contributions, "_revise", broken)


@pytest.mark.usefixtures("failing_insert")
def test_failing_insert_keeps_the_text_and_leaves_half_of_nothing(writer, discussion):
    response = writer.post(write_url(discussion), typed())
    assert response.status_code == 503
    assert keeps(response)
    assert nothing_written()
    assert Discussion.objects.get(pk=discussion.pk).last_position == 0


@pytest.mark.usefixtures("failing_insert")
def test_failing_insert_leaves_no_text_in_any_log(writer, discussion, caplog, capsys):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.WARNING)
    writer.post(write_url(discussion), typed())
    written = caplog.text + "".join(SafeFormatter().format(record) for record in caplog.records)
    out, err = capsys.readouterr()
    assert caplog.records
    for word in ("koffie", "samen", discussion.uuid.hex):
        assert word not in out + err
    for word in ("koffie", "samen"):
        assert word not in written


def test_exception_is_logged_by_class_and_constraint_only():
    record = logging.LogRecord(
        "django.request", logging.ERROR, __file__, 1, "%s", ("koffie",), None
    )
    try:
        raise DatabaseError(f"failing row contains {TEXT}")
    except DatabaseError as error:
        record.exc_info = (type(error), error, error.__traceback__)
    line = SafeFormatter().format(record)
    assert "koffie" not in line
    assert "DatabaseError" in line
