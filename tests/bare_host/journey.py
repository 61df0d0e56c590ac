"""What the dialogue does on a site that is not ours; run by tests/site/test_bare_host.py."""

from __future__ import annotations

import sys
from unittest import mock

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Site

from bare_host.models import ArticlePage
from goedwerk_forum.actions import harvests
from goedwerk_forum.forms import new_submission
from goedwerk_forum.models import (
    Contribution,
    Discussion,
    HarvestPage,
    HouseRule,
    OutboxRow,
    Participant,
)
from goedwerk_forum.outbox.drive import drive
from goedwerk_forum.transitions import State

PASSWORD = "een-lang-wachtwoord"
TEXT = "Wij hingen de vraag op bij de koffie en lazen samen wat erbij kwam te staan."


def person(email: str, *groups: Group, **fields):
    made = get_user_model().objects.create_user(email, PASSWORD, **fields)
    made.groups.set(groups)
    return made


def signed_in(who) -> Client:
    browser = Client()
    browser.force_login(who)
    return browser


class BareHost(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        call_command("goedwerk_setup", verbosity=0, stdout=mock.Mock())
        cls.ambassadors = Group.objects.get(name="Ambassadeurs")
        cls.editor = person("redactie@kaal.example", is_superuser=True)
        cls.ambassador = person("ambassadeur@kaal.example", cls.ambassadors)
        cls.reader = person("lezer@kaal.example")
        cls.home = Site.objects.get(is_default_site=True).root_page

    def open_discussion(self, **fields) -> Discussion:
        page = self.home.add_child(
            instance=ArticlePage(
                title="Een artikel",
                body="Wat hier staat, staat hier.",
                has_discussion=True,
                discussion_question="Wat zou jij doen?",
                discussion_group=self.ambassadors,
                **fields,
            )
        )
        return page.discussion

    def test_host_imports_nothing_of_our_site(self) -> None:
        ours = [name for name in sys.modules if name.startswith(("goedwerk_", "allauth"))]
        roots = {name.split(".")[0] for name in ours}
        assert roots == {"goedwerk_forum", "goedwerk_privacy"}

    def test_checks_and_migrations_are_in_order(self) -> None:
        call_command("check", fail_level="WARNING", stdout=mock.Mock())
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)

    def test_setup_made_groups_and_rules(self) -> None:
        assert HouseRule.objects.exists()
        moderate = Permission.objects.get(codename="moderate_discussion")
        assert moderate in self.ambassadors.permissions.all()

    def test_editor_opens_a_discussion_on_the_page_itself(self) -> None:
        browser = signed_in(self.editor)
        url = reverse("wagtailadmin_pages:add", args=["bare_host", "articlepage", self.home.pk])
        form = browser.get(url)
        self.assertContains(form, "discussion_question")
        browser.post(
            url,
            {
                "title": "Een artikel",
                "slug": "een-artikel",
                "body": "Wat hier staat, staat hier.",
                "has_discussion": "on",
                "discussion_question": "Wat zou jij doen?",
                "discussion_policy": "all_first",
                "discussion_group": str(self.ambassadors.pk),
                "discussion_guide": str(self.ambassador.pk),
                "action-publish": "1",
            },
        )
        discussion = Discussion.objects.get()
        assert discussion.question == "Wat zou jij doen?"
        assert discussion.guide == self.ambassador
        assert discussion.is_open

    def test_reader_sees_the_question_in_the_hosts_own_page(self) -> None:
        discussion = self.open_discussion()
        page = Client().get(discussion.page.url)
        self.assertContains(page, "Een kale site")
        self.assertContains(page, "Wat zou jij doen?")
        assert not page.cookies
        assert "cookie" not in page.headers.get("Vary", "").lower()

    def test_page_without_a_discussion_shows_none(self) -> None:
        page = self.home.add_child(instance=ArticlePage(title="Kaal", body="Niets."))
        self.assertNotContains(Client().get(page.url), "dialoog-kop")

    def test_whole_road_from_reader_to_reader(self) -> None:
        discussion = self.open_discussion()
        write = reverse("goedwerk_forum:write", args=[discussion.uuid.hex])
        browser = Client()

        typed = {"kind": "ervaring", "text": TEXT, "submission": new_submission()}
        to_login = browser.post(write, typed)
        assert to_login.headers["Location"].startswith("/inloggen/")
        signed = {"username": self.reader.email, "password": PASSWORD, "next": write}
        card = browser.post("/inloggen/", signed, follow=True)
        self.assertContains(card, "Een kale site")
        joining = {
            "join": "1",
            "pseudonym": card.context["signed_pseudonym"],
            "next": card.context["next"],
        }
        form = browser.post(card.redirect_chain[-1][0], joining, follow=True)
        self.assertContains(form, TEXT)
        self.assertContains(browser.post(write, typed, follow=True), "Wordt nagekeken")
        assert TEXT not in Client().get(discussion.page.url).text

        drive("moderation")
        contribution = Contribution.objects.get()
        assert contribution.state == State.HELD
        moderator = signed_in(self.ambassador)
        queue = moderator.get(reverse("goedwerk_moderation:index"))
        self.assertContains(queue, Participant.objects.get().pseudonym)
        case = reverse("goedwerk_moderation:case", args=[contribution.public_id])
        self.assertContains(moderator.get(case), "koffie")
        moderator.post(case, {"action": "publish", "version": contribution.version})
        OutboxRow.objects.update(due_at=timezone.now())
        drive("moderation")

        page = Client().get(discussion.page.url)
        self.assertContains(page, TEXT)
        self.assertNotContains(page, self.reader.email)
        self.assertNotContains(page, str(self.reader.pk))
        permalink = Client().get(contribution.get_absolute_url(), follow=True)
        self.assertContains(permalink, TEXT)
        inbox = browser.get(reverse("goedwerk_forum:inbox"))
        self.assertContains(inbox, "goedgekeurd")

    def test_harvest_stands_below_the_page_once_it_is_published(self) -> None:
        discussion = self.open_discussion()
        harvest = harvests.start(user=self.ambassador, uuid=discussion.uuid.hex)
        harvest.title = "Wat wij eruit haalden"
        harvest.insights.append(("insight", {"title": "Hang vragen op", "text": "Bij de koffie."}))
        revision = harvest.save_revision(user=self.ambassador)
        self.assertNotContains(Client().get(discussion.page.url), harvest.title)
        revision.publish(user=self.editor)
        self.assertContains(Client().get(discussion.page.url), harvest.title)
        own = Client().get(HarvestPage.objects.get().url)
        self.assertContains(own, "Hang vragen op")
        self.assertContains(own, "Een kale site")

    def test_stranger_does_not_moderate(self) -> None:
        self.open_discussion()
        others = Group.objects.create(name="Anderen")
        for who in (self.reader, person("ander@kaal.example", others)):
            response = signed_in(who).get(reverse("goedwerk_moderation:index"))
            assert response.status_code in (302, 403)

    def test_not_found_is_the_hosts_own_page(self) -> None:
        self.assertContains(Client().get("/nergens/"), "Kale pagina niet gevonden", status_code=404)

    def test_refused_token_gives_the_text_back(self) -> None:
        discussion = self.open_discussion()
        browser = Client(enforce_csrf_checks=True)
        browser.force_login(self.reader)
        write = reverse("goedwerk_forum:write", args=[discussion.uuid.hex])
        self.assertContains(browser.post(write, {"text": TEXT}), TEXT, status_code=403)

    def test_deleting_the_page_takes_the_discussion_along(self) -> None:
        discussion = self.open_discussion()
        ArticlePage.objects.get().delete()
        assert not Discussion.objects.filter(pk=discussion.pk).exists()
