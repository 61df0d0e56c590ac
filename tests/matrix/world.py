"""One site with something in every state, and somebody in every role."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.utils import timezone
from wagtail.models import Site

import asking
import factories as make
import four_eyes
import workbench as bench
from goedwerk_casestudies.actions import letters, submissions
from goedwerk_casestudies.actions.ballots import close_round
from goedwerk_casestudies.actions.reports import Part, hold
from goedwerk_casestudies.actions.stories import make_page
from goedwerk_casestudies.models import Theme
from goedwerk_casestudies.steps import STEPS
from goedwerk_forum.actions.accounts import choose_mail
from goedwerk_forum.actions.contributions import Words, send_again, withdraw
from goedwerk_forum.actions.desk import add_note
from goedwerk_forum.actions.views import save_view
from goedwerk_forum.models import (
    Account,
    CannedReason,
    ConductTerm,
    Contribution,
    ContributionKind,
    Discussion,
    Format,
    FormatStep,
    GuideSentence,
    Lease,
    LensWords,
    OutboxRow,
    Policy,
    RoleLabel,
    place_of_page,
)
from goedwerk_forum.outbox.drive import drive
from goedwerk_forum.setup import AMBASSADORS, EDITORS, OWNERS, PRIVACY, prepare
from goedwerk_forum.transitions import Action
from goedwerk_site.accounts.models import AccountSettings, Invitation
from goedwerk_site.demo.accounts import let_editors_edit
from goedwerk_site.home.brand import Brand

from .circles_world import circle
from .complaints_world import complaints
from .harvest_world import harvested
from .roles import ROLES

TEXT = "Het {} bleef die dag in de la liggen, en wij zeiden er allemaal niets over."
WORDS = ["rapport", "dossier", "verslag", "voorstel", "advies", "besluit", "bericht", "overzicht"]


class World:
    """``people`` by role, ``browsers`` by role, and the arguments of addresses by object."""

    def __init__(self) -> None:
        list(prepare())
        let_editors_edit()
        self.discussion = make.discussion(
            discussion_policy=Policy.ALL_FIRST,
            discussion_group=_group_like(AMBASSADORS, "team van dit gesprek", without="guide"),
        )
        self.elsewhere = make.discussion(
            discussion_policy=Policy.ALL_FIRST,
            discussion_group=_group_like(AMBASSADORS, "team van elders", without="guide"),
        )
        self.overview = bench.overview()
        AccountSettings.for_site(Site.objects.get(is_default_site=True))
        Brand.for_site(Site.objects.get(is_default_site=True))
        self.people = self._people()
        self._participants()
        self.contributions = self._contributions()
        self.submissions = self._submissions()
        self.label = RoleLabel.objects.create(slug="proef", name="proef")
        self.term = ConductTerm.objects.create(term="proefwoord", kind="insult")
        self.theme = Theme.objects.create(name="Proefthema", slug="proefthema")
        self.invitation = Invitation.objects.create(digest="0" * 64)
        report = hold(
            [Part("Een kop", 1, "Niemand vroeg ernaar.", 0)], editor=self.people["editor"]
        )
        self.report = report.public_id
        self.objects = self._objects()
        self._leave_one_pending()
        self.browsers = {role: self._browser(role) for role in ROLES}

    # --- people -------------------------------------------------------------------------------

    def _people(self) -> dict[str, Any]:
        groups = {group.name: group for group in Group.objects.all()}
        return {
            "newcomer": make.user(),
            "participant": make.user(),
            "author": make.user(email="schrijver@adres.example"),
            "ambassador": make.user(groups=(self.discussion.group,)),
            "other_ambassador": make.user(groups=(self.elsewhere.group,)),
            "guide": make.user(groups=(_group("begeleiders", "guide_discussion"),)),
            "editor": make.user(groups=(groups[EDITORS],)),
            "editor2": make.user(groups=(groups[EDITORS],)),
            "signer": bench.editor("", "sign_story"),
            "privacy": make.user(groups=(groups[PRIVACY],)),
            "owner": make.user(groups=(groups[OWNERS],)),
            "superuser": make.user(is_superuser=True),
        }

    def _participants(self) -> None:
        for role in ("participant", "author", "ambassador"):
            make.participant(self.discussion, self.people[role])
        address = {"user": self.people["author"], "email": self.people["author"].email}
        EmailAddress.objects.create(**address, verified=True, primary=True)
        choose_mail(user=self.people["author"], wants=True)
        Discussion.objects.filter(pk=self.discussion.pk).update(guide=self.people["guide"])

    def _browser(self, role: str) -> Client:
        """Signed in as one who has just given her password once more."""
        browser = Client()
        browser.raise_request_exception = False
        if role in self.people:
            make.sign_in_again(browser, self.people[role])
        return browser

    # --- what they wrote ----------------------------------------------------------------------

    def _contributions(self) -> dict[str, Contribution]:
        author, here = self.people["author"], self.discussion
        words = iter(
            [
                "rapport",
                "dossier",
                "verslag",
                "voorstel",
                "advies",
                "besluit",
                "bericht",
                "overzicht",
            ]
        )

        def held(who: Any = author, where: Discussion = here) -> Contribution:
            return make.held(where, who, text=TEXT.format(next(words)))

        made = {
            "returned": make.judged(held(), Action.RETURN, "conduct"),
            "rejected": make.judged(held(), Action.REJECT, "conduct"),
            "withdrawn": withdraw(contribution=held()),
            "published": make.published(here, author, text="Openbaar: het stuk ging terug."),
            "hidden": make.published(here, author, text="Openbaar: de nota kwam weer op tafel."),
            "held": held(),
            "own": held(self.people["ambassador"]),
            "elsewhere": held(self.people["other_ambassador"], self.elsewhere),
        }
        made["hidden"] = make.judged(made["hidden"], Action.HIDE, "conduct")
        changed = make.published(here, author, text="Openbaar: het plan veranderde vaak.")
        made["edited"] = send_again(
            contribution=changed, version=changed.version, words=Words(TEXT.format("plan"), "vraag")
        )
        drive("moderation")
        for one in made.values():
            one.refresh_from_db()
        return made

    def _leave_one_pending(self) -> None:
        """Nobody drives the outbox after this, and it never gets old: /readyz would say so."""
        made = make.contribution(
            self.discussion, self.people["author"], text=TEXT.format("raadsel")
        )
        self.contributions["pending"] = made
        self.objects["contribution pending"] = [made.public_id]
        tomorrow = timezone.now() + datetime.timedelta(days=1)
        OutboxRow.objects.update(due_at=tomorrow)
        Lease.objects.update(seen_at=tomorrow)

    def _submissions(self) -> dict[str, Any]:
        author, editor = self.people["author"], self.people["editor"]
        made = {
            "draft": submissions.begin(user=author, text=bench.RAW, mark=uuid.uuid4()),
            "sent": bench.sent(author),
            "in_hand": bench.in_hand(editor, author),
            "ready": bench.abstracted(editor, author),
            "abstracted": bench.abstracted(editor, author),
            "asked": bench.abstracted(editor, author),
            "editors": bench.sent(editor),
        }
        for state in ("abstracted", "asked"):
            make_page(
                made[state], by=editor, version=bench.version_of(made[state]), parent=self.overview
            )
        made["asked"].refresh_from_db()
        four_eyes.signed_for_her(made["asked"].page)
        submissions.ask_consent(made["asked"])
        letters.write_letter(made["in_hand"], "Zeg niets over Kwispelaar.", from_editor=False)
        for one in made.values():
            one.refresh_from_db()
        return made

    # --- where it is ---------------------------------------------------------------------------

    def _objects(self) -> dict[str, list[Any]]:
        """The arguments of an address, by kind of object."""
        closed = make.discussion()
        Discussion.objects.filter(pk=closed.pk).update(
            closes_on=timezone.localdate() - datetime.timedelta(days=1)
        )
        offline = make.discussion()
        offline.page.unpublish()
        alone, hidden = (make.story(has_discussion=False) for _page in range(2))
        hidden.unpublish()
        mark = Account.objects.get(user=self.people["author"]).mail_mark
        found = {f"contribution {key}": [one.public_id] for key, one in self.contributions.items()}
        found |= {f"submission {key}": [one.public_id] for key, one in self.submissions.items()}
        return (
            found
            | self._rounds()
            | complaints(self)
            | circle(self)
            | self._desk()
            | harvested(self)
            | {
                "": [],
                "nothing": ["bestaatniet"],
                "discussion": [self.discussion.uuid.hex],
                "discussion uuid": [self.discussion.uuid],
                "discussion closed": [closed.uuid.hex],
                "discussion offline": [offline.uuid.hex],
                "no discussion": ["0" * 32],
                "page alone": [alone.translation_key, place_of_page(alone)],
                "page alone offline": [hidden.translation_key, place_of_page(hidden)],
                "discussion to follow": ["dialoog", self.discussion.uuid.hex],
                "discussion offline to follow": ["dialoog", offline.uuid.hex],
                "theme to follow": ["thema", self.theme.slug],
                "nothing to follow": ["verzonnen", "bestaatniet"],
                "label": [self.label.pk],
                "term": [self.term.pk],
                "kind": [ContributionKind.objects.get(key="vraag").pk],
                "lens": [LensWords.objects.get(key="bekwaam").pk],
                "theme": [self.theme.pk],
                "invitation": [self.invitation.pk],
                "mark": [mark],
                "story": [closed.page_id],  # nothing stands below it
                "step draft": [self.submissions["draft"].public_id, STEPS[0].slug],
                "step sent": [self.submissions["sent"].public_id, STEPS[0].slug],
                "no step": [self.submissions["draft"].public_id, "bestaatniet"],
                "report": [self.report],
                "key": ["1", "set-password"],
                "no key": [1],
                "year": [timezone.localdate().year],
            }
        )

    def _desk(self) -> dict[str, list[Any]]:
        """A note and a kept view of the ambassador, and a text to start from."""
        user, held = self.people["ambassador"], self.contributions["held"]
        note = add_note(user=user, public_id=held.public_id, text="Kijk even mee.")
        canned = CannedReason.objects.create(reason="conduct", title="Proef", text="Zo kan het.")
        sentence = GuideSentence.objects.create(naming="proces", text="Waar staan we nu?")
        return {
            "note": [held.public_id, note.public_id],
            "no note": [held.public_id, "bestaatniet"],
            "view": [save_view(user=user, name="Proef", query="age=3").public_id],
            "canned": [canned.pk],
            "format": [self._format().pk],
            "sentence": [sentence.pk],
        }

    def _format(self) -> Format:
        """A format with one step."""
        made = Format.objects.create(name="Proefvorm")
        FormatStep.objects.create(format=made, name="Begin", question="Hoe begint het?")
        return made

    def _rounds(self) -> dict[str, list[Any]]:
        """A statement with its guide, one that closed, and an assignment."""
        page = asking.statement(discussion_guide=self.people["guide"])
        over = asking.round_of(asking.statement(discussion_guide=self.people["guide"]))
        close_round(round_=over)
        self.asked = asking.round_of(asking.assignment("mark"))
        return {
            "statement": [page.pk],
            "statement closed": [over.page_id],
            "round": [asking.round_of(page).uuid.hex],
            "round closed": [over.uuid.hex],
            "round of assignment": [self.asked.uuid.hex],
        }


def _group(name: str, *codes: str) -> Group:
    group = Group.objects.create(name=name)
    group.permissions.set(Permission.objects.filter(codename__in=[*codes, "access_admin"]))
    return group


def _group_like(name: str, new_name: str, *, without: str) -> Group:
    """A group with the rights of another, but for those whose code starts with ``without``."""
    group = Group.objects.create(name=new_name)
    rights = Group.objects.get(name=name).permissions.exclude(codename__startswith=without)
    group.permissions.set(rights)
    return group
