"""Who may open what of the workbench, besides what ``tests/site/test_matrix.py`` asks of all."""

from __future__ import annotations

import pytest
from django.urls import reverse
from wagtail.models import Page, PageLogEntry, Revision

import factories
import workbench as bench
from goedwerk_casestudies.actions import letters, workbench
from goedwerk_casestudies.actions.stories import make_page
from goedwerk_casestudies.admin.viewset import SubmissionsViewSet
from goedwerk_casestudies.models import Letter, News, Submission
from goedwerk_forum.models import AuditRecord

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

#: What each POST brings along; enough to act, where acting is allowed.
POSTED = {
    "bench": {"do": "save", "version": "1", "text-title": "Gewijzigd"},
    "take": {},
    "take_back": {},
    "check": {"version": "1", "check_linking": "Gewijzigd."},
    "page": {"version": "1"},
    "letters": {"text": "Een vraag van de redactie."},
    "hand_over": {"to": "list"},
    "refuse": {"why": "told"},
    "beside": {},
}
LISTS = ["index", "index_results"]
#: All names of addresses, taken from the address book itself.
NAMES = [pattern.name for pattern in SubmissionsViewSet().get_urlpatterns()]
OF_ONE = [name for name in NAMES if name not in LISTS]
ONLY_POST = {"take", "take_back"}


class World:
    """A submission of a civil servant who is an editor herself, in the hands of another."""

    def __init__(self, state):
        self.author = bench.editor("schrijfster")
        self.holder = bench.editor("in-handen")
        bench.overview()
        self.submission = bench.abstracted(self.holder, who=self.author)
        letters.write_letter(self.submission, "Zeg niets over Kwispelaar.", from_editor=False)
        if state == "abstracted":
            make_page(self.submission, by=self.holder, version=1, parent=bench.overview())
        self.people = {
            "participant": factories.user(),
            "ambassador": factories.user(
                groups=(bench.group("ambassadeurs", "moderate_discussion"),)
            ),
            "page_editor": bench.editor("zonder-recht", "change_forumsettings"),
            "signer": bench.editor("tekenaar", "sign_story"),
            "editor": self.holder,
            "author": self.author,
        }
        assert self.people["signer"].has_perm("goedwerk_casestudies.sign_story")

    def enter(self, client, role):
        if role != "anonymous":
            client.force_login(self.people[role])


@pytest.fixture
def world():
    return World("in_hand")


def everything():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Submission, Letter, News, AuditRecord, Page, Revision, PageLogEntry)
    ]


@pytest.mark.parametrize("name", [name for name in OF_ONE if name not in {"beside", "take_back"}])
def test_the_same_press_of_who_may_does_change_something(client, name):
    """So that the tests above do not pass for the wrong reason."""
    world = World("in_hand")
    client.force_login(world.holder)
    if name == "take":
        workbench.hand_over(world.submission, by=world.holder, to=None)
    before = everything()
    fields = POSTED[name] | ({"parent": bench.overview().pk} if name == "page" else {})
    client.post(bench.at(name, world.submission), fields)
    assert everything() != before


@pytest.mark.parametrize("role", ["editor", "author"])
def test_lists_never_show_ones_own(client, world, role):
    world.enter(client, role)
    for name in LISTS:
        response = client.get(reverse(f"goedwerk_submissions:{name}"))
        assert response.status_code == 200
        shown = bench.at("bench", world.submission) in response.content.decode()
        assert shown is (role == "editor"), name


def test_a_draft_is_on_no_list_and_at_no_address(client):
    import uuid

    from goedwerk_casestudies.actions import submissions

    draft = submissions.begin(user=factories.user(), text=bench.RAW, mark=uuid.uuid4())
    client.force_login(bench.editor())
    before = everything()
    for name in OF_ONE:
        assert client.post(bench.at(name, draft), POSTED[name]).status_code in (404, 405), name
        assert client.get(bench.at(name, draft)).status_code in (404, 405), name
    assert "Kwispelaar" not in client.get(reverse("goedwerk_submissions:index")).content.decode()
    assert everything() == before


@pytest.mark.parametrize("name", ["bench", "check", "page", "hand_over", "refuse"])
def test_a_colleague_with_the_right_reads_and_does_not_write(client, name):
    world = World("in_hand")
    client.force_login(bench.editor("collega"))
    assert client.get(bench.at(name, world.submission)).status_code == 200
    before = everything()
    fields = POSTED[name] | ({"parent": bench.overview().pk} if name == "page" else {})
    assert client.post(bench.at(name, world.submission), fields).status_code == 409
    assert everything() == before


def test_signer_reads_the_new_words_and_the_answers_beside_no_raw_text(client):
    world = World("abstracted")
    client.force_login(world.people["signer"])
    html = client.get(bench.at("beside", world.submission)).content.decode()
    assert "Een collega belde mij laat op de avond." in html
    assert bench.ANSWERS["check_inference"] in html
    assert "daar is een eigen recht voor" in html
    assert "Kwispelaar" not in html


def test_with_both_rights_the_raw_text_stands_beside(client):
    world = World("abstracted")
    client.force_login(bench.editor("beide", "sign_story", "abstract_submission"))
    html = client.get(bench.at("beside", world.submission)).content.decode()
    assert "Kwispelaar" in html
    assert "Een collega belde mij laat op de avond." in html


@pytest.mark.parametrize(
    ("role", "names"),
    [
        ("page_editor", []),
        ("signer", ["beside"]),
        ("editor", ["beside", "bench"]),
        ("author", []),
    ],
)
def test_edit_view_of_the_page_leads_to_the_workbench_for_who_may_follow(client, role, names):
    world = World("abstracted")
    world.enter(client, role)
    page_url = reverse("wagtailadmin_pages:edit", args=[world.submission.page_id])
    html = client.get(page_url).content.decode()
    for name in ("beside", "bench"):
        assert (bench.at(name, world.submission) + '"' in html) is (name in names), name


def test_the_list_of_colleagues_does_not_tell_who_wrote_it(client):
    world = World("in_hand")
    client.force_login(world.holder)
    html = client.get(bench.at("hand_over", world.submission)).content.decode()
    assert "schrijfster" in html
    client.post(bench.at("hand_over", world.submission), {"to": world.author.pk})
    world.submission.refresh_from_db()
    assert world.submission.editor == world.author
    client.force_login(world.author)
    assert client.get(bench.at("bench", world.submission)).status_code == 404


def test_the_menu_shows_it_to_who_has_the_right(client):
    url = reverse("goedwerk_submissions:index")
    home = reverse("wagtailadmin_home")
    client.force_login(bench.editor("zonder-recht", "change_forumsettings"))
    assert url not in client.get(home).content.decode()
    client.force_login(bench.editor("met-recht"))
    assert url in client.get(home).content.decode()


def test_without_the_key_nothing_opens_and_nothing_changes(client, settings, tmp_path):
    world = World("abstracted")
    client.force_login(world.holder)
    before = everything()
    settings.GOEDWERK = settings.GOEDWERK | {"KEYS_DIR": str(tmp_path)}
    urls = [bench.at(name, world.submission) for name in OF_ONE]
    for url in [reverse("goedwerk_submissions:index"), *urls]:
        assert client.get(url).status_code in (405, 503), url
        assert client.post(url, {"do": "save"}).status_code in (405, 503), url
    edit = reverse("wagtailadmin_pages:edit", args=[world.submission.page_id])
    assert client.get(edit).status_code == 200
    assert everything() == before


def test_nothing_is_kept_by_browsers_and_no_title_tells(client):
    world = World("in_hand")
    client.force_login(world.holder)
    for name in [name for name in OF_ONE if name not in {*ONLY_POST, "beside"}]:
        response = client.get(bench.at(name, world.submission))
        assert {"no-store", "private"} <= set(response["Cache-Control"].split(", ")), name
        title = response.content.decode().split("<title>")[1].split("</title>")[0]
        assert world.submission.public_id[:6] in title
        assert "chef" not in title
