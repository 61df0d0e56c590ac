"""Private hints, a call for a missing voice, closing words, and what a table said."""

from __future__ import annotations

import datetime

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import guides as guiding_people
from goedwerk_forum import attention, link_ends
from goedwerk_forum.actions import branching, calling, ending, hints, letting_go
from goedwerk_forum.actions.contributions import Words, contribute, withdraw
from goedwerk_forum.actions.ending import ClosingWords
from goedwerk_forum.actions.own import cut_link
from goedwerk_forum.actions.participants import join_as_guide
from goedwerk_forum.actions.release import release
from goedwerk_forum.errors import (
    DiscussionClosed,
    HomeEnded,
    IllegalTransition,
    LinkIsCut,
    NotFound,
    OwnContribution,
    StaleDecision,
    TooManyHints,
    Traceable,
)
from goedwerk_forum.forms import new_submission
from goedwerk_forum.identity import links, rotation
from goedwerk_forum.marks import preview_of
from goedwerk_forum.models import (
    AuditRecord,
    Contribution,
    Discussion,
    Hint,
    Notice,
    OutboxRow,
    Participant,
)
from goedwerk_forum.outbox.drive import drive
from goedwerk_forum.own_file import everything
from goedwerk_forum.reading import voices_of
from goedwerk_forum.transitions import Action

pytestmark = pytest.mark.django_db

FIRST = {"discussion_policy": "all_first"}
WORDS = "Wat hielp jou om het toch te zeggen?"
ANSWER = "Dat een collega naast mij zat."
THANKS = ClosingWords(
    "Dank voor wat jullie deelden.",
    "Twee dingen kwamen terug.\n\nEerst vragen, dan pas opschrijven.",
    "De opbrengst staat volgende maand bij het verhaal.",
)


@pytest.fixture
def discussion(make):
    return make.discussion(**FIRST)


@pytest.fixture
def guide(discussion):
    return guiding_people.guide_of(discussion)


@pytest.fixture
def author(make):
    return make.user()


@pytest.fixture
def said(make, discussion, author):
    return make.published(discussion, author, text="Wij legden het eerst voor aan de balie.")


@pytest.fixture
def in_browser(client, guide):
    client.force_login(guide)
    return client


@pytest.fixture
def at_home(author):
    """The author's own browser."""
    browser = Client()
    browser.force_login(author)
    return browser


def fresh(discussion):
    return Discussion.objects.select_related("page", "branch_of").get(pk=discussion.pk)


def page_of(discussion):
    """What a stranger reads."""
    return Client().get(fresh(discussion).url).text


def url_of(name, what):
    return reverse(
        f"goedwerk_forum:{name}", args=[getattr(what, "public_id", None) or what.uuid.hex]
    )


def recorded(action):
    return list(AuditRecord.objects.filter(action=action).values_list("actor", "before", "after"))


def strangers(make, discussion):
    elsewhere = make.discussion(**FIRST)
    return [make.user(), guiding_people.guide_of(elsewhere), make.ambassador(elsewhere)]


# --- private hints -------------------------------------------------------------------------------


def test_hint_reaches_the_author_alone_and_her_answer_the_desk(
    in_browser, at_home, discussion, guide, author, said
):
    version = fresh(discussion).version
    response = in_browser.post(url_of("guide_hint", said), {"text": WORDS})
    assert response.status_code == 302
    inbox = at_home.get(reverse("goedwerk_forum:inbox")).text
    assert "De begeleider schreef je een bericht" in inbox
    assert url_of("own_hint", said) in inbox
    assert WORDS not in inbox
    page = at_home.get(url_of("own_hint", said)).text
    assert WORDS in page
    assert guide.username not in page
    hint = Hint.objects.get()
    asked = f"{url_of('own_hint', said)}?op={hint.public_id}"
    assert f'action="{asked}"' in page
    assert attention.attention_in(discussion, guide).answers == []
    assert at_home.post(asked, {"text": ANSWER}).status_code == 302
    assert attention.attention_in(discussion, guide).answers == [hint]
    tools = in_browser.get(url_of("guide_tools", said)).text
    assert ANSWER in tools
    assert author.username not in tools
    in_browser.post(url_of("guide_tools", said) + "?doe=gelezen")
    assert attention.attention_in(discussion, guide).answers == []
    assert ANSWER in in_browser.get(url_of("guide_tools", said)).text
    assert [recorded("hint"), recorded("hint_answer")] == [
        [("guide", "", "")],
        [("author", "", "")],
    ]
    assert fresh(discussion).version == version
    assert WORDS not in page_of(discussion)
    assert ANSWER not in page_of(discussion)


def test_hint_and_answer_are_sealed_and_in_no_mail(guide, author, said, discussion):
    hint = hints.write_hint(user=guide, public_id=said.public_id, text=WORDS)
    hints.answer(user=author, public_id=said.public_id, hint=hint.public_id, text=ANSWER)
    hint.refresh_from_db()
    assert hints.words_of(hint) == {"text": WORDS, "answer": ANSWER}
    tables = connection.introspection.table_names()
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows = str(cursor.fetchall())
            assert WORDS not in rows, table
            assert ANSWER not in rows, table
    row = Hint.objects.values().get(pk=hint.pk)
    people = [guide.pk, author.pk, guide.username, said.participant.token]
    assert not {str(value) for value in row.values()} & {str(value) for value in people}
    OutboxRow.objects.update(due_at=timezone.now())
    drive("notices")
    assert not any(WORDS in sent.body for sent in mail.outbox)


def test_nobody_else_writes_or_reads_a_hint(client, make, discussion, guide, author, said):
    for who in strangers(make, discussion):
        client.force_login(who)
        assert client.get(url_of("guide_hint", said)).status_code == 404
        response = client.post(url_of("guide_hint", said), {"text": WORDS})
        assert (response.status_code, WORDS in response.text) == (404, True)
        with pytest.raises(NotFound):
            hints.write_hint(user=who, public_id=said.public_id, text=WORDS)
    assert not Hint.objects.exists()
    assert not Notice.objects.filter(event="hint").exists()
    hint = hints.write_hint(user=guide, public_id=said.public_id, text=WORDS)
    for who in (*strangers(make, discussion), guide):
        client.force_login(who)
        assert client.get(url_of("own_hint", said)).status_code == 404
        asked = f"{url_of('own_hint', said)}?op={hint.public_id}"
        assert client.post(asked, {"text": ANSWER}).status_code == 404
    assert not Hint.objects.filter(is_answered=True).exists()
    hints.answer(user=author, public_id=said.public_id, hint=hint.public_id, text=ANSWER)
    assert Hint.objects.filter(is_answered=True).exists()


def test_guide_sends_herself_nothing_and_keeps_what_she_typed(
    in_browser, make, discussion, guide, said
):
    own = make.published(discussion, guide, text="Wij vroegen het aan de buren op de gang.")
    response = in_browser.post(url_of("guide_hint", own), {"text": WORDS})
    assert (response.status_code, WORDS in response.text) == (403, True)
    with pytest.raises(OwnContribution):
        hints.write_hint(user=guide, public_id=own.public_id, text=WORDS)
    assert not Hint.objects.exists()
    assert in_browser.post(url_of("guide_hint", said), {"text": WORDS}).status_code == 302


def test_hint_about_her_own_text_stays_with_colleagues(make, discussion, guide):
    own = make.published(discussion, guide, text="Wij vroegen het aan de buren op de gang.")
    colleague = make.ambassador(discussion)
    hint = hints.write_hint(user=colleague, public_id=own.public_id, text=WORDS)
    hints.answer(user=guide, public_id=own.public_id, hint=hint.public_id, text=ANSWER)
    assert attention.attention_in(discussion, guide).answers == []
    assert attention.attention_in(discussion, colleague).answers == [hint]
    with pytest.raises(OwnContribution):
        hints.mark_read(user=guide, public_id=own.public_id)
    assert not Hint.objects.filter(is_read=True).exists()


def test_hints_are_two_about_a_contribution_and_three_to_a_pseudonym_in_a_week(
    make, discussion, guide, author, said
):
    def write(about, text):
        return hints.write_hint(user=guide, public_id=about.public_id, text=text)

    first = write(said, WORDS)
    assert write(said, WORDS) == first
    write(said, "En wat zei de balie?")
    with pytest.raises(TooManyHints):
        write(said, "En daarna?")
    other = make.published(discussion, author, text="Later deden wij het nog eens over.")
    third = make.published(discussion, author, text="En toen was het ook echt klaar.")
    write(other, "Wie deed dat?")
    with pytest.raises(TooManyHints):
        write(third, "Hoe wist je dat?")
    somebody = make.published(discussion, text="Een ander zegt hier ook iets over.")
    write(somebody, "Hoe was dat voor jou?")
    week_ago = timezone.localdate() - datetime.timedelta(days=7)
    Hint.objects.update(day=week_ago)
    write(third, "Hoe wist je dat?")
    assert Hint.objects.count() == Notice.objects.filter(event="hint").count() == 5


def test_hint_that_is_one_too_many_stays_in_the_form(in_browser, guide, said):
    for text in (WORDS, "En wat zei de balie?"):
        hints.write_hint(user=guide, public_id=said.public_id, text=text)
    response = in_browser.post(url_of("guide_hint", said), {"text": "En daarna?"})
    assert (response.status_code, "En daarna?" in response.text) == (409, True)
    assert "het meeste" in in_browser.get(url_of("guide_hint", said)).text
    assert Hint.objects.count() == 2


def test_hint_in_which_somebody_is_found_is_refused(in_browser, guide, said):
    words = "Was dit Jan de Vries, jan.devries@gemeente.nl?"
    response = in_browser.post(url_of("guide_hint", said), {"text": words})
    assert (response.status_code, "Hierin is iemand te herkennen" in response.text) == (422, True)
    with pytest.raises(Traceable):
        hints.write_hint(user=guide, public_id=said.public_id, text=words)
    assert not Hint.objects.exists()


def test_hint_needs_an_author_who_can_read_it(make, discussion, guide, author, said):
    turn = guiding_people.published_turn(discussion, guide)
    with pytest.raises(IllegalTransition):
        hints.write_hint(user=guide, public_id=turn.public_id, text=WORDS)
    unseen = make.held(discussion, text="Dit leest nog niemand, en dat is goed.")
    hidden = make.judged(
        make.published(discussion, text="Dit las iedereen een tijd."), Action.HIDE, "conduct"
    )
    for no_text in (unseen, hidden):
        with pytest.raises(NotFound):
            hints.write_hint(user=guide, public_id=no_text.public_id, text=WORDS)
    cut_link(user=author, discussion=discussion)
    with pytest.raises(LinkIsCut):
        hints.write_hint(user=guide, public_id=said.public_id, text=WORDS)
    assert not Hint.objects.exists()


def test_answer_is_given_once_and_another_one_stays_in_the_form(at_home, guide, author, said):
    hint = hints.write_hint(user=guide, public_id=said.public_id, text=WORDS)
    asked = f"{url_of('own_hint', said)}?op={hint.public_id}"
    assert at_home.post(asked, {"text": " "}).status_code == 422
    for _time in range(2):
        assert at_home.post(asked, {"text": ANSWER}).status_code == 302
    response = at_home.post(asked, {"text": "Of toch iets anders."})
    assert (response.status_code, "Of toch iets anders." in response.text) == (409, True)
    with pytest.raises(StaleDecision):
        hints.answer(user=author, public_id=said.public_id, hint=hint.public_id, text="Nee.")
    hint.refresh_from_db()
    assert hints.words_of(hint)["answer"] == ANSWER


def test_hint_goes_with_the_text_that_it_is_about_and_after_half_a_year(make, guide, said):
    other = make.published(said.discussion, text="Een ander zegt hier ook iets over.")
    for one in (said, other):
        hints.write_hint(user=guide, public_id=one.public_id, text=WORDS)
    withdraw(contribution=Contribution.objects.get(pk=said.pk))
    assert [hint.contribution_id for hint in Hint.objects.all()] == [other.pk]
    days = letting_go.AFTER_DECISION
    Hint.objects.update(day=timezone.localdate() - days)
    assert letting_go.forget_hints() == 0
    Hint.objects.update(day=timezone.localdate() - days - datetime.timedelta(days=1))
    assert letting_go.forget_hints() == 1
    assert not Hint.objects.exists()


def test_author_takes_her_letters_along(guide, author, said):
    hint = hints.write_hint(user=guide, public_id=said.public_id, text=WORDS)
    hints.answer(user=author, public_id=said.public_id, hint=hint.public_id, text=ANSWER)
    [taken] = everything(author)["discussions"][0]["contributions"]
    [letter] = taken["letters"]
    assert (letter["text"], letter["answer"]) == (WORDS, ANSWER)


def test_hint_is_known_to_who_rotates_keys(guide, said):
    hint = hints.write_hint(user=guide, public_id=said.public_id, text=WORDS)
    holder = rotation.HOLDERS["goedwerk_forum.Hint"]
    assert list(holder.due()) == [hint]
    assert holder.renew(hint) == {}


def test_sign_in_in_between_keeps_hint_and_answer(guide, author, said):
    browser = Client()
    assert browser.post(url_of("guide_hint", said), {"text": WORDS}).status_code == 302
    browser.force_login(guide)
    assert WORDS in browser.get(url_of("guide_hint", said)).text
    hints.write_hint(user=guide, public_id=said.public_id, text="Hoe ging het verder?")
    browser = Client()
    assert browser.post(url_of("own_hint", said), {"text": ANSWER}).status_code == 302
    browser.force_login(author)
    assert ANSWER in browser.get(url_of("own_hint", said)).text


# --- a call for a voice that is missing ----------------------------------------------------------


def call(browser, discussion, kind="perspectief", viewpoint="burger"):
    url = url_of("guide", discussion) + "?doe=roep"
    return browser.post(url, {"kind": kind, "viewpoint": viewpoint})


def called(discussion):
    now = fresh(discussion)
    return now.called_kind, now.called_viewpoint


ASKED = "De begeleider mist nog een stem: perspectief, door de ogen van een burger"


def test_call_stands_at_the_thread_and_in_the_form_until_it_is_answered(
    in_browser, make, discussion, guide, said
):
    assert call(in_browser, discussion).status_code == 302
    page = page_of(discussion)
    assert ASKED in page
    write = reverse("goedwerk_forum:write", args=[discussion.uuid.hex])
    assert f'href="{write}?soort=perspectief&amp;ogen=burger"' in page
    who = make.user()
    make.participant(discussion, who)
    writer = Client()
    writer.force_login(who)
    form = writer.get(f"{write}?soort=perspectief&ogen=burger").text
    assert 'value="perspectief" required checked' in form
    assert 'name="viewpoint" id="gw-viewpoint-1" value="burger" checked' in form
    assert "De begeleider vraagt om perspectief, door de ogen van een burger." in form
    text = "Een burger ziet een loket dat dicht is, en geen mens die iets afweegt."
    typed = {"kind": "perspectief", "text": text, "viewpoint": "burger"}
    writer.post(write, typed | {"submission": new_submission(), "seen": preview_of(text).seen})
    made = Contribution.objects.get(viewpoint="burger")
    drive("moderation")
    made.refresh_from_db()
    make.judged(made)
    assert called(discussion) == ("perspectief", "burger")
    release([discussion.pk])
    assert called(discussion) == ("", "")
    page = page_of(discussion)
    assert ASKED not in page
    assert "door de ogen van een burger" in page
    assert recorded("call") == [("guide", "", "perspectief")]


def test_other_kind_other_eyes_and_the_guide_herself_answer_no_call(make, discussion, guide, said):
    calling.call(user=guide, uuid=discussion.uuid.hex, kind="perspectief", viewpoint="burger")
    make.published(discussion, text="Een ervaring is geen perspectief, en dit is er een.")
    make.published(discussion, kind="perspectief", text="Van opzij ziet het er anders uit.")
    turn = guiding_people.published_turn(discussion, guide)
    Contribution.objects.filter(pk=turn.pk).update(kind="perspectief", viewpoint="burger")
    release([discussion.pk])
    assert called(discussion) == ("perspectief", "burger")
    calling.call(user=guide, uuid=discussion.uuid.hex, kind="perspectief")
    make.published(discussion, kind="perspectief", text="Van bovenaf ziet het er anders uit.")
    assert called(discussion) == ("", "")


def test_call_is_taken_back_and_changed(in_browser, discussion, said):
    call(in_browser, discussion)
    call(in_browser, discussion, "tegenspraak", "")
    assert called(discussion) == ("tegenspraak", "")
    assert "mist nog een stem: loyale tegenspraak" in page_of(discussion)
    in_browser.post(url_of("guide", discussion) + "?doe=roepaf")
    assert called(discussion) == ("", "")
    assert "mist nog een stem" not in page_of(discussion)
    assert recorded("call_off") == [("guide", "tegenspraak", "")]


def test_call_needs_a_kind_that_is_known_and_a_discussion_that_is_open(
    in_browser, discussion, guide
):
    assert call(in_browser, discussion, kind="gedoe").status_code == 422
    assert call(in_browser, discussion, viewpoint="buurman").status_code == 422
    with pytest.raises(NotFound):
        calling.call(user=guide, uuid=discussion.uuid.hex, kind="gedoe")
    Discussion.objects.filter(pk=discussion.pk).update(is_read_only=True)
    with pytest.raises(DiscussionClosed):
        calling.call(user=guide, uuid=discussion.uuid.hex, kind="perspectief")
    assert called(discussion) == ("", "")
    with pytest.raises(IntegrityError), transaction.atomic():
        Discussion.objects.filter(pk=discussion.pk).update(called_viewpoint="burger")


def test_nobody_else_calls(make, discussion):
    for who in strangers(make, discussion):
        with pytest.raises(NotFound):
            calling.call(user=who, uuid=discussion.uuid.hex, kind="perspectief")
    assert called(discussion) == ("", "")
    calling.call(user=make.ambassador(discussion), uuid=discussion.uuid.hex, kind="perspectief")
    assert called(discussion) == ("perspectief", "")


# --- closing words -------------------------------------------------------------------------------


def end_it(browser, discussion, **changed):
    typed = {"text": THANKS.closing_thanks, "heard": THANKS.closing_heard}
    return browser.post(
        url_of("guide_end", discussion), typed | {"onward": THANKS.closing_onward} | changed
    )


def test_ended_dialogue_shows_the_closing_words_at_both_ends_and_takes_no_more(
    in_browser, at_home, discussion, guide, said
):
    assert end_it(in_browser, discussion).status_code == 302
    above, _thread, below = page_of(discussion).partition('id="b-')
    assert "Slotwoord van de begeleider" in above
    assert "Eerst vragen, dan pas opschrijven." in above
    assert "Hier eindigt deze dialoog" in below
    assert THANKS.closing_thanks in below
    assert "Schrijf een bijdrage" not in above + below
    text = "Nog één ding, en dat wil ik wel kwijt."
    write = reverse("goedwerk_forum:write", args=[discussion.uuid.hex])
    typed = {"kind": "ervaring", "text": text, "submission": new_submission()}
    response = at_home.post(write, typed)
    assert (response.status_code, text in response.text) == (409, True)
    with pytest.raises(DiscussionClosed):
        guiding_people.turn(fresh(discussion), guide)
    assert Contribution.objects.count() == 1
    assert (
        at_home.post(reverse("goedwerk_forum:withdraw", args=[said.public_id])).status_code == 302
    )
    assert recorded("end_with_thanks") == [("guide", "off", "on")]


def test_what_was_sent_before_the_end_still_comes(make, discussion, guide, said):
    waiting = make.held(discussion, text="Dit stuurde ik net op tijd, en het telt.")
    ending.end(user=guide, uuid=discussion.uuid.hex, words=THANKS)
    make.judged(waiting)
    release([discussion.pk])
    assert "net op tijd" in page_of(discussion)


def test_ended_dialogue_opens_again_and_keeps_its_words_for_the_next_time(
    in_browser, make, discussion, guide, said
):
    end_it(in_browser, discussion)
    assert in_browser.post(url_of("guide", discussion) + "?doe=heropen").status_code == 302
    page = page_of(discussion)
    assert THANKS.closing_thanks not in page
    assert "Schrijf een bijdrage" in page
    make.published(fresh(discussion), text="Dan wil ik er nog wel iets over zeggen.")
    assert THANKS.closing_thanks in in_browser.get(url_of("guide_end", discussion)).text
    assert recorded("reopen_ended") == [("guide", "on", "off")]


def test_closing_words_are_changed_without_opening(in_browser, discussion, said):
    end_it(in_browser, discussion)
    Discussion.objects.update(ended_on=timezone.localdate() - datetime.timedelta(days=3))
    day = fresh(discussion).ended_on
    end_it(in_browser, discussion, text="Dank, en tot de volgende keer.")
    assert "tot de volgende keer" in page_of(discussion)
    assert fresh(discussion).ended_on == day


def test_closing_words_in_which_somebody_is_found_end_nothing(in_browser, discussion, guide):
    words = "Dank aan Jan de Vries, jan.devries@gemeente.nl."
    for field in ("text", "heard", "onward"):
        response = end_it(in_browser, discussion, **{field: words})
        assert (response.status_code, "jan.devries" in response.text) == (422, True)
    with pytest.raises(Traceable):
        ending.end(user=guide, uuid=discussion.uuid.hex, words=ClosingWords("Dank.", words, ""))
    assert end_it(in_browser, discussion, text="").status_code == 422
    with pytest.raises(NotFound):
        ending.end(user=guide, uuid=discussion.uuid.hex, words=ClosingWords("", "Iets.", ""))
    assert fresh(discussion).ended_on is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Discussion.objects.filter(pk=discussion.pk).update(ended_on=timezone.localdate())


def test_nobody_else_ends_or_opens(client, make, discussion, guide):
    for who in strangers(make, discussion):
        client.force_login(who)
        response = end_it(client, discussion)
        assert (response.status_code, THANKS.closing_onward in response.text) == (404, True)
        with pytest.raises(NotFound):
            ending.end(user=who, uuid=discussion.uuid.hex, words=THANKS)
    assert fresh(discussion).ended_on is None
    ending.end(user=guide, uuid=discussion.uuid.hex, words=THANKS)
    for who in strangers(make, discussion):
        with pytest.raises(NotFound):
            ending.reopen(user=who, uuid=discussion.uuid.hex)
    assert fresh(discussion).ended_on == timezone.localdate()


def test_branches_end_and_open_with_their_home(make, discussion, guide, said):
    other = make.published(discussion, text="Een ander begon over iets anders.")
    branch = branching.move_branch(user=guide, public_id=said.public_id, question="En de balie?")
    own = branching.move_branch(user=guide, public_id=other.public_id, question="En dat andere?")
    ending.end(user=guide, uuid=own.uuid.hex, words=THANKS)
    assert fresh(discussion).ended_on is None
    ending.end(user=guide, uuid=discussion.uuid.hex, words=THANKS)
    assert not fresh(branch).is_open
    with pytest.raises(HomeEnded):
        ending.reopen(user=guide, uuid=branch.uuid.hex)
    ending.reopen(user=guide, uuid=discussion.uuid.hex)
    assert [fresh(one).is_open for one in (discussion, branch, own)] == [True, True, False]
    ending.reopen(user=guide, uuid=own.uuid.hex)
    assert fresh(own).is_open


def test_end_ends_a_call_and_counts_as_closing_for_the_link(discussion, guide, author, said):
    calling.call(user=guide, uuid=discussion.uuid.hex, kind="perspectief")
    ending.end(user=guide, uuid=discussion.uuid.hex, words=THANKS)
    assert called(discussion) == ("", "")
    mine = Participant.objects.filter(pk=said.participant_id).select_related("discussion")
    [told] = link_ends.tell(mine)
    assert told.link_ends == timezone.localdate() + datetime.timedelta(days=31)
    for days, is_cut in ((30, False), (31, True)):
        day = timezone.localdate() - datetime.timedelta(days=days)
        Discussion.objects.filter(pk=discussion.pk).update(ended_on=day)
        letting_go.cut_due_links()
        assert Participant.objects.filter(pk=said.participant_id, token=None).exists() is is_cut


def test_sign_in_in_between_keeps_all_closing_words(discussion, guide):
    browser = Client()
    assert end_it(browser, discussion, text="").status_code == 302
    browser.force_login(guide)
    page = browser.get(url_of("guide_end", discussion)).text
    assert "Eerst vragen, dan pas opschrijven." in page
    assert THANKS.closing_onward in page


# --- what a table said ---------------------------------------------------------------------------

TABLE = "Aan onze tafel zei iemand: een regel zonder uitleg voelt als een deur die dichtvalt."
MARK = "Gezegd aan een tafel, opgeschreven door de begeleider"


def wrote_down(discussion, who, *, text=TABLE, kind="ervaring", **fields):
    day = timezone.localdate() - datetime.timedelta(days=2)
    made = contribute(
        user=who,
        participant=join_as_guide(user=who, discussion=discussion),
        discussion=discussion,
        words=Words(text, kind, lens="betrokken", said_on=day),
        submission=new_submission(),
        **fields,
    )
    drive("moderation")
    made.refresh_from_db()
    return made


def table_typed(**changed):
    typed = {
        "text": TABLE,
        "kind": "ervaring",
        "lens": "betrokken",
        "said_on": "2026-01-15",
        "submission": new_submission(),
        "seen": preview_of(TABLE).seen,
    }
    return typed | changed


def test_what_a_table_said_is_marked_so_and_shows_its_day_and_no_voice(
    in_browser, make, discussion, guide
):
    response = in_browser.post(url_of("guide_table", discussion), table_typed())
    assert response.status_code == 302
    drive("moderation")
    made = Contribution.objects.get()
    assert (made.state, made.by_guide, made.naming) == ("held", True, "")
    assert TABLE not in page_of(discussion)
    make.judged(made)
    release([discussion.pk])
    page = page_of(discussion)
    assert MARK in page
    assert "bijeenkomst van 15 januari" in page
    assert '#gw-s-tafel"' in page
    assert 'data-gw-who="Begeleider"' not in page
    voices = voices_of([fresh(discussion)])[discussion.pk]
    assert not any(heard for _kind, _label, heard in voices.heard)


@pytest.mark.parametrize("policy", ["all_first", "trusted_first", "after_publication"])
def test_colleague_reads_what_a_table_said_under_every_policy(make, policy):
    discussion = make.discussion(discussion_policy=policy)
    ambassador = make.ambassador(discussion)
    made = wrote_down(discussion, ambassador)
    assert made.state == "held"
    with pytest.raises(OwnContribution):
        make.judged(made, by=ambassador)
    made.refresh_from_db()
    assert made.state == "held"
    assert make.judged(made).state == "published"


def test_plain_turn_of_the_guide_is_not_held_where_that_was_not_agreed(make):
    discussion = make.discussion(discussion_policy="after_publication")
    turn = guiding_people.turn(discussion, make.ambassador(discussion))
    drive("moderation")
    turn.refresh_from_db()
    assert turn.state == "published"


def test_marks_are_shown_before_a_table_is_sent(in_browser, discussion):
    text = "Aan tafel vertelde Jan de Vries (jan.devries@gemeente.nl) wat hij deed."
    response = in_browser.post(url_of("guide_table", discussion), table_typed(text=text, seen=""))
    assert (response.status_code, "jan.devries" in response.text) == (200, True)
    assert not Contribution.objects.exists()


def test_table_needs_a_day_that_has_been(in_browser, discussion):
    tomorrow = (timezone.localdate() + datetime.timedelta(days=1)).isoformat()
    for day in ("", "gisteren", tomorrow):
        response = in_browser.post(url_of("guide_table", discussion), table_typed(said_on=day))
        assert (response.status_code, TABLE in response.text) == (422, True)
    assert not Contribution.objects.exists()
    today = timezone.localdate().isoformat()
    assert (
        in_browser.post(url_of("guide_table", discussion), table_typed(said_on=today)).status_code
        == 302
    )


def test_nobody_else_writes_down_what_a_table_said(client, make, discussion, said):
    for who in strangers(make, discussion):
        client.force_login(who)
        response = client.post(url_of("guide_table", discussion), table_typed())
        assert (response.status_code, TABLE in response.text) == (404, True)
    words = Words(TABLE, "ervaring", said_on=timezone.localdate())
    who = make.user()
    made = contribute(
        user=who,
        participant=make.participant(discussion, who),
        discussion=discussion,
        words=words,
        submission=new_submission(),
    )
    assert made.said_on is None
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.filter(pk=said.pk).update(said_on=timezone.localdate())


def test_table_is_no_loudest_voice_and_answers_no_call(make, discussion, guide):
    calling.call(user=guide, uuid=discussion.uuid.hex, kind="ervaring")
    for number in range(6):
        make.judged(wrote_down(discussion, guide, text=f"{TABLE} Dat was tafel {number}."))
    release([discussion.pk])
    assert attention.attention_in(fresh(discussion), make.ambassador(discussion)).loudest is None
    assert called(discussion) == ("ervaring", "")
    assert links.participant_of(guide, discussion) is None


def test_colleague_who_judges_a_table_is_told_that_it_is_one(client, make, discussion, guide):
    made = wrote_down(discussion, guide)
    turn = guiding_people.turn(discussion, guide)
    drive("moderation")
    client.force_login(make.ambassador(discussion))
    case = client.get(reverse("goedwerk_moderation:case", args=[made.public_id])).text
    assert MARK in case
    assert "kijk of niemand te herkennen is" in case
    case = client.get(reverse("goedwerk_moderation:case", args=[turn.public_id])).text
    assert MARK not in case
