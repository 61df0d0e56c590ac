"""Whatever somebody types in a form of ours comes back: complete by walking forms and addresses."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.middleware.csrf import CsrfViewMiddleware, get_token
from django.test import Client, RequestFactory
from django.urls import URLPattern, get_resolver, resolve, reverse
from wagtail.models import Page

import asking
import circles as rings
import goedwerk_casestudies
import goedwerk_forum
import guides
from goedwerk_forum.errors import KeyMissing
from goedwerk_forum.identity.rescue import cookie_of
from goedwerk_forum.models import Circle
from goedwerk_forum.views import rescue
from goedwerk_site.middleware import CompressPublicPagesMiddleware

APPS = {"goedwerk_forum": goedwerk_forum, "goedwerk_stories": goedwerk_casestudies}
#: What no form brings back, and why.
LEFT_OUT = {
    "seen": "which marks she looked at: she looks again",
    "code": "her own code of a report: it is on her paper, and not in a page that says what failed",
}
#: Forms that are never filled from what was kept, and the one that repeats all that was sent.
OF_ANYBODY = {"report.html", "report_follow.html", "send_again.html"}
#: What stands in an address where something must be right.
ANY = "00000000-0000-4000-8000-000000000000"
INSTEAD = {"year": 2026, "slug": "gebeurd", "key": ANY, "place": ANY}
WORD = "Wij zaten er met zijn drieën bij"
#: Addresses that take no words: to read, or with buttons and choices only. A new address that keeps
#: no words has to be named here first.
WITHOUT_WORDS = {
    "goedwerk_forum": {
        *("branch", "feed", "feed_discussion", "feed_other", "figures", "hidden", "permalink"),
        *("search", "report_follow", "unsubscribe", "join", "inbox", "mine", "own", "withdraw"),
        *("follow", "follow_all_seen", "follow_new", "follow_stop", "follow_stop_all", "following"),
        *("own_cut", "own_cut_here", "own_data", "own_download", "own_erase", "own_erase_here"),
        "own_reports",
    },
    "goedwerk_stories": {"mine", "own", "start", "take_part", "withdraw"},
}


def modules() -> Iterator[object]:
    for package in APPS.values():
        for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not re.search(r"\.(admin|migrations|management)\b", found.name):
                yield importlib.import_module(found.name)


def shown_forms() -> dict[str, type[forms.Form]]:
    """The forms of pages for participants, by module and name."""
    found = {}
    for module in modules():
        for name, item in vars(module).items():
            is_form = isinstance(item, type) and issubclass(item, forms.Form)
            if is_form and item.__module__ == module.__name__:
                found[f"{module.__name__}.{name}"] = item
    return {name: form for name, form in found.items() if ".format_file." not in name}


def fields_of(form: type[forms.Form]) -> dict[str, forms.Field]:
    """The fields of a form; a plan has those of each meeting too, which it makes itself."""
    if form.__name__ == "PlanForm":
        plan = form.__new__(form)
        plan.fields = dict(form.base_fields)
        plan._add_session(3, {}, {"key": Page(title="Een opgave")})
        return plan.fields
    return dict(form.base_fields)


def is_typed(field: forms.Field) -> bool:
    words = isinstance(field, forms.CharField) and not field.widget.is_hidden
    return words and not isinstance(field, forms.ChoiceField)


@pytest.mark.django_db
def test_every_field_of_every_form_comes_back():
    found = shown_forms()
    assert len(found) > 25
    lost = []
    for name, form in found.items():
        for field_name, field in fields_of(form).items():
            kept = field_name in rescue.CARRIED or field_name.startswith(rescue.CHOICES)
            if field_name in LEFT_OUT:
                continue
            if not (rescue.label_of(field_name) or (kept and not is_typed(field))):
                lost.append(f"{name}.{field_name}")
    assert not lost


def test_every_control_that_a_template_names_itself_comes_back():
    named = set()
    for package in APPS.values():
        for path in Path(package.__path__[0], "templates").rglob("*.html"):
            if "admin" not in path.parts:
                named |= set(re.findall(r"<textarea[^>]* name=\"(\w+)\"", path.read_text()))
    assert {"text", "answer"} <= named
    assert not [name for name in named if not rescue.label_of(name)]


def test_every_form_of_ones_own_says_whose_it_is():
    bare = []
    for package in APPS.values():
        for path in Path(package.__path__[0], "templates").rglob("*.html"):
            page = path.read_text()
            is_own = "admin" not in path.parts and path.name not in OF_ANYBODY
            if is_own and page.count("{% csrf_token %}") != page.count("{% typed_by %}"):
                bare.append(path.name)
    assert not bare


def addresses() -> dict[str, str]:
    """Every address of the two apps, with something where it names a thing."""
    found = {}
    for app in WITHOUT_WORDS:
        ways = get_resolver().namespace_dict[app][1].reverse_dict
        for view in {pattern.name for pattern in ways_of(app)}:
            name = f"{app}:{view}"
            kwargs = {one: INSTEAD.get(one, "x") for one in ways.getlist(view)[0][0][0][1]}
            found[name] = reverse(name, kwargs=kwargs)
    return found


def ways_of(app: str) -> list[URLPattern]:
    return importlib.import_module(f"{APPS[app].__name__}.urls").urlpatterns


@pytest.mark.django_db
def test_words_in_a_form_that_was_open_too_long_stand_in_one_that_can_be_sent():
    client = Client(enforce_csrf_checks=True)
    typed = dict.fromkeys([*rescue.WORDS, "title_2", "question_2", "mark_2"], WORD) | {
        "kind": "vraag"
    }
    checked = 0
    for name, url in addresses().items():
        if getattr(resolve(url).func, "csrf_exempt", False):
            continue  # no token guards it, so it is never open too long
        response = client.post(url, typed)
        assert response.status_code == 403, name
        page = response.content.decode()
        assert page.count(WORD) == len(typed) - 1, name
        assert 'name="kind" value="vraag"' in page, name
        checked += 1
    assert checked > 60


@pytest.mark.django_db
def test_words_of_who_is_not_signed_in_any_more_are_kept_wherever_words_are_taken(client):
    without = set()
    for name, url in addresses().items():
        response = client.post(url, {"text": WORD})
        if (
            client.cookies.pop(cookie_of(url), None) is None
            and WORD not in response.content.decode()
        ):
            without.add(name)
    assert without == {f"{app}:{view}" for app, views in WITHOUT_WORDS.items() for view in views}


def test_a_choice_is_carried_over_unseen():
    request = RequestFactory().post("/", {"text": WORD, "choice": "agree", "password": "geheim"})
    page = rescue.csrf_failure(request).content.decode()
    assert '<input type="hidden" name="choice" value="agree">' in page
    assert "geheim" not in page


@pytest.mark.parametrize("word", ["Akkoord", "ja", "nee", "agree"])
def test_an_answer_of_one_word_is_words(word):
    request = RequestFactory().post("/", {"answer": word})
    assert rescue.holds_words(request)
    assert f"\n{word}</textarea>" in rescue.csrf_failure(request).content.decode()


@pytest.mark.django_db
def test_no_button_and_no_choice_is_called_what_words_are_called():
    pressed = {
        name
        for package in APPS.values()
        for path in Path(package.__path__[0], "templates").rglob("*.html")
        for name in re.findall(r"<button[^>]* name=\"(\w+)\"", path.read_text())
    }
    chosen = {
        name
        for form in shown_forms().values()
        for name, field in fields_of(form).items()
        if not is_typed(field)
    }
    assert "choice" in pressed & chosen
    assert not [name for name in pressed | chosen if rescue.label_of(name)]


@pytest.mark.django_db
def test_a_plan_that_was_typed_before_the_sign_in_stands_in_its_form_again(client):
    guide, other = guides.may_guide(), guides.may_guide()
    url = reverse("goedwerk_forum:circle_new")
    typed = {
        "name": "De donderdagkring",
        "about": "Over tegenspraak.",
        "second_guide": other.get_username(),
        "title_1": "Het eerste rondje",
        "question_1": "Wanneer zweeg jij?",
        "day_1": "2027-01-07",
    }
    kept = client.post(url, typed)
    assert kept.status_code == 302
    assert kept.headers["Location"].startswith(reverse("account_login"))
    client.force_login(guide)
    form = client.get(url).context["form"]
    assert not form.is_bound
    assert {name: form[name].value() for name in typed} == typed
    sent = client.post(url, typed)
    assert Circle.objects.get().name == typed["name"]
    assert sent.cookies[cookie_of(url)].value == ""


@pytest.mark.django_db
def test_a_plan_that_comes_back_still_knows_what_it_was_typed_against(client):
    found = rings.circle()
    url = reverse("goedwerk_forum:circle_plan", args=[found.uuid])
    client.post(url, {"name": "Een andere naam", "version": "van-toen"})
    client.force_login(rings.guide_of(found))
    page = client.get(url).content.decode()
    assert "Een andere naam" in page
    assert 'name="version" value="van-toen"' in page


@pytest.mark.django_db
def test_what_was_cleared_in_a_plan_comes_back_empty(client):
    task = asking.assignment()
    found = rings.circle()
    found.sessions.first().assignments.add(task)
    guide = rings.guide_of(found)
    url = reverse("goedwerk_forum:circle_plan", args=[found.uuid])
    client.force_login(guide)
    shown = client.get(url).context["form"]
    full = {name: shown[name].value() or "" for name in shown.fields}
    assert full["assignments_1"]
    assert full["about"]
    assert full["day_2"]
    client.logout()
    typed = {name: value for name, value in full.items() if not name.startswith("assignments_")}
    client.post(url, typed | {"about": "", "day_2": ""})
    client.force_login(guide)
    form = client.get(url).context["form"]
    assert form["name"].value() == full["name"]
    assert not form["about"].value()
    assert not form["day_2"].value()
    assert not form["assignments_1"].value()


def test_what_was_cleared_is_sent_again_empty():
    request = RequestFactory().post("/", {"text": WORD, "heard": "", "version": "", "day_2": ""})
    page = rescue.csrf_failure(request).content.decode()
    assert page.count("<textarea") == 1
    assert '<input type="hidden" name="heard" value="">' in page
    assert '<input type="hidden" name="day_2" value="">' in page
    assert 'name="version"' not in page


@pytest.mark.parametrize("name", ["csrf_failure", "unavailable", "key_missing"])
@pytest.mark.django_db
def test_a_page_with_her_words_is_kept_by_nobody(name, home):
    request = RequestFactory().post("/", {"text": WORD})
    request.user = AnonymousUser()
    more = [KeyMissing()] if name == "key_missing" else []
    response = getattr(rescue, name)(request, *more)
    assert "no-store" in response.headers["Cache-Control"]
    assert "private" in response.headers["Cache-Control"]


@pytest.mark.django_db
def test_a_form_that_was_open_too_long_goes_as_it_is():
    client = Client(enforce_csrf_checks=True)
    url = reverse("goedwerk_forum:circle_new")
    response = client.post(url, {"text": WORD * 20}, headers={"accept-encoding": "gzip"})
    assert response.status_code == 403
    assert "no-store" in response.headers["Cache-Control"]
    assert "Content-Encoding" not in response.headers


def test_a_page_with_a_token_goes_as_it_is():
    def plain(_request):
        return HttpResponse("woord " * 200)

    def with_token(request):
        get_token(request)
        return plain(request)

    request = RequestFactory(headers={"accept-encoding": "gzip"}).get("/")
    packed, as_it_is = (
        CompressPublicPagesMiddleware(CsrfViewMiddleware(view))(request)
        for view in (plain, with_token)
    )
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in as_it_is.headers
