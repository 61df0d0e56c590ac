"""What the site calls the role, wherever an author reads who acted."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

import complaints as steps
from goedwerk_forum.actions.appeals import Outcome
from goedwerk_forum.checks import Level
from goedwerk_forum.marks import Mark
from goedwerk_forum.models import ForumSettings, Report
from goedwerk_forum.transitions import Action

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderators():
    settings = ForumSettings.for_site(Site.objects.get(is_default_site=True))
    settings.role_name = "moderator"
    settings.save()


@pytest.fixture
def shown(moderators):
    """A partial, as it is in a page that somebody asked for."""

    def shown(name, **context):
        request = RequestFactory().get("/", headers={"host": "localhost"})
        return render_to_string(f"goedwerk_forum/{name}.html", {"request": request, **context})

    return shown


def test_in_an_appeal_granted_on_a_condition(client, moderators, author, discussion, make):
    text = make.held(discussion, author)
    make.judged(text, Action.REJECT, "conduct")
    steps.verdict(steps.appealed(steps.now(text)), Outcome.CONDITION)
    client.force_login(author)
    url = reverse("goedwerk_forum:appeal", args=[text.public_id, Action.REJECT])
    assert "Een moderator leest hem dan." in client.get(url).content.decode()


def test_where_all_links_are_cut(client, moderators, author, discussion, make):
    make.published(discussion, author)
    make.sign_in_again(client, author)
    page = client.get(reverse("goedwerk_forum:own_cut")).content.decode()
    assert "en een moderator leest je eerst." in page


def test_in_what_came_of_a_report(shown):
    report = Report(state=Report.State.UPHELD, contribution_id=1, day=timezone.localdate())
    assert "Een moderator gaf je gelijk." in shown("report_state", report=report)


@pytest.mark.parametrize(
    ("level", "said"),
    [
        (Level.RETURN, "dan leest eerst een moderator je tekst."),
        (Level.HOLD, "Dan leest een moderator mee."),
    ],
)
def test_in_a_hint_and_never_in_her_own_words(shown, level, said):
    measured = type("Measured", (), {"percent": 80})
    found = Mark(1, "role_at_place", level, ("de ambassadeur",), 1, (), measured)
    html = shown("preview_mark", found=found)
    assert said in html
    assert "Moderators gaven het programma" in html
    assert "‘de ambassadeur’" in html


def test_where_somebody_can_turn(shown):
    told = shown("help", help={"signals": ["other"], "places": []})
    assert "Een moderator las je tekst" in told
    assert "Een moderator die je tekst leest" in told


def test_in_the_promise_and_what_happens_to_a_text(shown):
    assert "Niemand ziet je naam, ook de moderator niet." in shown("promise_lines")
    assert "vaak leest een moderator mee" in shown("legend")
