# Fed to `manage.py shell` by smoke.py: a story with an open discussion, and ambassadors.
import os

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from wagtail.models import Site

from goedwerk_casestudies.actions.clearance import sign
from goedwerk_casestudies.models import CaseStudyIndexPage, StoryPage
from goedwerk_casestudies.work import CHECKS
from goedwerk_forum.setup import AMBASSADORS, EDITORS

team = Group.objects.get(name=AMBASSADORS)
for name in ("rook-ambassadeur", "rook-ambassadeur2", "rook-ambassadeur3"):
    user, _made = get_user_model().objects.get_or_create(username=name)
    user.set_password(os.environ["SMOKE_PASSWORD"])
    user.save()
    user.groups.add(team)
    Authenticator.objects.filter(user=user).delete()
    TOTP.activate(user, os.environ["SMOKE_TOTP"])
editors = []
for name in ("rook-redacteur", "rook-redacteur2"):
    user, _made = get_user_model().objects.get_or_create(username=name)
    user.groups.add(Group.objects.get(name=EDITORS))
    editors.append(user)
root = Site.objects.get(is_default_site=True).root_page
index = CaseStudyIndexPage.objects.first() or root.add_child(
    instance=CaseStudyIndexPage(title="Verhalen", slug="verhalen")
)
if not StoryPage.objects.filter(slug="rookproef").exists():
    page = index.add_child(
        instance=StoryPage(
            title="De rookproef",
            slug="rookproef",
            live=False,
            lead="Een rapport is klaar, en niemand vraagt ernaar.",
            what_happened="<p>Het rapport lag drie weken op een bureau.</p>",
            tension="<p>Zwijgen was makkelijk, maar het voelde niet goed.</p>",
            has_discussion=True,
            discussion_question="Wat zou jij doen?",
            discussion_group=team,
            **dict.fromkeys(CHECKS, "Niemand is te herkennen: het verhaal is bedacht."),
        )
    )
    revision = page.save_revision(user=editors[0])
    sign(revision, by=editors[1])
    revision.publish()
