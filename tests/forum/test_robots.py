"""A thousand automated posts: none is ever visible, and an honest one among them gets through."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import reverse

from goedwerk_forum.actions.release import release
from goedwerk_forum.identity import pseudonyms
from goedwerk_forum.marks import preview_of
from goedwerk_forum.models import Contribution, Discussion, Policy
from goedwerk_forum.transitions import State
from goedwerk_site.accounts import login_names

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

ROBOTS, POSTS_EACH = 20, 50
HONEST = "Bij ons hielp het om eerst een vraag te stellen, en pas daarna iets te vinden."
ADVICE = "Goedkope leningen voor ambtenaren staan klaar, reageer vandaag nog op dit bericht"
SUBJECTS = ["verhaal", "dossier", "rapport", "gesprek", "besluit"]
CALM = "Ik las dit {} en ik herken het, want ook bij ons bleef het nummer {} lang liggen."


def same(_robot: int, _post: int) -> str:
    return f"{ADVICE}."


def nearly_the_same(robot: int, post: int) -> str:
    return f"{ADVICE}, nummer {robot} {post}."


def links(robot: int, post: int) -> str:
    site = f"https://winkel{robot}.example/{post}"
    return f"Kijk op {site} en op {site}/a en op {site}/b voor meer."


def calm(robot: int, post: int) -> str:
    """Nothing is wrong with it, but for the speed at which it comes."""
    return CALM.format(SUBJECTS[post % len(SUBJECTS)], robot * 1000 + post)


KINDS = [same, nearly_the_same, links, calm]


@pytest.fixture
def discussion(make):
    """The most generous policy there is: texts are shown first, and read after."""
    return make.discussion(discussion_policy=Policy.AFTER)


@pytest.fixture(autouse=True)
def one_hour(monkeypatch, settings):
    """All of it within one hour of the limits, and with every account that they want."""
    settings.ACCOUNT_RATE_LIMITS = False
    monkeypatch.setattr(
        "goedwerk_forum.identity.limits.time", SimpleNamespace(time=lambda: 1_000_000)
    )


def newcomer(name: str, discussion: Discussion) -> Client:
    """Somebody who signs up and joins, as everybody does."""
    browser = Client()
    form = {"username": name, "drawn": login_names.sign(name), "email": ""}
    form |= {"password1": "een-lang-wachtwoord", "password2": "een-lang-wachtwoord"}
    assert browser.post(reverse("account_signup"), form).status_code == 302
    pseudonym = pseudonyms.sign(discussion, pseudonyms.draw(discussion))
    joining = {"join": "1", "pseudonym": pseudonym, "role_label": "", "promise": "on"}
    join = reverse("goedwerk_forum:join", args=[discussion.uuid.hex])
    assert browser.post(join, joining).status_code == 302
    return browser


def write(browser: Client, discussion: Discussion, text: str, form: str):
    return browser.post(
        reverse("goedwerk_forum:write", args=[discussion.uuid.hex]),
        {"text": text, "kind": "ervaring", "submission": form, "seen": preview_of(text).seen},
    )


def test_none_of_a_thousand_automated_posts_is_visible_and_an_honest_one_is(
    discussion, make, drive, client, settings
):
    most = settings.GOEDWERK.get("WRITES_PER_HOUR", 30)
    answers: Counter[int] = Counter()
    sent: set[str] = set()
    honest = newcomer("eerlijk", discussion)
    for robot in range(ROBOTS):
        browser = newcomer(f"robot{robot}", discussion)
        say = KINDS[robot % len(KINDS)]
        for post in range(POSTS_EACH):
            text = say(robot, post)
            answer = write(browser, discussion, text, f"formulier-{robot}-{post:030d}")
            answers[answer.status_code] += 1
            sent.add(text)
            if answer.status_code != 302:
                assert text in answer.content.decode()
        if robot == ROBOTS // 2:
            assert write(honest, discussion, HONEST, "x" * 30).status_code == 302
    assert answers == {302: ROBOTS * most, 409: ROBOTS * (POSTS_EACH - most)}

    while drive():  # it stops after some seconds, as a worker does
        pass
    waiting = Contribution.objects.filter(discussion=discussion)
    assert Counter(waiting.values_list("state", flat=True)) == {State.HELD: ROBOTS * most + 1}
    release([discussion.pk])
    page = client.get(discussion.page.get_url()).content.decode()
    assert not [text for text in {*sent, HONEST} if text in page]

    found = waiting.get(revisions__text=HONEST)
    make.judged(found)
    release([discussion.pk])
    page = client.get(discussion.page.get_url()).content.decode()
    assert HONEST in page
    assert not [text for text in sent if text in page]
    discussion.refresh_from_db()
    assert discussion.shown_count == 1


def test_the_same_form_sent_a_hundred_times_is_there_once(discussion, settings):
    settings.GOEDWERK = settings.GOEDWERK | {"WRITES_PER_HOUR": 1000}
    browser = newcomer("ongeduldig", discussion)
    answers = {write(browser, discussion, HONEST, "x" * 30).status_code for _time in range(100)}
    assert answers == {302}
    assert Contribution.objects.filter(discussion=discussion).count() == 1


def test_whoever_reached_the_limit_finds_it_a_discussion_further(discussion, make, settings):
    settings.GOEDWERK = settings.GOEDWERK | {"WRITES_PER_HOUR": 2}
    browser = newcomer("overal", discussion)
    other = make.discussion()
    make.participant(other, _user("overal"))
    for number, where in enumerate([discussion, discussion, other]):
        answer = write(browser, where, calm(1, number), f"formulier-{number:030d}")
    assert answer.status_code == 409
    assert not Contribution.objects.filter(discussion=other).exists()


def _user(name: str):
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(username=name)
