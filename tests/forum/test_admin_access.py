"""What lists show to whom, and what changes when a right does.

Who gets in where is asked by ``tests/site/test_matrix.py``, of every address and every role.
"""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from goedwerk_forum.models import (
    AuditRecord,
    Contribution,
    Notice,
    OutboxRow,
    Revision,
    RoleLabel,
    Statement,
)
from goedwerk_forum.transitions import State

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

LOGIN, HOME, OK = "login", "home", "200"
ROLES = [
    "anonymous",
    "participant",
    "editor",
    "other_ambassador",
    "ambassador",
    "author",
    "superuser",
    "privacy_officer",
    "owner",
]
LISTS = ["index", "index_results", "everything", "everything_results"]


def group_with(*codes):
    group = Group.objects.create(name="-".join(codes))
    group.permissions.set(Permission.objects.filter(codename__in=[*codes, "access_admin"]))
    return group


class World:
    """One discussion with a contribution of a stranger and one of the author, an ambassador."""

    def __init__(self, make):
        self.discussion = make.discussion()
        self.author = make.ambassador(self.discussion)
        self.case = make.held(self.discussion, text="De eerste keer zweeg ik, en dat bleef hangen.")
        self.own = make.held(
            self.discussion, self.author, text="Bij ons hielp het om eerst een vraag te stellen."
        )
        self.label = RoleLabel.objects.create(slug="beleid", name="beleid")
        self.people = {
            "participant": make.user(),
            "editor": make.user(groups=(group_with("add_page"),)),
            "other_ambassador": make.ambassador(make.discussion()),
            "ambassador": make.ambassador(self.discussion),
            "author": self.author,
            "superuser": make.user(is_superuser=True),
            "privacy_officer": make.user(groups=(group_with("view_auditrecord"),)),
            "owner": make.user(groups=(group_with("change_rolelabel", "delete_rolelabel"),)),
        }

    def sign_in(self, client, role):
        if role != "anonymous":
            client.force_login(self.people[role])


@pytest.fixture
def world(make):
    return World(make)


def everything():
    """All that a decision, or an edit of a label, would change."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (Contribution, Revision, Statement, AuditRecord, Notice, OutboxRow, RoleLabel)
    ]


def outcome(response):
    if response.status_code != 302:
        return str(response.status_code)
    if response.url.startswith(reverse("wagtailadmin_login")):
        return LOGIN
    assert response.url == reverse("wagtailadmin_home"), response.url
    return HOME


def decision(contribution):
    return {"action": "publish", "version": contribution.version}


def case_url(contribution):
    return reverse("goedwerk_moderation:case", args=[contribution.public_id])


SEES = {
    "anonymous": LOGIN,
    "participant": LOGIN,
    "editor": HOME,
    "privacy_officer": HOME,
    "owner": HOME,
    "other_ambassador": 0,
    "superuser": 0,
    "author": 1,
    "ambassador": 2,
}


@pytest.mark.parametrize("role", ROLES)
def test_lists_show_granted_discussions_and_never_ones_own(client, world, role):
    world.sign_in(client, role)
    before = everything()
    for name in LISTS:
        response = client.get(reverse(f"goedwerk_moderation:{name}"))
        if SEES[role] in (LOGIN, HOME):
            assert outcome(response) == SEES[role], name
            continue
        assert outcome(response) == OK
        html = response.content.decode()
        assert (case_url(world.case) in html) == (SEES[role] > 0), name
        assert (case_url(world.own) in html) == (SEES[role] > 1), name
    assert everything() == before


def test_own_contribution_cannot_be_decided_on(client, world):
    client.force_login(world.author)
    before = everything()
    response = client.post(case_url(world.own), decision(world.own))
    assert response.status_code == 403
    assert "Een collega beslist erover" in response.content.decode()
    assert everything() == before


@pytest.mark.parametrize("role", ["ambassador", "author"])
def test_ambassador_decides(client, world, role):
    world.sign_in(client, role)
    client.post(case_url(world.case), decision(world.case))
    world.case.refresh_from_db()
    assert world.case.state == State.PUBLISHED


def test_ambassador_who_left_the_group_sees_nothing_more(client, world):
    ambassador = world.people["ambassador"]
    ambassador.groups.set([group_with("moderate_discussion")])
    client.force_login(ambassador)
    before = everything()
    assert client.post(case_url(world.case), decision(world.case)).status_code == 404
    assert everything() == before


def test_group_without_the_permission_gives_no_right(client, world):
    world.discussion.group.permissions.set(Permission.objects.filter(codename="access_admin"))
    client.force_login(world.people["ambassador"])
    assert outcome(client.get(reverse("goedwerk_moderation:index"))) == HOME
    assert outcome(client.post(case_url(world.case), decision(world.case))) == HOME


def test_owner_changes_a_role_label(client, world):
    client.force_login(world.people["owner"])
    url = reverse("goedwerk_role_labels:edit", args=[world.label.pk])
    client.post(url, {"name": "beleid", "slug": "beleid"})
    world.label.refresh_from_db()
    assert not world.label.is_offered


def test_without_the_key_an_author_judges_nothing_and_the_admin_still_works(
    client, world, settings, tmp_path
):
    client.force_login(world.author)
    before = everything()
    settings.GOEDWERK = settings.GOEDWERK | {"KEYS_DIR": str(tmp_path)}
    for url in (reverse("goedwerk_moderation:index"), case_url(world.case), case_url(world.own)):
        assert client.get(url).status_code == 503, url
        assert client.post(url, decision(world.case)).status_code in (405, 503)
    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    assert everything() == before
