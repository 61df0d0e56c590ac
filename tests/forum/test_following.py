"""Following: found by nobody but its follower, what is new since she looked, mail if she asked."""

from __future__ import annotations

import datetime
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

import circles as rings
from goedwerk_forum import belongings, following
from goedwerk_forum.actions import following as actions
from goedwerk_forum.actions import own
from goedwerk_forum.actions.accounts import choose_mail
from goedwerk_forum.actions.branching import move_branch
from goedwerk_forum.actions.contributions import withdraw
from goedwerk_forum.errors import FollowsTooMuch
from goedwerk_forum.identity import follows, links
from goedwerk_forum.models import Contribution, Discussion, Follow, OutboxRow, Participant

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

OVERVIEW = "/berichten/volgend/"


def url_of(discussion, name="follow"):
    return reverse(f"goedwerk_forum:{name}", args=["dialoog", discussion.uuid.hex])


@pytest.fixture
def reader(make):
    return make.user("lezeres")


@pytest.fixture
def browser(client, reader):
    client.force_login(reader)
    return client


@pytest.fixture
def followed(browser, discussion):
    """A discussion that she follows, from this browser."""
    assert browser.post(url_of(discussion), {"doe": "volg"}).status_code == 302
    return discussion


def new_in(browser) -> dict[str, int]:
    answer = browser.get(OVERVIEW)
    return {thing.title: thing.new for thing in answer.context["followed"].things}


# --- the row -----------------------------------------------------------------------------------


def test_following_makes_a_row_that_only_the_key_leads_to_her(browser, reader, followed):
    [row] = Follow.objects.all()
    assert row.token == follows.token(links.known_account(reader), ("dialoog", row.target))
    assert row.sealed_account is None
    assert row.day == timezone.localdate()
    assert row.gone_after >= row.day + actions.LASTS
    assert following.own_follows(reader) == [row]


def test_rows_of_one_person_have_nothing_in_common_with_each_other_or_her_pseudonym(
    make, reader, discussion
):
    other = make.discussion()
    for place in (discussion, other):
        make.participant(place, reader)
        actions.follow(user=reader, kind="dialoog", target=place.uuid.hex, in_mail=True)
    first, second = Follow.objects.all()
    assert first.token != second.token
    assert first.sealed_account != second.sealed_account
    tokens = set(Participant.objects.values_list("token", flat=True))
    assert not tokens & {first.token, second.token}
    seals = set(Participant.objects.values_list("sealed_account", flat=True))
    assert not seals & {first.sealed_account, second.sealed_account}


def test_follow_is_kept_once_and_mail_changes_it(browser, followed):
    browser.post(url_of(followed), {"doe": "volg", "mail": "ja"})
    [row] = Follow.objects.all()
    assert links.unseal(row.sealed_account)
    browser.post(url_of(followed), {"doe": "volg"})
    [row] = Follow.objects.all()
    assert row.sealed_account is None


def test_stop_takes_the_row_away(browser, followed, make):
    other = make.user()
    actions.follow(user=other, kind="dialoog", target=followed.uuid.hex, in_mail=False)
    browser.post(url_of(followed), {"doe": "stop"})
    assert [following.own_follows(other)] == [list(Follow.objects.all())]


def test_nobody_follows_more_than_a_browser_can_keep(monkeypatch, browser, followed, make):
    monkeypatch.setattr(following, "MOST", 1)
    answer = browser.post(url_of(make.discussion()), {"doe": "volg", "mail": "ja"})
    assert answer.status_code == 409
    assert str(FollowsTooMuch.message) in answer.text
    assert answer.text.count("checked") == 1
    assert Follow.objects.count() == 1


def test_rotation_makes_tokens_and_seals_anew(make, reader, discussion, settings, tmp_path):
    from goedwerk_forum.identity import keys, new_keys, rotation

    settings.GOEDWERK = settings.GOEDWERK | {"KEYS_DIR": tmp_path / "keys"}
    keys.create_missing()
    other = make.discussion()
    actions.follow(user=reader, kind="dialoog", target=discussion.uuid.hex, in_mail=True)
    actions.follow(user=reader, kind="dialoog", target=other.uuid.hex, in_mail=False)
    gone = make.user()
    actions.follow(user=gone, kind="dialoog", target=other.uuid.hex, in_mail=False)
    gone.delete()
    before = set(Follow.objects.values_list("token", flat=True))
    new_keys.put_in_place()
    assert len(following.own_follows(reader)) == 2
    assert rotation.rotate().is_whole
    new_keys.retire()
    assert len(following.own_follows(reader)) == 2
    assert not before & set(Follow.objects.values_list("token", flat=True))
    sealed = Follow.objects.exclude(sealed_account=None).get()
    assert links.unseal(sealed.sealed_account) == links.known_account(reader)


# --- what is new -------------------------------------------------------------------------------


def test_new_texts_of_others_count_until_she_looked(browser, make, reader, followed):
    title = followed.page.title
    make.published(followed, text=f"{make.CALM} Dit stond er al niet.")
    make.published(followed, text=f"{make.CALM} En dit ook niet.")
    make.published(followed, reader, text=f"{make.CALM} Dit schreef zij zelf.")
    make.held(followed, text=f"{make.CALM} Dit leest nog niemand.")
    assert new_in(browser) == {title: 2}
    assert new_in(browser) == {title: 2}  # a look at the list is no look at the dialogue
    inbox = browser.get("/berichten/")
    assert url_of(followed, "follow_new") in inbox.text
    first = Contribution.objects.order_by("pk").first()
    answer = browser.get(url_of(followed, "follow_new"))
    assert answer["Location"].partition("?")[0] == first.get_absolute_url()
    assert new_in(browser) == {title: 0}
    assert url_of(followed, "follow_new") not in browser.get("/berichten/").text


@pytest.mark.parametrize("others", [0, 1])
def test_where_one_lands_is_the_same_for_its_writer_and_for_anybody(
    browser, make, reader, followed, others
):
    stranger = Client()
    stranger.force_login(make.user())
    for one in (browser, stranger):
        one.get(url_of(followed, "follow_new"))
    hers = make.published(followed, reader, text=f"{make.CALM} Dit schreef zij zelf.")
    for _number in range(others):
        make.published(followed, text=f"{make.CALM} Dit schreef een ander.")
    assert new_in(browser) == {followed.page.title: others}
    led = [one.get(url_of(followed, "follow_new"))["Location"] for one in (browser, stranger)]
    assert led[0] == led[1]
    assert led[0].startswith(f"{hers.get_absolute_url()}?")


def test_text_that_was_held_for_long_is_new_when_it_is_released(browser, make, followed):
    from goedwerk_forum.actions.release import release

    late = make.held(followed, text=f"{make.CALM} Dit bleef lang liggen.")
    make.published(followed, text=f"{make.CALM} Dit kwam er meteen.")
    browser.post("/berichten/volgend/gelezen/")
    assert new_in(browser) == {followed.page.title: 0}
    make.judged(late)
    release([followed.pk])
    assert new_in(browser) == {followed.page.title: 1}


def test_all_read_marks_all_on_this_device_and_writes_no_row(
    browser, make, followed, django_assert_max_num_queries
):
    make.published(followed, text=f"{make.CALM} Iets nieuws.")
    with django_assert_max_num_queries(30) as asked:
        browser.post("/berichten/volgend/gelezen/")
    written = [q["sql"] for q in asked.captured_queries if not q["sql"].startswith("SELECT")]
    assert not [sql for sql in written if "SAVEPOINT" not in sql]
    assert new_in(browser) == {followed.page.title: 0}
    cookie = browser.cookies[following.COOKIE]
    assert cookie["path"] == "/berichten/"
    assert cookie["httponly"]
    assert followed.uuid.hex[:8] not in cookie.value


def test_on_another_device_what_came_after_the_day_of_following_is_new(make, reader, followed):
    make.published(followed, text=f"{make.CALM} Dit kwam vandaag.")
    other = Client()
    other.force_login(reader)
    assert new_in(other) == {followed.page.title: 0}
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    Follow.objects.update(day=yesterday)
    assert new_in(other) == {followed.page.title: 1}


def test_what_was_withdrawn_is_no_news(browser, make, followed):
    said = make.published(followed, text=f"{make.CALM} Iets nieuws.")
    assert new_in(browser) == {followed.page.title: 1}
    withdraw(contribution=Contribution.objects.get(pk=said.pk))
    assert new_in(browser) == {followed.page.title: 0}


@pytest.mark.parametrize("cookie", ["x", "a-b-c", "....", "12345678-zz", "-" * 5000])
def test_cookie_of_nonsense_does_no_harm(browser, make, followed, cookie):
    make.published(followed, text=f"{make.CALM} Iets nieuws.")
    browser.cookies[following.COOKIE] = cookie
    assert browser.get(OVERVIEW).status_code == 200


def test_branch_is_followed_by_itself(browser, make, followed):
    guide = make.ambassador(followed)
    Discussion.objects.filter(pk=followed.pk).update(guide=guide)
    from django.contrib.auth.models import Permission

    guide.user_permissions.add(Permission.objects.get(codename="guide_discussion"))
    head = make.published(followed, text=f"{make.CALM} Hier begint iets anders.")
    branch = move_branch(user=guide, public_id=head.public_id, question="Wat speelt hier nog?")
    browser.post(url_of(branch), {"doe": "volg"})
    make.published(branch, text=f"{make.CALM} Een antwoord in de tak.")
    assert new_in(browser) == {"Wat speelt hier nog?": 1, followed.page.title: 0}


def test_number_of_queries_does_not_grow(browser, make, followed, django_assert_num_queries):
    browser.post(url_of(make.discussion()), {"doe": "volg"})
    browser.get(OVERVIEW)
    with django_assert_num_queries(QUERIES):
        browser.get(OVERVIEW)
    for _number in range(3):
        other = make.discussion()
        browser.post(url_of(other), {"doe": "volg"})
        make.published(other)
    with django_assert_num_queries(QUERIES):
        browser.get(OVERVIEW)


QUERIES = 15


# --- who may -----------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["", "gelezen/", "stop/"])
def test_signed_out_goes_to_sign_in(client, path):
    answer = client.post(OVERVIEW + path) if path else client.get(OVERVIEW)
    assert answer.status_code == 302
    assert "/account/inloggen/" in answer["Location"]


def test_what_she_may_not_read_she_cannot_follow(make, browser, discussion):
    closed = make.discussion()
    PageViewRestriction.objects.create(page=closed.page, restriction_type="groups")
    for way in (browser.get, browser.post):
        assert way(url_of(closed), {"doe": "volg"}).status_code == 404
    assert browser.get(url_of(closed, "follow_new")).status_code == 404
    assert not Follow.objects.exists()
    assert browser.post(url_of(discussion), {"doe": "volg"}).status_code == 302
    for kind in ("dialoog", "verzonnen"):
        address = reverse("goedwerk_forum:follow", args=[kind, "0" * 32])
        assert browser.get(address).status_code == 404


def test_right_to_read_is_asked_at_each_look(make, browser, followed):
    said = make.published(followed, text=f"{make.CALM} Iets geheims.")
    assert followed.page.title in browser.get(OVERVIEW).text
    PageViewRestriction.objects.create(page=followed.page, restriction_type="groups")
    for path in (OVERVIEW, "/berichten/"):
        shown = browser.get(path).text
        assert followed.page.title not in shown
        assert said.public_id not in shown
    assert browser.get(url_of(followed, "follow_new")).status_code == 404
    stop = reverse("goedwerk_forum:follow_stop", args=["dialoog", followed.uuid.hex])
    assert stop in browser.get(OVERVIEW).text
    browser.post(stop)
    assert not Follow.objects.exists()


def test_circle_is_followed_by_who_sits_in_it_while_she_does(make, client, discussion):
    member, stranger = make.user(), make.user()
    circle, _members = rings.running(members=5, and_so=[member])
    home = circle.discussion
    client.force_login(stranger)
    assert client.post(url_of(home), {"doe": "volg"}).status_code == 404
    assert not Follow.objects.exists()
    client.force_login(member)
    assert client.post(url_of(home), {"doe": "volg", "mail": "ja"}).status_code == 302
    assert circle.name in client.get(OVERVIEW).text
    guide, text = rings.guide_of(circle), f"{make.CALM} Dit blijft in de kring."
    said = make.published(home, member, by=guide, text=text)
    news = [OutboxRow(kind="followed", object_id=home.pk, object_version=said.shown_since)]
    Participant.objects.filter(pk=said.participant_id).update(sealed_account=links.seal(uuid4()))
    assert actions.accounts_with_news(news) == set()  # sits there with a seal that is not hers
    account = links.known_account(member)
    Participant.objects.filter(pk=said.participant_id).update(sealed_account=links.seal(account))
    assert actions.with_seals("dialoog", [home.uuid.hex]) == {account}
    Participant.objects.filter(pk=said.participant_id).update(membership="left")
    shown = client.get(OVERVIEW).text
    assert circle.name not in shown
    assert "Dit kun je niet meer lezen." in shown
    assert client.get(url_of(home, "follow_new")).status_code == 404


def test_public_page_carries_a_plain_link_for_everybody(client, make, browser, followed):
    anybody = Client().get(followed.page.url)
    hers = browser.get(followed.page.url)
    assert url_of(followed) in anybody.text
    assert anybody.content == hers.content
    assert following.COOKIE not in str(hers.cookies)


# --- mail --------------------------------------------------------------------------------------


@pytest.fixture
def mailed(reader, discussion):
    """She follows the discussion and wants a mail."""
    EmailAddress.objects.create(user=reader, email="prive@example.org", primary=True, verified=True)
    choose_mail(user=reader, wants=True)
    actions.follow(user=reader, kind="dialoog", target=discussion.uuid.hex, in_mail=True)
    return discussion


@pytest.fixture
def send(drive):
    def sent():
        OutboxRow.objects.update(due_at=timezone.now() - datetime.timedelta(minutes=1))
        drive()
        return mail.outbox

    return sent


def test_news_is_mailed_once_without_saying_what(make, mailed, send, reader):
    for number in range(2):
        make.published(mailed, text=f"{make.CALM} Iets nieuws, nummer {number}.")
    [row] = {r.due_at for r in OutboxRow.objects.filter(kind="followed")}
    assert timezone.localtime(row).minute == 0
    [message] = send()
    assert message.to == ["prive@example.org"]
    assert message.subject == "Er is nieuws voor je"
    assert mailed.page.title not in message.body
    assert mailed.uuid.hex not in message.body
    assert len(send()) == 1


def nobody_wants_mail(reader, **_):
    choose_mail(user=reader, wants=False)


def only_on_the_site(reader, discussion, **_):
    actions.follow(user=reader, kind="dialoog", target=discussion.uuid.hex, in_mail=False)


def closed_off(discussion, **_):
    PageViewRestriction.objects.create(page=discussion.page, restriction_type="groups")


def taken_back(said, **_):
    withdraw(contribution=Contribution.objects.get(pk=said.pk))


def cut_off(reader, **_):
    own.cut_all_links(user=reader)


@pytest.mark.parametrize(
    "change",
    [nobody_wants_mail, only_on_the_site, closed_off, taken_back, cut_off],
    ids=lambda way: way.__name__,
)
def test_no_mail_without_news_that_she_may_read_and_asked_for(make, mailed, send, reader, change):
    said = make.published(mailed, text=f"{make.CALM} Iets nieuws.")
    change(reader=reader, discussion=mailed, said=said)
    assert send() == []
    assert not OutboxRow.objects.filter(kind="followed").exists()


def test_her_own_words_are_no_news_to_her(make, mailed, send, reader):
    make.published(mailed, reader, text=f"{make.CALM} Dit schrijf ik zelf.")
    OutboxRow.objects.filter(kind="notice").delete()
    assert send() == []


def test_restricted_page_mails_who_may_read_it(make, mailed, send, reader):
    PageViewRestriction.objects.create(page=mailed.page, restriction_type="login")
    make.published(mailed, text=f"{make.CALM} Iets nieuws.")
    assert len(send()) == 1


def test_release_that_nobody_waits_for_mails_nobody(make, discussion, send):
    make.published(discussion, text=f"{make.CALM} Iets nieuws.")
    assert send() == []


# --- letting go --------------------------------------------------------------------------------


def test_cutting_the_link_ends_following_there_only(make, reader, discussion):
    other = make.discussion()
    make.participant(discussion, reader)
    for place in (discussion, other):
        actions.follow(user=reader, kind="dialoog", target=place.uuid.hex, in_mail=False)
    own.cut_link(user=reader, discussion=discussion)
    assert [row.target for row in following.own_follows(reader)] == [other.uuid.hex]


def test_cutting_all_leaves_rows_that_lead_to_nobody(reader, followed):
    own.cut_all_links(user=reader)
    reader.refresh_from_db()
    assert following.own_follows(type(reader).objects.get(pk=reader.pk)) == []
    assert Follow.objects.count() == 1


def test_erasing_all_ends_all_following(make, reader, followed):
    actions.follow(user=reader, kind="dialoog", target=make.discussion().uuid.hex, in_mail=True)
    own.withdraw_all(user=reader)
    assert not Follow.objects.exists()


def test_button_ends_all_of_hers_and_nobody_elses(make, browser, followed):
    actions.follow(user=make.user(), kind="dialoog", target=followed.uuid.hex, in_mail=False)
    browser.post("/berichten/volgend/stop/")
    assert Follow.objects.count() == 1
    assert "Je volgt nog niets" in browser.get(OVERVIEW).text


def test_own_file_tells_what_she_follows(make, reader, followed):
    closed = make.discussion()
    actions.follow(user=reader, kind="dialoog", target=closed.uuid.hex, in_mail=False)
    closed.page.specific.unpublish()
    shut = make.discussion(discussion_question="Wat hoort niet iedereen te weten?")
    actions.follow(user=reader, kind="dialoog", target=shut.uuid.hex, in_mail=False)
    shut.page.view_restrictions.create(restriction_type=PageViewRestriction.PASSWORD, password="x")
    [(source, things)] = belongings.of(reader)
    assert source.key == "follows"
    nameless = ["Iets dat je volgt", "Iets dat je volgt"]
    assert sorted(thing.title for thing in things) == [*nameless, followed.question]


def year_is_over(follow, discussion):
    follow.day = follow.gone_after = timezone.localdate() - datetime.timedelta(days=1)
    follow.save()


def closed_long_ago(follow, discussion):
    Discussion.objects.update(closes_on=timezone.localdate() - datetime.timedelta(days=31))


def ended_long_ago(_row, discussion):
    long_ago = timezone.localdate() - datetime.timedelta(days=40)
    Discussion.objects.filter(pk=discussion.pk).update(
        ended_on=long_ago, closing_thanks="Dank je wel."
    )


def thing_is_gone(follow, discussion):
    discussion.page.delete()


@pytest.mark.parametrize(
    "change",
    [year_is_over, closed_long_ago, ended_long_ago, thing_is_gone],
    ids=lambda way: way.__name__,
)
def test_rows_go_when_their_term_is_over(make, followed, change):
    assert actions.forget_ended() == 0
    change(Follow.objects.get(), followed)
    assert actions.forget_ended() == 1
    assert not Follow.objects.exists()
