"""Checks on and off, per site and per discussion; "wat zou dit doen?"; who may."""

from __future__ import annotations

import logging

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.models import Site

from goedwerk_forum.actions import checks as actions
from goedwerk_forum.checks.registry import all_checks
from goedwerk_forum.checks.switches import Switch, in_force
from goedwerk_forum.models import AuditRecord, CheckSetting, Policy
from goedwerk_forum.transitions import State

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

HURTFUL = "Jij bent te dom om ambtenaar te zijn, en dat weet iedereen hier."
LINKS = "Lees dit: https://a.example https://b.example https://c.example voor wie meer wil."


def with_permission(make, *codes):
    group = Group.objects.create(name="-".join(codes) or "leeg")
    group.permissions.set(Permission.objects.filter(codename__in=[*codes, "access_admin"]))
    return make.user(groups=(group,))


@pytest.fixture
def owner(make):
    return with_permission(make, "change_checksetting")


@pytest.fixture
def site(make):
    make.root()
    return Site.objects.get(is_default_site=True)


def outcome(make, discussion, text):
    return make.examined(discussion, make.known(published_before=2), text=text).state


# --- what a setting does ---------------------------------------------------------------------


def test_check_that_is_off_on_the_site_finds_nothing(make, site):
    discussion = make.discussion(discussion_policy=Policy.AFTER)
    assert outcome(make, discussion, HURTFUL) == State.HELD
    actions.switch_on_site(site, {"conduct": Switch(is_on=False)})
    other = make.discussion(discussion_policy=Policy.AFTER)
    assert outcome(make, other, HURTFUL) == State.PUBLISHED


def test_discussion_goes_before_its_site(make, site):
    strict, loose = (make.discussion(discussion_policy=Policy.AFTER) for _n in range(2))
    actions.switch_on_site(site, {"conduct": Switch(is_on=False)})
    actions.switch_in_discussion(strict, {"conduct": Switch(is_on=True)})
    assert outcome(make, strict, HURTFUL) == State.HELD
    assert outcome(make, loose, HURTFUL) == State.PUBLISHED


def test_threshold_of_a_discussion_counts_there_alone(make):
    roomy, plain = (make.discussion(discussion_policy=Policy.AFTER) for _n in range(2))
    for one in (roomy, plain):
        actions.switch_in_discussion(one, {"traceable": Switch(is_on=False)})
    actions.switch_in_discussion(roomy, {"links": Switch(threshold=3)})
    assert outcome(make, roomy, LINKS) == State.PUBLISHED
    assert outcome(make, plain, LINKS) == State.HELD


def test_newcomer_is_read_first_with_every_check_off(make, site):
    actions.switch_on_site(site, {check.code: Switch(is_on=False) for check in all_checks()})
    discussion = make.discussion(discussion_policy=Policy.AFTER)
    contribution = make.examined(discussion)
    assert (contribution.state, contribution.revisions.get().findings) == (State.HELD, [])


def test_settings_of_many_discussions_cost_two_queries(make, site, django_assert_num_queries):
    discussions = [make.discussion() for _n in range(4)]
    actions.switch_in_discussion(discussions[0], {"links": Switch(is_on=False)})
    with django_assert_num_queries(1):
        in_force([one.pk for one in discussions])
    actions.switch_on_site(site, {"links": Switch(threshold=9)})
    with django_assert_num_queries(3):
        found = in_force([one.pk for one in discussions])
    assert found[discussions[0].pk]["links"] == Switch(is_on=False)
    assert found[discussions[1].pk]["links"] == Switch(threshold=9)


def test_site_with_the_nearest_root_counts(make, site):
    page = make.story()
    inner = Site.objects.create(hostname="binnen.example", root_page=page.get_parent())
    actions.switch_on_site(site, {"links": Switch(threshold=1)})
    actions.switch_on_site(inner, {"links": Switch(threshold=8)})
    pk = page.discussion.pk
    assert in_force([pk])[pk]["links"].threshold == 8


BROKEN = [
    {"check_code": "links"},
    {"check_code": "", "site": True},
    {"check_code": "links", "site": True, "discussion": True},
]


@pytest.mark.parametrize("fields", BROKEN)
def test_database_refuses_a_setting_of_nothing_or_of_two_things(make, site, fields):
    discussion = make.discussion()
    values = {"check_code": fields["check_code"]}
    values |= {"site": site} if fields.get("site") else {}
    values |= {"discussion": discussion} if fields.get("discussion") else {}
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckSetting.objects.create(**values)


def test_database_holds_one_setting_per_check(make, site):
    CheckSetting.objects.create(check_code="links", site=site)
    with pytest.raises(IntegrityError), transaction.atomic():
        CheckSetting.objects.create(check_code="links", site=site)


def test_each_change_is_on_record_once(make, site):
    discussion = make.discussion()
    for _time in range(2):
        actions.switch_on_site(site, {"links": Switch(True, 3), "conduct": Switch()})
        actions.switch_in_discussion(discussion, {"conduct": Switch(False), "links": None})
    actions.switch_in_discussion(discussion, {"conduct": None})
    rows = AuditRecord.objects.filter(action="check").order_by("pk")
    assert list(rows.values_list("actor", "object_kind", "reason", "before", "after")) == [
        ("owner", "site", "links", "on", "on 3"),
        ("owner", "discussion", "conduct", "as_site", "off"),
        ("owner", "discussion", "conduct", "off", "as_site"),
    ]
    assert CheckSetting.objects.filter(discussion=discussion).count() == 0


# --- the pages -------------------------------------------------------------------------------


def form_data(**changed):
    data = {f"{check.code}-on": "on" for check in all_checks()}
    data |= {f"{check.code}-from": "" for check in all_checks() if check.threshold_name}
    return {name: value for name, value in (data | changed).items() if value is not None}


def test_owner_switches_a_check_off_and_sets_a_threshold(client, owner, site):
    client.force_login(owner)
    url = reverse("goedwerk_checks:index")
    page = client.get(url).content.decode()
    for check in all_checks():
        assert str(check.name) in page
    client.post(url, form_data(**{"conduct-on": None, "links-from": "5"}))
    rows = CheckSetting.objects.order_by("check_code")
    changed = [(row.check_code, row.is_on, row.threshold) for row in rows]
    assert changed == [("conduct", False, None), ("links", True, 5)]


def test_threshold_out_of_range_changes_nothing(client, owner, site):
    client.force_login(owner)
    response = client.post(
        reverse("goedwerk_checks:index"), form_data(**{"conduct-on": None, "links-from": "51"})
    )
    assert response.status_code == 200
    assert "error-message" in response.content.decode()
    assert not CheckSetting.objects.exists()


def test_owner_sets_checks_for_one_discussion(client, make, owner):
    discussion = make.discussion()
    client.force_login(owner)
    url = reverse("goedwerk_checks:discussion", args=[discussion.uuid])
    data = form_data(**{f"{check.code}-on": "as_site" for check in all_checks()})
    assert "Zoals de site: aan" in client.get(url).content.decode()
    client.post(url, data | {"conduct-on": "off"})
    row = CheckSetting.objects.get()
    assert (row.discussion, row.check_code, row.is_on) == (discussion, "conduct", False)
    assert (
        "1 controle anders dan de site"
        in client.get(reverse("goedwerk_checks:index")).content.decode()
    )


def _everything():
    return [
        list(model.objects.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.app_label in {"goedwerk_forum", "wagtailcore"}
    ]


def test_trying_a_text_shows_findings_and_verdict_and_keeps_nothing(client, make, owner, caplog):
    make.discussion()
    client.force_login(owner)
    before = _everything()
    caplog.set_level(logging.DEBUG)
    response = client.post(
        reverse("goedwerk_checks:try"),
        {"text": f"{HURTFUL} Mail jan@voorbeeld.nl. Kwelgeestwoord.", "policy": Policy.AFTER},
    )
    page = response.content.decode()
    assert "Terug naar de schrijver" in page
    assert "jan@voorbeeld.nl</q>" in page
    assert "Dit gaat over een persoon, niet over het werk." in page
    assert _everything() == before
    assert "Kwelgeestwoord" not in caplog.text
    assert "no-store" in response["Cache-Control"]


TRIED = [
    ("Ik heb het met mijn team besproken.", Policy.AFTER, {}, "Direct geplaatst"),
    ("Ik heb het met mijn team besproken.", Policy.ALL_FIRST, {}, "Naar een ambassadeur"),
    (
        "Ik heb het met mijn team besproken.",
        Policy.AFTER,
        {"by_newcomer": "on"},
        "Naar een ambassadeur",
    ),
    (
        "Ik heb het met mijn team besproken.",
        Policy.AFTER,
        {"is_sensitive": "on"},
        "Naar een ambassadeur",
    ),
    (HURTFUL, Policy.AFTER, {}, "Naar een ambassadeur"),
]


@pytest.mark.parametrize(("text", "policy", "more", "verdict"), TRIED)
def test_tried_verdict_is_that_of_the_chosen_policy(
    client, owner, site, text, policy, more, verdict
):
    client.force_login(owner)
    data = {"text": text, "policy": policy} | more
    page = client.post(reverse("goedwerk_checks:try"), data).content.decode()
    assert f'role="status">{verdict}<' in page


def test_tried_text_is_judged_as_the_chosen_discussion_is_set(client, make, owner):
    discussion = make.discussion()
    actions.switch_in_discussion(discussion, {"conduct": Switch(is_on=False)})
    client.force_login(owner)
    data = {"text": HURTFUL, "policy": Policy.AFTER, "discussion": discussion.uuid}
    page = client.post(reverse("goedwerk_checks:try"), data).content.decode()
    assert 'role="status">Direct geplaatst<' in page
    assert "staat uit" in page


def test_too_long_or_empty_text_is_refused_in_words(client, owner, site):
    client.force_login(owner)
    for text in ("", "a" * 5001):
        page = client.post(
            reverse("goedwerk_checks:try"), {"text": text, "policy": Policy.AFTER}
        ).content.decode()
        assert "gw-tried" not in page
        assert "error-message" in page


# --- who may ---------------------------------------------------------------------------------

INDEX, TRY, DISCUSSION = "index", "try", "discussion"
MAY = [
    # role, page, may look, may change (or try)
    ("owner", INDEX, True, True),
    ("owner", TRY, True, True),
    ("owner", DISCUSSION, True, True),
    ("ambassador", INDEX, True, False),
    ("ambassador", TRY, True, True),
    ("ambassador", DISCUSSION, True, False),
    ("other", DISCUSSION, False, False),
    ("editor", INDEX, False, False),
    ("editor", TRY, False, False),
    ("editor", DISCUSSION, False, False),
    ("participant", INDEX, False, False),
    ("participant", TRY, False, False),
    ("participant", DISCUSSION, False, False),
    (None, INDEX, False, False),
    (None, TRY, False, False),
    (None, DISCUSSION, False, False),
]


@pytest.mark.parametrize(("role", "page", "may_look", "may_post"), MAY)
def test_role_by_page(client, make, owner, role, page, may_look, may_post):
    discussion = make.discussion()
    people = {
        "owner": owner,
        "ambassador": make.ambassador(discussion),
        "other": make.ambassador(make.discussion()),
        "editor": with_permission(make, "change_forumsettings"),
        "participant": make.user(),
    }
    if role:
        client.force_login(people[role])
    args = [discussion.uuid] if page == DISCUSSION else []
    url = reverse(f"goedwerk_checks:{page}", args=args)
    assert (client.get(url).status_code == 200) == may_look
    fields = {f"{check.code}-on": "off" for check in all_checks()} if page == DISCUSSION else {}
    response = client.post(url, fields | {"text": HURTFUL, "policy": Policy.AFTER})
    if page == TRY:
        assert (b"gw-tried" in response.content) == may_post
    else:
        assert CheckSetting.objects.exists() == may_post
        assert AuditRecord.objects.filter(action="check").exists() == may_post


def test_ambassador_sees_and_tries_only_her_own_discussions(client, make):
    mine, other = make.discussion(), make.discussion(discussion_question="Wat deed jij toen?")
    client.force_login(make.ambassador(mine))
    for name in (INDEX, TRY):
        page = client.get(reverse(f"goedwerk_checks:{name}")).content.decode()
        assert str(mine) in page
        assert str(other) not in page
    data = {"text": HURTFUL, "policy": Policy.AFTER, "discussion": other.uuid}
    assert b"gw-tried" not in client.post(reverse("goedwerk_checks:try"), data).content


def test_changes_are_told_in_words_in_the_record(client, make, site):
    actions.switch_on_site(site, {"conduct": Switch(False), "links": Switch(True, 4)})
    client.force_login(make.user(is_superuser=True))
    page = client.get(reverse("goedwerk_audit")).content.decode()
    for words in ("het beheer", "controle anders ingesteld", "Links", "aan → aan 4", "aan → uit"):
        assert words in page
