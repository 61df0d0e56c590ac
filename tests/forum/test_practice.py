"""Practice: decide on an invented case, read what colleagues did; and nothing reaches anything."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from counting import counted
from goedwerk_forum.actions.practice import bring_in, shipped
from goedwerk_forum.admin.practice import MOST, SESSION
from goedwerk_forum.checks.base import Context
from goedwerk_forum.checks.verdict import run_checks
from goedwerk_forum.models import HouseRule, PracticeCase, PracticeVoice
from goedwerk_forum.setup import prepare
from goedwerk_forum.transitions import Action

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

INDEX = reverse("goedwerk_practice:index")
AGREES = "Jij besloot hetzelfde als de meeste collega’s."
OTHER_REASON = "Jij besloot hetzelfde, met een andere reden."
DIFFERS = "De meeste collega’s besloten iets anders."


@pytest.fixture
def case(db):
    made = PracticeCase.objects.create(
        title="De brug",
        question="Wat zou jij doen?",
        text="De brug ging dicht en niemand zei waarom.",
        decision="return",
        reason="traceable",
        explanation="Er is maar één zo’n brug.",
        house_rule="Wat hier staat, wijst naar niemand terug.",
    )
    for decision, reason, words in [
        ("return", "traceable", "Ik vroeg om een andere brug."),
        ("publish", "", "Ik had het geplaatst."),
    ]:
        PracticeVoice.objects.create(case=made, decision=decision, reason=reason, words=words)
    return made


@pytest.fixture
def ambassador(client, make):
    who = make.user(groups=(make.ambassador_group(),))
    client.force_login(who)
    return who


def url_of(case):
    return reverse("goedwerk_practice:case", args=[case.public_id])


def answer(client, case, action="return", reason="traceable", words="Schrijf het anders op."):
    said = "" if action == "publish" else words
    return client.post(url_of(case), {"action": action, "reason": reason, "words": said})


def words_of(response):
    return " ".join(BeautifulSoup(response.content, "html.parser").find("main").get_text().split())


# --- deciding and comparing ------------------------------------------------------------------


def test_case_keeps_what_colleagues_did_to_itself_until_she_decided(client, ambassador, case):
    page = words_of(client.get(url_of(case)))
    assert case.text in page
    assert "Ik had het geplaatst" not in page
    assert case.explanation not in page


def test_form_words_the_decisions_as_the_real_one_does(client, ambassador, case, make):
    discussion = make.discussion()
    held = make.held(discussion)
    client.force_login(make.ambassador(discussion))
    real = client.get(reverse("goedwerk_moderation:case", args=[held.public_id])).content
    practised = client.get(url_of(case)).content

    def options(content):
        soup = BeautifulSoup(content, "html.parser")
        return [" ".join(one.get_text().split()) for one in soup.select(".gw-option label")]

    assert options(practised) == options(real)
    assert len(options(practised)) == 3


@pytest.mark.parametrize(
    ("action", "reason", "headline"),
    [
        ("return", "traceable", AGREES),
        ("return", "conduct", OTHER_REASON),
        ("publish", "", DIFFERS),
        ("reject", "traceable", DIFFERS),
    ],
)
def test_feedback_sets_hers_beside_that_of_most(client, ambassador, case, action, reason, headline):
    page = words_of(answer(client, case, action, reason))
    assert headline in page
    for said in (case.explanation, case.house_rule, "Ik vroeg om een andere brug."):
        assert said in page


def test_colleague_who_thought_otherwise_is_marked(client, ambassador, case):
    soup = BeautifulSoup(answer(client, case).content, "html.parser")
    voices = [" ".join(one.get_text().split()) for one in soup.select(".gw-feedback li")]
    assert ["dacht er anders over" in voice for voice in voices] == [False, True]


def test_publishing_needs_no_reason_and_a_reason_with_it_does_not_count(client, ambassador, case):
    PracticeCase.objects.filter(pk=case.pk).update(decision="publish", reason="")
    assert AGREES in words_of(answer(client, case, "publish", "conduct"))


BAD = [
    ({"action": "", "reason": ""}, "Kies wat je beslist."),
    ({"action": "return", "reason": ""}, "Kies een reden."),
    ({"action": "hide", "reason": "conduct"}, "Deze beslissing kan niet."),
    ({"action": "return", "reason": "niets"}, "Kies een reden uit de lijst."),
]


@pytest.mark.parametrize(("given", "error"), BAD)
def test_incomplete_answer_is_refused_with_the_words_kept(client, ambassador, case, given, error):
    response = client.post(url_of(case), given | {"words": "Dit schreef ik."})
    assert response.status_code == 422
    page = words_of(response)
    assert error in page
    assert "Dit schreef ik." in response.content.decode()
    assert "Ik had het geplaatst" not in page
    assert SESSION not in client.session


def test_an_answer_without_words_is_refused_as_the_real_form_does(client, ambassador, case):
    response = answer(client, case, words="")
    assert response.status_code == 422
    assert "Schrijf erbij wat je zag" in words_of(response)
    assert SESSION not in client.session


def test_last_case_leads_back_to_the_list_and_others_to_the_next(client, ambassador, case):
    other = PracticeCase.objects.create(
        title="Het gat",
        question="En dan?",
        text="Er viel een gat.",
        decision="publish",
        explanation="Gewoon een verhaal.",
        sort_order=5,
    )
    assert url_of(other) in answer(client, case).content.decode()
    assert "terug naar de lijst" in words_of(answer(client, other, "publish", ""))


# --- what is kept ----------------------------------------------------------------------------


def everything():
    return [
        list(model.objects.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.app_label not in {"sessions", "contenttypes"}
        and model._meta.managed
        and hasattr(model, "objects")
    ]


def test_practice_writes_no_row_anywhere_and_sends_nothing(client, ambassador, case, mailoutbox):
    before = everything()
    answer(client, case, words="Hier schreef ik over een kwelgeest.")
    client.get(url_of(case))
    client.post(reverse("goedwerk_practice:start_again"))
    assert everything() == before
    assert mailoutbox == []


def test_progress_is_hers_and_goes_when_she_signs_out(client, ambassador, case, make):
    answer(client, case)
    assert "1 van de 1 geval gedaan" in words_of(client.get(INDEX))
    assert AGREES in words_of(client.get(url_of(case)))
    client.logout()
    client.force_login(ambassador)
    assert "0 van de 1 geval gedaan" in words_of(client.get(INDEX))


def test_colleague_at_the_same_browser_sees_nothing_of_it(client, ambassador, case, make):
    answer(client, case)
    client.force_login(make.user(groups=tuple(ambassador.groups.all())))
    assert "0 van de 1 geval gedaan" in words_of(client.get(INDEX))


def test_words_are_shown_once_and_not_kept(client, ambassador, case):
    said = "Ik zou haar bedanken."
    assert said in words_of(answer(client, case, words=said))
    assert said not in words_of(client.get(url_of(case)))
    assert said not in str(dict(client.session))


def test_starting_again_forgets_the_answers(client, ambassador, case):
    answer(client, case)
    assert client.get(reverse("goedwerk_practice:start_again")).status_code == 405
    assert SESSION in client.session
    client.post(reverse("goedwerk_practice:start_again"))
    assert SESSION not in client.session


def test_case_is_done_again_without_losing_the_first_answer(client, ambassador, case):
    answer(client, case)
    assert "gw-feedback" not in client.get(url_of(case), {"opnieuw": ""}).content.decode()
    assert client.session[SESSION] == {str(case.pk): "return traceable"}


def test_session_stays_small_enough_for_a_cookie(client, ambassador, case):
    session = client.session
    session[SESSION] = {
        str(number): "return about_person" for number in range(10_000, 10_000 + MOST)
    }
    session.save()
    client.cookies["sessionid"] = session.session_key
    response = answer(client, case)
    assert len(client.session[SESSION]) == MOST
    assert len(response.cookies["sessionid"].value) < 3000


def test_page_is_never_kept_by_a_cache(client, ambassador, case):
    assert "no-store" in client.get(url_of(case))["Cache-Control"]


def test_cost_is_the_same_for_many_cases(client, ambassador, case):
    few = {url: cost(client, url) for url in (INDEX, url_of(case))}
    list(bring_in())
    assert {url: cost(client, url) for url in few} == few
    assert [of_practice for _all, of_practice in few.values()] == [1, 3]


def cost(client, url):
    """Queries of a page: all of them, and those about the cases."""
    client.get(url)
    with counted() as work:
        client.get(url)
    return work.queries, sum("_practice" in sql for sql in work.statements)


# --- the shipped set -------------------------------------------------------------------------


def test_shipped_set_is_large_enough_and_shows_every_decision():
    cases = shipped()
    assert len(cases) >= 12
    assert {case["decision"] for case in cases} == {"publish", "return", "reject"}
    assert len({case["code"] for case in cases}) == len(cases)


@pytest.mark.parametrize("case", shipped(), ids=lambda case: case["code"])
def test_shipped_case_is_whole_with_a_colleague_who_differs(case):
    fields = {name: value for name, value in case.items() if name not in {"code", "voices"}}
    PracticeCase(**fields).full_clean(exclude=["public_id"])
    rules = {"", *HouseRule.objects.values_list("text", flat=True), *house_rules()}
    assert case["house_rule"] in rules
    assert 2 <= len(case["voices"]) <= 3
    mine = (case["decision"], case["reason"])
    told = [(voice["decision"], voice["reason"]) for voice in case["voices"]]
    assert mine in told
    assert any(other != mine for other in told)


def house_rules():
    from goedwerk_forum.setup import HOUSE_RULES

    return [text for text, _lens in HOUSE_RULES]


def test_setup_brings_the_set_in_once_and_never_over_edits():
    assert any("practice cases" in line for line in prepare())
    assert PracticeCase.objects.count() == len(shipped())
    edited, removed = PracticeCase.objects.all()[:2]
    PracticeCase.objects.filter(pk=edited.pk).update(title="Van onszelf")
    removed.delete()
    assert not any("practice cases" in line for line in prepare())
    assert PracticeCase.objects.count() == len(shipped()) - 1
    assert PracticeCase.objects.filter(title="Van onszelf").exists()


def test_checks_find_the_links_in_the_case_about_links():
    by_code = {case["code"]: case["text"] for case in shipped()}
    found = run_checks(by_code["kijk-eens-op-deze-pagina"], Context(by_newcomer=False))
    assert "links" in {finding.check for finding in found}


# --- the data --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decision", "reason"), [("publish", "conduct"), ("return", ""), ("hide", "conduct")]
)
def test_database_refuses_a_decision_without_its_reason(case, decision, reason):
    for model in (PracticeCase, PracticeVoice):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.update(decision=decision, reason=reason)


@pytest.mark.parametrize(("decision", "reason"), [("publish", "conduct"), ("return", "")])
def test_form_says_it_beside_the_reason(decision, reason):
    with pytest.raises(ValidationError) as refused:
        PracticeVoice(decision=decision, reason=reason).clean()
    assert "reason" in refused.value.message_dict


# --- who may ---------------------------------------------------------------------------------


def with_permissions(make, *codes):
    group = Group.objects.create(name="-".join(codes) or "niets")
    group.permissions.set(Permission.objects.filter(codename__in=[*codes, "access_admin"]))
    return make.user(groups=(group,))


EDITING = ("add_practicecase", "change_practicecase", "delete_practicecase")
ROLES = [("ambassador", True, False), ("owner", True, True), ("editor", False, False)]


@pytest.mark.parametrize(("role", "practises", "edits"), [*ROLES, (None, False, False)])
def test_role_by_page(client, make, case, role, practises, edits):
    people = {
        "ambassador": lambda: with_permissions(make, "moderate_discussion"),
        "owner": lambda: with_permissions(make, *EDITING),
        "editor": lambda: with_permissions(make, "change_forumsettings"),
    }
    if role:
        client.force_login(people[role]())
    assert (client.get(INDEX).status_code == 200) == practises
    assert (client.get(url_of(case)).status_code == 200) == practises
    assert ("gw-feedback" in answer(client, case).content.decode()) == practises
    assert (SESSION in client.session) == practises
    client.post(reverse("goedwerk_practice:start_again"))
    names = ("index", "index_results", "add", "edit", "delete", "usage", "history")
    for name in names:
        args = [case.pk] if name in {"edit", "delete", "usage", "history"} else []
        url = reverse(f"goedwerk_practice_cases:{name}", args=args)
        assert (client.get(url).status_code == 200) == edits, name
    client.post(reverse("goedwerk_practice_cases:delete", args=[case.pk]))
    assert PracticeCase.objects.filter(pk=case.pk).exists() is not edits


def test_owner_adds_a_case_with_colleagues(client, make):
    client.force_login(with_permissions(make, *EDITING))
    data = {
        "title": "Van ons",
        "question": "Wat nu?",
        "kind": "vraag",
        "text": "Een tekst.",
        "decision": "publish",
        "reason": "",
        "explanation": "Omdat het kan.",
        "house_rule": "",
        "is_offered": "on",
        "sort_order": "1",
        "voices-TOTAL_FORMS": "1",
        "voices-INITIAL_FORMS": "0",
        "voices-MIN_NUM_FORMS": "0",
        "voices-MAX_NUM_FORMS": "1000",
        "voices-0-decision": "return",
        "voices-0-reason": "conduct",
        "voices-0-words": "Ik niet.",
        "voices-0-ORDER": "1",
    }
    url = reverse("goedwerk_practice_cases:add")
    refused = client.post(url, data | {"decision": "return"})
    assert "Kies een reden." in refused.content.decode()
    assert not PracticeCase.objects.exists()
    client.post(url, data)
    voice = PracticeCase.objects.get(title="Van ons").voices.get()
    assert (voice.decision, voice.reason) == (Action.RETURN, "conduct")


def test_case_that_is_not_offered_is_nowhere(client, ambassador, case):
    PracticeCase.objects.filter(pk=case.pk).update(is_offered=False)
    assert case.title not in words_of(client.get(INDEX))
    assert client.get(url_of(case)).status_code == 404
    assert answer(client, case).status_code == 404


def test_empty_site_says_what_to_do(client, ambassador, make):
    assert "Vraag de beheerder" in words_of(client.get(INDEX))
    client.force_login(with_permissions(make, *EDITING))
    assert reverse("goedwerk_practice_cases:add") in client.get(INDEX).content.decode()
